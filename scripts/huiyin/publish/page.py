"""What a page is, and what every page needs to be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import jinja2

from huiyin import wording
from huiyin.audit import Audit
from huiyin.cases import Case, holders, names
from huiyin.clocks import Deadline
from huiyin.coverage import Coverage
from huiyin.figures import say
from huiyin.load.examples import Example
from huiyin.model import Registry
from huiyin.similar import NEAREST, Candidate, linked
from huiyin.similar import pairs as similar_pairs
from huiyin.vocabulary import Vocabulary
from huiyin.wording.counted import explain, uncovered
from huiyin.wording.likeness import reasons

SHOWN = 5
"""Similar proposals on a page."""


@dataclass(frozen=True)
class Page:
    """One page of the site: its address below the root ("p/2026-k7f2q/"), what its head says, and its article.

    `article` is HTML. `indexed` says whether search and outer search engines should find it.
    """

    path: str
    title: str
    description: str
    article: str
    indexed: bool = True


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

    def render(self, template: str, path: str, **values: Any) -> str:
        """Return the article that a template makes for the page at `path`; links in it are relative to that page."""
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
    def followers(self) -> Mapping[str, tuple[Case, ...]]:
        """For each proposal the later ones that name it as an earlier one."""
        found: dict[str, tuple[Case, ...]] = {}
        for case in self.cases.values():
            for earlier in case.proposal.follows:
                found[earlier] = (*found.get(earlier, ()), case)
        return found

    @cached_property
    def similar(self) -> Mapping[str, tuple[Candidate, ...]]:
        """For each proposal what may be about the same thing and is not linked to it, the nearest first."""
        known = {identifier: case.proposal for identifier, case in self.cases.items()}
        return {
            one.id: tuple(other for other in near if not linked(one, other.proposal))[:SHOWN]
            for one, near in similar_pairs(known, NEAREST)
            if near
        }


def environment(folder: str) -> jinja2.Environment:
    """Return the template environment over `folder`: everything is escaped, and unknown names are errors."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    templates.filters.update(
        day=wording.day,
        short_day=lambda when: f"{when.month}月{when.day}日",
        long_day=wording.long_day,
        paragraphs=lambda text: [part for part in (text or "").split("\n") if part.strip()],
    )
    templates.globals.update(wording=wording, len=len, say=say)
    return templates
