"""Counting days: holidays, make-up workdays, months, and what is not known yet.

Working days follow the State Council's yearly notice, make-up workdays included. A year whose notice is not out is
unknown, not free of holidays: a count that touches it gives an earliest and a latest day, and is provisional.
Day zero, corresponding day and roll-over: 民法典 第二百条至第二百零四条.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

OFFSETS_SINCE = 2008
"""The first year whose notices show how far each holiday's closing can reach (the present set of holidays)."""
MAKE_UP_REACH = 10
"""Days around a statutory holiday within which a weekend may be declared a working day."""
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Holiday:
    """A statutory holiday of one year: its own day (for 春节 the new year) and its statutory days off."""

    name: str
    day: date
    first: date
    last: date


@dataclass(frozen=True)
class Year:
    """One year's file: its statutory holidays and, once the notice is out, the days closed and worked."""

    year: int
    published: bool
    statutory: tuple[Holiday, ...]
    closed: Mapping[date, str] = field(default_factory=dict)
    worked: Mapping[date, str] = field(default_factory=dict)
    corrected: date | None = None
    """The day on which the file was last corrected after its notice was out."""


@dataclass(frozen=True)
class Count:
    """The result of a count: where it nominally ends and the due day, an interval while a year is unknown.

    `skipped` are the days off that moved the end: those rolled over, or for working days all that were not counted.
    """

    nominal: date
    earliest: date
    latest: date
    provisional: bool
    skipped: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True)
class Calendar:
    """All years that are known, and what follows for a day."""

    years: Mapping[int, Year]

    @cached_property
    def _closed(self) -> dict[date, str]:
        return {day: name for year in self.years.values() for day, name in year.closed.items()}

    @cached_property
    def _worked(self) -> dict[date, str]:
        return {day: name for year in self.years.values() for day, name in year.worked.items()}

    @cached_property
    def _reach(self) -> dict[str, set[int]]:
        """For each holiday: the days, counted from its own day, on which it was closed in any year since 2008."""
        reach: dict[str, set[int]] = defaultdict(set)
        for year in self.years.values():
            if year.year < OFFSETS_SINCE or not year.published:
                continue
            for day, name in year.closed.items():
                for holiday in year.statutory:
                    if holiday.name.removesuffix("节") in name:
                        reach[holiday.name].add((day - holiday.day).days)
        return reach

    @cached_property
    def _unpublished(self) -> tuple[Holiday, ...]:
        return tuple(day for year in self.years.values() if not year.published for day in year.statutory)

    @cached_property
    def _statutory(self) -> dict[date, str]:
        return {day: holiday.name for holiday in self._unpublished for day in _span(holiday.first, holiday.last)}

    @cached_property
    def _perhaps_closed(self) -> dict[date, str]:
        reached = {
            holiday.day + timedelta(days=offset): holiday.name
            for holiday in self._unpublished
            for offset in self._reach[holiday.name]
        }
        return reached | self._statutory

    @cached_property
    def _perhaps_worked(self) -> frozenset[date]:
        reach = timedelta(days=MAKE_UP_REACH)
        return frozenset(
            day
            for holiday in self._unpublished
            for day in _span(holiday.first - reach, holiday.last + reach)
            if day.weekday() >= 5 and day not in self._statutory
        )

    def published(self, year: int) -> bool:
        """Whether the notice for `year` is in the calendar."""
        known = self.years.get(year)
        return known is not None and known.published

    def works_early(self, day: date) -> bool:
        """Whether `day` is worked, where unknown years have as many working days as they can have."""
        if day in self._worked or day in self._closed:
            return day in self._worked
        if day in self._statutory:
            return False
        return day.weekday() < 5 or day in self._perhaps_worked

    def works_late(self, day: date) -> bool:
        """Whether `day` is worked, where unknown years have as few working days as they can have."""
        if day in self._worked or day in self._closed:
            return day in self._worked
        return day.weekday() < 5 and day not in self._perhaps_closed

    def why_off(self, day: date) -> str:
        """Return the holiday that `day` belongs to, or 周末."""
        return self._closed.get(day) or self._perhaps_closed.get(day) or "周末"

    def count(self, start: date, value: int, unit: str, rollover: bool) -> Count:
        """Count `value` of `unit` ("day", "workday", "month") from `start`, which is day zero.

        With `rollover` a last day off moves to the next working day. Working days never need it.
        """
        asked = (start, value, unit, rollover)
        known = self._counts.get(asked)
        if known is None:
            known = self._counts[asked] = self._count(start, value, unit, rollover)
        return known

    @cached_property
    def _counts(self) -> dict[tuple[date, int, str, bool], Count]:
        """What was counted before: many items start on the same days."""
        return {}

    def _count(self, start: date, value: int, unit: str, rollover: bool) -> Count:
        if unit == "workday":
            earliest, _ = self._workdays(start, value, self.works_early)
            latest, skipped = self._workdays(start, value, self.works_late)
            return self._counted(latest, earliest, latest, skipped)
        nominal = add_months(start, value) if unit == "month" else start + timedelta(days=value)
        if not rollover:
            return Count(nominal, nominal, nominal, provisional=False)
        earliest, _ = self._roll(nominal, self.works_early)
        latest, skipped = self._roll(nominal, self.works_late)
        return self._counted(nominal, earliest, latest, skipped)

    def _counted(self, nominal: date, earliest: date, latest: date, skipped: Iterable[date]) -> Count:
        years = {nominal.year, earliest.year, latest.year}
        provisional = earliest != latest or not all(self.published(year) for year in years)
        return Count(nominal, earliest, latest, provisional, tuple((day, self.why_off(day)) for day in skipped))

    def _roll(self, day: date, works: Callable[[date], bool]) -> tuple[date, list[date]]:
        skipped = []
        while not works(day):
            skipped.append(day)
            day += ONE
        return day, skipped

    def _workdays(self, start: date, value: int, works: Callable[[date], bool]) -> tuple[date, list[date]]:
        day, left, skipped = start, value, []
        while left:
            day += ONE
            if works(day):
                left -= 1
            else:
                skipped.append(day)
        return day, skipped


def add_months(start: date, months: int) -> date:
    """Return the corresponding day `months` later, or that month's last day where it has none (民法典 第二百零二条)."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _span(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
