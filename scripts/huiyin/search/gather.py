"""From records to documents: what of a proposal, a person, a group or an agency can be found. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from huiyin import wording
from huiyin.cases import Case
from huiyin.clocks import ClockState
from huiyin.model import Agency, Event, Proposal, Registry
from huiyin.prose import plain
from huiyin.rules import Pack
from huiyin.search.by_hand import PAGE
from huiyin.search.document import Card, Document, Facet, Mark
from huiyin.search.records import KINDS, stages
from huiyin.vocabulary import Vocabulary

NOUNS = "~"
"""The session of what belongs to none: members, groups, agencies. It sorts behind all others."""
NOUN_KINDS = {"member": "代表、委员", "group": "团体", "agency": "承办单位", PAGE: "网站说明"}
DEADLINES: dict[str, str] = {
    ClockState.OVERDUE: "逾期未答复",
    ClockState.NEAR: "临近期限",
    ClockState.RUNNING: "期限内",
    ClockState.LATE: "逾期答复",
    ClockState.MET: "按期答复",
}


def facets(registry: Registry, cases: Mapping[str, Case], words: Vocabulary) -> tuple[Facet, ...]:
    """Return the columns to narrow results by, with the words for their values."""
    packs = {case.pack.id: case.pack for case in cases.values()}.values()
    agencies = {name: agency.short or agency.name for name, agency in _agencies(registry)}
    people = {name: member.name for name, member in sorted(registry.members.items())}
    groups = {name: group.name for name, group in sorted(registry.groups.items())}
    years = sorted({str(day.year) for day in _days(registry, cases)}, reverse=True)
    return (
        Facet("body", "机构", {body.id: body.name.zh for body in registry.settings.bodies}),
        Facet("kind", "种类", {name: text.zh for name, text in words.kinds.items()} | KINDS | NOUN_KINDS),
        Facet("session", "届次", {name: session.title.zh for name, session in sorted(registry.sessions.items())}),
        Facet("year", "年份", {year: f"{year}年" for year in years}),
        Facet("stage", "阶段", _stages(packs) | (stages(words.policy_stages) if registry.policies else {})),
        Facet("state", "办理状态", {name: state.title.zh for pack in packs for name, state in pack.states.items()}),
        Facet("deadline", "期限", DEADLINES),
        Facet("lead", "主办单位", agencies),
        Facet("co", "会办单位", agencies),
        Facet("category", "类别", {name: text.zh for name, text in registry.categories.items()}),
        Facet("member", "提出人", people | groups),
        Facet("group", "代表团、界别", groups),
        Facet("class", "答复类别", {name: row.title.zh for pack in packs for name, row in pack.classes.items()}),
        Facet("satisfaction", "对结果的评价", {name: text.zh for name, text in words.satisfaction.items()}),
        Facet("disclosure", "公开属性", {name: text.zh for name, text in words.disclosure.items()}),
    )


def _days(registry: Registry, cases: Mapping[str, Case]) -> Iterator[date]:
    """The days by which documents are told apart by year."""
    yield from (case.first_day for case in cases.values() if case.first_day)
    yield from (topic.opened for topic in registry.topics.values())
    yield from (research.opened for research in registry.research.values())
    yield from (policy.stages[0].on for policy in registry.policies.values())


def _stages(packs: Iterable[Pack]) -> dict[str, str]:
    return {stage.id: stage.title.zh for pack in packs for stage in pack.stages}


def _groups(item: Proposal, registry: Registry) -> tuple[str, ...]:
    """The groups that proposed, and those of the members who did."""
    found = {who for who in item.proposers if who in registry.groups}
    for who in item.proposers:
        member = registry.members.get(who)
        found.update(member.groups if member else ())
    return tuple(sorted(found))


def _facets(case: Case, registry: Registry) -> dict[str, tuple[str, ...]]:
    """The values of each facet of `facets`."""
    item, standing = case.proposal, case.standing
    body, first, reply, deadline = registry.body_of(item), case.first_day, standing.reply, case.current_deadline
    return {
        "body": (body.id,) if body else (),
        "kind": (item.kind,),
        "session": (item.session,),
        "year": (str(first.year),) if first else (),
        "stage": (case.state.stage,) if case.state and case.state.stage else (),
        "state": (standing.state,),
        "deadline": (deadline.state,) if deadline and deadline.state in DEADLINES else (),
        "lead": tuple(sorted(standing.assignment.repliers)),
        "co": tuple(sorted(standing.assignment.co)),
        "category": (item.category,),
        "member": tuple(sorted(item.proposers)),
        "group": _groups(item, registry),
        "class": (reply.reply_class,) if reply and reply.reply_class else (),
        "satisfaction": (standing.rating.result,) if standing.rating and standing.rating.result else (),
        "disclosure": (item.disclosure.level,) if item.disclosure else (),
    }


def _card(case: Case, registry: Registry, words: Vocabulary) -> Card:
    """How a proposal stands, whose turn it is, and how the reply that is owed stands."""
    deadline = case.current_deadline
    chip = wording.deadline_chip(deadline) if deadline and deadline.open else None
    turn = wording.turn_sentence(registry, case, words)
    said = f"现在轮到 {turn[0].zh}：{turn[1].zh}" if turn else ""
    return Card(_mark(wording.state_chip(case)), said, _mark(chip) if chip else None)


def _mark(chip: wording.Chip) -> Mark:
    return chip.tone, chip.mark, chip.words.zh


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
    return Document(
        id=identifier,
        session=item.session,
        url=f"p/{identifier}/",
        number=wording.number(case, words).zh,
        title=item.title,
        names="，".join(part for part in (*people, *official) if part),
        text=_lines(*_written(item), *(part for event in case.events for part in _said(event))),
        date=case.first_day,
        facets=_facets(case, registry),
        card=_card(case, registry, words),
        due=case.current_deadline.latest if case.current_deadline and case.current_deadline.open else None,
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
        facets={"kind": (kind,)},
    )


def _lines(*parts: str | None) -> str:
    return "\n".join(plain(part).strip() for part in parts if part)
