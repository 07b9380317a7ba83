"""Complaints of a category by month, as lines: all areas together and each area, from released counts only. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.charts.lines import HIDDEN, Line, Lines
from huiyin.signals.series import STATES, Point, Series, State

MONTHS = 24
"""How many months are drawn, the last ones; tables have all."""
AREAS = 5
"""Up to so many areas are drawn, each as a line; with more of them only their total is."""
TONES = ("grey", "accent-mid", "grey-mid", "accent-low", "grey-low")
TOTAL = "合计"


def value(point: Point) -> int | str:
    """Return the number of a month, or the words for why there is none."""
    return STATES[point.state].zh if point.tickets is None else point.tickets


def by_area(feed: Sequence[Series], category: str, months: int | None = MONTHS) -> Lines:
    """Return the lines of one channel's series of a category, the total first; all months with None."""
    total, *areas = feed
    drawn = areas if len(areas) <= AREAS else []
    start = -months if months else None
    lines = [Line(TOTAL, "accent", tuple(map(value, total.points[start:])))]
    lines += [
        Line(one.area_title.zh if one.area_title else one.area or "", tone, tuple(map(value, one.points[start:])))
        for one, tone in zip(drawn, TONES, strict=False)
    ]
    named = tuple(point.month for point in total.points[start:])
    return Lines(
        id=f"signals-{total.feed}-{total.category}",
        title=f"{total.title.zh} · {category}",
        description=_said(lines[0], named),
        how=how(total, drawn != areas),
        unit="件",
        months=named,
        lines=tuple(lines),
        hidden=frozenset({STATES[State.SUPPRESSED].zh}),
    )


def how(one: Series, total_only: bool = False) -> str:
    """Return how the numbers of a series are counted, and what is not shown of them."""
    promised = "；".join(promise.words.zh for promise in one.promises)
    mark = f"不够的不公布，为了不让人推算出来，有的也一起不公布，图里底部画“{HIDDEN}”；断开处没有数，不是零。"
    return f"按收到诉求的月份计件。{promised}。{mark}{'区域较多，只画合计。' if total_only else ''}"


def _said(line: Line, months: Sequence[str]) -> str:
    counted = [(month, n) for month, n in zip(months, line.values, strict=True) if isinstance(n, int)]
    if not counted:
        return f"{months[0]} 至 {months[-1]}，合计都没有公布。"
    most = max(counted, key=lambda row: row[1])
    last = counted[-1]
    return f"{months[0]} 至 {months[-1]}，合计最多的是 {most[0]}，{most[1]:,} 件；{last[0]} 为 {last[1]:,} 件。"
