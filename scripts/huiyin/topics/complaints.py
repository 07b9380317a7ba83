"""Complaints that come back after a reply of class resolved: released counts of its category, before and after. Pure.

What is counted is a category, in an area or in all of them, so it shows where to look and proves nothing: another
cause may stand behind it. Only months that were released and are over count; a hidden, withdrawn or missing month is
no zero, and never enters an average or a run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from huiyin.model import Event, Proposal, Registry, Signals
from huiyin.signals.series import Point, Series, State, by_feed, calendar_months, series

BEFORE = 12
"""How many months before that of the reply make up what was usual."""
LEAST = 3
"""How many of them must be counted."""
RUN = 2
"""How many months running must reach what was usual, so that one bad month is none."""


@dataclass(frozen=True)
class Complaints:
    """Complaints after a reply as many as before it: the series, the counted months before, and the months running."""

    series: Series
    before: tuple[Point, ...]
    again: tuple[Point, ...]

    @property
    def usual(self) -> float:
        """Tickets in an average month before the reply."""
        return sum(point.tickets or 0 for point in self.before) / len(self.before)

    @property
    def since(self) -> date:
        """The first day of the first of the months running."""
        return date.fromisoformat(f"{self.again[0].month}-01")


@dataclass(frozen=True)
class Watch:
    """Everything that was released of complaints, as a reader has it on the day `as_of`."""

    released: tuple[Signals, ...]
    as_of: date

    @classmethod
    def over(cls, registry: Registry, as_of: date) -> Watch:
        """Return what a registry has released by the day."""
        return cls(tuple(registry.signals.values()), as_of)

    @cached_property
    def _by_category(self) -> dict[str, tuple[Series, ...]]:
        return {}

    def came_back(self, proposal: Proposal, reply: Event) -> Iterator[Complaints]:
        """Yield each channel's complaints that came back after `reply`, in the areas that the proposal names, or all.

        They came back when RUN months running after that of the reply each have at least as many tickets as the
        average month before.
        """
        if reply.on is None:
            return
        named = _text(proposal)
        for feed in by_feed(self._series(proposal.category)):
            areas = [one for one in feed if one.area_title and one.area_title.zh in named]
            for one in areas or [one for one in feed if one.area is None]:
                if found := _after(one, reply.on, self.as_of):
                    yield found

    def _series(self, category: str) -> tuple[Series, ...]:
        if category not in self._by_category:
            self._by_category[category] = series(self.released, category)
        return self._by_category[category]


def _text(proposal: Proposal) -> str:
    return "\n".join((proposal.title, proposal.situation or "", *(ask.text for ask in proposal.asks)))


def _after(one: Series, replied: date, as_of: date) -> Complaints | None:
    """The first run of months after the reply that reach what was usual before it."""
    month, today = f"{replied:%Y-%m}", f"{as_of:%Y-%m}"
    earliest = calendar_months(f"{replied.year - 1:04}-{month[5:]}", month)[-1 - BEFORE]
    counted = [point for point in one.points if point.state == State.COUNTED and point.month < today]
    before = tuple(point for point in counted if earliest <= point.month < month)
    usual = sum(point.tickets or 0 for point in before)
    if len(before) < LEAST or not usual:
        return None
    run: list[Point] = []
    for point in one.points:
        if point.month <= month or point not in counted or (point.tickets or 0) * len(before) < usual:
            run.clear()
            continue
        run.append(point)
        if len(run) == RUN:
            return Complaints(one, before, tuple(run))
    return None
