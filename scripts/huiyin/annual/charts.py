"""Charts as SVG for pages and PNG for Word, drawn from the same description, with the same bytes each time.

Text on a page takes the colour of the page (currentColor), and the accent is a class of the style sheet's concern.
"""

from __future__ import annotations

from html import escape
from typing import Any

import vl_convert

from huiyin.annual.document import Chart

ACCENT = "#0b5c6b"
INK = "#1d2733"
FONTS = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
"""The first of these that the machine has; without any, a PNG has boxes for Chinese."""
WIDTH = 420
SCALE = 3
"""Pixels of a PNG for each unit, for print."""


def _specification(chart: Chart, ink: str) -> dict[str, Any]:
    """A Vega-Lite description: horizontal bars in the given order, each with its number, without grid or legend."""
    label = {"font": FONTS, "fontSize": 12, "color": ink}
    bars = [{"label": label, "value": value, "order": n} for n, (label, value) in enumerate(chart.bars)]
    place = {
        "field": "label",
        "type": "nominal",
        "sort": {"field": "order"},
        "axis": {
            "title": None,
            "ticks": False,
            "domain": False,
            "labelColor": ink,
            "labelLimit": 240,
            "labelPadding": 8,
        },
    }
    length = {"field": "value", "type": "quantitative", "axis": None}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": None,
        "width": WIDTH,
        "height": {"step": 26},
        "data": {"values": bars},
        "encoding": {"y": place, "x": length},
        "layer": [
            {"mark": {"type": "bar", "color": ACCENT, "height": 15}},
            {
                "mark": {"type": "text", "align": "left", "dx": 5, **label},
                "encoding": {"text": {"field": "value", "format": ","}},
            },
        ],
        "config": {"view": {"stroke": None}, "axis": {"labelFont": FONTS, "labelFontSize": 12}},
    }


def svg(chart: Chart) -> str:
    """Return the chart as an SVG element with title and description, to stand in a page."""
    drawn = str(vl_convert.vegalite_to_svg(_specification(chart, "currentColor")))
    head, _, body = drawn.partition(">")
    names = f"{chart.id}-title {chart.id}-desc"
    return (
        f'{head} role="img" aria-labelledby="{names}"><title id="{chart.id}-title">{escape(chart.title)}</title>'
        f'<desc id="{chart.id}-desc">{escape(chart.description)}</desc>{body}'
    )


def png(chart: Chart) -> bytes:
    """Return the chart as PNG on a clear ground, to stand in a document."""
    return bytes(vl_convert.vegalite_to_png(_specification(chart, INK), scale=SCALE))
