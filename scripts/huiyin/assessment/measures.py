"""What can be counted of whom: for each measure what it means in words, and how one proposal enters it. Pure.

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
from huiyin.rules import MEASURES as BY_LAW
from huiyin.rules import Weight

_JUDGED = {ClockState.MET: True, ClockState.LATE: False, ClockState.OVERDUE: False}
_AGENCIES = ("lead", "co", "agency")
"""Duties of clocks that agencies have."""


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
    said: str = ""
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

    def event(self, actor: str, earned: bool, event: Event, said: str = "") -> Counts:
        """Return that an event counts."""
        return Counts(actor, self.id, earned, event.id, event.on, said)


@dataclass(frozen=True)
class Measure:
    """Something that can be counted: what is counted, and what of it earns the point."""

    id: str
    counted: Text
    earns: Text
    left_out: Text
    count: Callable[[Scene, Weight], Iterator[Counts]]

    @property
    def of(self) -> tuple[str, ...]:
        """Whose duty it is."""
        return BY_LAW[self.id]


def _clocks(scene: Scene, weight: Weight) -> Iterator[Counts]:
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
                clock.title.zh,
            )
            if duty == "proposer":  # the first signs for all: it is one duty
                break


def _entries(scene: Scene, weight: Weight) -> Iterator[Counts]:
    for event in scene.case.events:
        if event.on and event.channel != "import" and duty_of(scene.registry, event.by) == weight.of:
            yield scene.event(event.by, event.late_entry is None, event)


def _contacted(scene: Scene, _: Weight) -> Iterator[Counts]:
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


def _asks(scene: Scene, _: Weight) -> Iterator[Counts]:
    case = scene.case
    if not case.reply_complete or not case.itemised:
        return
    for ask in case.standing.asks:
        if not ask.answers:
            for agency in case.standing.assignment.repliers:
                yield Counts(agency, scene.id, False, ask.ask.id, None, ask.ask.text)
            continue
        for agency, event in {event.by: event for event, _ in ask.answers}.items():
            if event.on:
                yield Counts(agency, scene.id, True, event.id, event.on, ask.ask.text)


def _commitments(scene: Scene, _: Weight) -> Iterator[Counts]:
    for event in scene.case.standing.replies:
        kind = scene.case.pack.classes.get(event.reply_class or "")
        if event.on and kind and kind.needs_commitment:
            yield scene.event(event.by, event.has_owned_commitment, event)


def _fulfilled(scene: Scene, _: Weight) -> Iterator[Counts]:
    for promise in scene.case.standing.promises:
        due, settled = promise.commitment.due, promise.settled
        if due and due < scene.as_of and promise.reply.on and (settled is None or settled.on):
            earned, text = promise.status == FULFILLED, promise.commitment.text
            yield Counts(promise.owner, scene.id, earned, promise.commitment.id, settled.on if settled else due, text)


def _graded(axis: str) -> Callable[[Scene, Weight], Iterator[Counts]]:
    """A counter of the latest rating of a reply on one axis, for those who replied."""

    def count(scene: Scene, _: Weight) -> Iterator[Counts]:
        rating = scene.case.standing.rating
        if rating is None or rating.on is None:
            return
        rated = {event.by for event in scene.case.standing.replies if rating.refers_to in (None, event.id)}
        for agency in sorted(rated):
            yield scene.event(agency, getattr(rating, axis) != "dissatisfied", rating)

    return count


def _look_back(scene: Scene, _: Weight) -> Iterator[Counts]:
    for event in scene.case.events:
        if event.type == "looked_back" and event.on and event.verdict:
            for agency in scene.case.standing.assignment.repliers:
                yield scene.event(agency, event.verdict != "came_back", event)


def _quality(part: str) -> Callable[[Scene, Weight], Iterator[Counts]]:
    """A counter of one part of the rubric of proposals, for whoever proposed first."""

    def count(scene: Scene, _: Weight) -> Iterator[Counts]:
        proposal = scene.case.proposal
        for mark in scene.marks:
            if mark.criterion.part.en.lower() == part:
                yield Counts(
                    proposal.proposers[0], scene.id, mark.given, "text", scene.case.first_day, mark.criterion.asks.zh,
                    mark.sentences,
                )  # fmt: skip

    return count


def duty_of(registry: Registry, actor: str) -> str:
    """Return whose duties an actor has: agency, proposer, body_office or government_office."""
    if actor[0] in "mg":
        return "proposer"
    if actor[0] == "a":
        return "agency"
    return "government_office" if actor == registry.settings.government_office.id else "body_office"


_NO_DAY = Text("日期不详的", "those without a day")
_RUBRIC = Text("有栏目没有公开的件", "proposals of which texts are not public")

MEASURES = (
    Measure(
        "clocks",
        Text("由其负责、已经完成或者逾期的各项时限", "clocks that are their duty and have ended or are overdue"),
        Text("按期完成的", "those met in time"),
        Text("还在期限内的、不再计算的、日期不详的", "those still running, not counted any more, or without a day"),
        _clocks,
    ),
    Measure(
        "entries",
        Text("其各项行为的登记", "their acts that were recorded"),
        Text("没有超过登记期限、不用补录的", "those that were no late entries"),
        Text("批量导入的、日期不详的", "what was imported, and those without a day"),
        _entries,
    ),
    Measure(
        "contacted",
        Text("其答复过的件", "proposals that they replied to"),
        Text("有走访、面商或座谈记录的", "those with a visit, meeting or round table of theirs"),
        _NO_DAY,
        _contacted,
    ),
    Measure(
        "asks",
        Text("答复齐全的件里的各项诉求", "asks of proposals to which all replies were given"),
        Text("得到回应的", "those that were answered"),
        Text("没有要求逐条答复的件、日期不详的", "proposals without answers ask by ask, and those without a day"),
        _asks,
    ),
    Measure(
        "commitments",
        Text("按类别应当写明承诺的答复", "replies whose class calls for a commitment"),
        Text("至少一项承诺写明责任单位和期限的", "those with a commitment that has an owner and a day"),
        _NO_DAY,
        _commitments,
    ),
    Measure(
        "fulfilled",
        Text("由其负责、期限已过的承诺", "commitments of theirs whose day has passed"),
        Text("已经落实的，迟落实的也算", "those kept, late ones included"),
        Text("期限未到的、没有期限的、日期不详的", "those not due, without a term, or without a day"),
        _fulfilled,
    ),
    Measure(
        "attitude",
        Text("对其答复的最近一次评价", "the latest ratings of their replies"),
        Text("办理态度满意或基本满意的", "those satisfied or basically satisfied with the attitude"),
        Text("没有评价的、日期不详的", "those not rated, and those without a day"),
        _graded("attitude"),
    ),
    Measure(
        "result",
        Text("对其答复的最近一次评价", "the latest ratings of their replies"),
        Text("办理结果满意或基本满意的", "those satisfied or basically satisfied with the result"),
        Text("没有评价的、日期不详的", "those not rated, and those without a day"),
        _graded("result"),
    ),
    Measure(
        "look_back",
        Text("对其主办、分办件的每次回头看", "look-backs at what they lead or handle separately"),
        Text("没有反复的", "those that did not find it back"),
        Text("没有写结果的、日期不详的", "those without a verdict or a day"),
        _look_back,
    ),
    Measure(
        "facts",
        Text("领衔各件的“事实”各项", "the points for facts of what they proposed first"),
        Text("写到了的", "those that are there"),
        _RUBRIC,
        _quality("facts"),
    ),
    Measure(
        "comparison",
        Text("领衔各件的“比较”一项", "the point for comparison of what they proposed first"),
        Text("写到了的", "those that are there"),
        _RUBRIC,
        _quality("comparison"),
    ),
    Measure(
        "path",
        Text("领衔各件的“路径”各项", "the points for the path of what they proposed first"),
        Text("写到了的", "those that are there"),
        _RUBRIC,
        _quality("path"),
    ),
)
"""Everything that the weights of a pack may name."""
BY_ID = {measure.id: measure for measure in MEASURES}
