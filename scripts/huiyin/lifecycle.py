"""Where a proposal stands: its events folded through the pack's state table. Pure.

State, stage, whose turn, what each ask was answered and which commitments are open are all derived here, and never
stored. A day (`as_of`) limits what is known: later events are ignored.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from huiyin.model import Answer, Ask, Commitment, Event, Proposal
from huiyin.rules import NONE, SAME, EventRule, Pack, State

OPEN, FULFILLED, DROPPED = "open", "fulfilled", "dropped"
"""What can have become of a commitment."""


@dataclass(frozen=True)
class Assignment:
    """Who handles a proposal now: a lead with co-handlers, or separate agencies (主办、会办、分办)."""

    lead: str | None = None
    co: tuple[str, ...] = ()
    separate: tuple[str, ...] = ()
    complexity: str = "ordinary"

    @property
    def repliers(self) -> tuple[str, ...]:
        """The agencies that owe a reply."""
        return (self.lead,) if self.lead else self.separate

    @property
    def agencies(self) -> tuple[str, ...]:
        """All agencies of the assignment, those that owe a reply first."""
        return (*self.repliers, *self.co)


@dataclass(frozen=True)
class Turn:
    """Someone's turn: which role is expected to do one of these acts (types of event).

    `actors` are the members, groups or agencies that have that role; offices are known by their role alone.
    """

    role: str
    acts: tuple[str, ...]
    actors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Promise:
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

    Positions: done, skipped (passed without its act), current, ahead, void (the proposal ended before it).
    """

    id: str
    position: str
    on: date | None = None
    times: int = 0


