"""Whether replies and feedback came in time. The only part of figures that looks at clocks. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.clocks import ClockState, Deadline
from huiyin.figures.facts import HIT, MISS, OUT, Facts, Outcome
from huiyin.figures.stays import LEFT, STILL_OPEN, VOID, Stay

_JUDGED = {ClockState.MET: HIT, ClockState.LATE: MISS, ClockState.OVERDUE: MISS}


def _outcome(deadline: Deadline | None) -> Outcome:
    """In time or not; OUT while it runs, and where nothing is counted."""
    return _JUDGED.get(deadline.state, OUT) if deadline else OUT


def reply_outcome(facts: Facts) -> Outcome | None:
    """Whether the reply came by the due day, extensions included; overdue ones are already known to be late."""
    return _outcome(facts.reply) if "assigned" in facts.first else None


def reply_outcome_original(facts: Facts) -> Outcome | None:
    """The same by the first due day, before any extension."""
    deadline = facts.reply
    if deadline is None or deadline.original is None or not deadline.extensions:
        return reply_outcome(facts)
    if deadline.ended_by is not None:
        on = deadline.ended_by.on
        return OUT if on is None else HIT if on <= deadline.original.latest else MISS
    return MISS if deadline.open and facts.as_of > deadline.original.latest else OUT


def reply_overdue(facts: Facts) -> Outcome | None:
    """HIT for what is overdue and not answered."""
    deadline = facts.reply
    return HIT if deadline and deadline.state == ClockState.OVERDUE else None


def reply_extended(facts: Facts) -> Outcome | None:
    """Whether the reply's term was extended; OUT where none was counted."""
    if "assigned" not in facts.first:
        return None
    deadline = facts.reply
    return OUT if deadline is None or deadline.original is None else HIT if deadline.extensions else MISS


def reply_stretch(facts: Facts) -> Iterator[Stay]:
    """The days from assignment to the reply that completes it; without an end where nothing is counted any more."""
    deadline = facts.reply
    if deadline is None or deadline.started_by is None:
        return
    since, ended = deadline.started_by.on, deadline.ended_by
    if ended is not None:
        yield Stay("time_to_reply", since, ended.on, LEFT)
    else:
        yield Stay("time_to_reply", since, None, STILL_OPEN if deadline.open else VOID)


def feedback_outcome(facts: Facts) -> Outcome | None:
    """Whether the proposer rated the reply in time, where the rule pack has such a clock."""
    if "replied" not in facts.first:
        return None
    return _outcome(facts.feedback)
