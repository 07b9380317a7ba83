"""Every chart of the site, in the order in which they are shown. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from huiyin.cases import Case
from huiyin.charts import flow, results, stages
from huiyin.charts.chart import Chart
from huiyin.figures import converted_into
from huiyin.figures.facts import facts
from huiyin.model import Registry


def charts(registry: Registry, cases: Iterable[Case], as_of: date) -> tuple[Chart, ...]:
    """Return every chart that has something to show on `as_of`."""
    rows = tuple(cases)
    converted = converted_into(rows)
    items = tuple(facts(case, as_of, converted) for case in rows)
    made = (
        flow.by_month(items, as_of),
        flow.funnel(items),
        flow.on_time(items, as_of),
        results.classes(items, registry),
        results.satisfaction(items, registry),
        results.commitments(items, as_of),
        stages.time_in_stages(items, as_of),
        stages.agencies(items, registry),
    )
    return tuple(chart for chart in made if any(any(row.numbers) for row in chart.rows))
