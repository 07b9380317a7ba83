"""What came of it: classes of reply and satisfaction by session, commitments by quarter. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from huiyin.charts.chart import Chart, Column, Kind, Row
from huiyin.charts.times import quarter, quarter_name, quarter_short
from huiyin.figures.facts import Facts
from huiyin.lifecycle import DROPPED, FULFILLED
from huiyin.model import Registry

SESSIONS = 14
"""How many sessions are drawn, the last ones; tables by session have all."""
CLASSES = {
    "resolved": Column("已解决或采纳", "ok"),
    "partly_resolved": Column("部分解决", "ok-mid"),
    "in_progress": Column("正在解决", "accent"),
    "scheduled": Column("列入计划", "accent-low"),
    "reference": Column("留作参考", "grey"),
    "infeasible": Column("暂不可行", "grey-mid"),
    "escalated": Column("已上报上级", "grey-low"),
    "not_stated": Column("类别未注明", "grey-soft"),
}
"""Classes of reply in the order in which they are drawn."""
GRADES = {
    "satisfied": Column("满意", "ok"),
    "basically_satisfied": Column("基本满意", "ok-mid"),
    "dissatisfied": Column("不满意", "late"),
    "": Column("未评价", "grey-soft"),
}
BEFORE, BEHIND = 7, 4
"""How many quarters before and behind this one are drawn on their own."""


def classes(items: Sequence[Facts], registry: Registry) -> Chart:
    """The class of the latest reply, by session."""

    def kind(item: Facts) -> str | None:
        reply = item.last.get("replied")
        return (reply.reply_class or "not_stated") if reply else None

    rows = _by_session(items, registry, CLASSES, kind)
    shown = [n for n in range(len(CLASSES)) if any(row.numbers[n] for row in rows)] or [0]
    columns = tuple(CLASSES.values())
    return Chart(
        "classes",
        Kind.PARTS,
        "各届次的答复类别",
        _said(rows, columns),
        "按最近一次答复的类别计件，没有答复的不在图里。",
        "届次",
        "件",
        tuple(columns[n] for n in shown),
        tuple(Row(row.label, tuple(row.numbers[n] for n in shown)) for row in rows),
    )


def satisfaction(items: Sequence[Facts], registry: Registry) -> Chart:
    """How content proposers are with the result, by session."""

    def grade(item: Facts) -> str | None:
        rating = item.case.standing.rating
        return ((rating.result if rating else None) or "") if "replied" in item.first else None

    rows = _by_session(items, registry, GRADES, grade)
    columns = tuple(GRADES.values())
    return Chart(
        "satisfaction",
        Kind.PARTS,
        "各届次提出人对办理结果的评价",
        _said(rows, columns),
        "按最近一次评价计件；“未评价”是已经答复、还没有对结果作出评价的。满意不等于落实。",
        "届次",
        "件",
        columns,
        rows,
    )


def _by_session(
    items: Iterable[Facts], registry: Registry, columns: dict[str, Column], key: Callable[[Facts], str | None]
) -> tuple[Row, ...]:
    found: dict[str, Counter[str]] = {}
    for item in items:
        name = key(item)
        if name is not None:
            found.setdefault(item.case.proposal.session, Counter())[name] += 1
    sessions = sorted(found, key=lambda name: (registry.sessions[name].opened or date.min, name))[-SESSIONS:]
    return tuple(
        Row(registry.sessions[name].title.zh, tuple(found[name][column] for column in columns)) for name in sessions
    )


def _said(rows: Sequence[Row], columns: Sequence[Column]) -> str:
    sums = (sum(row.numbers[n] for row in rows) for n in range(len(columns)))
    said = "，".join(f"{column.title} {number:,} 件" for column, number in zip(columns, sums, strict=True) if number)
    return f"{len(rows)} 个届次合计：{said or '没有答复'}。"


def commitments(items: Iterable[Facts], as_of: date) -> Chart:
    """What became of the commitments that fall due in each quarter."""
    now = quarter(as_of)
    first, last = now - BEFORE, now + BEHIND
    found: dict[int | None, Counter[str]] = {}
    for item in items:
        for promise in item.case.standing.promises:
            due = promise.commitment.due
            at = min(max(quarter(due), first - 1), last + 1) if due else None
            status = "overdue" if promise.overdue(as_of) else promise.status
            found.setdefault(at, Counter())[status] += 1
    order: list[int | None] = [at for at in (first - 1,) if at in found]
    order += [*range(first, last + 1), *(at for at in (last + 1, None) if at in found)]
    outcomes = ("overdue", "open", FULFILLED, DROPPED)
    rows = tuple(Row(_due(at, first, last), tuple(found.get(at, Counter())[name] for name in outcomes)) for at in order)
    late, still, kept, dropped = (sum(row.numbers[n] for row in rows) for n in range(4))
    return Chart(
        "commitments",
        Kind.COLUMNS,
        "各季度到期的承诺",
        f"承诺共 {late + still + kept + dropped:,} 项：逾期 {late:,} 项，进行中 {still:,} 项，"
        f"已落实 {kept:,} 项，不再落实 {dropped:,} 项。",
        "按承诺写明的期限分季度，“逾期”是期限已过、还没有落实的；落实晚了的也算已落实。",
        "到期季度",
        "项",
        (
            Column("逾期", "late"),
            Column("进行中", "accent-low"),
            Column("已落实", "ok"),
            Column("不再落实", "grey-mid"),
        ),
        rows,
        short=tuple(
            quarter_short(at) if at and first <= at <= last else row.label for at, row in zip(order, rows, strict=True)
        ),
    )


def _due(at: int | None, first: int, last: int) -> str:
    if at is None:
        return "未写"
    return "更早" if at < first else "更晚" if at > last else quarter_name(at)
