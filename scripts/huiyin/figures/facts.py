"""What counting needs to know of one proposal on a day, found once for all figures. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from huiyin.cases import Case
from huiyin.clocks import Deadline
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

    `first` and `last` hold the first and last event of each type, `stays` the stretches in each stage, `reply` and
    `feedback` the clocks of those, where there is one. `again` is true for what an office made out of another item, by
    converting it or splitting it: it was submitted once, as that item.
    """

    case: Case
    as_of: date
    events: tuple[Event, ...]
    first: dict[str, Event]
    last: dict[str, Event]
    imported: bool
    again: bool
    stays: Mapping[str, list[Stay]]
    reply: Deadline | None
    feedback: Deadline | None

    def entries(self) -> Iterator[Entry]:
        """Yield how each event was entered; what an import brought to an item of our own is not among them."""
        for event in self.events:
            if self.imported or event.channel != "import":
                late, known = event.late_entry is not None, event.on is not None or self.imported
                yield _entry(event.by, event.recorded_by, late, known)

    def known(self, event: Event) -> bool:
        """Whether the event may enter a rate: it has a day, or it is one of a ledger, which is reported apart."""
        return event.on is not None or self.imported

    def judged(self, event: Event, hit: bool) -> Outcome:
        """HIT or MISS for what an event decides, OUT where its day is not known."""
        if event.on is None and not self.imported:
            return OUT
        return HIT if hit else MISS


def converted_into(cases: Iterable[Case]) -> frozenset[str]:
    """Return the ids that offices made by converting another item (转为)."""
    events = (event for case in cases for event in case.events if event.type == "converted")
    return frozenset(event.to for event in events if event.to is not None)


def facts(case: Case, as_of: date, converted: frozenset[str]) -> Facts:
    """Return what is known of a case; `converted` are the ids that came of converting others."""
    events = case.events
    imported = case.proposal.imported is not None
    first: dict[str, Event] = {}
    last: dict[str, Event] = {}
    for event in events:
        first.setdefault(event.type, event)
        last[event.type] = event
    split = first.get("split")
    again = case.proposal.id in converted or (split is not None and split.split_from is not None)
    times: dict[str, list[Stay]] = {}
    if not imported:
        for stay in stays(case):
            times.setdefault(stay.stage, []).append(stay)
    return Facts(case, as_of, events, first, last, imported, again, times, case.reply_deadline, case.feedback_deadline)


@cache
def _entry(by: str, recorded_by: str | None, late: bool, known: bool) -> Entry:
    """The same for all events of an actor that were entered alike."""
    return Entry(by if by[0] == "a" else "", by[0] in "mg", late, recorded_by not in (None, by), known)
