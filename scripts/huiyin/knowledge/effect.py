"""Complaints of a category in the twelve months before and after a policy took effect, from released counts. Pure.

It says what was counted, not why: other things changed too, and complaints are no measure of problems.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from huiyin.findings import Text
from huiyin.model import PolicyStage, Signals
from huiyin.signals.series import Point, Promise, Series, State, by_feed, series

MONTHS = 12
"""How many months before and after."""


@dataclass(frozen=True)
class Effect:
    """The months around the beginning of a stage in one channel: MONTHS before, the month itself, MONTHS after.

    `area_titles` are the areas whose counts are added up; empty where the total of all areas is taken.
    """

    stage: PolicyStage
    feed: str
    title: Text
    area_titles: tuple[Text, ...]
    points: tuple[Point, ...]
    promises: tuple[Promise, ...]

    @property
    def before(self) -> tuple[Point, ...]:
        """The months before."""
        return self.points[:MONTHS]

    @property
    def after(self) -> tuple[Point, ...]:
        """The months after."""
        return self.points[MONTHS + 1 :]

    @property
    def compared(self) -> tuple[tuple[Point, Point], ...]:
        """Pairs of the same month of the year before and after, of which both are counted."""
        pairs = zip(self.before[1:], self.after[: MONTHS - 1], strict=True)
        return tuple((one, other) for one, other in pairs if one.tickets is not None and other.tickets is not None)


def effects(stages: Sequence[PolicyStage], category: str, released: Iterable[Signals]) -> Iterator[Effect]:
    """Yield what can be said of each stage in each channel that has counts of the category around its beginning."""
    feeds = by_feed(series(released, category))
    for stage in stages:
        for rows in feeds:
            effect = _effect(stage, rows)
            if any(point.tickets is not None for point in effect.points):
                yield effect


def _effect(stage: PolicyStage, rows: Sequence[Series]) -> Effect:
    chosen = [one for one in rows if one.area in stage.areas] if stage.areas else [rows[0]]
    start = stage.on.year * 12 + stage.on.month - 1
    months = [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(start - MONTHS, start + MONTHS + 1)]
    known = [{point.month: point for point in one.points} for one in chosen]
    points = tuple(_sum(month, [one.get(month, Point(month, State.ABSENT)) for one in known]) for month in months)
    titles = tuple(one.area_title for one in chosen if one.area_title)
    return Effect(stage, rows[0].feed, rows[0].title, titles, points, rows[0].promises)


def _sum(month: str, points: Sequence[Point]) -> Point:
    """The sum of areas, where each of them is counted; else the state of the first that is not."""
    missing = next((point for point in points if point.tickets is None), None)
    if missing or not points:
        return Point(month, missing.state if missing else State.ABSENT)
    return Point(month, State.COUNTED, sum(point.tickets or 0 for point in points))
