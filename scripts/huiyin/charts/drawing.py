"""Charts as SVG for pages and PNG for documents, described in Altair, drawn by vl-convert, the same bytes each time.

Sizes are given, not measured, so that they do not depend on the fonts of a machine. Text on a page takes the colour
of the page (currentColor) and its face; tones are hexadecimal colours that the style sheet knows. Both libraries are
loaded only here and only when something is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from huiyin.charts.chart import Chart, Kind
from huiyin.processes import stay_one

if TYPE_CHECKING:
    import altair

TONES = {
    "accent": ("#0b5c6b", 1.0),
    "accent-mid": ("#0b5c6b", 0.5),
    "accent-low": ("#0b5c6b", 0.3),
    "accent-soft": ("#0b5c6b", 0.14),
    "ok": ("#14704e", 1.0),
    "ok-mid": ("#14704e", 0.45),
    "late": ("#b3261e", 1.0),
    "grey": ("#51606f", 1.0),
    "grey-mid": ("#51606f", 0.45),
    "grey-low": ("#51606f", 0.25),
    "grey-soft": ("#51606f", 0.12),
}
"""The colours of a part, each with how much of it; the page's key shows the same by class."""
INK, PAGE = "#1d2733", "currentColor"
PAPER = "#ffffff"
"""The colour of numbers on a full tone; on a page the style sheet makes it that of the paper."""
FONTS = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
"""The first of these that the machine has; without any, a PNG has boxes for Chinese."""
WIDTH = 440
"""The width of a chart with its labels; narrow enough to be read on a phone without moving it about."""
RIGHT = 36
"""Room for numbers behind a row."""
LABEL = 10
"""Characters of a label before a row."""
SHADE = (0.1, 0.5)
"""How dark the cells of a matrix are, from few to the most; numbers in ink can be read on all of them."""
NONE = 0.04
"""How dark a cell without anything is."""
BAND = 26
"""The height of a row."""
HEIGHT = 190
"""The height of upright bars."""
SIZE = 12
SCALE = 3
"""Pixels of a PNG for each unit, for print."""
SVG = "http://www.w3.org/2000/svg"
LONG = re.compile(r"\d+\.\d{2,}")
"""A number with more places than can be seen."""
KEPT = {
    *("d", "transform", "x", "y", "dy", "x1", "y1", "x2", "y2", "width", "height", "viewBox", "text-anchor"),
    *("fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "opacity", "font-size"),
}
"""The attributes that stay; roles and labels of single marks would be read out one by one."""


def svg(chart: Chart) -> str:
    """Return the chart as an SVG element with title and description, to stand in a page."""
    return element(chart.id, chart.title, chart.description, _described(chart, PAGE))


def element(identifier: str, title: str, description: str, described: dict[str, Any]) -> str:
    """Return what Vega-Lite describes as an SVG element with title and description."""
    import vl_convert

    stay_one()
    drawn = vl_convert.vegalite_to_svg(described)
    root = ElementTree.fromstring(drawn)  # noqa: S314 (our own)
    _thin(root)
    ElementTree.register_namespace("", SVG)
    body = "".join(ElementTree.tostring(child, encoding="unicode").replace(f' xmlns="{SVG}"', "") for child in root)
    names = f"{identifier}-title {identifier}-desc"
    return (
        f'<svg xmlns="{SVG}" viewBox="{root.get("viewBox")}" width="{root.get("width")}" height="{root.get("height")}"'
        f' font-family="{FONTS}" role="img" aria-labelledby="{names}">'
        f'<title id="{identifier}-title">{escape(title)}</title>'
        f'<desc id="{identifier}-desc">{escape(description)}</desc>{body}</svg>'
    )


def png(chart: Chart) -> bytes:
    """Return the chart as PNG on a clear ground, to stand in a document."""
    import vl_convert

    stay_one()
    return bytes(vl_convert.vegalite_to_png(_described(chart, INK), scale=SCALE))


def _thin(element: ElementTree.Element) -> None:
    """Take out what is not seen."""
    for child in list(element):
        if child.get("display") == "none" or child.get("class") == "background":
            element.remove(child)
            continue
        _thin(child)
        empty = not len(child) and not (child.text or "").strip()
        name = child.tag.removeprefix(f"{{{SVG}}}")
        if name in ("g", "text") and empty:
            element.remove(child)
    for name in set(element.attrib) - KEPT:
        del element.attrib[name]
    if element.get("opacity") == "1":
        del element.attrib["opacity"]
    for name in ("d", "transform"):
        if name in element.attrib:
            element.set(name, LONG.sub(lambda number: f"{float(number[0]):.1f}", element.attrib[name]))


def _described(chart: Chart, ink: str) -> dict[str, Any]:
    """Return the chart as Vega-Lite, from Altair's words."""
    upright, matrix = chart.kind in (Kind.COLUMNS, Kind.PAIRS), chart.kind is Kind.MATRIX
    layers = (_upright if upright else _matrix if matrix else _lying)(chart, ink)
    left, right = 0 if upright else _room(chart), 0 if upright or matrix else RIGHT
    top, bottom = (22, 36) if upright else (22, 2) if matrix else (2, 2)
    height = HEIGHT if upright else BAND * len(chart.rows)
    padding = {"left": left, "top": top, "right": right, "bottom": bottom}
    return framed(layers, WIDTH - left - right, height, padding)


def framed(layers: list[Any], width: int, height: int, padding: dict[str, int]) -> dict[str, Any]:
    """Return layers, one over another, as Vega-Lite of a given size without a frame."""
    import altair

    placed = altair.LayerChart(layer=layers).properties(
        width=width, height=height, padding=padding, background="transparent", autosize={"type": "none"}
    )
    return dict(placed.configure_view(stroke=None).to_dict(validate=False))


def _lying(chart: Chart, ink: str) -> list[altair.Chart]:
    """Bars from left to right, whole or of parts, with the label before and the sum behind each."""
    import altair as alt

    most = max((sum(row.numbers) for row in chart.rows), default=0) or 1
    y, x = _band("y"), alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, most], nice=False))
    wide = WIDTH - _room(chart) - RIGHT
    parts = plotted(_parts(chart, ink, lambda number: number * wide / most))
    total = plotted(
        {"row": n, "end": sum(row.numbers), "text": f"{sum(row.numbers):,}"} for n, row in enumerate(chart.rows)
    )
    marks = parts.mark_bar(height=16).encode(y=y, x=x, x2="end:Q", **_toned())
    layers = [
        marks,
        total.mark_text(align="left", dx=5, **lettering(ink)).encode(y=y, x=alt.X("end:Q", axis=None), text="text:N"),
    ]
    if chart.kind is Kind.PARTS:
        middle = alt.X("middle:Q", axis=None)
        layers.append(
            parts.mark_text(**lettering(ink, fontSize=SIZE - 1)).encode(y=y, x=middle, text="text:N", color=_ink())
        )
    return [*layers, _labels(chart, ink)]


