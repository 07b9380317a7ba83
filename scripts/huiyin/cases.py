"""Every proposal with all that follows for it on one day: its pack, where it stands, its deadlines. Pure.

Figures, pages and lists work on cases, so that each proposal is folded once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from huiyin.clocks import ClockState, Deadline, Reckoning, deadlines
from huiyin.collector import paused
from huiyin.lifecycle import Standing, Turn, standing
from huiyin.model import Event, Proposal, Registry
from huiyin.rules import Pack, State
from huiyin.scores import Histogram, by_proposal, histograms


class Case(NamedTuple):
    """One proposal as it stands on the day."""

    proposal: Proposal
    pack: Pack
    standing: Standing
    deadlines: tuple[Deadline, ...]
    scores: tuple[Histogram, ...] = ()
    """What may be shown of the public's scores."""

    @property
    def events(self) -> tuple[Event, ...]:
        """The events known on the day."""
        return self.standing.events

    @property
    def first_day(self) -> date | None:
        """The day of the first event that has one."""
        return next((event.on for event in self.events if event.on), None)

    @property
    def last_day(self) -> date | None:
        """The latest day on which something happened."""
        return max((event.on for event in self.events if event.on), default=None)

    @property
    def state(self) -> State | None:
        """The state with its words; None when its first event is not in the state table."""
        return self.pack.states.get(self.standing.state)

    @property
    def reply_complete(self) -> bool:
        """Whether everyone who owes a reply has given one since it was last asked for."""
        return bool(self.standing.replies) and not self.standing.owing

    @property
    def itemised(self) -> bool:
        """Whether replies are expected to answer ask by ask; in ledgers of the past they stand as one text."""
        return "ask-unanswered" not in self.pack.checks_off

    @property
    def reply_deadline(self) -> Deadline | None:
        """The clock of the first reply, where the pack has one; of separate agencies the one that stands worst."""
        return _worst([deadline for deadline in self.deadlines if deadline.clock.id == "reply"])

    @property
    def feedback_deadline(self) -> Deadline | None:
        """The clock of the proposer's feedback, where the pack has one: of several the one that stands worst."""
        return _worst([deadline for deadline in self.deadlines if "rated" in deadline.clock.end.on])

    @property
    def current_deadline(self) -> Deadline | None:
        """The reply that is owed now: of an item handled again its own clock, and none where no rule has one."""
        owed = [d for d in self.deadlines if d.open and "replied" in d.clock.end.on and d.clock.duty == "lead"]
        if owed:
            return _worst(owed)
        return None if self.standing.replies and self.standing.owing else self.reply_deadline


SERIOUS = (
    ClockState.OVERDUE,
    ClockState.NEAR,
    ClockState.RUNNING,
    ClockState.LATE,
    ClockState.UNDATED,
    ClockState.MET,
    ClockState.VOID,
    ClockState.NOT_STARTED,
)
"""States of a clock from the one that matters most: what is open first, then what was late."""


def _worst(deadlines: Sequence[Deadline]) -> Deadline | None:
    """Return the deadline that matters most; among equals the one with most days to tell, or fewest early."""

    def rank(deadline: Deadline) -> tuple[int, int]:
        late = deadline.state in (ClockState.OVERDUE, ClockState.LATE)
        return SERIOUS.index(deadline.state), -deadline.days if late else deadline.days

    if len(deadlines) < 2:
        return deadlines[0] if deadlines else None
    return min(deadlines, key=rank)


@paused
def cases(registry: Registry, as_of: date) -> Mapping[str, Case]:
    """Return the case of each proposal that was submitted by `as_of` and has a pack in force, by id."""
    found = {}
    reckonings = Reckonings(registry, as_of)
    scored = by_proposal(registry.scores.values())
    for identifier, proposal in sorted(registry.proposals.items()):
        pack = registry.pack_of(proposal)
        case = case_of(proposal, reckonings.of(proposal, pack)) if pack else None
        if case:
            mine = scored.get(identifier)
            found[identifier] = case._replace(scores=histograms(mine, as_of)) if mine else case
    return found


class Reckonings:
    """What the clocks of proposals are counted with on one day, shared by those of one pack and session."""

    def __init__(self, registry: Registry, as_of: date) -> None:
        self._registry = registry
        self._as_of = as_of
        self._made: dict[tuple[str, str], Reckoning] = {}

    def of(self, proposal: Proposal, pack: Pack) -> Reckoning:
        """Return that of a proposal, which the registry has a session for, under its pack."""
        key = (pack.id, proposal.session)
        if key not in self._made:
            registry = self._registry
            closed, near = registry.sessions[proposal.session].closed, registry.settings.near_days
            self._made[key] = Reckoning(pack, registry.calendar, self._as_of, near, closed)
        return self._made[key]


def case_of(proposal: Proposal, reckoning: Reckoning) -> Case | None:
    """Return the case of one proposal; None when nothing of it was known on the day."""
    stand = standing(proposal, reckoning.pack, reckoning.as_of)
    if not stand.events:
        return None
    return Case(proposal, reckoning.pack, stand, deadlines(proposal, stand.refused, reckoning))


def holders(registry: Registry, case: Case, deadline: Deadline) -> tuple[str, ...]:
    """Return the ids of those whose duty it is: an agency, the agencies of that role, proposers, or an office.

    What an agency gave back is the duty of the body's office until it is assigned anew; its term runs on.
    """
    assigned, duty = case.standing.assignment.holders, deadline.clock.duty
    if duty == "proposer":
        return case.proposal.proposers
    if deadline.promise or assigned.get(duty):
        return (deadline.agency,) if deadline.agency else assigned[duty]
    body = registry.body_of(case.proposal)
    of_body = duty == "body_office" or duty in assigned
    return (body.office.id if of_body and body else registry.settings.government_office.id,)


def names(registry: Registry, proposal: Proposal, turn: Turn) -> tuple[str, ...]:
    """Return the names of those whose turn it is: members, groups and agencies, or the office of the body."""
    if turn.actors:
        return tuple(registry.name_of(actor) for actor in turn.actors)
    body = registry.body_of(proposal)
    if turn.role == "body_office" and body:
        return (body.office.name,)
    return (registry.settings.government_office.name,)
