"""How lines over months are drawn.

Gaps stay gaps, hidden months are marked at the foot, each line is named at its end, or above it where another follows.

Altair is loaded only when something is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from huiyin.charts.drawing import HEIGHT, PAGE, SIZE, TONES, WIDTH, element, framed, lettering, plotted
from huiyin.charts.lines import HIDDEN, NOTHING, Line, Lines

NAMES = 76
"""Room for the names of lines, behind their ends."""
APART = 14
"""How far names of lines stand apart at least, in units of the drawing."""
EACH = 3
"""Every so many months one is named."""


def svg(chart: Lines) -> str:
    """Return the chart as an SVG element with title and description, to stand in a page."""
    return element(chart.id, chart.title, chart.description, _described(chart, PAGE))


def _described(chart: Lines, ink: str) -> dict[str, Any]:
    most = max((v for line in chart.lines for v in line.values if isinstance(v, int)), default=0) or 1
    layers = [*_ground(chart, most, ink), *_marks(chart, most, ink)]
    for place, line in enumerate(chart.lines):
        layers += _line(line, most, chart.hidden, place)
    layers.append(_names_above(chart, most, ink) if chart.in_turn else _names(chart, most, ink))
    right = 8 if chart.in_turn else NAMES
    return framed(layers, WIDTH - 8 - right, HEIGHT, {"left": 8, "top": 26, "right": right, "bottom": 36})


def _x(chart_months: int) -> Any:
    import altair as alt

    return alt.X("at:Q", axis=None, scale=alt.Scale(domain=[-0.5, chart_months - 0.5], nice=False))


def _y(most: int, field: str = "value") -> Any:
    import altair as alt

    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, most], nice=False))


def _ground(chart: Lines, most: int, ink: str) -> Iterator[Any]:
    """The foot with its months, and the height of the largest number."""
    months = len(chart.months)
    grey, share = TONES["grey-low"]
    for height in (0, most):
        ends = plotted([{"at": -0.5, "value": height}, {"at": months - 0.5, "value": height}])
        yield ends.mark_line(stroke=grey, strokeOpacity=share, strokeWidth=1).encode(x=_x(months), y=_y(most))
    top = plotted([{"at": -0.5, "value": most, "text": f"{most:,} {chart.unit}"}])
    yield top.mark_text(align="left", baseline="bottom", dy=-4, **lettering(ink, fontSize=SIZE - 2)).encode(
        x=_x(months), y=_y(most), text="text:N"
    )
    named = plotted(
        {"at": n, "value": 0, "text": f"{int(month[5:])}月|{month[:4]}"}
        for n, month in enumerate(chart.months)
        if n % EACH == 0
    )
    yield named.mark_text(baseline="top", dy=7, lineBreak="|", **lettering(ink, fontSize=SIZE - 2)).encode(
        x=_x(months), y=_y(most), text="text:N"
    )


def _marks(chart: Lines, most: int, ink: str) -> Iterator[Any]:
    """What happened in which month: an upright with its words above."""
    months = len(chart.months)
    grey, share = TONES["grey"]
    for at, words in chart.marks:
        ends = plotted([{"at": at, "value": 0}, {"at": at, "value": most}])
        yield ends.mark_line(stroke=grey, strokeOpacity=share, strokeWidth=1).encode(x=_x(months), y=_y(most))
        told = plotted([{"at": at, "value": most, "text": words}])
        yield told.mark_text(baseline="bottom", dy=-4, **lettering(ink, fontSize=SIZE - 2)).encode(
            x=_x(months), y=_y(most), text="text:N"
        )


def _line(line: Line, most: int, hidden: frozenset[str], place: int) -> Iterator[Any]:
    """The stretches of a line, a point for each number, and a mark at the foot where a number is not shown."""
    months = len(line.values)
    fill, share = TONES[line.tone]
    for stretch in _stretches(line.values):
        rows = plotted({"at": at, "value": value} for at, value in stretch)
        if len(stretch) > 1:
            yield rows.mark_line(stroke=fill, strokeOpacity=share, strokeWidth=2).encode(x=_x(months), y=_y(most))
        yield rows.mark_circle(size=14, color=fill, opacity=share).encode(x=_x(months), y=_y(most))
    missing = [{"at": at, "value": 0, "text": HIDDEN} for at, v in enumerate(line.values) if v in hidden]
    if missing:
        marks = plotted(missing).mark_text(dy=-6 - 9 * place, **lettering(fill, fontSize=SIZE - 2, opacity=share))
        yield marks.encode(x=_x(months), y=_y(most), text="text:N")


def _stretches(values: Sequence[int | str]) -> list[list[tuple[int, int]]]:
    """The numbers that stand in a row, with their places."""
    found: list[list[tuple[int, int]]] = []
    last = -2
    for at, value in enumerate(values):
        if isinstance(value, int):
            if at == last + 1:
                found[-1].append((at, value))
            else:
                found.append([(at, value)])
            last = at
    return found


def _names_above(chart: Lines, most: int, ink: str) -> Any:
    """The name of each line above the middle of its months; of one month, what happened in it says enough."""
    rows = []
    for line in chart.lines:
        own = [at for at, value in enumerate(line.values) if value != NOTHING]
        if len(own) > 1:
            rows.append({"at": (own[0] + own[-1]) / 2, "value": most, "text": line.title})
    named = plotted(rows).mark_text(baseline="bottom", dy=-4, **lettering(ink, fontSize=SIZE - 1))
    return named.encode(x=_x(len(chart.months)), y=_y(most), text="text:N")


def _names(chart: Lines, most: int, ink: str) -> Any:
    """The name of each line behind its last number, moved apart where they would meet."""
    ends = []
    for place, line in enumerate(chart.lines):
        last = next((v for v in reversed(line.values) if isinstance(v, int)), 0)
        ends.append((HEIGHT - last * HEIGHT / most, place, line.title))
    rows, above = [], -float(APART)
    for wanted, _, title in sorted(ends):
        above = max(wanted, above + APART)
        rows.append((above, title))
    down = max(0.0, rows[-1][0] - HEIGHT) if rows else 0.0
    placed = plotted(
        {"at": len(chart.months) - 0.5, "value": most * (1 - (top - down) / HEIGHT), "text": title}
        for top, title in rows
    )
    return placed.mark_text(align="left", dx=4, **lettering(ink, fontSize=SIZE - 1)).encode(
        x=_x(len(chart.months)), y=_y(most), text="text:N"
    )