def _upright(chart: Chart, ink: str) -> list[altair.Chart]:
    """Bars that stand, of parts or side by side, with the label below each, and above it its sum or its number."""
    import altair as alt

    pairs = chart.kind is Kind.PAIRS
    most = max(((max if pairs else sum)(row.numbers) for row in chart.rows), default=0) or 1
    x, y = _band("x"), alt.Y("start:Q", axis=None, scale=alt.Scale(domain=[0, most], nice=False))
    data = plotted(_parts(chart, ink, lambda number: (number * HEIGHT / most - 8) * 9, pairs))
    beside = {"xOffset": alt.XOffset("part:O", scale=alt.Scale(domain=[*range(len(chart.columns))]))} if pairs else {}
    layers = [data.mark_bar().encode(x=x, y=y, y2="end:Q", **_toned(), **beside)]
    if pairs:
        above = data.mark_text(dy=-6, **lettering(ink, fontSize=SIZE - 2)).encode(
            x=x, y=alt.Y("end:Q", axis=None), text="number:N", **beside
        )
    else:
        sums = (
            (n, sum(row.numbers), chart.notes[n] if chart.notes else f"{sum(row.numbers):,}")
            for n, row in enumerate(chart.rows)
        )
        tops = plotted({"row": n, "end": end, "text": text if end else ""} for n, end, text in sums)
        above = tops.mark_text(dy=-7, **lettering(ink, fontSize=SIZE - 1)).encode(
            x=x, y=alt.Y("end:Q", axis=None), text="text:N"
        )
        inside = data.mark_text(**lettering(ink, fontSize=SIZE - 1)).encode(
            x=x, y=alt.Y("middle:Q", axis=None), text="text:N", color=_ink()
        )
        layers.append(inside)
    names = plotted({"row": n, "label": label} for n, label in enumerate(chart.drawn_labels))
    below = names.mark_text(baseline="top", lineBreak="|", **lettering(ink, fontSize=SIZE - 1))
    return [*layers, above, below.encode(x=x, y=alt.value(HEIGHT + 5), text="label:N")]


