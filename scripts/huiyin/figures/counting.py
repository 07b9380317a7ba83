"""Counting every figure in one pass over the cases, for all of them and for each group. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.cases import Case
from huiyin.figures.definition import Counted, Definition, Estimate, Figure
from huiyin.figures.definitions import DEFINITIONS
from huiyin.figures.facts import Facts, Outcome, converted_into, facts
from huiyin.figures.groupings import NOBODY, Grouping
from huiyin.figures.stays import End, Stay, product_limit
from huiyin.findings import Text
from huiyin.model import Registry
from huiyin.vocabulary import Vocabulary


@dataclass(frozen=True)
class Group:
    """The figures of one group: its key, its name, and what was counted in it."""

    key: str
    name: Text
    figures: tuple[Figure, ...]


class _Times(dict[int, int]):
    """How many stretches took so many days."""

    def add(self, days: int) -> None:
        self[days] = self.get(days, 0) + 1


class _Cells:
    """What was counted in one group, a row a figure: outcomes of the registry's own, of imports, and days."""

    __slots__ = ("ended", "imported", "open", "own")

    def __init__(self, figures: int) -> None:
        self.own = [[0, 0, 0] for _ in range(figures)]
        self.imported = [[0, 0, 0] for _ in range(figures)]
        self.ended = [_Times() for _ in range(figures)]
        self.open = [_Times() for _ in range(figures)]

    def figures(self, definitions: Sequence[Definition]) -> tuple[Figure, ...]:
        """What was counted, as figures."""
        return tuple(self._figure(n, definition) for n, definition in enumerate(definitions))

    def _figure(self, n: int, definition: Definition) -> Figure:
        if definition.time:
            ended, still = self.ended[n], self.open[n]
            done = sum(ended.values())
            counted = Counted(done, done + sum(still.values()), self.own[n][Outcome.OUT])
            return Figure(definition, counted, Counted(0, 0), Estimate(*product_limit(ended, still)))
        return Figure(definition, _counted(self.own[n], definition), _counted(self.imported[n], definition))


def _counted(outcomes: list[int], definition: Definition) -> Counted:
    hit, miss, out = outcomes
    return Counted(hit) if definition.denominator is None else Counted(hit, hit + miss, out)


Place = Callable[[Facts, str | None], Iterable[_Cells]]
"""Where something of a proposal is counted, given the agency whose it is (None for the proposal itself)."""


def figures(
    cases: Iterable[Case],
    as_of: date,
    definitions: Sequence[Definition] = DEFINITIONS,
    converted: frozenset[str] | None = None,
) -> tuple[Figure, ...]:
    """Return every figure over `cases` as they stand on `as_of`, in the order in which they are published.

    `converted` are the ids that came of converting other items (see `converted_into`), where `cases` are a part of the
    registry: an item converted in one session may go on in another.
    """
    rows = tuple(cases)
    total = _Cells(len(definitions))
    everywhere = (total,)
    _count(rows, as_of, definitions, lambda _facts, _agency: everywhere, converted)
    return total.figures(definitions)


def grouped(
    cases: Iterable[Case],
    as_of: date,
    grouping: Grouping,
    registry: Registry,
    words: Vocabulary,
    definitions: Sequence[Definition] = DEFINITIONS,
    converted: frozenset[str] | None = None,
) -> tuple[Group, ...]:
    """Return every figure for each group, the groups by name; the one of what belongs to none comes last."""
    rows = tuple(cases)
    table: dict[str, _Cells] = {}

    def cells(key: str) -> _Cells:
        found = table.get(key)
        if found is None:
            found = table[key] = _Cells(len(definitions))
        return found

    def place(item: Facts, agency: str | None) -> Iterable[_Cells]:
        if agency is None or grouping.agency_key is None:
            return [cells(key) for key in grouping.keys(registry, item)]
        return (cells(grouping.agency_key(registry, agency) if agency else NOBODY),)

    _count(rows, as_of, definitions, place, converted)
    named = [(key, grouping.name(registry, words, key) if key else grouping.nobody) for key in table]
    return tuple(
        Group(key, name, table[key].figures(definitions))
        for key, name in sorted(named, key=lambda row: grouping.order(*row))
    )


def _count(
    rows: Sequence[Case],
    as_of: date,
    definitions: Sequence[Definition],
    place: Place,
    converted: frozenset[str] | None,
) -> None:
    """One pass: each proposal is looked at once for every figure."""
    numbered = tuple(enumerate(definitions))
    single = [(n, definition.count) for n, definition in numbered if definition.count]
    several = [(n, definition.each) for n, definition in numbered if definition.each]
    timed = [(n, definition.time) for n, definition in numbered if definition.time]
    if converted is None:
        converted = converted_into(rows, as_of)
    for case in rows:
        item = facts(case, as_of, converted)
        homes = tuple(place(item, None))
        imported = item.imported
        tallies = [home.imported if imported else home.own for home in homes]
        for n, count in single:
            outcome = count(item)
            if outcome is not None:
                for tally in tallies:
                    tally[n][outcome] += 1
        for n, each in several:
            for agency, outcome, times in each(item):
                for home in homes if agency is None else place(item, agency):
                    (home.imported if imported else home.own)[n][outcome] += times
        if not imported:
            for n, time in timed:
                for stay in time(item):
                    _time(homes, n, stay, as_of)


def _time(homes: Iterable[_Cells], n: int, stay: Stay, as_of: date) -> None:
    """Count one stretch of time; it is left out where a day is not known."""
    days = stay.days(as_of)
    for home in homes:
        if days is None:
            home.own[n][Outcome.OUT] += 1
        else:
            (home.ended if stay.end == End.LEFT else home.open)[n].add(days)
