"""What a change does, in sentences: from where to where, what it answers and promises, what is next. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huiyin import wording
from huiyin.cases import Case, Reckonings, case_of
from huiyin.clocks import ClockState, Deadline, Reckoning
from huiyin.findings import Finding, Text
from huiyin.guard import Change, Need, Pair, needs
from huiyin.lifecycle import Standing, standing
from huiyin.model import Event, Proposal, Registry
from huiyin.projection.told import RUNBOOK
from huiyin.review.quality import quality
from huiyin.rules import Pack
from huiyin.similar import Candidate, Index, candidates, document, linked
from huiyin.vocabulary import Vocabulary
from huiyin.wording.likeness import reasons

SIMILAR = 3
"""Earlier proposals that are told of a new one."""


@dataclass(frozen=True)
class Told:
    """What happens to one proposal: its name, the line of its states, and sentences about it."""

    path: str
    name: Text
    course: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True)
class Review:
    """A change in words: its proposals, its other files, who may approve it, and what guard found."""

    told: tuple[Told, ...]
    others: tuple[str, ...]
    approvals: tuple[Text, ...]
    findings: tuple[Finding, ...]


def review(
    change: Change, findings: list[Finding], vocabulary: Vocabulary, earlier: Mapping[str, Proposal] | None = None
) -> Review:
    """Return the change in words; `findings` are those of guard, new proposals are compared with `earlier` ones."""
    new = {pair.after.id: pair.after for pair in change.pairs if pair.after and pair.before is None}
    near = _similar(change, new, {**(earlier or {}), **new}) if new else {}
    pairs = {pair.path for pair in change.pairs}
    return Review(
        told=tuple(_told(change, pair, vocabulary, near) for pair in change.pairs),
        others=tuple(file.path for file in change.files if file.path not in pairs),
        approvals=tuple(_approval(change, need) for need in needs(change)),
        findings=tuple(findings),
    )


def _approval(change: Change, need: Need) -> Text:
    who = need.words(change)
    return Text(f"{who.zh}（提交人本人除外）", f"{who.en} (not whoever submitted it)")


def _told(change: Change, pair: Pair, vocabulary: Vocabulary, near: Mapping[str, list[Text]]) -> Told:
    after = pair.after
    if after is None:
        return Told(pair.path, Text(pair.path, pair.path), Text("读不懂", "cannot be read"), ())
    pack = change.head.pack_of(after)
    kind = vocabulary.kinds[after.kind]
    number = after.number or (pair.before.number if pair.before else None)
    name = Text(
        f"{kind.zh}{f'第 {number} 号' if number else f' {after.id}'}（{after.title}）",
        f"{kind.en} {f'no. {number}' if number else after.id} ({after.title})",
    )
    if pack is None:
        return Told(pair.path, name, Text("没有适用的规则", "no rules apply"), ())
    now = standing(after, pack)
    lines = [_event(change.head, event, now, pack, vocabulary) for _, event in pair.added]
    lines += _withheld(pair)
    lines += _clocks(change, pair, after, pack)
    lines += _missing(after, now)
    lines += quality(after) if pair.before is None else []
    lines += near.get(after.id, [])
    lines.append(_next(change, after, pack, now, vocabulary))
    return Told(pair.path, name, _course(change, pair, now, pack), tuple(line for line in lines if line.zh))


def _course(change: Change, pair: Pair, now: Standing, pack: Pack) -> Text:
    before = pack.states.get(change.state(pair))
    after = pack.states.get(now.state)
    was = before.title if before else Text("新提出", "new")
    to = after.title if after else Text("没有状态", "no state")
    if not pair.added:
        return Text(f"{was.zh}，没有新节点", f"{was.en}, no new event")
    return Text(f"{was.zh} → {to.zh}", f"{was.en} → {to.en}")


def _event(registry: Registry, event: Event, now: Standing, pack: Pack, words: Vocabulary) -> Text:
    """One event in a line: what, whose, when, and what it carries."""
    what, who = words.events[event.type], registry.name_of(event.by)
    zh, en = [f"{wording.day(event.on)} {what.zh}：{who}"], [f"{event.on or 'undated'} {what.en}: {who}"]
    if event.recorded_by and event.recorded_by != event.by:
        zh.append(f"{registry.name_of(event.recorded_by)}代录")
        en.append(f"recorded by {registry.name_of(event.recorded_by)}")
    handlers = [event.lead] if event.lead else list(event.separate)
    if handlers:
        zh.append(f"主办或分办 {'、'.join(map(registry.name_of, handlers))}")
        en.append(f"handled by {', '.join(map(registry.name_of, handlers))}")
    if event.co:
        zh.append(f"会办 {'、'.join(map(registry.name_of, event.co))}")
        en.append(f"with {', '.join(map(registry.name_of, event.co))}")
    kind = pack.classes.get(event.reply_class or "")
    if kind:
        zh.append(f"类别 {kind.title.zh}")
        en.append(f"class {kind.title.en}")
    if event.type == "replied":
        zh.append(f"{len(now.asks)} 项诉求答复 {len(event.answers)} 项")
        en.append(f"{len(event.answers)} of {len(now.asks)} asks answered")
    if event.commitments:
        due = [commitment.due for commitment in event.commitments if commitment.due]
        zh.append(f"新增承诺 {len(event.commitments)} 项" + (f"，最晚 {max(due)} 到期" if due else "，没有期限"))
        en.append(
            f"{len(event.commitments)} commitments" + (f", the last due {max(due)}" if due else ", without a day")
        )
    if event.attitude and event.result:
        attitude, result = words.satisfaction[event.attitude], words.satisfaction[event.result]
        zh.append(f"态度 {attitude.zh}，结果 {result.zh}")
        en.append(f"attitude {attitude.en.lower()}, result {result.en.lower()}")
    if event.due:
        zh.append(f"延至 {event.due}")
        en.append(f"until {event.due}")
    if event.late_entry:
        zh.append(f"补录：{event.late_entry.reason}")
        en.append(f"late entry: {event.late_entry.reason}")
    return Text("，".join(zh), ", ".join(en))


def _withheld(pair: Pair) -> list[Text]:
    """What withholding cannot take back, where the item was there before."""
    if pair.before is None or not any(event.type == "withheld" for _, event in pair.added):
        return []
    return [
        Text(
            f"撤下只管以后的版本：已经公开过的，历史、克隆、分叉和缓存里都还有；要从历史里清除，见{RUNBOOK.zh}",
            "Withholding rules later versions only: what was public stays in history, clones, forks and caches; how to "
            f"purge it: {RUNBOOK.en}",
        )
    ]


def _clocks(change: Change, pair: Pair, after: Proposal, pack: Pack) -> list[Text]:
    """How each clock stands after the change, where that differs from before."""
    if after.session not in change.head.sessions:
        return []
    reckoning = Reckonings(change.head, change.asked.day).of(after, pack)
    old = {(d.clock.id, d.key): (d.state, d.latest) for d in _counts(pair.before, reckoning)}
    return [
        _clock(change.head, deadline)
        for deadline in _counts(after, reckoning)
        if old.get((deadline.clock.id, deadline.key)) != (deadline.state, deadline.latest)
    ]


def _counts(proposal: Proposal | None, reckoning: Reckoning) -> tuple[Deadline, ...]:
    case = case_of(proposal, reckoning) if proposal else None
    return case.deadlines if case else ()


def _clock(registry: Registry, deadline: Deadline) -> Text:
    chip, due, title = wording.deadline_chip(deadline), wording.due_day(deadline), deadline.clock.title
    if chip is None or deadline.state in (ClockState.NOT_STARTED, ClockState.VOID):
        return Text("", "")
    whose = registry.name_of(deadline.agency) if deadline.agency else ""
    return Text(
        f"{whose}{title.zh}期限 {due.zh}：{chip.words.zh}",
        f"{title.en}{f' of {whose}' if whose else ''} due {due.en}: {chip.words.en}",
    )


def _missing(after: Proposal, now: Standing) -> list[Text]:
    told = []
    open_asks = [ask.ask.id for ask in now.asks if not ask.answers] if now.replies else []
    if open_asks:
        told.append(
            Text(f"还没有答复的诉求：{'、'.join(open_asks)}", f"asks without an answer: {', '.join(open_asks)}")
        )
    if any(event.type == "accepted" and not event.number for event in after.events):
        told.append(Text("正式编号在合入时给", "the official number is given at landing"))
    return told


def _similar(change: Change, new: Mapping[str, Proposal], known: Mapping[str, Proposal]) -> dict[str, list[Text]]:
    """For each new proposal what is there already, or new beside it, and may be about the same thing."""
    index = Index([document(proposal) for _, proposal in sorted(known.items())])
    return {
        one.id: [_candidate(change, one, near) for near in candidates(one, known, index) if near.likely][:SIMILAR]
        for one in new.values()
    }


def _candidate(change: Change, after: Proposal, candidate: Candidate) -> Text:
    other, why = candidate.proposal, reasons(change.head, candidate)
    known = linked(after, other)
    zh = f"{'已写明前案' if known else '可能与前案是同一件事'}：{other.id}（{other.title}）"
    en = f"{'named as related' if known else 'may be about the same thing as'} {other.id} ({other.title})"
    return Text(f"{zh}，{why.zh}" if why.zh else zh, f"{en}; {why.en}" if why.en else en)


def _next(change: Change, after: Proposal, pack: Pack, now: Standing, words: Vocabulary) -> Text:
    case = Case(after, pack, now, ())
    turn = wording.turn_sentence(change.head, case, words)
    if turn is None:
        return Text("下一步：没有人需要做什么", "Next: nobody is waited for")
    return Text(f"下一步：{turn[0].zh}，{turn[1].zh}", f"Next: {turn[0].en}, {turn[1].en}")
