"""Charts: what they show as data, counted from cases, and how they are drawn. Only `drawing` loads what draws."""

from huiyin.charts.all_charts import charts
from huiyin.charts.chart import Chart, Column, Kind, Row, bars

__all__ = ["Chart", "Column", "Kind", "Row", "bars", "charts"]
