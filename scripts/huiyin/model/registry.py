"""Who proposes and who handles, the sessions and settings, and the registry that holds everything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from huiyin.days import Calendar
from huiyin.findings import Source, Text
from huiyin.model.knowledge import Policy, Research
from huiyin.model.proposal import Proposal
from huiyin.model.signals import Signals
from huiyin.model.wisdom import Exemplar, Score, Topic
from huiyin.rules import Pack


@dataclass(frozen=True)
class Person:
    """An account on the git host that may record for someone, or maintain (经办账号): its number never changes."""

    host_id: int
    handle: str
    start: date
    until: date | None = None

    def valid(self, day: date) -> bool:
        """Whether the account may act on `day`."""
        return self.start <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class LandingKey:
    """A key that attests landings (合入密钥): the 32 bytes of an Ed25519 public key, and from when until when."""

    public: bytes
    start: date
    until: date | None = None


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
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Group:
    """A delegation, party, committee or other group that proposes (代表团、党派、专委会、界别)."""

    id: str
    name: str
    body: str
    kind: str
    source: Source = field(compare=False)
    note: str | None = None
    people: tuple[Person, ...] = ()


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
    people: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Office:
    """The office of a body or of the government (办事机构)."""

    id: str
    name: str
    people: tuple[Person, ...] = ()


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
    assessment: str | None = None
    """The rule pack whose weights assess what comes before this body."""


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
    assessment: str | None = None
    """The rule pack whose weights assess this session, where it is not that of the body."""


@dataclass(frozen=True)
class Licence:
    """On what terms others may use the published data (数据许可): a code, a title, and where the text stands."""

    name: str
    title: Text
    url: str


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
    licence: Licence | None = None
    as_of: date | None = None
    maintainers: tuple[Person, ...] = ()
    projection: str | None = None
    """For whom a projection was made ("public", "member", "agency"); None in a registry that is none."""
    audit_from: str | None = None
    """The commit from which on every step is audited; None before the registry has begun that."""
    landing_keys: tuple[LandingKey, ...] = ()

    def attests(self, public: bytes | None, day: date) -> bool:
        """Whether a landing that this public key signed is attested on `day`."""
        return any(
            key.public == public and key.start <= day and (key.until is None or day <= key.until)
            for key in self.landing_keys
        )

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
    signals: Mapping[str, Signals] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    scores: Mapping[str, Score] = field(default_factory=dict)
    research: Mapping[str, Research] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    exemplars: Mapping[str, Exemplar] = field(default_factory=dict)
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

    def weights_of(self, session: Session) -> Pack | None:
        """Return the rule pack by whose weights a session is assessed: its own before its body's."""
        body = self.settings.body(session.body)
        return self.packs.get(session.assessment or (body and body.assessment) or "")

    def people_of(self, actor: str) -> tuple[Person, ...]:
        """Return the accounts that may record for a member, group, agency or office; none when it is unknown."""
        noun = (
            self.members.get(actor)
            or self.groups.get(actor)
            or self.agencies.get(actor)
            or self.settings.offices.get(actor)
        )
        return noun.people if noun else ()

    def name_of(self, actor: str) -> str:
        """Return the short name of a member, group, agency or office; the id itself when it is unknown."""
        agency = self.agencies.get(actor)
        if agency:
            return agency.short or agency.name
        noun = self.members.get(actor) or self.groups.get(actor) or self.settings.offices.get(actor)
        return noun.name if noun else actor
