"""What the counts of a proposal come to on a day: due days, extensions, and how each stands."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from huiyin.clocks.deadline import ClockState, Deadline
from huiyin.clocks.runs import Run, Runs
from huiyin.days import Calendar, Count
from huiyin.model import Event, Proposal
from huiyin.rules import Clock, Pack, Term

LATE, MET, NEAR, OVERDUE = ClockState.LATE, ClockState.MET, ClockState.NEAR, ClockState.OVERDUE
RUNNING, UNDATED, VOID = ClockState.RUNNING, ClockState.UNDATED, ClockState.VOID


class ByLaw(NamedTuple):
    """What the law makes of a start: the term in force that day, where it ends, and how far it may be extended."""

    term: Term | None = None
    original: Count | None = None
    cap: Count | None = None


@dataclass(frozen=True)
class Reckoning:
    """What a count needs beside the proposal: the law, the calendar, the day, and when its session closed."""

    pack: Pack
    calendar: Calendar
    as_of: date
    near_days: int
    session_closed: date | None = None

    @cached_property
    def not_started(self) -> Mapping[str, Deadline]:
        """Each clock as it stands while nothing has started it, by id."""
        clocks = self.pack.clocks.values()
        return {clock.id: Deadline(clock, ClockState.NOT_STARTED, clock.id) for clock in clocks}

    def by_law(self, clock: Clock, start: date, case: str, occasion: str | None) -> ByLaw:
        """Return what the law makes of that start for an item of that difficulty and occasion."""
        asked = (clock.id, start, case, occasion)
        known = self._by_law.get(asked)
        if known is None:
            known = self._by_law[asked] = self._ask_law(clock, start, case, occasion)
        return known

    @cached_property
    def _by_law(self) -> dict[tuple[str, date, str, str | None], ByLaw]:
        """What was counted before: many items start on the same days."""
        return {}

    def _ask_law(self, clock: Clock, start: date, case: str, occasion: str | None) -> ByLaw:
        term, count = clock.term(case, start, occasion), self.calendar.count
        if term is None:
            return ByLaw()
        original = count(start, term.value, term.unit, clock.rollover)
        if term.cap is None:
            return ByLaw(term, original)
        since = start if term.cap.counted == "absolute" else original.latest
        return ByLaw(term, original, count(since, term.cap.value, term.cap.unit, clock.rollover))


def deadlines(proposal: Proposal, refused: Container[int], reckoning: Reckoning) -> tuple[Deadline, ...]:
    """Return every count of every clock of the pack for `proposal` as it stands at the end of the day.

    `refused` are the positions of the events that the state table does not allow: they start and stop nothing. A clock
    that nothing has started yet is there once, as not started; one that is not meant for the proposal is not.
    """
    pack, closed = reckoning.pack, reckoning.session_closed
    events = proposal.until(reckoning.as_of)
    runs = Runs(proposal, pack, closed if closed and closed <= reckoning.as_of else None)
    runs.read(events, refused)
    case = "ordinary"
    for index, event in enumerate(events):
        if index not in refused:
            case = event.complexity or case
    found: list[Deadline] = []
    for clock in pack.clocks.values():
        counts = runs.by_clock.get(clock.id)
        if counts:
            found.extend(_deadline(run, proposal, case, reckoning) for run in counts)
        elif clock.per != "commitment" and clock.start.meant_for(proposal.occasion):
            found.append(reckoning.not_started[clock.id])
    return tuple(found)


def _deadline(run: Run, proposal: Proposal, case: str, reckoning: Reckoning) -> Deadline:
    term = original = cap = other = earliest = latest = None
    if run.promise:
        earliest = latest = run.promise.due
    elif run.start:
        term, original, cap = reckoning.by_law(run.clock, run.start, case, proposal.occasion)
    if term and original:
        earliest, latest = extended(original, cap, run.extensions)
        moved = run.first_start or (run.moved[-1].on if run.moved and run.clock.keeps_first_start else None)
        other = reckoning.calendar.count(moved, term.value, term.unit, run.clock.rollover) if moved else None
    state, days = _state(run, earliest, latest, reckoning)
    return Deadline(
        run.clock,
        state,
        run.key,
        run.agency,
        run.start,
        run.started_by,
        run.assumed,
        run.promise,
        term,
        original,
        cap,
        run.extensions,
        run.moved,
        run.first_start,
        other,
        earliest,
        latest,
        run.ended_by,
        run.voided_by,
        days,
    )


def extended(original: Count, cap: Count | None, extensions: tuple[Event, ...]) -> tuple[date, date]:
    """Return the earliest and the latest due day after extensions: the last one holds.

    It never shortens the term, and what reaches beyond the cap does not count.
    """
    if not extensions or extensions[-1].due is None:
        return original.earliest, original.latest
    due = extensions[-1].due if cap is None else min(extensions[-1].due, cap.latest)
    due = max(due, original.latest)
    return due, due


def _state(run: Run, earliest: date | None, latest: date | None, reckoning: Reckoning) -> tuple[ClockState, int]:
    if run.voided_by:
        return VOID, 0
    if run.start is None and run.promise is None:
        return UNDATED, 0
    if earliest is None or latest is None:
        return (UNDATED if run.promise else VOID), 0
    as_of, ended = reckoning.as_of, run.ended_by
    if ended is not None:
        if ended.on is None:
            return UNDATED, 0
        if ended.on > latest:
            return LATE, (ended.on - latest).days
        return MET, max(0, (earliest - ended.on).days)
    if as_of > latest:
        return (VOID, 0) if run.clock.window else (OVERDUE, (as_of - latest).days)
    left = (earliest - as_of).days
    return (NEAR if left <= _near(run, latest, reckoning) else RUNNING), max(0, left)


def _near(run: Run, latest: date, reckoning: Reckoning) -> int:
    """Return how many days before its end a count is near: never more than a quarter of a term."""
    if run.clock.near_days is not None:
        return run.clock.near_days
    if run.start is None or run.promise:
        return reckoning.near_days
    return min(reckoning.near_days, (latest - run.start).days // 4)
