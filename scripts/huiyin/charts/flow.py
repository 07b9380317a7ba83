"""What comes in and goes out: by month, through the stages, and in time or not. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from huiyin.charts.chart import Chart, Column, Kind, Row
from huiyin.charts.times import last_of, month, month_name, months, quarter, quarter_name, quarter_short
from huiyin.figures import MINIMUM, percent
from huiyin.figures.entries import STAGES
from huiyin.figures.facts import HIT, MISS, Facts
from huiyin.figures.timeliness import reply_outcome

MONTHS, QUARTERS = 24, 12
"""How many months and quarters are drawn; tables by month have all."""


def by_month(items: Sequence[Facts], as_of: date) -> Chart:
    """How many were submitted and how many were answered for the first time in each month."""
    found: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    undated = 0
    for item in items:
        came = None if item.again else item.first.get("submitted")
        for events, event in zip(found, (came, item.first.get("replied")), strict=True):
            if event and event.on:
                events[month(event.on)] += 1
            elif event:
                undated += 1
    end = last_of(month(as_of), [*found[0], *found[1]])
    drawn = months(end, MONTHS)
    rows = tuple(Row(month_name(at), (found[0][at], found[1][at])) for at in drawn)
    short = tuple(f"{at % 12 + 1}月|{at // 12}" if at % 3 == 0 else "" for at in drawn)
    inward, outward = (sum(row.numbers[n] for row in rows) for n in (0, 1))
    return Chart(
        "months",
        Kind.PAIRS,
        "每月提出和答复",
        f"{rows[0].label} 至 {rows[-1].label}，提出 {inward:,} 件，首次答复 {outward:,} 件。",
        f"按首次提出、首次答复的日期计件，画最近 {MONTHS} 个月；转来和分出的只计原件。"
        + (f"日期不详的 {undated:,} 个节点不在图里。" if undated else ""),
        "月份",
        "件",
        (Column("提出", "accent"), Column("答复", "grey-mid")),
        rows,
        short=short,
    )


def funnel(items: Sequence[Facts]) -> Chart:
    """How many came as far as each stage, and how many stand there now."""
    order = list(STAGES)
    reached, now = Counter[int](), Counter[str]()
    for item in items:
        states, marks = item.case.pack.states, item.case.pack.marks
        stages = {states[name].stage for name, _ in item.case.standing.passages}
        refused = item.case.standing.refused
        for n, event in enumerate(item.events):
            if n not in refused:
                stages.update(marks.get(event.type, ()))
        reached[max((order.index(stage) for stage in stages), default=0)] += 1
        state = item.case.state
        if state and state.turn and not state.final:
            now[state.stage] += 1
    far = [sum(reached[m] for m in range(n, len(order))) for n in range(len(order))]
    rows = tuple(Row(title.zh, (far[n],), (f"{now[name]:,}",)) for n, (name, title) in enumerate(STAGES.items()))
    said = "，".join(f"{row.label} {row.numbers[0]:,} 件" for row in rows)
    return Chart(
        "stages",
        Kind.BARS,
        "走到哪一步",
        f"走到各阶段的件数：{said}。",
        "走到这一阶段或更后的件数，含后来撤回、不予立案的；跳过的阶段也算走过。",
        "阶段",
        "件",
        (Column("走到的"),),
        rows,
        beside=("现在停在这里",),
    )


def on_time(items: Iterable[Facts], as_of: date) -> Chart:
    """Of the replies that fell due in each quarter, how many came in time."""
    kept, late = Counter[int](), Counter[int]()
    for item in items:
        outcome = None if item.imported else reply_outcome(item)
        if outcome in (HIT, MISS) and item.reply and item.reply.latest:
            (kept if outcome is HIT else late)[quarter(item.reply.latest)] += 1
    end = max([*kept, *late], default=quarter(as_of))
    drawn = range(end - QUARTERS + 1, end + 1)
    rows = tuple(Row(quarter_name(at), (kept[at], late[at]), (_rate(kept[at], kept[at] + late[at]),)) for at in drawn)
    total = sum(kept[at] for at in drawn), sum(kept[at] + late[at] for at in drawn)
    return Chart(
        "on-time",
        Kind.COLUMNS,
        "按期答复的走势",
        f"{rows[0].label}至{rows[-1].label}到期的答复 {total[1]:,} 件，其中按期 {total[0]:,} 件。",
        f"按答复期限所在的季度分，口径同“按期答复率”；柱上写比率，不足 {MINIMUM} 件的写件数。",
        "到期季度",
        "件",
        (Column("按期", "ok"), Column("逾期", "late")),
        rows,
        beside=("按期答复率",),
        short=tuple(map(quarter_short, drawn)),
        notes=tuple(row.beside[0] if row.beside[0][-1:] == "%" else f"{sum(row.numbers)} 件" for row in rows),
    )


def _rate(hits: int, of: int) -> str:
    return percent(hits, of) if of >= MINIMUM else "件数太少" if of else "无"
