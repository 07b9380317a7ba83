"""Tables of what is gathered around proposals: complaint counts as they were released."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.export.columns import TEXT, WHOLE, Table, columns
from huiyin.export.rows import Row, Scope
from huiyin.findings import Text
from huiyin.model import SignalRow, Signals
from huiyin.signals.series import State, over


def signals(scope: Scope) -> Iterator[Row]:
    """One row a month, category and area of each channel, the total with no area; a withdrawn month has one row."""
    known = over(scope.registry.signals.values(), scope.as_of)
    for one in sorted(known, key=lambda one: (one.feed, one.month)):
        if one.withdrawn:
            yield one.feed, one.month, None, None, State.WITHDRAWN.value, None, one.unit, one.k
        for row in sorted(one.rows, key=lambda row: row.category):
            yield from _cells(one, row)


def _cells(one: Signals, row: SignalRow) -> Iterator[Row]:
    for area in (None, *sorted(one.areas)):
        tickets = row.cell(area)
        state = State.SUPPRESSED if tickets is None else State.COUNTED
        yield one.feed, one.month, row.category, area, state.value, tickets, one.unit, one.k


GATHERED = (
    Table(
        "signals",
        Text(
            "民情信号：每个渠道、月份、类别和区域一行，区域空着的是合计",
            "complaint counts: one row per channel, month, category and area; the total has no area",
        ),
        columns(
            ("feed", TEXT, "来源代号", "code of the source"),
            ("month", TEXT, "月份", "month"),
            ("category", TEXT, "类别", "category"),
            ("area", TEXT, "区域，空着的是合计", "area; none for the total"),
            (
                "state",
                TEXT,
                "counted 公布，suppressed 不公布，withdrawn 整月收回",
                "counted, suppressed, or withdrawn with the whole month",
            ),
            ("tickets", WHOLE, "件数，不公布的空着", "tickets; none where suppressed"),
            ("unit", TEXT, "按什么数够人数", "what is told apart: complainants or tickets"),
            ("k", WHOLE, "每个数背后至少几个", "how many stand at least behind each number"),
        ),
        signals,
    ),
)
"""Tables beside those of proposals."""
