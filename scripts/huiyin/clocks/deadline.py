"""One count of one clock as it stands on a day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from huiyin.days import Count
from huiyin.model import Commitment, Event
from huiyin.rules import Clock, Term


class ClockState(StrEnum):
    """What became of a clock on a day."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    NEAR = "near"
    OVERDUE = "overdue"
    MET = "met"
    LATE = "late"
    UNDATED = "undated"
    VOID = "void"


class Deadline(NamedTuple):
    """One count of a clock of one proposal on one day.

    `key` names it within the proposal: the clock's id, and behind it for which agency, event or commitment it is.
    `original` is the count by the law; `earliest` and `latest` are what holds after extensions (equal unless a year's
    holidays are unknown). `days` are calendar days: left while it runs, early when met, late when late or overdue.
    There are millions of them in a large registry: a tuple is made in a third of the time of another record.
    """

    clock: Clock
    state: ClockState
    key: str
    agency: str | None = None
    start: date | None = None
    started_by: Event | None = None
    assumed: bool = False
    """Counted from what stands in for the start that the law names, because that is not recorded."""
    promise: Commitment | None = None
    term: Term | None = None
    original: Count | None = None
    cap: Count | None = None
    """The latest day that an extension can reach, where the term has a cap."""
    extensions: tuple[Event, ...] = ()
    moved: tuple[Event, ...] = ()
    """The reassignments since it started."""
    first_start: date | None = None
    """When it started first, where it was started anew."""
    other: Count | None = None
    """How the other start would count: the reassignment where the first is kept, the first where it is not."""
    earliest: date | None = None
    latest: date | None = None
    ended_by: Event | None = None
    voided_by: Event | None = None
    days: int = 0

    @property
    def provisional(self) -> bool:
        """Whether the due day may still move, because a year's holidays are not announced."""
        return bool(self.original and self.original.provisional and not self.extensions)

    @property
    def open(self) -> bool:
        """Whether the clock still runs: running, near or overdue."""
        return self.state in (ClockState.RUNNING, ClockState.NEAR, ClockState.OVERDUE)

    @property
    def started(self) -> bool:
        """Whether there is something to tell of it."""
        return self.state != ClockState.NOT_STARTED
