"""The nouns of the registry, as frozen records.

What was written in a file is checked and typed once, by `load`; everything behind that door works on these. The
Chinese terms and their English are those of the field (see the glossary of the guide).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from huiyin.days import Calendar
from huiyin.findings import Source, Text
from huiyin.rules import Pack


@dataclass(frozen=True)
class Ask:
    """One numbered request inside a proposal (诉求)."""

    id: str
    text: str
    agency: str | None = None


@dataclass(frozen=True)
class Evidence:
    """A claim that a proposal rests on (依据), with its figure, comparison and source."""

    claim: str
    figure: str | None = None
    comparison: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Commitment:
    """A promise made in a reply (承诺事项): who owes what, by when, for which ask."""

    id: str
    text: str
    owner: str | None = None
    due: date | None = None
    ask: str | None = None


@dataclass(frozen=True)
class Answer:
    """What a reply says to one ask (逐条答复)."""

    ask: str
    text: str
    reply_class: str | None = None


@dataclass(frozen=True)
class Input:
    """One opinion given in a consultation, and whether it was taken up (意见与采纳)."""

    source: str
    text: str
    taken_up: str
    where: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Participant:
    """Someone in a consultation: an actor of the registry, or a role with a number of people, never a name."""

    who: str | None = None
    role: str | None = None
    count: int | None = None


@dataclass(frozen=True)
class Disclosure:
    """How far a text is public (公开属性) and, where it is not, on which legal ground."""

    level: str
    ground: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Paper:
    """An official document (文书): its number and title."""

    number: str
    title: str | None = None


@dataclass(frozen=True)
class LateEntry:
    """Why an event was recorded late (补录), and which office approved that."""

    reason: str
    approved_by: str


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Origin:
    """The row of a ledger that a proposal was imported from (导入来源)."""

    name: str
    row: int
    digest: str


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

    def until(self, as_of: date | None) -> tuple[Event, ...]:
        """Return the events known at the end of `as_of`, all of them for None; undated ones always count."""
        if as_of is None:
            return self.events
        return tuple(event for event in self.events if event.on is None or event.on <= as_of)

    @cached_property
    def number(self) -> str | None:
        """The official number (案号) that the `accepted` event gave, if any."""
        return next((event.number for event in self.events if event.type == "accepted" and event.number), None)


@dataclass(frozen=True)
class Member:
    """A deputy to a congress or a member of a conference (代表、委员)."""

    id: str
    name: str
    body: str
    source: Source = field(compare=False)
    terms: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    area: str | None = None
    work: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Group:
    """A delegation, party, committee or other group that proposes (代表团、党派、专委会、界别)."""

    id: str
    name: str
    body: str
    kind: str
    source: Source = field(compare=False)
    note: str | None = None


@dataclass(frozen=True)
class Agency:
    """A handling agency (承办单位) with its level and its parent."""

    id: str
    name: str
    level: str
    source: Source = field(compare=False)
    short: str | None = None
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    duties: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Office:
    """The office of a body or of the government (办事机构)."""

    id: str
    name: str


@dataclass(frozen=True)
class Body:
    """A people's congress, consultative conference or council, with its office and its rule packs by kind."""

    id: str
    kind: str
    name: Text
    level: str
    office: Office
    packs: Mapping[str, str]
    short: str | None = None


@dataclass(frozen=True)
class Session:
    """One session of one term of a body (届次)."""

    id: str
    body: str
    title: Text
    source: Source = field(compare=False)
    term: int | None = None
    number: int | None = None
    opened: date | None = None
    closed: date | None = None
    packs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """What `registry.yaml` says: names, time zone, bodies, the pinned day, and where the site and its files live."""

    name: Text
    place: Text
    locale: str
    timezone: str
    bodies: tuple[Body, ...]
    government_office: Office
    intake: str
    late_entry_days: int
    near_days: int
    address: str
    source: Source = field(compare=False)
    repository: str | None = None
    edit: str | None = None
    demonstration: Text | None = None
    as_of: date | None = None

    def body(self, identifier: str) -> Body | None:
        """Return the body of that id, if there is one."""
        return next((body for body in self.bodies if body.id == identifier), None)

    @cached_property
    def offices(self) -> Mapping[str, Office]:
        """All offices by id: one per body, and the government's."""
        return {office.id: office for office in (*(body.office for body in self.bodies), self.government_office)}


@dataclass(frozen=True)
class Registry:
    """Everything that was loaded: the settings, the nouns by id, and the rules they stand under."""

    settings: Settings
    sessions: Mapping[str, Session]
    members: Mapping[str, Member]
    groups: Mapping[str, Group]
    agencies: Mapping[str, Agency]
    categories: Mapping[str, Text]
    proposals: Mapping[str, Proposal]
    packs: Mapping[str, Pack]
    calendar: Calendar
    unreadable: frozenset[str] = frozenset()
    """Ids whose files are there but could not be read: references to them are not called missing."""

    def body_of(self, proposal: Proposal) -> Body | None:
        """Return the body that the proposal's session belongs to."""
        session = self.sessions.get(proposal.session)
        return self.settings.body(session.body) if session else None

    def pack_of(self, proposal: Proposal) -> Pack | None:
        """Return the rule pack in force for the proposal: its session's own before its body's."""
        session, body = self.sessions.get(proposal.session), self.body_of(proposal)
        if session is None or body is None:
            return None
        return self.packs.get(session.packs.get(proposal.kind) or body.packs.get(proposal.kind, ""))

    def name_of(self, actor: str) -> str:
        """Return the short name of a member, group, agency or office; the id itself when it is unknown."""
        agency = self.agencies.get(actor)
        if agency:
            return agency.short or agency.name
        noun = self.members.get(actor) or self.groups.get(actor) or self.settings.offices.get(actor)
        return noun.name if noun else actor
