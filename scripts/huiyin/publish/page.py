"""What a page is, and what every page needs to be made."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import jinja2

from huiyin import wording
from huiyin.assessment import Assessment, assess
from huiyin.audit import Audit
from huiyin.cases import Case, holders, names
from huiyin.charts import Chart
from huiyin.charts.lines import Lines
from huiyin.charts.pictures import picture
from huiyin.clocks import Deadline
from huiyin.coverage import Coverage
from huiyin.disclosure import TAKEN_OUT
from huiyin.export.rows import Scope
from huiyin.figures import converted_into, say
from huiyin.knowledge.duties import Duty, duties
from huiyin.load.examples import Example
from huiyin.model import Registry
from huiyin.prose import plain, prose
from huiyin.similar import NEAREST, Candidate, linked
from huiyin.similar import pairs as similar_pairs
from huiyin.topics import Near, Repeated, TopicStanding, Watch, no_topic_yet, repeated, standings
from huiyin.vocabulary import Vocabulary
from huiyin.wording.counted import explain, uncovered
from huiyin.wording.likeness import reasons

SHOWN = 5
"""Similar proposals on a page."""
COMPARED = 5_000
"""Up to so many proposals pages tell similar ones: every build compares all with all. Beyond, they name the verb."""


@dataclass(frozen=True)
class Page:
    """One page of the site: its address below the root ("p/2026-k7f2q/"), what its head says, and its article.

    `article` is HTML, everything else plain text. `crumbs` lead from the root to the page: each a title and a path
    below the root, or None where there is no such page. `links` are relations to other pages (`next`) with their
    paths, `edit` the full address where the source can be edited, `data` what programs may know, as JSON-LD.
    """

    path: str
    title: str
    description: str
    article: str
    crumbs: tuple[tuple[str, str | None], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    edit: str | None = None
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Draft:
    """A page to be made, and what it is made from, so that it need not be made again while that stays.

    `shows` are the ids of the proposals that it tells anything of, None for all of them; `also` is what else it takes
    from beyond the settings, the other nouns, the rules and the day. Pages of one `kind` share a shell; one without a
    kind has its own. `indexed` says whether outer search engines should find it.
    """

    path: str
    make: Callable[[], Page]
    shows: tuple[str, ...] | None = ()
    also: str = ""
    kind: str = ""
    indexed: bool = True


class Due(NamedTuple):
    """A deadline that runs, with the proposal that it is of."""

    case: Case
    deadline: Deadline


class PageError(Exception):
    """A template could not be filled; the message says which, where, and for which page."""


@dataclass(frozen=True)
class Site:
    """Everything that pages are made from, on one day."""

    registry: Registry
    cases: Mapping[str, Case]
    vocabulary: Vocabulary
    as_of: date
    templates: jinja2.Environment
    examples: Mapping[str, Example]
    coverage: tuple[Coverage, ...]
    audit: Audit | None = None
    """What an audit of the commit that the site is built from found, where there was one."""
    revision: str | None = None
    """The commit that the registry stands at, shortened; None outside a repository."""
    draw: Callable[[Chart | Lines], str] = picture
    """Draws a chart as SVG, or knows how it was drawn."""

    def render(self, template: str, path: str, **values: Any) -> str:
        """Return the article that a template makes for the page at `path`; links in it are relative to that page.

        Raises PageError when the template is wrong.
        """
        try:
            return self._render(template, path, values)
        except Exception as error:
            inner = next(_places(error), template)
            raise PageError(
                f"模板有误：{inner}（页面 /{path}）：{error} / a template is wrong: {inner}, page /{path}: {error}"
            ) from None

    def _render(self, template: str, path: str, values: dict[str, Any]) -> str:
        up = "../" * path.count("/")
        return self.templates.get_template(template).render(
            site=self,
            registry=self.registry,
            words=self.vocabulary,
            as_of=self.as_of,
            up=up or "./",
            explain=lambda deadline: [step.zh for step in explain(deadline, self.vocabulary)],
            reasons=lambda candidate: reasons(self.registry, candidate).zh,
            uncovered=lambda case: [note.zh for note in uncovered(case, self.vocabulary)],
            **values,
        )

    def names_of(self, case: Case, turn: Any) -> str:
        """Return the names of those whose turn it is, joined; long lists are cut."""
        who = names(self.registry, case.proposal, turn)
        return "、".join(who) if len(who) <= 3 else f"{who[0]}等 {len(who)} 人"

    def holders(self, case: Case, deadline: Deadline) -> tuple[str, ...]:
        """Return the names of those whose duty a clock is."""
        return tuple(map(self.registry.name_of, holders(self.registry, case, deadline)))

    @cached_property
    def due(self) -> tuple[Due, ...]:
        """Every deadline that runs, by its day; a window in which something may be done is none."""
        rows = [
            Due(case, deadline)
            for case in self.cases.values()
            for deadline in case.deadlines
            if deadline.open and deadline.latest is not None and not deadline.clock.window
        ]
        return tuple(sorted(rows, key=lambda row: (row[1].latest or date.max, row[0].proposal.id, row[1].key)))

    @cached_property
    def due_by(self) -> Mapping[str, list[Due]]:
        """The deadlines that run, by whose duty they are: agencies, offices, members and groups."""
        found: dict[str, list[Due]] = {}
        for row in self.due:
            for holder in holders(self.registry, *row):
                found.setdefault(holder, []).append(row)
        return found

    @cached_property
    def due_for(self) -> Mapping[str, list[Due]]:
        """The deadlines that run, by the members and groups whose proposals they are about."""
        found: dict[str, list[Due]] = {}
        for row in self.due:
            for proposer in row.case.proposal.proposers:
                found.setdefault(proposer, []).append(row)
        return found

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """What is due of topics, research and policies, or was and is done, by its day."""
        return duties(self.registry, self.as_of)

    @cached_property
    def topics(self) -> tuple[TopicStanding, ...]:
        """Every topic that was set up by the day, as it stands."""
        return standings(self.registry, self.cases, self.watch)

    @cached_property
    def watch(self) -> Watch:
        """What was released of complaints."""
        return Watch.over(self.registry, self.as_of)

    @cached_property
    def returning(self) -> list[Repeated]:
        """What keeps coming back and is no topic yet; texts are compared as `near` says."""
        return no_topic_yet(repeated(self.cases, self.watch, self.near), self.topics)

    @cached_property
    def suggests(self) -> bool:
        """Whether there is anything from which members can be told what they might look into."""
        return bool(self.scope.ground.trends)

    @cached_property
    def scope(self) -> Scope:
        """What tables, feeds and calendars are made from."""
        return Scope(self.registry, self.cases, self.vocabulary, self.as_of)

    @cached_property
    def converted(self) -> frozenset[str]:
        """The ids that came of converting other items."""
        return converted_into(self.cases.values())

    @cached_property
    def led(self) -> Counter[str]:
        """How many proposals each agency replies to."""
        return Counter(agency for case in self.cases.values() for agency in case.standing.assignment.repliers)

    @cached_property
    def proposed(self) -> Counter[str]:
        """How many proposals each member and group proposed."""
        return Counter(proposer for case in self.cases.values() for proposer in case.proposal.proposers)

    @cached_property
    def followers(self) -> Mapping[str, tuple[Case, ...]]:
        """For each proposal the later ones that name it as an earlier one."""
        found: dict[str, tuple[Case, ...]] = {}
        for case in self.cases.values():
            for earlier in case.proposal.follows:
                found[earlier] = (*found.get(earlier, ()), case)
        return found

    @cached_property
    def assessed(self) -> Mapping[str, Mapping[str, Assessment]]:
        """Who is assessed how, by session and actor, where a session has weights."""
        return assess(self.registry, self.cases, self.as_of)

    def is_assessed(self, actor: str) -> bool:
        """Whether an actor has a page of assessment."""
        return any(actor in rows for rows in self.assessed.values())

    @property
    def compares(self) -> bool:
        """Whether the texts of all proposals are compared at every build."""
        return len(self.cases) <= COMPARED

    @cached_property
    def near(self) -> Near:
        """For each proposal those whose texts are alike; nothing in a registry of more than COMPARED proposals."""
        if not self.compares:
            return {}
        known = {identifier: case.proposal for identifier, case in self.cases.items()}
        return {one.id: found for one, found in similar_pairs(known, NEAREST) if found}

    @cached_property
    def similar(self) -> Mapping[str, tuple[Candidate, ...]]:
        """For each proposal what may be about the same thing and is not linked to it, the nearest first."""
        known = {name: case.proposal for name, case in self.cases.items()}
        return {
            name: tuple(other for other in found if not linked(known[name], other.proposal))[:SHOWN]
            for name, found in self.near.items()
        }


def environment(folder: str) -> jinja2.Environment:
    """Return the template environment over `folder`: everything is escaped, and unknown names are errors."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
    )
    templates.filters.update(
        day=wording.day,
        short_day=lambda when: f"{when.month}月{when.day}日",
        long_day=wording.long_day,
        prose=prose,
        plain=plain,
    )
    templates.globals.update(wording=wording, len=len, sum=sum, say=say, taken_out=TAKEN_OUT)
    return templates


def _places(error: Exception) -> Iterator[str]:
    """Yield the lines of templates in which an error arose, the innermost first."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        yield f"{error.filename or error.name}:{error.lineno}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.endswith(".html"):
            yield f"{frame.filename}:{frame.lineno}"
