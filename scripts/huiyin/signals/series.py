"""What a page shows of signals: tickets by month, of a category in one area or in all. From released counts only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiyin.findings import Text
from huiyin.model import Signals


class State(StrEnum):
    """What a page can say about a month."""

    COUNTED = "counted"
    SUPPRESSED = "suppressed"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"


STATES = {
    State.COUNTED: Text("件数", "tickets"),
    State.SUPPRESSED: Text("不公布，以免认出来电人", "not shown, so that no complainant can be told"),
    State.WITHDRAWN: Text("已收回", "withdrawn"),
    State.ABSENT: Text("没有数据", "no data"),
}
"""The words for them."""


@dataclass(frozen=True)
class Point:
    """A month ("2026-05") of a series; `tickets` only where they are counted, 0 included."""

    month: str
    state: State
    tickets: int | None = None


@dataclass(frozen=True)
class Promise:
    """How many stand at least behind each number, of what: complainants or tickets."""

    k: int
    unit: str

    @property
    def words(self) -> Text:
        """Return the sentence that a page puts under the numbers."""
        if self.unit == "complainants":
            return Text(
                f"每个数背后至少有 {self.k} 个不同的来电人",
                f"at least {self.k} different complainants behind each number",
            )
        return Text(
            f"每个数至少 {self.k} 件；来源没有来电人代号，分不清是几个人",
            f"at least {self.k} tickets behind each number; the source does not tell complainants apart",
        )


@dataclass(frozen=True)
class Series:
    """The months of one channel for a category, in one area, or in all of them where `area` is None."""

    feed: str
    title: Text
    category: str
    area: str | None
    area_title: Text | None
    points: tuple[Point, ...]
    promises: tuple[Promise, ...]
    """One, or several where a channel's changed over time."""


def series(released: Iterable[Signals], category: str) -> tuple[Series, ...]:
    """Return the series of a category: for each channel that of all areas together, then one for each area.

    Every series runs over all months from the channel's first to its last one, in order.
    """
    return tuple(one for months in _feeds(released) for one in _of_feed(months, category))


def by_feed(rows: Iterable[Series]) -> list[list[Series]]:
    """Return series by their channel, in the order in which they come."""
    feeds: dict[str, list[Series]] = {}
    for one in rows:
        feeds.setdefault(one.feed, []).append(one)
    return list(feeds.values())


def over(released: Iterable[Signals], as_of: date) -> list[Signals]:
    """Return the signals of months that are over on the day `as_of`: what a page of that day may know of."""
    return [one for one in released if one.month < f"{as_of:%Y-%m}"]


def categories(released: Iterable[Signals]) -> tuple[str, ...]:
    """Return the categories of which something was released, or hidden, in order of their codes."""
    return tuple(sorted({row.category for signals in released for row in signals.rows}))


def _feeds(released: Iterable[Signals]) -> Iterator[list[Signals]]:
    feeds: dict[str, list[Signals]] = {}
    for signals in sorted(released, key=lambda one: (one.feed, one.month)):
        feeds.setdefault(signals.feed, []).append(signals)
    yield from feeds.values()


def _of_feed(months: list[Signals], category: str) -> Iterator[Series]:
    areas = {area: title for one in months for area, title in one.areas.items()}
    promises = tuple(dict.fromkeys(Promise(one.k, one.unit) for one in months))
    by_month = {one.month: one for one in months}
    for area in (None, *sorted(areas)):
        points = tuple(
            _point(month, by_month.get(month), category, area)
            for month in calendar_months(months[0].month, months[-1].month)
        )
        last = months[-1]
        yield Series(last.feed, last.title, category, area, areas[area] if area else None, points, promises)


def _point(month: str, signals: Signals | None, category: str, area: str | None) -> Point:
    if signals is None or (area is not None and area not in signals.areas):
        return Point(month, State.ABSENT)
    if signals.withdrawn:
        return Point(month, State.WITHDRAWN)
    row = next((row for row in signals.rows if row.category == category), None)
    if row is None:
        return Point(month, State.COUNTED, 0)
    tickets = row.cell(area)
    return Point(month, State.SUPPRESSED if tickets is None else State.COUNTED, tickets)


def calendar_months(first: str, last: str) -> list[str]:
    """Return every month from `first` to `last` ("2026-05"), both included."""
    start, end = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(start, end + 1)]
