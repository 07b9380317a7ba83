"""Where things stay: how long in each stage, and with which agency in which stage they are now. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from huiyin.charts.chart import Chart, Column, Kind, Row
from huiyin.figures import MINIMUM, by_sound
from huiyin.figures.entries import STAGES
from huiyin.figures.facts import Facts
from huiyin.figures.stays import LEFT, product_limit
from huiyin.model import Registry

SPANS = (
    (7, Column("7 天以内", "accent-soft")),
    (30, Column("8 至 30 天", "accent-low")),
    (90, Column("31 至 90 天", "accent-mid")),
    (None, Column("90 天以上", "accent")),
)
"""How long a stay took: up to so many days, and the words for that."""
AGENCIES = 20
"""How many agencies are drawn, those that have most in hand."""
FIRST = 2
"""The first stage in which an agency has something: what was returned to the office is not in its hands."""


def time_in_stages(items: Sequence[Facts], as_of: date) -> Chart:
    """How many stays in each stage took how long."""
    ended: dict[str, Counter[int]] = {name: Counter() for name in STAGES}
    still: dict[str, Counter[int]] = {name: Counter() for name in STAGES}
    for item in items:
        for name, stays in item.stays.items():
            for stay in stays:
                days = stay.days(as_of)
                if days is not None:
                    (ended if stay.end is LEFT else still)[name][days] += 1
    rows = []
    for name, title in STAGES.items():
        numbers = [0] * len(SPANS)
        for days, times in ended[name].items():
            numbers[next(n for n, (most, _) in enumerate(SPANS) if most is None or days <= most)] += times
        enough = sum(numbers) + sum(still[name].values()) >= MINIMUM
        half, most_of = product_limit(ended[name], still[name]) if enough else (None, None)
        beside = (f"{sum(still[name].values()):,}", _days(half, enough), _days(most_of, enough))
        rows.append(Row(title.zh, tuple(numbers), beside))
    total = sum(sum(row.numbers) for row in rows)
    return Chart(
        "time",
        Kind.PARTS,
        "在各阶段停留多久",
        f"离开各阶段 {total:,} 次，按停留的日历天数分。"
        + "".join(f"{row.label}一半在 {row.beside[1]} 以内离开。" for row in rows if row.beside[1][-1:] == "天"),
        "每进入一次阶段计一次，画已经离开的；中位和九成把尚在其中的也算上，口径见“用时”各项。",
        "阶段",
        "次",
        tuple(column for _, column in SPANS),
        tuple(rows),
        beside=("未完结", "中位", "九成"),
    )


def _days(days: int | None, enough: bool) -> str:
    return "件数太少" if not enough else "尚未达到" if days is None else f"{days} 天"


def agencies(items: Sequence[Facts], registry: Registry) -> Chart:
    """How many proposals each agency has now in each stage."""
    found: dict[str, Counter[str]] = {}
    stages = list(STAGES)[FIRST:]
    for item in items:
        state = item.case.state
        if state is None or state.final or not state.turn or state.stage not in stages or item.imported:
            continue
        for agency in item.case.standing.assignment.repliers:
            found.setdefault(agency, Counter())[state.stage] += 1
    most = sorted(found, key=lambda agency: (-found[agency].total(), agency))[:AGENCIES]
    chosen = sorted(most, key=lambda agency: (by_sound(registry.name_of(agency)), agency))
    rows = tuple(Row(registry.name_of(who), tuple(found[who][stage] for stage in stages)) for who in chosen)
    total = sum(sum(row.numbers) for row in rows)
    return Chart(
        "agencies",
        Kind.MATRIX,
        "各单位手上的件在哪一步",
        f"{len(rows)} 个单位手上共 {total:,} 件次没有办完。",
        "主办和分办、现在还没有办完的件，分办的每个单位各计一次。"
        + (f"只画件数最多的 {AGENCIES} 个单位。" if len(found) > AGENCIES else "")
        + "按名称排列，不作排名。",
        "单位",
        "件",
        tuple(Column(STAGES[stage].zh) for stage in stages),
        rows,
    )
