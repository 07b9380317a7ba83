"""Append-only: every event of the base is still there, unchanged and in its order; what comes late says why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from huiyin.checks import Spotted
from huiyin.findings import Text
from huiyin.guard.change import CHANGE, MIGRATE, Change, Pair, at, guarded
from huiyin.model import Event, Proposal

TEXTS = {
    "text", "reason", "reasons", "note", "answers", "co_opinions", "inputs", "outcome", "draft", "evidence", "place",
}  # fmt: skip
"""What an event says in words: an office may withhold it."""
_OWN = ("title", "situation", "analysis", "evidence", "asks", "particulars", "follows", "proposers")
_OFFICE = ("category", "confidential", "disclosure", "occasion", "origin")
_FIXED = ("id", "kind", "session", "imported", "taken_out")


@guarded("event-changed")
def changed(change: Change) -> Iterator[Spotted]:
    """改动了已有的节点 / Event changed

    登记过的节点不能改，日期、类型、内容都不行。写错了就追加更正节点，原节点保留。

    An event that was registered is not changed: neither its day nor its type nor its words. A mistake is corrected by
    a new event, `corrected`, and the old one stays.
    """
    if change.asked.kind == MIGRATE:
        return
    for pair in change.pairs:
        if pair.before is None or pair.after is None:
            continue
        now = {event.id: (n, event) for n, event in reversed(list(enumerate(pair.after.events)))}
        for event in pair.before.events:
            n, other = now.get(event.id, (0, event))
            differing = [f.name for f in fields(Event) if getattr(event, f.name) != getattr(other, f.name)]
            wrong = [name for name in differing if not _withheld(pair, event, other, name)]
            if wrong:
                said = "、".join(wrong), ", ".join(wrong)
                yield Spotted(
                    pair.after.source.place("events", n, wrong[0] if wrong[0] in ("on", "type", "by") else "id"),
                    Text(f"节点 {event.id} 的 {said[0]} 与主线不同", f"{said[1]} of {event.id} differs from the base"),
                    Text(
                        "恢复原样；要更正就追加 corrected 节点",
                        "restore it; append an event corrected to correct it",
                    ),
                )


def _withheld(pair: Pair, event: Event, now: Event, name: str) -> bool:
    """Whether a field of an event was emptied because an event of the same change withholds it."""
    return name in TEXTS and not getattr(now, name) and bool({name, f"{event.id}.{name}"} & _named(pair))


def _named(pair: Pair) -> set[str]:
    return {name for _, event in pair.added if event.type == "withheld" for name in event.fields}


@guarded("event-missing")
def missing(change: Change) -> Iterator[Spotted]:
    """已有的节点不见了 / Event missing

    登记过的节点不能删去。写错了就追加更正节点。

    An event that was registered is not taken out. A mistake is corrected by a new event.
    """
    for pair in change.pairs:
        if pair.before is None or pair.after is None:
            continue
        there = {event.id for event in pair.after.events}
        for event in pair.before.events:
            if event.id not in there:
                yield Spotted(
                    pair.after.source.place("events", key=True),
                    Text(
                        f"主线的节点 {event.id}（{event.type}，{event.on or '日期不详'}）不见了",
                        f"the base's event {event.id} ({event.type}, {event.on or 'undated'}) is missing",
                    ),
                    Text("恢复这个节点；要更正就追加 corrected", "restore it; append corrected to correct it"),
                )


@guarded("event-moved")
def moved(change: Change) -> Iterator[Spotted]:
    """已有节点的次序变了 / Order of events changed

    登记过的节点，前后次序不变；新节点按日期插入。

    Events that were registered keep their order among themselves; new ones are put in by their day.
    """
    for pair in change.pairs:
        if pair.before is None or pair.after is None:
            continue
        now = {event.id: n for n, event in enumerate(pair.after.events)}
        latest = -1
        for event in pair.before.events:
            place = now.get(event.id, latest)
            if place < latest:
                yield Spotted(
                    pair.after.source.place("events", place, "id"),
                    Text(f"节点 {event.id} 移到了前面", f"the event {event.id} was moved forward"),
                    Text("恢复原来的次序", "restore the order"),
                )
            latest = max(latest, place)


@guarded("base-unreadable")
def unreadable(change: Change) -> Iterator[Spotted]:
    """主线上的文件读不懂 / File that the base cannot read

    主线上的这个文件有错误，无法比较改动。先由维护者作为迁移步骤修好。

    The base's own file has errors, so that no change of it can be judged. Maintainers repair it first, in a step marked
    as a migration.
    """
    for file in change.files:
        if change.asked.kind != MIGRATE and file.path in change.unread:
            yield Spotted(
                at(file),
                Text("主线上的这个文件有错误", "the base's own file has errors"),
                Text("请维护者先修好它", "have a maintainer repair it first"),
            )


@guarded("proposal-changed")
def texts(change: Change) -> Iterator[Spotted]:
    """改动了建议的内容 / Text of a proposal changed

    受理以前，提出人可以改自己的文字；受理以后谁也不能改。类别、来源和公开属性由受理的办事机构改。编号、种类、届次、
    来源行从不改变。唯一能删的文字，是同一次改动里办事机构的不予公开节点写明的栏目。

    Until it is accepted, proposers may change their own text; afterwards nobody does. The body's office changes
    category, origin and disclosure. Id, kind, session and the source of an import never change. The only text that may
    be taken out is what an office's `withheld` event in the same change names.
    """
    if change.asked.kind == MIGRATE:
        return
    may = change.may(change.asked.actor)
    for pair in change.pairs:
        before, after = pair.before, pair.after
        if before is None or after is None:
            continue
        mine = bool(may & set(before.proposers)) and change.state(pair) == "submitted"
        office = bool(may & set(change.offices(pair)))
        for name in (*_FIXED, *_OWN, *_OFFICE):
            if getattr(before, name) == getattr(after, name):
                continue
            gone = not getattr(after, name) and name in _named(pair)
            allowed = gone or (name not in _FIXED and mine) or (name in _OFFICE and office)
            if not allowed:
                yield _text(after, name)


def _text(after: Proposal, name: str) -> Spotted:
    key = "source" if name == "imported" else name
    return Spotted(
        after.source.place(key, key=True),
        Text(f"{key} 与主线不同", f"{key} differs from the base"),
        Text("恢复原样", "restore it"),
        Text("从不改变", "it never changes")
        if name in _FIXED
        else Text("受理以前由提出人改", "its proposers change it until it is accepted")
        if name in _OWN
        else Text("由受理的办事机构改", "the body's office changes it"),
    )


@guarded("late-entry-missing")
def late(change: Change) -> Iterator[Spotted]:
    """登记晚了没有写原因 / Recorded late without a reason

    发生以后过了规定的工作日才登记的节点，要写补录原因和批准的办事机构。登记日是合入当天；写明了申请日期的，按申请日期。

    An event that is recorded later than the allowed number of working days says why, and which office approved that.
    The day of recording is the day of landing, or the day on which the request was opened where that is stated.
    """
    if change.asked.kind != CHANGE:
        return
    days = change.base.settings.late_entry_days
    for pair in change.pairs:
        for n, event in pair.added:
            if pair.after is None or event.on is None or event.late_entry or event.channel == "import":
                continue
            last = change.base.calendar.count(event.on, days, "workday", rollover=False).latest
            if change.asked.recorded > last:
                yield Spotted(
                    pair.after.source.place("events", n, "on"),
                    Text(
                        f"{event.on} 发生，{change.asked.recorded} 才登记",
                        f"it happened on {event.on} and is recorded on {change.asked.recorded}",
                    ),
                    Text(
                        "补上 late_entry：原因和批准的办事机构",
                        "add late_entry with the reason and the office that approved it",
                    ),
                    Text(f"{last} 以前（{days} 个工作日）登记", f"recorded by {last} ({days} working days)"),
                )
