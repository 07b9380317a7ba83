"""What counting needs to know of one proposal on a day, found once for all figures. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from huiyin.cases import Case
from huiyin.figures.stays import Stay, stays
from huiyin.model import Event


class Outcome(IntEnum):
    """How one item enters a figure: in numerator and denominator, in the denominator alone, or left out."""

    HIT = 0
    MISS = 1
    OUT = 2


HIT, MISS, OUT = Outcome.HIT, Outcome.MISS, Outcome.OUT


class Entry(NamedTuple):
    """What figures of records ask of an event: whose act ("" for no agency's), and how it was entered."""

    agency: str
    by_proposer: bool
    late: bool
    for_another: bool
    known: bool


@dataclass(slots=True)
class Facts:
    """One proposal as figures see it.

    `first` and `last` hold the first and last event of each type, `stays` the stretches in each stage, and `entries`
    how many events were entered alike; those that an import brought to an item of our own are not among them. `again`
    is true for what an office made out of another item, by converting it or splitting it: it was submitted once, as
    that item.
    """

    case: Case
    as_of: date
    events: tuple[Event, ...]
    first: dict[str, Event]
    last: dict[str, Event]
    imported: bool
    again: bool
    stays: Mapping[str, list[Stay]]
    entries: Mapping[Entry, int]

    def known(self, event: Event) -> bool:
        """Whether the event may enter a rate: it has a day, or it is one of a ledger, which is reported apart."""
        return event.on is not None or self.imported

    def judged(self, event: Event, hit: bool) -> Outcome:
        """HIT or MISS for what an event decides, OUT where its day is not known."""
        return (HIT if hit else MISS) if self.known(event) else OUT


def converted_into(cases: Iterable[Case], as_of: date) -> frozenset[str]:
    """Return the ids that offices made by converting another item (转为)."""
    converting = (case for case in cases if any(event.type == "converted" for event in case.proposal.events))
    return frozenset(
        event.to
        for case in converting
        for event in case.proposal.until(as_of)
        if event.type == "converted" and event.to is not None
    )


def facts(case: Case, as_of: date, converted: frozenset[str]) -> Facts:
    """Return what is known of a case; `converted` are the ids that came of converting others."""
    events = case.proposal.until(as_of)
    imported = case.proposal.imported is not None
    first: dict[str, Event] = {}
    last: dict[str, Event] = {}
    entries: dict[Entry, int] = {}
    for event in events:
        first.setdefault(event.type, event)
        last[event.type] = event
        if imported or event.channel != "import":
            entry = _entry(event, imported)
            entries[entry] = entries.get(entry, 0) + 1
    split = first.get("split")
    again = case.proposal.id in converted or (split is not None and split.split_from is not None)
    times: dict[str, list[Stay]] = {}
    if not imported:
        for stay in stays(case):
            times.setdefault(stay.stage, []).append(stay)
    return Facts(case, as_of, events, first, last, imported, again, times, entries)


def _entry(event: Event, imported: bool) -> Entry:
    by, recorded_by = event.by, event.recorded_by
    return Entry(
        by if by[0] == "a" else "",
        by[0] in "mg",
        event.late_entry is not None,
        recorded_by is not None and recorded_by != by,
        imported or event.on is not None,
    )
