"""Long lists on pages of a bounded size: the rows of each, and what they need to be made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, NamedTuple, TypeVar

from huiyin.cases import Case
from huiyin.model import Agency, Group, Member
from huiyin.publish.page import Draft, Page, Site

PAGED = 100
"""Rows of a list on one page, which with its frame stays below 100 KB."""
NAMES = 500
"""Names on one page of an index of people or agencies."""
SOME = 20
"""Rows of a list that is continued on pages of its own."""
MANY = 100
"""Names in a row on a page of something else; an index of their own has all."""
Row = TypeVar("Row")
Noun = Agency | Member | Group


@dataclass(frozen=True)
class Part(Generic[Row]):
    """One page of a list: its path, its number from 1, how many there are, and its rows."""

    path: str
    number: int
    of: int
    rows: Sequence[Row]

    def links(self, base: str) -> tuple[tuple[str, str], ...]:
        """Return the relations to the page before and the page behind."""
        before = ((("prev", _path(base, self.number - 1)),)) if self.number > 1 else ()
        return (*before, ("next", _path(base, self.number + 1))) if self.number < self.of else before


def parts(base: str, rows: Sequence[Row], length: int = PAGED) -> Iterator[Part[Row]]:
    """Yield the pages of a list below `base`; an empty list has one page."""
    of = max(1, -(-len(rows) // length))
    for number in range(1, of + 1):
        yield Part(_path(base, number), number, of, rows[(number - 1) * length : number * length])


def _path(base: str, number: int) -> str:
    return base if number == 1 else f"{base}{number}/"


def ids(cases: Iterable[Case]) -> tuple[str, ...]:
    """Return the ids of cases in their order."""
    return tuple(case.proposal.id for case in cases)


class Told(NamedTuple):
    """A figure above a list: its name, its value as it is said, its definition, and whether it is bad news."""

    title: str
    value: str
    figure: str
    late: bool = False


class Headline(NamedTuple):
    """What stands above a list of proposals: figures, and the title and path of a page that tells more."""

    figures: tuple[Told, ...]
    more: tuple[str, str]


def listed(
    site: Site,
    base: str,
    title: str,
    rows: Sequence[Case],
    crumbs: tuple[tuple[str, str | None], ...],
    headline: Headline | None = None,
) -> Iterator[Draft]:
    """Yield the pages of a list of proposals, with a headline above the first."""
    for part in parts(base, rows):
        above = headline if part.number == 1 else None
        make = partial(_list, site, (base, title, len(rows)), part, crumbs, above)
        also = f"{title} {part.number}/{part.of} {len(rows)} {above!r}"
        yield Draft(part.path, make, ids(part.rows), also, kind="list", indexed=False)


def _list(
    site: Site,
    about: tuple[str, str, int],
    part: Part[Case],
    crumbs: tuple[tuple[str, str | None], ...],
    above: Headline | None,
) -> Page:
    base, title, total = about
    article = site.render(
        "list.html",
        part.path,
        title=title,
        cases=part.rows,
        total=total,
        page_number=part.number,
        page_count=part.of,
        base=base,
        above=above,
    )
    description = f"{crumbs[-1][0]}“{title}”共 {total} 件。"
    return Page(part.path, title, description, article, crumbs, part.links(base))


def named(
    site: Site, base: str, title: str, nouns: Sequence[Noun], crumbs: tuple[tuple[str, str | None], ...]
) -> Iterator[Draft]:
    """Yield the pages of an index of names, agencies with how much they lead, others with how much they proposed."""
    for part in parts(base, nouns, NAMES):
        make = partial(_names, site, (base, title), part, crumbs)
        yield Draft(part.path, make, None, title, kind="list", indexed=False)


def _names(site: Site, about: tuple[str, str], part: Part[Noun], crumbs: tuple[tuple[str, str | None], ...]) -> Page:
    base, title = about
    article = site.render(
        "names.html", part.path, title=title, nouns=part.rows, counts=site.led + site.proposed,
        page_number=part.number, page_count=part.of, base=base,
    )  # fmt: skip
    return Page(part.path, title, f"{title}，按编号排列。", article, crumbs, part.links(base))


def first_day(case: Case) -> str:
    """Return the first known day of a proposal, for sorting; those without any come last."""
    return case.first_day.isoformat() if case.first_day else "0000"


def newest(cases: Iterable[Case], most: int) -> list[Case]:
    """Return the cases that were proposed last; those without a known day are none of them."""
    return [case for case in newest_first(cases) if case.first_day][:most]


def newest_first(cases: Iterable[Case]) -> list[Case]:
    """Return cases by their first day, the newest first, and by id."""
    return sorted(sorted(cases, key=lambda case: case.proposal.id), key=first_day, reverse=True)