@dataclass(frozen=True)
class Standing:
    """Where a proposal stands after its events."""

    state: str = NONE
    assignment: Assignment = field(default_factory=Assignment)
    turns: tuple[Turn, ...] = ()
    stages: tuple[StageMark, ...] = ()
    asks: tuple[AskStanding, ...] = ()
    promises: tuple[Promise, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    replies: tuple[Event, ...] = ()
    owing: tuple[str, ...] = ()
    """The agencies that still owe a reply."""
    number: str | None = None
    """The official number (案号), once it has been given."""
    rating: Event | None = None
    """The latest rating of a reply; ratings of what came of it stand in the timeline."""
    entered: date | None = None
    assignments: tuple[Assignment, ...] = ()
    """For each event the assignment that was in force just before it."""
    passages: tuple[tuple[str, date | None], ...] = ()
    """Every state it came into, in order, with the day."""

    @property
    def refused(self) -> frozenset[int]:
        """The positions of the events that the state table does not allow."""
        return frozenset(refusal.index for refusal in self.refusals)

    @property
    def reply(self) -> Event | None:
        """The latest reply."""
        return self.replies[-1] if self.replies else None


@dataclass
class _Fold:
    """What the fold knows so far."""

    proposal: Proposal
    pack: Pack
    state: str = NONE
    entered: date | None = None
    assignment: Assignment = field(default_factory=Assignment)
    assignments: list[Assignment] = field(default_factory=list)
    replied: set[str] = field(default_factory=set)
    waiting: dict[str, Turn] = field(default_factory=dict)
    promises: dict[str, Promise] = field(default_factory=dict)
    answers: dict[str, list[tuple[Event, Answer]]] = field(default_factory=dict)
    replies: list[Event] = field(default_factory=list)
    number: str | None = None
    rating: Event | None = None
    refusals: list[Refusal] = field(default_factory=list)
    passages: list[tuple[str, date | None]] = field(default_factory=list)

    def take(self, index: int, event: Event) -> None:
        self.assignments.append(self.assignment)
        rule = self.pack.events.get(event.type)
        if not self._move(index, event, rule):
            return
        match event.type:
            case "accepted":
                self.number = event.number
            case "assigned" | "reassigned":
                self._assign(event)
            case "replied":
                self._reply(event)
            case "rated" if event.about != "fulfilment":
                self.rating = event
            case "rehandling_ordered" | "reopened":
                self.replied.clear()
            case "co_opinion" | "co_opinion_overdue":
                self.waiting.pop(f"co_opinion {event.agency or event.by}", None)
            case "co_opinion_rejected":
                self._ask_again(event)
            case "extension_requested":
                self.waiting["extension"] = Turn("body_office", ("extended", "extension_refused"))
            case "extended" | "extension_refused":
                self.waiting.pop("extension", None)
            case "objected":
                self.waiting["objection"] = Turn("body_office", ("reassigned",))
            case "followed_up":
                self.waiting[f"follow-up {event.id}"] = Turn("lead", ("progressed",), self.assignment.repliers)
            case "progressed" | "fulfilled" | "dropped":
                self._promise(event)

    def _move(self, index: int, event: Event, rule: EventRule | None) -> bool:
        move = rule.move_from(self.state) if rule else None
        if move is None:
            self.refusals.append(Refusal(index, event, self.state))
            return False
        target = self.state if move.target == SAME else move.target
        if move.until_all and not self._all_replied(event):
            target = move.until_all
        if target != self.state:
            self.state, self.entered = target, event.on
            self.passages.append((target, event.on))
        return True

    @property
    def owing(self) -> tuple[str, ...]:
        return tuple(agency for agency in self.assignment.repliers if agency not in self.replied)

    def _all_replied(self, event: Event) -> bool:
        return set(self.owing) <= {event.by}

    def _assign(self, event: Event) -> None:
        complexity = event.complexity or self.assignment.complexity
        self.assignment = Assignment(event.lead, event.co, event.separate, complexity)
        self.replied.clear()
        self.waiting = {key: turn for key, turn in self.waiting.items() if key.startswith("follow-up")}
        for agency in event.co:
            self.waiting[f"co_opinion {agency}"] = Turn("co", ("co_opinion",), (agency,))

    def _ask_again(self, event: Event) -> None:
        rejected = next((other for other in self.proposal.events if other.id == event.refers_to), None)
        if rejected:
            self.waiting[f"co_opinion {rejected.by}"] = Turn("co", ("co_opinion",), (rejected.by,))

    def _reply(self, event: Event) -> None:
        self.replied.add(event.by)
        self.replies.append(event)
        for key in [key for key in self.waiting if key.startswith(("co_opinion", "extension", "objection"))]:
            del self.waiting[key]
        for answer in event.answers:
            self.answers.setdefault(answer.ask, []).append((event, answer))
        for commitment in event.commitments:
            self.promises[commitment.id] = Promise(commitment, commitment.owner or event.by, event)

    def _promise(self, event: Event) -> None:
        if event.refers_to:
            self.waiting.pop(f"follow-up {event.refers_to}", None)
        promise = self.promises.get(event.commitment or "")
        if promise is None:
            return
        if event.type == "progressed":
            self.promises[promise.commitment.id] = replace(promise, progress=(*promise.progress, event))
        else:
            status = FULFILLED if event.type == "fulfilled" else DROPPED
            self.promises[promise.commitment.id] = replace(promise, status=status, settled=event)


def standing(proposal: Proposal, pack: Pack, as_of: date | None = None) -> Standing:
    """Return where `proposal` stands under `pack`, knowing only events up to `as_of` (all of them for None)."""
    fold = _Fold(proposal, pack)
    events = proposal.until(as_of)
    for index, event in enumerate(events):
        fold.take(index, event)
    state = pack.states.get(fold.state)
    return Standing(
        state=fold.state,
        assignment=fold.assignment,
        turns=_turns(fold, state),
        stages=_stages(pack, state, events, fold),
        asks=tuple(AskStanding(ask, tuple(fold.answers.get(ask.id, ()))) for ask in proposal.asks),
        promises=tuple(fold.promises.values()),
        refusals=tuple(fold.refusals),
        replies=tuple(fold.replies),
        owing=fold.owing,
        number=fold.number,
        rating=fold.rating,
        entered=fold.entered,
        assignments=tuple(fold.assignments),
        passages=tuple(fold.passages),
    )


def _turns(fold: _Fold, state: State | None) -> tuple[Turn, ...]:
    """The state's own turn first, then what else is waited for, then open commitments by their day."""
    if state is None or state.final:
        return ()
    turns = []
    if state.turn:
        actors: tuple[str, ...] = ()
        if state.turn == "proposer":
            actors = fold.proposal.proposers
        elif state.turn == "lead":
            actors = fold.owing
        turns.append(Turn(state.turn, state.expects, actors))
    turns.extend(fold.waiting.values())
    still_open = [promise for promise in fold.promises.values() if promise.status == OPEN]
    for promise in sorted(still_open, key=lambda promise: (promise.commitment.due or date.max, promise.commitment.id)):
        turn = Turn("agency", ("fulfilled",), (promise.owner,))
        if turn not in turns:
            turns.append(turn)
    return tuple(turns)


def _stages(pack: Pack, state: State | None, events: tuple[Event, ...], fold: _Fold) -> tuple[StageMark, ...]:
    refused = {refusal.index for refusal in fold.refusals}
    done: dict[str, list[Event]] = {}
    for n, event in enumerate(events):
        for marked in () if n in refused else pack.marks.get(event.type, ()):
            done.setdefault(marked, []).append(event)
    now = next((n for n, stage in enumerate(pack.stages) if state and stage.id == state.stage), -1)
    marks = []
    for index, stage in enumerate(pack.stages):
        acts = done.get(stage.id, [])
        first = next((event.on for event in acts if event.on), None)
        if state is None or state.final:
            position = "done" if acts else "void"
        elif index == now:
            position = "current"
        elif index < now:
            position = "done" if acts or not stage.marked_by else "skipped"
        else:
            position = "ahead"
        marks.append(StageMark(stage.id, position, first, len(acts)))
    return tuple(marks)
