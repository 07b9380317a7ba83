"""References: what a file names must exist, inside the file and elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from huiyin.checks import Spotted, whole_registry
from huiyin.checks.knowledge import named_by_knowledge, proposals_of_knowledge
from huiyin.checks.missing import KINDS, actors, missing, unknown
from huiyin.findings import Path, Source, Text, one_of
from huiyin.model import Event, Group, Member, Proposal, Registry, Session


@whole_registry("reference-unknown")
def references(registry: Registry) -> Iterator[Spotted]:
    """引用的编号不存在 / Reference to something unknown

    届次、类别、代表委员、团体、承办单位、办事机构、规则包和其他建议的编号，都要在登记册里找得到。

    Sessions, categories, members, groups, agencies, offices, rule packs and other proposals that a file names must be
    in the registry.
    """
    yield from _settings(registry)
    bodies = [body.id for body in registry.settings.bodies]
    nouns: list[Member | Group | Session] = [
        *registry.members.values(),
        *registry.groups.values(),
        *registry.sessions.values(),
    ]
    for noun in nouns:
        if noun.body not in bodies:
            yield missing(Text("机构", "body"), noun.body, bodies, ("body",), noun.source)
    for member in registry.members.values():
        for n, group in enumerate(member.groups):
            if group not in registry.groups and group not in registry.unreadable:
                yield missing(KINDS["g"], group, registry.groups, ("groups", n), member.source)
    for agency in registry.agencies.values():
        if agency.parent and agency.parent not in registry.agencies and agency.parent not in registry.unreadable:
            yield missing(KINDS["a"], agency.parent, registry.agencies, ("parent",), agency.source)
    for session in registry.sessions.values():
        yield from _packs(registry, session.packs, ("packs",), session.source)
        yield from _weights(registry, session.assessment, ("assessment",), session.source)
    for signals in registry.signals.values():
        for n, row in enumerate(signals.rows):
            if row.category not in registry.categories:
                at: Path = ("rows", n, "category")
                yield missing(Text("类别", "category"), row.category, registry.categories, at, signals.source)
    for proposal in registry.proposals.values():
        for at, identifier in _named(proposal):
            kind = identifier[0]
            if identifier not in actors(registry, kind) and identifier not in registry.unreadable:
                yield missing(KINDS[kind], identifier, actors(registry, kind), at, proposal.source)
        yield from _context(registry, proposal)
    yield from _gathered(registry)


def _gathered(registry: Registry) -> Iterator[Spotted]:
    for topic in registry.topics.values():
        named: list[tuple[Path, str]] = [
            (("lead",), topic.lead),
            *((("co", n), one) for n, one in enumerate(topic.co)),
        ]
        named += [(("changes", n, "by"), change.by) for n, change in enumerate(topic.changes)]
        yield from filter(None, (unknown(registry, one, at, topic.source) for at, one in named))
        if topic.category not in registry.categories:
            known = registry.categories
            yield missing(Text("类别", "category"), topic.category, known, ("category",), topic.source)
    offices = registry.settings.offices
    for score in registry.scores.values():
        for n, batch in enumerate(score.batches):
            counted: list[tuple[Path, str]] = [(("batches", n, "by"), batch.by)]
            counted += [(("batches", n, "void", "by"), batch.void.by)] if batch.void else []
            for at, identifier in counted:
                if identifier not in offices:
                    yield missing(KINDS["o"], identifier, offices, at, score.source)
    for exemplar in registry.exemplars.values():
        chosen: list[tuple[Path, str]] = [(("by",), exemplar.by)]
        chosen += [(("withdrawn", "by"), exemplar.withdrawn.by)] if exemplar.withdrawn else []
        yield from filter(None, (unknown(registry, one, at, exemplar.source) for at, one in chosen))
    yield from named_by_knowledge(registry)
    for source, at, other in gathered_proposals(registry):
        if other not in registry.proposals and other not in registry.unreadable:
            yield missing(Text("建议或提案", "proposal"), other, registry.proposals, at, source)


def gathered_proposals(registry: Registry) -> Iterator[tuple[Source, Path, str]]:
    """Yield every proposal that something gathered from them names: where it stands, and which one."""
    for topic in registry.topics.values():
        for n, other in enumerate(topic.proposals):
            yield topic.source, ("proposals", n), other
    for score in registry.scores.values():
        yield score.source, ("proposal",), score.proposal
    yield from proposals_of_knowledge(registry)
    for exemplar in registry.exemplars.values():
        yield exemplar.source, ("proposal",), exemplar.proposal


def _settings(registry: Registry) -> Iterator[Spotted]:
    settings = registry.settings
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Spotted(
            ("timezone",),
            Text(f"没有时区 {settings.timezone}", f"there is no time zone {settings.timezone}"),
            Text("写 Asia/Shanghai 这样的时区名", "write a name like Asia/Shanghai"),
            source=settings.source,
        )
    for n, body in enumerate(settings.bodies):
        yield from _packs(registry, body.packs, ("bodies", n, "packs"), settings.source)
        yield from _weights(registry, body.assessment, ("bodies", n, "assessment"), settings.source)


def _packs(registry: Registry, packs: Mapping[str, str], at: Path, source: Source) -> Iterator[Spotted]:
    usable = [pack.id for pack in registry.packs.values() if not pack.abstract]
    for kind, pack in packs.items():
        if pack not in usable:
            yield missing(Text("可用的规则包", "rule pack in use"), pack, usable, (*at, kind), source)


def _weights(registry: Registry, name: str | None, at: Path, source: Source) -> Iterator[Spotted]:
    usable = [pack.id for pack in registry.packs.values() if any(weight.measure for weight in pack.assessment)]
    if name and name not in usable:
        what = Text("写明考核权重的规则包", "rule pack with weights that are counted")
        yield missing(what, name, usable, at, source)


def _named(proposal: Proposal) -> Iterator[tuple[Path, str]]:
    """Every member, group, agency and office that a proposal names, with its place."""
    for n, proposer in enumerate(proposal.proposers):
        yield ("proposers", n), proposer
    for n, ask in enumerate(proposal.asks):
        if ask.agency:
            yield ("asks", n, "agency"), ask.agency
    for n, event in enumerate(proposal.events):
        for path, identifier in _named_by(event):
            yield ("events", n, *path), identifier


def _named_by(event: Event) -> Iterator[tuple[Path, str]]:
    for key, name in (("by", event.by), ("recorded_by", event.recorded_by), ("lead", event.lead)):
        if name:
            yield (key,), name
    if event.agency:
        yield ("agency",), event.agency
    for key, names in (("co", event.co), ("separate", event.separate)):
        for n, name in enumerate(names):
            yield (key, n), name
    for n, commitment in enumerate(event.commitments):
        if commitment.owner:
            yield ("commitments", n, "owner"), commitment.owner
    for n, participant in enumerate(event.participants):
        if participant.who:
            yield ("participants", n, "who"), participant.who
    for n, (agency, _) in enumerate(event.co_opinions):
        yield ("co_opinions", n, "agency"), agency
    if event.late_entry:
        yield ("late_entry", "approved_by"), event.late_entry.approved_by


def _context(registry: Registry, proposal: Proposal) -> Iterator[Spotted]:
    """The session, the category and the other proposals that a proposal names."""
    if proposal.session not in registry.sessions and proposal.session not in registry.unreadable:
        yield missing(Text("届次", "session"), proposal.session, registry.sessions, ("session",), proposal.source)
    if proposal.category not in registry.categories:
        known = registry.categories
        yield missing(Text("类别", "category"), proposal.category, known, ("category",), proposal.source)
    for at, other in other_proposals(proposal):
        if other not in registry.proposals and other not in registry.unreadable:
            yield missing(Text("建议或提案", "proposal"), other, registry.proposals, at, proposal.source)


def other_proposals(proposal: Proposal) -> Iterator[tuple[Path, str]]:
    """Yield every other proposal that a proposal names, with its place."""
    for n, other in enumerate(proposal.follows):
        yield ("follows", n), other
    for n, event in enumerate(proposal.events):
        for key, one in (("into", event.joins), ("from", event.split_from), ("to", event.to)):
            if one:
                yield ("events", n, key), one
        for key, many in (("with", event.joined_by), ("into", event.split_into)):
            for m, other in enumerate(many):
                yield ("events", n, key, m), other


@whole_registry("pack-missing")
def pack_missing(registry: Registry) -> Iterator[Spotted]:
    """没有适用的办理规则 / No rule pack for this kind

    registry.yaml 或届次里没有为这一种类写明办理规则，无法推算状态和期限。

    Neither registry.yaml nor the session names a rule pack for this kind: no state or deadline can be derived.
    """
    for proposal in registry.proposals.values():
        body = registry.body_of(proposal)
        if body and registry.pack_of(proposal) is None and not body.packs.get(proposal.kind):
            yield Spotted(
                ("kind",),
                Text(
                    f"{body.name.zh}没有受理“{proposal.kind}”的规则",
                    f"{body.name.en} has no rules for {proposal.kind}",
                ),
                Text(
                    "改正种类，或在 registry.yaml 的 packs 中补上",
                    "correct the kind, or add it to packs in registry.yaml",
                ),
                one_of(body.packs),
                proposal.source,
            )
