"""Where a proposal stands, as frozen records; turns, stages and answered asks are worked out for whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from huiyin.model import Answer, Ask, Commitment, Event, Proposal
from huiyin.rules import Pack

OPEN, FULFILLED, DROPPED = "open", "fulfilled", "dropped"
"""What can have become of a commitment."""


class Assignment(NamedTuple):
    """Who handles a proposal now: a lead with co-handlers, or separate agencies (主办、会办、分办)."""

    lead: str | None = None
    co: tuple[str, ...] = ()
    separate: tuple[str, ...] = ()

    @property
    def repliers(self) -> tuple[str, ...]:
        """The agencies that owe a reply."""
        return (self.lead,) if self.lead else self.separate

    @property
    def agencies(self) -> tuple[str, ...]:
        """All agencies of the assignment, those that owe a reply first."""
        return (*self.repliers, *self.co)

    @property
    def holders(self) -> Mapping[str, tuple[str, ...]]:
        """Who has each duty that agencies can have: lead, co-handler, either of them."""
        return {"lead": self.repliers, "co": self.co, "agency": self.agencies}


UNASSIGNED = Assignment()
"""Before any agency was named."""


class Turn(NamedTuple):
    """Someone's turn: which role is expected to do one of these acts (types of event).

    `actors` are the members, groups or agencies that have that role; offices are known by their role alone.
    """

    role: str
    acts: tuple[str, ...]
    actors: tuple[str, ...] = ()


class Promise(NamedTuple):
    """A commitment with what became of it: who made it in which reply, and the event that settled it."""

    commitment: Commitment
    owner: str
    reply: Event
    status: str = OPEN
    settled: Event | None = None
    progress: tuple[Event, ...] = ()

    def overdue(self, as_of: date) -> bool:
        """Whether it is open and its day has passed."""
        return self.status == OPEN and self.commitment.due is not None and self.commitment.due < as_of


@dataclass(frozen=True)
class AskStanding:
    """An ask beside the latest answers to it; without any it is unanswered."""

    ask: Ask
    answers: tuple[tuple[Event, Answer], ...] = ()


@dataclass(frozen=True)
class Refusal:
    """An event that the state table does not allow where it stands."""

    index: int
    event: Event
    state: str


@dataclass(frozen=True)
class StageMark:
    """One stage of the bar: the first day of its act, how often it was done, and its position.

    Positions: done, skipped (passed without its act), current, ahead, void (the proposal ended before it). Where
    nobody is waited for any more, no stage is the current one.
    """

    id: str
    position: str
    on: date | None = None
    times: int = 0


class Standing(NamedTuple):
    """Where a proposal stands under a pack after the events that were known on a day."""

    proposal: Proposal
    pack: Pack
    events: tuple[Event, ...]
    """The events known on the day."""
    state: str
    entered: date | None
    passages: tuple[tuple[str, date | None], ...]
    """Every state it came into, in order, with the day."""
    assignment: Assignment
    assignments: tuple[Assignment, ...]
    """For each event the assignment that was in force just before it."""
    waiting: tuple[Turn, ...]
    """What is waited for beside the state's own turn."""
    promises: tuple[Promise, ...]
    answers: Mapping[str, tuple[tuple[Event, Answer], ...]]
    """By ask, the answers given to it."""
    refusals: tuple[Refusal, ...]
    replies: tuple[Event, ...]
    owing: tuple[str, ...]
    """The agencies that still owe a reply."""
    number: str | None
    """The official number (案号), once it has been given."""
    rating: Event | None
    """The latest rating of a reply; ratings of what came of it stand in the timeline."""

    @property
    def refused(self) -> frozenset[int]:
        """The positions of the events that the state table does not allow."""
        return frozenset([refusal.index for refusal in self.refusals])

    @property
    def reply(self) -> Event | None:
        """The latest reply."""
        return self.replies[-1] if self.replies else None

    @property
    def asks(self) -> tuple[AskStanding, ...]:
        """Every ask beside the answers to it."""
        return tuple(AskStanding(ask, self.answers.get(ask.id, ())) for ask in self.proposal.asks)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The state's own turn first, then what else is waited for, then open commitments by their day."""
        state = self.pack.states.get(self.state)
        if state is None or state.final:
            return ()
        turns = []
        if state.turn:
            actors = {"proposer": self.proposal.proposers, "lead": self.owing}.get(state.turn, ())
            turns.append(Turn(state.turn, state.expects, actors))
        turns.extend(self.waiting)
        still_open = [promise for promise in self.promises if promise.status == OPEN]
        for promise in sorted(still_open, key=lambda one: (one.commitment.due or date.max, one.commitment.id)):
            turn = Turn("agency", ("fulfilled",), (promise.owner,))
            if turn not in turns:
                turns.append(turn)
        return tuple(turns)

    @property
    def stages(self) -> tuple[StageMark, ...]:
        """Every stage of the pack with what was done in it."""
        refused, done = self.refused, dict[str, list[Event]]()
        for n, event in enumerate(self.events):
            for marked in () if n in refused else self.pack.marks.get(event.type, ()):
                done.setdefault(marked, []).append(event)
        state, stages = self.pack.states.get(self.state), self.pack.stages
        now = next((n for n, stage in enumerate(stages) if state and stage.id == state.stage), -1)
        marks = []
        for index, stage in enumerate(stages):
            acts = done.get(stage.id, [])
            first = next((event.on for event in acts if event.on), None)
            if state is None or state.final:
                position = "done" if acts else "void"
            elif index == now and state.turn:
                position = "current"
            elif index <= now:
                position = "done" if acts or not stage.marked_by else "skipped"
            else:
                position = "ahead"
            marks.append(StageMark(stage.id, position, first, len(acts)))
        return tuple(marks)
