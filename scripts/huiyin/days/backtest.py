"""How well the interval of a year not yet announced holds the due days that its notice then made true. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from huiyin.days import OFFSETS_SINCE, ONE, Calendar

TERMS = ((3, "month"), (6, "month"), (5, "workday"), (10, "workday"), (30, "workday"), (60, "workday"), (30, "day"))
"""Terms as the law has them, counted from each day."""


@dataclass(frozen=True)
class Miss:
    """A due day that lay outside its interval: when it started, the term, the interval, and the true day."""

    start: date
    value: int
    unit: str
    earliest: date
    latest: date
    true: date


@dataclass(frozen=True)
class Hindsight:
    """One year hidden: how many due days fell into it, how many intervals were one day, the widest, the misses."""

    year: int
    cases: int
    single: int
    widest: int
    misses: tuple[Miss, ...]

    @property
    def share(self) -> float:
        """The share of true due days inside their interval; 1 where there is none to judge."""
        return 1 - len(self.misses) / self.cases if self.cases else 1.0


def hidden(calendar: Calendar, year: int) -> Calendar:
    """Return the calendar as it was before the notice for `year` was out, knowing all others."""
    blank = replace(calendar.years[year], published=False, closed={}, worked={})
    return Calendar({**calendar.years, year: blank})


def can_be_hidden(calendar: Calendar) -> list[int]:
    """Return the years that can be hidden: others must tell how far each of today's holidays reaches."""
    published = [year for year in calendar.years if calendar.published(year)]
    return [year for year in published if year > OFFSETS_SINCE]


def backtest(calendar: Calendar, years: Iterable[int]) -> Iterator[Hindsight]:
    """Yield for each year what its interval would have said of every term from every day, and what came true."""
    for year in years:
        guess = hidden(calendar, year)
        cases = single = widest = 0
        misses = []
        for start in _starts(year):
            for value, unit in TERMS:
                true = calendar.count(start, value, unit, True)
                if true.earliest != true.latest or year not in (true.nominal.year, true.latest.year):
                    continue
                count = guess.count(start, value, unit, True)
                cases += 1
                single += count.earliest == count.latest
                widest = max(widest, (count.latest - count.earliest).days)
                if not count.earliest <= true.latest <= count.latest:
                    misses.append(Miss(start, value, unit, count.earliest, count.latest, true.latest))
        yield Hindsight(year, cases, single, widest, tuple(misses))


def _starts(year: int) -> Iterator[date]:
    """Every day from which a term can end in the year."""
    day = date(year - 1, 6, 1)
    while day.year <= year:
        yield day
        day += ONE
