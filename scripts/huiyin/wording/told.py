"""What an event says to a reader: a line of substance, and details. Chinese, as the site is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from huiyin.model import Event, Participant, Registry
from huiyin.rules import Pack
from huiyin.vocabulary import Vocabulary


@dataclass(frozen=True)
class Told:
    """An event in words: its title, whose act, lines of substance, and small print."""

    event: Event
    title: str
    who: str
    lines: tuple[str, ...]
    small: tuple[str, ...]


def tell(event: Event, registry: Registry, words: Vocabulary, pack: Pack) -> Told:
    """Return the event in words."""
    title = words.events[event.type].zh
    if event.round:
        title = f"{title}（第 {event.round} {'次' if event.type == 'rehandling_ordered' else '轮'}）"
    lines = [line for line in _lines(event, registry, words, pack) if line]
    return Told(event, title, registry.name_of(event.by), tuple(lines), tuple(_small(event, registry, words)))


def _lines(event: Event, registry: Registry, words: Vocabulary, pack: Pack) -> list[str]:
    name = registry.name_of
    match event.type:
        case "accepted":
            return [f"编号 {event.number}" if event.number else ""]
        case "assigned" | "reassigned":
            return [_assignment(event, registry), event.reason or ""]
        case "contacted":
            how = words.contact[event.how].zh if event.how else ""
            phase = words.phases[event.phase].zh if event.phase else ""
            return [" · ".join(part for part in (how, phase) if part), event.text or ""]
        case "consulted":
            return [*_consultation(event, registry), event.outcome or ""]
        case "replied":
            return [_reply(event, pack)]
        case "rated":
            about = "落实情况，" if event.about == "fulfilment" else ""
            attitude, result = words.satisfaction[event.attitude or ""].zh, words.satisfaction[event.result or ""].zh
            return [f"{about}办理态度：{attitude}；办理结果：{result}", event.reasons or ""]
        case "extended" | "extension_requested":
            told = f"，{event.proposer_told_on} 告知提出人" if event.proposer_told_on else ""
            return [f"延至 {event.due}{told}", event.reason or ""]
        case "return_requested":
            return [f"依据：{event.rule}" if event.rule else "", event.reason or ""]
        case "fulfilled":
            return [f"承诺 {event.commitment}：{event.evidence}"]
        case "dropped":
            return [f"承诺 {event.commitment}：{event.reason}"]
        case "progressed":
            return [f"{f'承诺 {event.commitment}：' if event.commitment else ''}{event.text}"]
        case "refused" | "withheld":
            grounds = {ground.id: ground for ground in (*pack.refusal_grounds, *pack.disclosure_grounds)}
            ground = grounds.get(event.ground or "")
            return [f"理由：{ground.title.zh}" if ground else "", event.reason or ""]
        case "disclosed":
            return [words.disclosure[event.level].zh if event.level else "", event.text or ""]
        case "converted":
            return [f"转为{words.kinds[event.to_kind].zh}" if event.to_kind else "", event.reason or ""]
        case "looked_back":
            verdict = words.verdicts[event.verdict].zh if event.verdict else ""
            return [f"{verdict}：{event.text}", _people(event.participants, registry)]
        case "evaluated":
            return [f"{event.evaluator}：" if event.evaluator else "", event.text or ""]
        case "merged":
            return [event.reason or ""]
        case "co_opinion_overdue" | "objected" | "reminded" | "supervised" | "key_supervised" | "listed":
            return [name(event.agency) if event.agency else "", event.text or "", event.reason or ""]
        case _:
            return [event.text or "", event.reason or ""]


def _assignment(event: Event, registry: Registry) -> str:
    name = registry.name_of
    parts = []
    if event.lead:
        parts.append(f"{name(event.lead)}主办")
    if event.co:
        parts.append(f"{'、'.join(map(name, event.co))}会办")
    if event.separate:
        parts.append(f"{'、'.join(map(name, event.separate))}分办")
    if event.complexity == "complex":
        parts.append("复杂件")
    return "，".join(parts)


def _consultation(event: Event, registry: Registry) -> list[str]:
    taken = Counter(row.taken_up for row in event.inputs)
    counts = [
        f"{word} {taken[key]} 条"
        for key, word in (("yes", "采纳"), ("partly", "部分采纳"), ("no", "未采纳"))
        if taken[key]
    ]
    where = "，".join(part for part in (event.place, _people(event.participants, registry)) if part)
    draft = f"{event.draft or '意见'}：{'，'.join(counts)}" if counts else event.draft or ""
    return [where, draft]


def _people(participants: tuple[Participant, ...], registry: Registry) -> str:
    return "、".join(
        registry.name_of(person.who) if person.who else f"{person.role} {person.count} 人" for person in participants
    )


def _reply(event: Event, pack: Pack) -> str:
    kind = pack.classes.get(event.reply_class or "")
    parts = [kind.title.zh if kind and kind.id != "not_stated" else "类别未注明"]
    if event.letter:
        parts[0] += f"（{event.letter}）"
    if event.answers:
        parts.append(f"逐条回应 {len(event.answers)} 项")
    if event.commitments:
        parts.append(f"承诺 {len(event.commitments)} 项")
    return "，".join(parts)


def _small(event: Event, registry: Registry, words: Vocabulary) -> list[str]:
    small = []
    if event.document:
        title = f"《{event.document.title}》" if event.document.title else ""
        small.append(f"{event.document.number}{title}")
    if event.recorded_by and event.recorded_by != event.by:
        small.append(f"{registry.name_of(event.recorded_by)}代录")
    if event.channel:
        small.append(f"{words.channels[event.channel].zh}")
    if event.late_entry:
        small.append(f"补录：{event.late_entry.reason}")
    if event.undated:
        small.append(f"日期不详：{event.undated}")
    if event.refers_to:
        small.append(f"针对节点 {event.refers_to}")
    if event.note:
        small.append(event.note)
    return small
