"""Counting every figure in one pass over the cases, for all of them and for each group. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.cases import Case
from huiyin.figures.definition import Counted, Definition, Estimate, Figure
from huiyin.figures.definitions import DEFINITIONS
from huiyin.figures.facts import OUT, Entry, Facts, Outcome, converted_into, facts
from huiyin.figures.groupings import NOBODY, Grouping
from huiyin.figures.stays import LEFT, Stay, product_limit
from huiyin.findings import Text
from huiyin.model import Registry
from huiyin.vocabulary import Vocabulary


@dataclass(frozen=True)
class Group:
    """The figures of one group: its key, its name, and what was counted in it."""

    key: str
    name: Text
    figures: tuple[Figure, ...]


class _Tally:
    """What was counted of the registry's own items of one group, or of those that were imported.

    Items that are alike in every figure, and events that were entered alike, are counted together and judged once, at
    the end.
    """

    __slots__ = ("alike", "each", "entries")

    def __init__(self, figures: int) -> None:
        self.alike: dict[tuple[Outcome | None, ...], int] = defaultdict(int)
        self.entries: dict[Entry, int] = defaultdict(int)
        self.each = [[0, 0, 0] for _ in range(figures)]

    def outcomes(self, definitions: Sequence[Definition]) -> list[list[int]]:
        """How often each outcome was counted, a row a figure."""
        rows = [list(row) for row in self.each]
        single = [row for row, definition in zip(rows, definitions, strict=True) if definition.count]
        for outcomes, items in self.alike.items():
            for row, outcome in zip(single, outcomes, strict=True):
                if outcome is not None:
                    row[outcome] += items
        for row, definition in zip(rows, definitions, strict=True):
            for entry, events in self.entries.items() if definition.entry else ():
                outcome = definition.entry(entry) if definition.entry else None
                if outcome is not None:
                    row[outcome] += events
        return rows


class _Cells:
    """What was counted in one group: the registry's own, the imported, and how many stretches took so many days."""

    __slots__ = ("ended", "imported", "open", "own")

    def __init__(self, figures: int) -> None:
        self.own, self.imported = _Tally(figures), _Tally(figures)
        self.ended: list[dict[int, int]] = [defaultdict(int) for _ in range(figures)]
        self.open: list[dict[int, int]] = [defaultdict(int) for _ in range(figures)]

    def figures(self, definitions: Sequence[Definition]) -> tuple[Figure, ...]:
        """What was counted, as figures."""
        rows = zip(definitions, self.own.outcomes(definitions), self.imported.outcomes(definitions), strict=True)
        return tuple(
            self._time(n, definition, own[OUT])
            if definition.time
            else Figure(definition, _counted(own, definition), _counted(imported, definition))
            for n, (definition, own, imported) in enumerate(rows)
        )

    def _time(self, n: int, definition: Definition, out: int) -> Figure:
        ended, still = self.ended[n], self.open[n]
        done = sum(ended.values())
        counted = Counted(done, done + sum(still.values()), out)
        return Figure(definition, counted, Counted(0, 0), Estimate(*product_limit(ended, still)))


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
    return grouped_by(cases, as_of, {"": grouping}, registry, words, definitions, converted)[""]


def grouped_by(
    cases: Iterable[Case],
    as_of: date,
    groupings: Mapping[str, Grouping],
    registry: Registry,
    words: Vocabulary,
    definitions: Sequence[Definition] = DEFINITIONS,
    converted: frozenset[str] | None = None,
) -> Mapping[str, tuple[Group, ...]]:
    """Return the groups of several groupings, by their names; each proposal is judged once for all of them."""
    rows = tuple(cases)
    tables: dict[str, dict[str, _Cells]] = {name: {} for name in groupings}

    def cells(name: str, key: str) -> _Cells:
        table = tables[name]
        found = table.get(key)
        if found is None:
            found = table[key] = _Cells(len(definitions))
        return found

    def place(item: Facts, agency: str | None) -> Iterable[_Cells]:
        found = []
        for name, grouping in groupings.items():
            if agency is None or grouping.agency_key is None:
                found += [cells(name, key) for key in grouping.keys(registry, item)]
            else:
                found.append(cells(name, grouping.agency_key(registry, agency) if agency else NOBODY))
        return found

    _count(rows, as_of, definitions, place, converted)
    return {name: _named(tables[name], grouping, registry, words, definitions) for name, grouping in groupings.items()}


def _named(
    table: Mapping[str, _Cells],
    grouping: Grouping,
    registry: Registry,
    words: Vocabulary,
    definitions: Sequence[Definition],
) -> tuple[Group, ...]:
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
    single = [definition.count for definition in definitions if definition.count]
    several = [(n, definition.each) for n, definition in numbered if definition.each]
    timed = [(n, definition.time) for n, definition in numbered if definition.time]
    entered = any(definition.entry for definition in definitions)
    if converted is None:
        converted = converted_into(rows)
    for case in rows:
        item = facts(case, as_of, converted)
        homes = tuple(place(item, None))
        imported = item.imported
        tallies = [home.imported if imported else home.own for home in homes]
        outcomes = tuple([count(item) for count in single])
        for tally in tallies:
            tally.alike[outcomes] += 1
        for entry in item.entries() if entered else ():
            for home in place(item, entry.agency):
                (home.imported if imported else home.own).entries[entry] += 1
        for n, each in several:
            for agency, outcome, times in each(item):
                for home in homes if agency is None else place(item, agency):
                    (home.imported if imported else home.own).each[n][outcome] += times
        if not imported:
            for n, time in timed:
                for stay in time(item):
                    _time(homes, n, stay, as_of)


def _time(homes: Iterable[_Cells], n: int, stay: Stay, as_of: date) -> None:
    """Count one stretch of time; it is left out where a day is not known."""
    days = stay.days(as_of)
    for home in homes:
        if days is None:
            home.own.each[n][OUT] += 1
        else:
            (home.ended if stay.end == LEFT else home.open)[n][days] += 1
