"""One way to draw whatever kind of chart it is."""

from __future__ import annotations

from huiyin.charts import drawing, drawn_lines
from huiyin.charts.chart import Chart
from huiyin.charts.lines import Lines


def picture(chart: Chart | Lines) -> str:
    """Return the chart as an SVG element with title and description, to stand in a page."""
    return drawn_lines.svg(chart) if isinstance(chart, Lines) else drawing.svg(chart)
