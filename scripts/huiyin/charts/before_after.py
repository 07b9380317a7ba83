"""Complaints before and after a policy took effect, as lines; with how much of it can be compared. Pure."""

from __future__ import annotations

from huiyin.charts.complaints import value
from huiyin.charts.lines import HIDDEN, NOTHING, Line, Lines
from huiyin.findings import Text
from huiyin.knowledge.effect import MONTHS, Effect
from huiyin.signals.series import STATES, State


def before_after(effect: Effect, policy: str, category: str, stage: Text) -> Lines:
    """Return the chart of one stage in one channel; `stage` is what that stage is called."""
    values = tuple(map(value, effect.points))
    rest = len(values) - MONTHS
    where = "、".join(title.zh for title in effect.area_titles) or "全部区域"
    promised = "；".join(promise.words.zh for promise in effect.promises)
    lines = (
        Line("之前", "grey", (*values[:MONTHS], *[NOTHING] * rest)),
        Line("当月", "grey-mid", (*[NOTHING] * MONTHS, values[MONTHS], *[NOTHING] * MONTHS)),
        Line("之后", "accent", (*[NOTHING] * (MONTHS + 1), *values[MONTHS + 1 :])),
    )
    return Lines(
        id=f"{policy}-{effect.stage.stage}-{effect.feed}".replace("_", "-"),
        title=f"{stage.zh}前后：{category}，{where}",
        description=said(effect),
        how=f"{effect.title.zh}。{promised}。底部画“{HIDDEN}”的月份不公布。",
        unit="件",
        months=tuple(point.month for point in effect.points),
        lines=lines,
        marks=((MONTHS, stage.zh),),
        hidden=frozenset({STATES[State.SUPPRESSED].zh}),
    )


def said(effect: Effect) -> str:
    """Return what the numbers of the same months of the year before and after add up to."""
    pairs = effect.compared
    if not pairs:
        return "前后没有都公布了件数的同一月份，不能比较。"
    before, after = (sum(pair[n].tickets or 0 for pair in pairs) for n in (0, 1))
    return f"前后都公布了件数的同一月份有 {len(pairs)} 个：之前 {before:,} 件，之后 {after:,} 件。"
