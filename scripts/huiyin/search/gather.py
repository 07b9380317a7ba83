"""From records to documents: what of a proposal, a person, a group or an agency can be found. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huiyin import wording
from huiyin.cases import Case
from huiyin.model import Agency, Event, Proposal, Registry
from huiyin.search.document import Document, Facet
from huiyin.vocabulary import Vocabulary

NOUNS = "~"
"""The session of what belongs to none: members, groups, agencies. It sorts behind all others."""


def facets(registry: Registry, cases: Mapping[str, Case], words: Vocabulary) -> tuple[Facet, ...]:
    """Return the columns to narrow results by, with the words for their values."""
    states = {name: state.title.zh for case in cases.values() for name, state in case.pack.states.items()}
    nouns = {"member": "代表、委员", "group": "团体", "agency": "承办单位"}
    return (
        Facet("kind", "种类", {name: text.zh for name, text in words.kinds.items()} | nouns),
        Facet("session", "届次", {name: session.title.zh for name, session in sorted(registry.sessions.items())}),
        Facet("state", "办理状态", states),
        Facet("category", "类别", {name: text.zh for name, text in registry.categories.items()}),
        Facet("agency", "承办单位", {name: agency.short or agency.name for name, agency in _agencies(registry)}),
    )


def documents(registry: Registry, cases: Mapping[str, Case], words: Vocabulary) -> Iterator[Document]:
    """Yield a document for each proposal, member, group and agency."""
    for identifier, case in sorted(cases.items()):
        yield _proposal(identifier, case, registry, words)
    for name, member in sorted(registry.members.items()):
        text = _lines(member.area, member.work, member.note, *map(registry.name_of, member.groups))
        yield _noun(name, "member", member.name, "", text)
    for name, group in sorted(registry.groups.items()):
        yield _noun(name, "group", group.name, "", _lines(group.note))
    for name, agency in _agencies(registry):
        text = _lines(agency.duties, agency.note)
        yield _noun(name, "agency", agency.name, _lines(agency.short, *agency.aliases), text)


def _agencies(registry: Registry) -> list[tuple[str, Agency]]:
    return sorted(registry.agencies.items())


def _proposal(identifier: str, case: Case, registry: Registry, words: Vocabulary) -> Document:
    item, handlers = case.proposal, case.standing.assignment
    given = case.standing.number
    official = [given, given.lstrip("0") if given else None, identifier]
    people = map(registry.name_of, (*item.proposers, *handlers.agencies))
    lead = handlers.repliers[0] if handlers.repliers else ""
    return Document(
        id=identifier,
        session=item.session,
        url=f"p/{identifier}/",
        number=wording.number(case, words).zh,
        title=item.title,
        names="，".join(part for part in (*people, *official) if part),
        text=_lines(*_written(item), *(part for event in case.events for part in _said(event))),
        date=next((event.on for event in case.events if event.on), None),
        facets=(item.kind, item.session, case.standing.state, item.category, lead),
    )


def _written(item: Proposal) -> Iterator[str | None]:
    """What a proposal itself says."""
    yield from (item.situation, item.analysis)
    for row in item.evidence:
        yield from (row.claim, row.figure, row.comparison, row.source)
    yield from (ask.text for ask in item.asks)
    yield from (said for _, said in item.particulars)


def _said(event: Event) -> Iterator[str | None]:
    """What an event says, its document with number and title included."""
    if event.document:
        yield from (event.document.number, event.document.title)
    yield from (event.text, event.outcome, event.reason, event.reasons, event.evidence, event.note, event.place)
    yield from (answer.text for answer in event.answers)
    yield from (text for _, text in event.co_opinions)
    yield from (commitment.text for commitment in event.commitments)
    for given in event.inputs:
        yield from (given.text, given.where, given.reason)


def _noun(identifier: str, kind: str, name: str, names: str, text: str) -> Document:
    return Document(
        id=identifier,
        session=NOUNS,
        url=f"{identifier[0]}/{identifier}/",
        number="",
        title=name,
        names=names,
        text=text,
        date=None,
        facets=(kind, "", "", "", ""),
    )


def _lines(*parts: str | None) -> str:
    return "\n".join(part.strip() for part in parts if part)
