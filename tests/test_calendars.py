"""The calendar files, compared with two libraries, and the intervals, compared with what notices turned out to say."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from huiyin.days import Calendar
from huiyin.load import Law

ONE = timedelta(days=1)
PUBLISHED = range(2007, 2027)
FIRST_HIDDEN = 2009
"""Before it no other year tells how far each of today's holidays can reach."""

DIFFERENT: dict[str, str] = {}
"""Days on which a library disagrees with our files, each with the reason why ours is right. There is none."""
NOT_YET = {
    "2026-12-26": "a weekend that the notice for 2027 may declare worked",
    "2026-12-27": "a weekend that the notice for 2027 may declare worked",
    "2026-12-30": "the notice for 2027 may close it",
    "2026-12-31": "the notice for 2027 may close it",
}
"""Days of published years that are not settled, with the reason."""


def days_of(years: range) -> Iterator[date]:
    one = date(years.start, 1, 1)
    while one.year < years.stop:
        yield one
        one += ONE


def test_the_published_years_run_from_2007_without_a_gap(law: Law) -> None:
    assert [year for year in law.calendar.years if law.calendar.published(year)] == list(PUBLISHED)
    assert all(law.calendar.years[year].statutory for year in range(2007, 2032))


def test_published_years_are_settled_but_for_the_named_days(law: Law) -> None:
    calendar = law.calendar
    unsettled = {one.isoformat() for one in days_of(PUBLISHED) if calendar.works_early(one) != calendar.works_late(one)}
    assert unsettled == set(NOT_YET)


@pytest.mark.parametrize("library", ["chinese_calendar", "holidays"])
def test_every_day_of_every_published_year_agrees_with_another_library(library: str, law: Law) -> None:
    china = holidays.country_holidays("CN", years=list(PUBLISHED))
    works = chinese_calendar.is_workday if library == "chinese_calendar" else china.is_working_day
    compared = [one for one in days_of(PUBLISHED) if one.isoformat() not in NOT_YET]
    different = {one.isoformat() for one in compared if works(one) != law.calendar.works_late(one)}
    print(f"{library}: {len(compared)} days, {len(different)} differ")  # noqa: T201 (pytest -rP shows it)
    assert different == set(DIFFERENT)


def test_statutory_days_of_unpublished_years_agree_with_another_library(law: Law) -> None:
    for year in (year for year in law.calendar.years.values() if not year.published):
        china = holidays.country_holidays("CN", years=[year.year])
        for holiday in year.statutory:
            one = holiday.first
            while one <= holiday.last:
                assert one in china, (holiday.name, one)
                one += ONE


def hidden(calendar: Calendar, year: int) -> Calendar:
    """The calendar as it was before the notice for `year` was out, knowing all others."""
    blank = replace(calendar.years[year], published=False, closed={}, worked={})
    return Calendar({**calendar.years, year: blank})


TERMS = ((3, "month"), (6, "month"), (5, "workday"), (10, "workday"), (30, "workday"), (60, "workday"), (30, "day"))
SHARE = 0.999
"""Of 17,071 due days that fall into a hidden year at least this share lies inside its interval (measured: 0.9992)."""
WHY_MISSED = {2015: "its second notice closed 3 to 5 September, Victory Day, once, and had Sunday the 6th worked"}
"""The years whose notices held a surprise that no other year shows, and which."""


def test_true_due_days_lie_inside_the_interval_of_a_year_not_yet_announced(law: Law) -> None:
    dice = random.Random(2026)  # noqa: S311 (the same days on every run)
    cases = single = widest = 0
    missed = defaultdict(list)
    for year in range(FIRST_HIDDEN, PUBLISHED.stop):
        guess = hidden(law.calendar, year)
        for _ in range(1500):
            start = date(year - 1, 6, 1) + dice.randrange(580) * ONE
            term = dice.choice(TERMS)
            true = law.calendar.count(start, *term, rollover=True)
            if true.earliest != true.latest or year not in (true.nominal.year, true.latest.year):
                continue
            count = guess.count(start, *term, rollover=True)
            assert count.provisional
            cases += 1
            single += count.earliest == count.latest
            widest = max(widest, (count.latest - count.earliest).days)
            if not count.earliest <= true.latest <= count.latest:
                missed[year].append((start, term, true.latest))
    share = 1 - sum(map(len, missed.values())) / cases
    told = [f"{cases} due days in hidden years: {share:.2%} inside, {single / cases:.0%} single, at most {widest} wide"]
    told += [f"  {year}: {len(rows)} missed ({WHY_MISSED.get(year, 'why?')})" for year, rows in missed.items()]
    print("\n".join(told))  # noqa: T201 (pytest -rP shows it)
    assert share >= SHARE
    assert set(missed) == set(WHY_MISSED)
    surprise = {date(2015, 9, 3) + n * ONE for n in range(4)}
    for start, _, true_day in missed[2015]:
        assert any(start < one <= true_day for one in surprise), "missed for another reason"
