"""How one proposal enters each measure: what is counted of whom, and whether it earns. Pure.

What an import brought is not counted, and neither is an act without a day: nobody can say who was late with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from huiyin.cases import Case, holders
from huiyin.clocks import ClockState
from huiyin.figures.handling import FACE_TO_FACE
from huiyin.findings import Text
from huiyin.lifecycle import FULFILLED
from huiyin.model import Event, Registry
from huiyin.rubric import Mark, marks
from huiyin.rules import Weight

_JUDGED = {ClockState.MET: True, ClockState.LATE: False, ClockState.OVERDUE: False}
_AGENCIES = ("lead", "co", "agency")
"""Duties of clocks that agencies have."""


NOTHING = Text("", "")


class Counts(NamedTuple):
    """One thing that was counted for somebody: whether it earned the point, and what shows it.

    `at` is where it stands on the page of its proposal: the id of an event, commitment or ask, "" for the page itself.
    `said` is what is counted where the event does not tell, and `sentences` are those that cost the point.
    """

    actor: str
    proposal: str
    earned: bool
    at: str = ""
    on: date | None = None
    said: Text = NOTHING
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scene:
    """What counting a proposal needs: the registry, the case, and the day."""

    registry: Registry
    case: Case
    as_of: date

    @property
    def id(self) -> str:
        """The id of the proposal."""
        return self.case.proposal.id

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """What the rubric says of the proposal."""
        return marks(self.case.proposal)

    def event(self, actor: str, earned: bool, event: Event) -> Counts:
        """Return that an event counts."""
        return Counts(actor, self.id, earned, event.id, event.on)


def clocks(scene: Scene, weight: Weight) -> Iterator[Counts]:
    """Each clock that is their duty and has ended or is overdue."""
    for deadline in scene.case.deadlines:
        clock = deadline.clock
        if clock.id not in weight.clocks or clock.window or deadline.state not in _JUDGED:
            continue
        duty = "agency" if clock.duty in _AGENCIES else clock.duty
        shown = deadline.ended_by or deadline.started_by
        for actor in holders(scene.registry, scene.case, deadline) if duty == weight.of else ():
            yield Counts(
                actor,
                scene.id,
                _JUDGED[deadline.state],
                shown.id if shown else "",
                deadline.ended_by.on if deadline.ended_by else deadline.latest,
                clock.title,
            )
            if duty == "proposer":  # the first signs for all: it is one duty
                break


def entries(scene: Scene, weight: Weight) -> Iterator[Counts]:
    """Each act of theirs that was recorded."""
    for event in scene.case.events:
        if event.on and event.channel != "import" and duty_of(scene.registry, event.by) == weight.of:
            yield scene.event(event.by, event.late_entry is None, event)


def contacted(scene: Scene, _: Weight) -> Iterator[Counts]:
    """Each proposal that they replied to: whether they met the proposer."""
    replies: dict[str, Event] = {}
    met: dict[str, Event] = {}
    for event in scene.case.events:
        if event.type == "replied":
            replies.setdefault(event.by, event)
        elif event.type == "contacted" and event.how in FACE_TO_FACE and (event.by not in met or not met[event.by].on):
            met[event.by] = event
    for agency, reply in replies.items():
        contact = met.get(agency)
        if reply.on and (contact is None or contact.on):
            yield scene.event(agency, contact is not None, contact or reply)


def asks(scene: Scene, _: Weight) -> Iterator[Counts]:
    """Each ask of proposals that were replied to in full."""
    case = scene.case
    if not case.reply_complete or not case.itemised:
        return
    for ask in case.standing.asks:
        if not ask.answers:
            for agency in case.standing.assignment.repliers:
                yield Counts(agency, scene.id, False, ask.ask.id, None, _as_written(ask.ask.text))
            continue
        event = ask.answers[-1][0]
        if event.on:
            yield Counts(event.by, scene.id, True, event.id, event.on, _as_written(ask.ask.text))


def commitments(scene: Scene, _: Weight) -> Iterator[Counts]:
    """Each reply whose class calls for a commitment."""
    for event in scene.case.standing.replies:
        kind = scene.case.pack.classes.get(event.reply_class or "")
        if event.on and kind and kind.needs_commitment:
            yield scene.event(event.by, event.has_owned_commitment, event)


def fulfilled(scene: Scene, _: Weight) -> Iterator[Counts]:
    """Each commitment of theirs whose day has passed."""
    for promise in scene.case.standing.promises:
        due, settled = promise.commitment.due, promise.settled
        if due and due < scene.as_of and promise.reply.on and (settled is None or settled.on):
            yield Counts(
                promise.owner,
                scene.id,
                promise.status == FULFILLED,
                promise.commitment.id,
                settled.on if settled else due,
                _as_written(promise.commitment.text),
            )


def graded(axis: str) -> Callable[[Scene, Weight], Iterator[Counts]]:
    """Return a counter of the latest rating of a reply on one axis, for those who replied."""

    def count(scene: Scene, _: Weight) -> Iterator[Counts]:
        rating = scene.case.standing.rating
        if rating is None or rating.on is None:
            return
        rated = {event.by for event in scene.case.standing.replies if rating.refers_to in (None, event.id)}
        for agency in sorted(rated):
            yield scene.event(agency, getattr(rating, axis) != "dissatisfied", rating)

    return count


def look_back(scene: Scene, _: Weight) -> Iterator[Counts]:
    """Each look-back at what they lead or handle separately."""
    for event in scene.case.events:
        if event.type == "looked_back" and event.on and event.verdict:
            for agency in scene.case.standing.assignment.repliers:
                yield scene.event(agency, event.verdict != "came_back", event)


def quality(part: str) -> Callable[[Scene, Weight], Iterator[Counts]]:
    """Return a counter of one part of the rubric of proposals, for whoever proposed first."""

    def count(scene: Scene, _: Weight) -> Iterator[Counts]:
        proposal = scene.case.proposal
        for mark in scene.marks:
            if mark.criterion.part.en.lower() == part:
                yield Counts(
                    proposal.proposers[0], scene.id, mark.given, "text", scene.case.first_day, mark.criterion.asks,
                    mark.sentences,
                )  # fmt: skip

    return count


def _as_written(text: str) -> Text:
    return Text(text, text)


def duty_of(registry: Registry, actor: str) -> str:
    """Return whose duties an actor has: agency, proposer, body_office or government_office."""
    if actor[0] in "mg":
        return "proposer"
    if actor[0] == "a":
        return "agency"
    return "government_office" if actor == registry.settings.government_office.id else "body_office"
