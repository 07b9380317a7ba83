"""The fold: events through the state table of a pack, one after another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from huiyin.lifecycle.standings import DROPPED, FULFILLED, UNASSIGNED, Assignment, Promise, Refusal, Standing, Turn
from huiyin.model import Answer, Event, Proposal
from huiyin.rules import NONE, SAME, Pack


@dataclass(slots=True)
class _Fold:
    """What the fold knows so far."""

    proposal: Proposal
    assignment: Assignment = UNASSIGNED
    replied: set[str] = field(default_factory=set)
    waiting: dict[str, Turn] = field(default_factory=dict)
    promises: dict[str, Promise] = field(default_factory=dict)
    answers: dict[str, tuple[tuple[Event, Answer], ...]] = field(default_factory=dict)
    replies: list[Event] = field(default_factory=list)
    number: str | None = None
    rating: Event | None = None

    @property
    def owing(self) -> tuple[str, ...]:
        return tuple([agency for agency in self.assignment.repliers if agency not in self.replied])

    def accepted(self, event: Event) -> None:
        self.number = event.number

    def assigned(self, event: Event) -> None:
        self.assignment = Assignment(event.lead, event.co, event.separate)
        self.replied.clear()
        self._wait_for_progress_alone()
        for agency in event.co:
            self.waiting[f"co_opinion {agency}"] = Turn("co", ("co_opinion",), (agency,))

    def given_back(self, _: Event) -> None:
        """Nobody handles it, and nobody owes a reply, until an office assigns it anew."""
        self.assignment = UNASSIGNED
        self.replied.clear()
        self._wait_for_progress_alone()

    def replied_to(self, event: Event) -> None:
        self.replied.add(event.by)
        self.replies.append(event)
        self._wait_for_progress_alone()
        for answer in event.answers:
            self.answers[answer.ask] = (*self.answers.get(answer.ask, ()), (event, answer))
        for commitment in event.commitments:
            self.promises[commitment.id] = Promise(commitment, commitment.owner or event.by, event)

    def _wait_for_progress_alone(self) -> None:
        if self.waiting:
            self.waiting = {key: turn for key, turn in self.waiting.items() if key.startswith("follow-up")}

    def rated(self, event: Event) -> None:
        if event.about != "fulfilment":
            self.rating = event

    def ordered_again(self, _: Event) -> None:
        self.replied.clear()

    def co_opinion(self, event: Event) -> None:
        self.waiting.pop(f"co_opinion {event.agency or event.by}", None)

    def co_opinion_rejected(self, event: Event) -> None:
        rejected = next((other for other in self.proposal.events if other.id == event.refers_to), None)
        if rejected:
            self.waiting[f"co_opinion {rejected.by}"] = Turn("co", ("co_opinion",), (rejected.by,))

    def extension_requested(self, _: Event) -> None:
        self.waiting["extension"] = Turn("body_office", ("extended", "extension_refused"))

    def extension_decided(self, _: Event) -> None:
        self.waiting.pop("extension", None)

    def objected(self, _: Event) -> None:
        self.waiting["objection"] = Turn("body_office", ("reassigned",))

    def followed_up(self, event: Event) -> None:
        self.waiting[f"follow-up {event.id}"] = Turn("lead", ("progressed",), self.assignment.repliers)

    def promise_reported(self, event: Event) -> None:
        if event.refers_to:
            self.waiting.pop(f"follow-up {event.refers_to}", None)
        promise = self.promises.get(event.commitment or "")
        if promise is None:
            return
        if event.type == "progressed":
            told = promise._replace(progress=(*promise.progress, event))
        else:
            told = promise._replace(status=FULFILLED if event.type == "fulfilled" else DROPPED, settled=event)
        self.promises[promise.commitment.id] = told


_TELLS: Mapping[str, Callable[[_Fold, Event], None]] = {
    "accepted": _Fold.accepted,
    "assigned": _Fold.assigned,
    "reassigned": _Fold.assigned,
    "return_granted": _Fold.given_back,
    "replied": _Fold.replied_to,
    "rated": _Fold.rated,
    "rehandling_ordered": _Fold.ordered_again,
    "reopened": _Fold.ordered_again,
    "co_opinion": _Fold.co_opinion,
    "co_opinion_overdue": _Fold.co_opinion,
    "co_opinion_rejected": _Fold.co_opinion_rejected,
    "extension_requested": _Fold.extension_requested,
    "extended": _Fold.extension_decided,
    "extension_refused": _Fold.extension_decided,
    "objected": _Fold.objected,
    "followed_up": _Fold.followed_up,
    "progressed": _Fold.promise_reported,
    "fulfilled": _Fold.promise_reported,
    "dropped": _Fold.promise_reported,
}
"""The types of event that tell more than a new state, and what they tell."""


def standing(proposal: Proposal, pack: Pack, as_of: date | None = None) -> Standing:
    """Return where `proposal` stands under `pack`, knowing only events up to `as_of` (all of them for None)."""
    fold, events = _Fold(proposal), proposal.until(as_of)
    state, entered = NONE, None
    passages: list[tuple[str, date | None]] = []
    assignments: list[Assignment] = []
    refusals: list[Refusal] = []
    for index, event in enumerate(events):
        assignments.append(fold.assignment)
        move = pack.moves[state].get(event.type)
        if move is None:
            refusals.append(Refusal(index, event, state))
            continue
        target = move.target
        if move.until_all and not set(fold.owing) <= {event.by}:
            target = move.until_all
        if target not in (state, SAME):
            state, entered = target, event.on
            passages.append((state, entered))
        tell = _TELLS.get(event.type)
        if tell:
            tell(fold, event)
    return Standing(
        proposal,
        pack,
        events,
        state,
        entered,
        tuple(passages),
        fold.assignment,
        tuple(assignments),
        tuple(fold.waiting.values()),
        tuple(fold.promises.values()),
        fold.answers,
        tuple(refusals),
        tuple(fold.replies),
        fold.owing,
        fold.number,
        fold.rating,
    )
