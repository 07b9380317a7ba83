"""What the counts of a proposal come to on a day: due days, extensions, and how each stands."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from huiyin.clocks.deadline import ClockState, Deadline
from huiyin.clocks.runs import Run, Runs
from huiyin.days import Calendar, Count
from huiyin.model import Event, Proposal
from huiyin.rules import Pack, Term


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


def deadlines(proposal: Proposal, refused: Container[int], reckoning: Reckoning) -> tuple[Deadline, ...]:
    """Return every count of every clock of the pack for `proposal` as it stands at the end of the day.

    `refused` are the positions of the events that the state table does not allow: they start and stop nothing. A clock
    that nothing has started yet is there once, as not started; one that is not meant for the proposal is not.
    """
    pack, closed = reckoning.pack, reckoning.session_closed
    events = proposal.until(reckoning.as_of)
    runs = Runs(proposal, pack, closed if closed and closed <= reckoning.as_of else None)
    runs.read(events, refused)
    case = next((e.complexity for e in reversed(events) if e.complexity), None) or "ordinary"
    found: list[Deadline] = []
    for clock in pack.clocks.values():
        counts = runs.by_clock.get(clock.id)
        if counts:
            found.extend(_deadline(run, proposal, case, reckoning) for run in counts)
        elif clock.per != "commitment" and clock.start.occasion in (None, proposal.occasion):
            found.append(reckoning.not_started[clock.id])
    return tuple(found)


def _deadline(run: Run, proposal: Proposal, case: str, reckoning: Reckoning) -> Deadline:
    term = original = cap = other = earliest = latest = None
    if run.promise:
        earliest = latest = run.promise.due
    elif run.start:
        term = run.clock.term(case, run.start, proposal.occasion)
    if run.start and term:
        original = _count(run.start, term, run, reckoning)
        cap = _cap(run.start, term, original, run, reckoning)
        earliest, latest = extended(original, cap, run.extensions)
        moved = run.first_start or (run.moved[-1].on if run.moved and run.clock.keeps_first_start else None)
        other = _count(moved, term, run, reckoning) if moved else None
    state, days = _state(run, earliest, latest, reckoning)
    return Deadline(
        clock=run.clock,
        state=state,
        key=run.key,
        agency=run.agency,
        start=run.start,
        started_by=run.started_by,
        assumed=run.assumed,
        promise=run.promise,
        term=term,
        original=original,
        cap=cap,
        extensions=run.extensions,
        moved=run.moved,
        first_start=run.first_start,
        other=other,
        earliest=earliest,
        latest=latest,
        ended_by=run.ended_by,
        voided_by=run.voided_by,
        days=days,
    )


def _count(start: date, term: Term, run: Run, reckoning: Reckoning) -> Count:
    return reckoning.calendar.count(start, term.value, term.unit, run.clock.rollover)


def _cap(start: date, term: Term, original: Count, run: Run, reckoning: Reckoning) -> Count | None:
    if term.cap is None:
        return None
    since = start if term.cap.counted == "absolute" else original.latest
    return reckoning.calendar.count(since, term.cap.value, term.cap.unit, run.clock.rollover)


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
        return ClockState.VOID, 0
    if run.start is None and run.promise is None:
        return ClockState.UNDATED, 0
    if earliest is None or latest is None:
        return (ClockState.UNDATED if run.promise else ClockState.VOID), 0
    as_of, ended = reckoning.as_of, run.ended_by
    if ended is not None:
        if ended.on is None:
            return ClockState.UNDATED, 0
        if ended.on > latest:
            return ClockState.LATE, (ended.on - latest).days
        return ClockState.MET, max(0, (earliest - ended.on).days)
    if as_of > latest:
        return (ClockState.VOID, 0) if run.clock.window else (ClockState.OVERDUE, (as_of - latest).days)
    left = (earliest - as_of).days
    return (ClockState.NEAR if left <= _near(run, latest, reckoning) else ClockState.RUNNING), max(0, left)


def _near(run: Run, latest: date, reckoning: Reckoning) -> int:
    """Return how many days before its end a count is near: never more than a quarter of a term."""
    if run.clock.near_days is not None:
        return run.clock.near_days
    if run.start is None or run.promise:
        return reckoning.near_days
    return min(reckoning.near_days, (latest - run.start).days // 4)