def _matrix(chart: Chart, ink: str) -> list[altair.Chart]:
    """A cell for each number, the darker the more, with the number in it; the columns are named above."""
    import altair as alt

    most = max((number for row in chart.rows for number in row.numbers), default=0) or 1
    low, high = SHADE
    cells: list[dict[str, Any]] = []
    for n, row in enumerate(chart.rows):
        for place, number in enumerate(row.numbers):
            share = low + (high - low) * number / most if number else NONE
            cells.append({"row": n, "part": place, "share": share, "text": f"{number:,}" if number else ""})
    data, y = plotted(cells), alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.08, paddingOuter=0))
    x = alt.X("part:O", axis=None, scale=alt.Scale(paddingInner=0.04, paddingOuter=0))
    shade = alt.FillOpacity("share:Q", scale=None)
    squares = data.mark_rect(color=TONES["accent"][0]).encode(y=y, x=x, fillOpacity=shade)
    numbers = data.mark_text(**lettering(ink)).encode(y=y, x=x, text="text:N")
    heads = plotted({"part": n, "label": column.title} for n, column in enumerate(chart.columns))
    above = heads.mark_text(baseline="bottom", **lettering(ink, fontSize=SIZE - 1))
    return [squares, numbers, above.encode(x=x, y=alt.value(-5), text="label:N"), _labels(chart, ink)]


def _parts(chart: Chart, ink: str, long: Callable[[int], float], pairs: bool = False) -> Iterator[dict[str, Any]]:
    """The parts of each bar one behind another, or side by side; a number is drawn where there is room for it."""
    for n, row in enumerate(chart.rows):
        start = 0
        for place, (number, column) in enumerate(zip(row.numbers, chart.columns, strict=True)):
            fill, share = TONES[column.tone]
            text = f"{number:,}"
            if number:
                yield {
                    "row": n, "part": place, "start": start, "end": start + number, "middle": start + number / 2,
                    "fill": fill, "share": share, "number": text,
                    "text": text if long(number) > 5 + 7 * len(text) else "",
                    "ink": PAPER if share > 0.5 else ink,
                }  # fmt: skip
            start += 0 if pairs else number


def _labels(chart: Chart, ink: str) -> Any:
    """The labels of rows, before them."""
    import altair as alt

    rows = plotted({"row": n, "label": _cut(label)} for n, label in enumerate(chart.drawn_labels))
    return rows.mark_text(align="right", **lettering(ink)).encode(y=_band("y"), x=alt.value(-8), text="label:N")


def _room(chart: Chart) -> int:
    """The room that the labels before rows take, as wide as Chinese is; not measured."""
    return 12 + SIZE * max((len(_cut(label)) for label in chart.drawn_labels), default=0)


def _cut(label: str) -> str:
    """A label that fits before its row; the table has the whole one."""
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"


def _band(channel: str) -> Any:
    import altair as alt

    kind = alt.Y if channel == "y" else alt.X
    return kind("row:O", axis=None, scale=alt.Scale(padding=0.2))


def _toned() -> dict[str, Any]:
    import altair as alt

    return {"fill": alt.Fill("fill:N", scale=None), "fillOpacity": alt.FillOpacity("share:Q", scale=None)}


def _ink() -> Any:
    import altair as alt

    return alt.Color("ink:N", scale=None)


def lettering(ink: str, **more: Any) -> dict[str, Any]:
    """Return how words are drawn, in the colour `ink`."""
    return {"font": FONTS, "fontSize": SIZE, "color": ink, **more}


def plotted(rows: Iterable[dict[str, Any]]) -> Any:
    """Return a chart without marks over rows of data."""
    import altair

    return altair.Chart({"values": list(rows)})
