"""Counting for figures: each function counts one thing over cases as they stand on a day. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.cases import Case
from huiyin.clocks import ClockState
from huiyin.lifecycle import DROPPED, FULFILLED, Promise

FACE_TO_FACE = ("visit", "meeting", "round_table")
"""Ways of contact that count as meeting the proposer (面商)."""


@dataclass(frozen=True)
class Counted:
    """What was counted: for a rate also of how many, and how many were left out and why."""

    numerator: int
    denominator: int | None = None
    excluded: int = 0


def _has(case: Case, kind: str, as_of: date) -> bool:
    return any(event.type == kind for event in case.proposal.until(as_of))


def submitted(cases: Sequence[Case], as_of: date) -> Counted:
    """Items with a submission."""
    return Counted(sum(_has(case, "submitted", as_of) for case in cases))


def accepted(cases: Sequence[Case], as_of: date) -> Counted:
    """Accepted items over submitted ones."""
    submitted = [case for case in cases if _has(case, "submitted", as_of) and not case.proposal.imported]
    return Counted(
        sum(_has(case, "accepted", as_of) for case in submitted),
        len(submitted),
        excluded=len(cases) - len(submitted),
    )


def answered(cases: Sequence[Case], as_of: date) -> Counted:
    """Items with at least one reply."""
    return Counted(sum(bool(case.standing.replies) for case in cases))


def _assigned(cases: Sequence[Case], as_of: date) -> list[Case]:
    return [case for case in cases if _has(case, "assigned", as_of) and not case.proposal.imported]


def replied(cases: Sequence[Case], as_of: date) -> Counted:
    """Items with a reply over those assigned."""
    assigned = _assigned(cases, as_of)
    return Counted(sum(bool(case.standing.replies) for case in assigned), len(assigned), len(cases) - len(assigned))


def on_time(cases: Sequence[Case], as_of: date) -> Counted:
    """Ended clocks, and overdue ones, which are already known to be late."""
    states = [case.reply_deadline.state for case in cases if case.reply_deadline]
    met = states.count(ClockState.MET)
    known = met + states.count(ClockState.LATE) + states.count(ClockState.OVERDUE)
    return Counted(met, known, excluded=len(cases) - known)


def on_time_original(cases: Sequence[Case], as_of: date) -> Counted:
    """The same against the first due day, before any extension."""
    met = known = 0
    for case in cases:
        deadline = case.reply_deadline
        if deadline is None or deadline.original is None or deadline.state in (ClockState.VOID, ClockState.UNDATED):
            continue
        if deadline.ended_by and deadline.ended_by.on:
            known += 1
            met += deadline.ended_by.on <= deadline.original.latest
        elif as_of > deadline.original.latest:
            known += 1
    return Counted(met, known, excluded=len(cases) - known)


def overdue(cases: Sequence[Case], as_of: date) -> Counted:
    """Items whose day has passed without an answer."""
    return Counted(
        sum(case.reply_deadline is not None and case.reply_deadline.state == ClockState.OVERDUE for case in cases)
    )


def contacted(cases: Sequence[Case], as_of: date) -> Counted:
    """Items with face-to-face contact over those answered."""
    replied = [case for case in cases if case.standing.replies and not case.proposal.imported]
    met = sum(
        any(event.type == "contacted" and event.how in FACE_TO_FACE for event in case.proposal.until(as_of))
        for case in replied
    )
    return Counted(met, len(replied), excluded=len(cases) - len(replied))


def asks(cases: Sequence[Case], as_of: date) -> Counted:
    """Asks with an answer over those of items fully answered."""
    asks = [ask for case in cases if case.reply_complete and case.itemised for ask in case.standing.asks]
    silent = sum(len(case.standing.asks) for case in cases) - len(asks)
    return Counted(sum(bool(ask.answers) for ask in asks), len(asks), excluded=silent)


def resolved(cases: Sequence[Case], as_of: date) -> Counted:
    """Items whose latest reply is classed as resolved over those with a class."""
    classes = [case.standing.reply.reply_class for case in cases if case.standing.reply]
    stated = [kind for kind in classes if kind and kind != "not_stated"]
    return Counted(stated.count("resolved"), len(stated), excluded=len(classes) - len(stated))


def _promises(cases: Sequence[Case]) -> list[Promise]:
    return [promise for case in cases for promise in case.standing.promises]


def fulfilled(cases: Sequence[Case], as_of: date) -> Counted:
    """Commitments kept over all."""
    promises = _promises(cases)
    return Counted(sum(promise.status == FULFILLED for promise in promises), len(promises))


def dropped(cases: Sequence[Case], as_of: date) -> Counted:
    """Commitments given up."""
    return Counted(sum(promise.status == DROPPED for promise in _promises(cases)))


def promises_overdue(cases: Sequence[Case], as_of: date) -> Counted:
    """Commitments whose day has passed."""
    return Counted(sum(promise.overdue(as_of) for promise in _promises(cases)))


def satisfied(axis: str) -> Callable[[Sequence[Case], date], Counted]:
    """A counter of items rated satisfied on one axis over those rated."""

    def count(cases: Sequence[Case], as_of: date) -> Counted:
        replied = [case for case in cases if case.standing.replies]
        rated = [getattr(case.standing.rating, axis) for case in replied if case.standing.rating]
        return Counted(rated.count("satisfied"), len(rated), excluded=len(replied) - len(rated))

    return count


def late_entries(cases: Sequence[Case], as_of: date) -> Counted:
    """Events recorded late over all that were not imported."""
    events = [event for case in cases for event in case.proposal.until(as_of) if event.channel != "import"]
    return Counted(sum(event.late_entry is not None for event in events), len(events))
