"""The nouns of a proposal, as frozen records: the proposal itself, its asks, events, replies and commitments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from huiyin.findings import Source


@dataclass(frozen=True, slots=True)
class Ask:
    """One numbered request inside a proposal (诉求)."""

    id: str
    text: str
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim that a proposal rests on (依据), with its figure, comparison and source."""

    claim: str
    figure: str | None = None
    comparison: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise made in a reply (承诺事项): who owes what, by when, for which ask."""

    id: str
    text: str
    owner: str | None = None
    due: date | None = None
    ask: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reply says to one ask (逐条答复)."""

    ask: str
    text: str
    reply_class: str | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """One opinion given in a consultation, and whether it was taken up (意见与采纳)."""

    source: str
    text: str
    taken_up: str
    where: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone in a consultation: an actor of the registry, or a role with a number of people, never a name."""

    who: str | None = None
    role: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How far a text is public (公开属性) and, where it is not, on which legal ground."""

    level: str
    ground: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Fields of a projected proposal that lack their text for one reason (没有公开的栏目): a code, ground and words."""

    fields: tuple[str, ...]
    why: str
    ground: str | None = None
    reason: str | None = None
    unmarked: tuple[str, ...] = ()
    """Fields among them that hold no mark of a text that was taken out."""


@dataclass(frozen=True, slots=True)
class Paper:
    """An official document (文书): its number and title."""

    number: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class LateEntry:
    """Why an event was recorded late (补录), and which office approved that."""

    reason: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class Event:
    """One dated, attributed fact in the life of a proposal (办理节点).

    `on` is the day it happened, None where the source does not tell (`undated` says why). Fields that a type of event
    does not carry are empty; `schema/proposal.schema.json` says which type carries which.
    """

    id: str
    type: str
    by: str
    on: date | None = None
    undated: str | None = None
    recorded_by: str | None = None
    channel: str | None = None
    document: Paper | None = None
    note: str | None = None
    late_entry: LateEntry | None = None
    text: str | None = None
    reason: str | None = None
    refers_to: str | None = None
    number: str | None = None
    ground: str | None = None
    rule: str | None = None
    to: str | None = None
    to_kind: str | None = None
    joins: str | None = None
    joined_by: tuple[str, ...] = ()
    split_into: tuple[str, ...] = ()
    split_from: str | None = None
    lead: str | None = None
    co: tuple[str, ...] = ()
    separate: tuple[str, ...] = ()
    complexity: str | None = None
    agency: str | None = None
    how: str | None = None
    phase: str | None = None
    round: int | None = None
    place: str | None = None
    participants: tuple[Participant, ...] = ()
    draft: str | None = None
    inputs: tuple[Input, ...] = ()
    outcome: str | None = None
    due: date | None = None
    proposer_told_on: date | None = None
    reply_class: str | None = None
    letter: str | None = None
    answers: tuple[Answer, ...] = ()
    co_opinions: tuple[tuple[str, str], ...] = ()
    commitments: tuple[Commitment, ...] = ()
    disclosure: Disclosure | None = None
    about: str | None = None
    attitude: str | None = None
    result: str | None = None
    reasons: str | None = None
    commitment: str | None = None
    evidence: str | None = None
    verdict: str | None = None
    evaluator: str | None = None
    level: str | None = None
    fields: tuple[str, ...] = ()

    @property
    def has_owned_commitment(self) -> bool:
        """Whether a reply makes at least one promise that names who will keep it and by when."""
        return any(commitment.owner and commitment.due for commitment in self.commitments)


@dataclass(frozen=True, slots=True)
class Origin:
    """The row of a ledger that a proposal was imported from (导入来源)."""

    name: str
    row: int
    digest: str
    sheet: str | None = None
    """The worksheet, where the ledger has several."""


@dataclass(frozen=True)
class Proposal:
    """A suggestion, motion, conference proposal or opinion report (建议、议案、提案、社情民意信息)."""

    id: str
    kind: str
    session: str
    title: str
    category: str
    proposers: tuple[str, ...]
    status: str
    events: tuple[Event, ...]
    source: Source = field(compare=False)
    occasion: str | None = None
    origin: str | None = None
    situation: str | None = None
    analysis: str | None = None
    evidence: tuple[Evidence, ...] = ()
    asks: tuple[Ask, ...] = ()
    particulars: tuple[tuple[str, str], ...] = ()
    disclosure: Disclosure | None = None
    follows: tuple[str, ...] = ()
    imported: Origin | None = None
    confidential: tuple[str, ...] = ()
    """Proposers who asked that projections do not say who they are."""
    taken_out: tuple[TakenOut, ...] = ()
    """In a projection: which fields lack their text, and why."""

    def until(self, as_of: date | None) -> tuple[Event, ...]:
        """Return the events known at the end of `as_of`, all of them for None.

        An event without a day is known as soon as the one that it follows.
        """
        if as_of is None:
            return self.events
        for event in self.events:
            if event.on is None or event.on > as_of:
                break
        else:  # almost always: nothing to leave out
            return self.events
        known, events = True, []
        for event in self.events:
            known = event.on <= as_of if event.on else known
            if known:
                events.append(event)
        return tuple(events)

    @cached_property
    def number(self) -> str | None:
        """The official number (案号) that the `accepted` event gave, if any."""
        return next((event.number for event in self.events if event.type == "accepted" and event.number), None)
