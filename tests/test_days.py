"""Counting days: day zero, corresponding days, roll-over, make-up workdays, and years whose notice is not out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.days import Calendar, Count, add_months
from huiyin.load import Law
from tests.project import ROOT

ONE = timedelta(days=1)


@pytest.fixture(scope="module")
def calendar(law: Law) -> Calendar:
    return law.calendar


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "months", "end", "why"),
    [
        ("2026-03-05", 3, "2026-06-05", "the corresponding day"),
        ("2026-01-31", 1, "2026-02-28", "February has no 31st"),
        ("2024-01-31", 1, "2024-02-29", "a leap year's February has a 29th"),
        ("2026-11-30", 3, "2027-02-28", "into the next year's February"),
        ("2023-11-30", 3, "2024-02-29", "into a leap year's February"),
        ("2024-02-29", 12, "2025-02-28", "a leap day has no corresponding day a year later"),
        ("2024-02-29", 48, "2028-02-29", "but has one four years later"),
        ("2026-08-31", 6, "2027-02-28", "six months to a month's end"),
        ("2026-12-31", 6, "2027-06-30", "June has 30 days"),
        ("2026-02-28", 3, "2026-05-28", "the 28th stays the 28th, not the month's end"),
        ("2026-10-15", 3, "2027-01-15", "over the turn of the year"),
        ("2000-02-29", 1200, "2100-02-28", "2100 is no leap year"),
    ],
)
def test_months_end_on_the_corresponding_day_or_on_the_months_last(start: str, months: int, end: str, why: str) -> None:
    assert add_months(day(start), months) == day(end), why


@pytest.mark.parametrize(
    ("start", "value", "unit", "due", "why"),
    [
        ("2026-03-05", 1, "day", "2026-03-06", "the start day is day zero"),
        ("2026-03-05", 1, "workday", "2026-03-06", "for working days too"),
        ("2026-03-06", 1, "workday", "2026-03-09", "Friday: the next working day is Monday"),
        ("2026-03-07", 1, "workday", "2026-03-09", "a start on a day off changes nothing"),
        ("2026-03-05", 2, "day", "2026-03-09", "a Saturday rolls over to Monday"),
        ("2026-02-09", 3, "month", "2026-05-09", "a Saturday that is a make-up workday is worked"),
        ("2026-05-08", 1, "workday", "2026-05-09", "and counts as a working day"),
        ("2026-02-13", 1, "workday", "2026-02-14", "so does the Saturday before Spring Festival"),
        ("2026-02-14", 1, "workday", "2026-02-24", "then nine days are off"),
        ("2026-02-10", 5, "workday", "2026-02-24", "11, 12, 13, make-up Saturday 14, and 24 after the festival"),
        ("2025-11-15", 3, "month", "2026-02-24", "a last day on the festival's first day off"),
        ("2025-11-23", 3, "month", "2026-02-24", "and on its last"),
        ("2025-11-24", 3, "month", "2026-02-24", "the first working day after it stays"),
        ("2025-10-01", 3, "month", "2026-01-04", "New Year's Day rolls to Sunday the 4th, which is worked"),
        ("2026-07-01", 3, "month", "2026-10-08", "National Day rolls over seven days"),
        ("2026-07-07", 3, "month", "2026-10-08", "its last day too"),
        ("2026-06-20", 3, "month", "2026-09-20", "a Sunday that is worked stays"),
        ("2026-06-25", 3, "month", "2026-09-28", "Mid-Autumn, then a weekend"),
        ("2015-06-03", 3, "month", "2015-09-06", "the one-off holiday of 2015, then a Sunday that was worked"),
    ],
)
def test_a_last_day_off_rolls_to_the_next_working_day(
    start: str, value: int, unit: str, due: str, why: str, calendar: Calendar
) -> None:
    count = calendar.count(day(start), value, unit, rollover=True)
    assert (count.earliest, count.latest, count.provisional) == (day(due), day(due), False), why


def test_without_roll_over_a_day_off_stays_the_last_day(calendar: Calendar) -> None:
    count = calendar.count(day("2026-07-01"), 3, "month", rollover=False)
    assert count == Count(day("2026-10-01"), day("2026-10-01"), day("2026-10-01"), provisional=False)


def test_working_days_are_the_same_with_and_without_roll_over(calendar: Calendar) -> None:
    start = day("2026-02-10")
    assert calendar.count(start, 30, "workday", rollover=True) == calendar.count(start, 30, "workday", rollover=False)


def test_a_count_names_the_days_that_it_skipped(calendar: Calendar) -> None:
    rolled = calendar.count(day("2026-06-25"), 3, "month", rollover=True)
    assert rolled.nominal == day("2026-09-25")
    assert [(skipped.isoformat(), why) for skipped, why in rolled.skipped] == [
        ("2026-09-25", "中秋节"),
        ("2026-09-26", "中秋节"),
        ("2026-09-27", "中秋节"),
    ]
    counted = calendar.count(day("2026-03-05"), 2, "workday", rollover=True)
    assert [(skipped.isoformat(), why) for skipped, why in counted.skipped] == [
        ("2026-03-07", "周末"),
        ("2026-03-08", "周末"),
    ]


class TestUnpublished2027:
    """2027's notice is not out: its due days are intervals, or provisional single days."""

    def test_an_ordinary_day_is_one_day_but_provisional(self, calendar: Calendar) -> None:
        count = calendar.count(day("2026-12-16"), 3, "month", rollover=True)
        assert (count.earliest, count.latest, count.provisional) == (day("2027-03-16"), day("2027-03-16"), True)

    def test_spring_festival_gives_an_interval(self, calendar: Calendar) -> None:
        count = calendar.count(day("2026-11-06"), 3, "month", rollover=True)
        assert count.nominal == day("2027-02-06")
        assert (count.earliest, count.latest, count.provisional) == (day("2027-02-09"), day("2027-02-15"), True)

    def test_a_statutory_day_is_never_worked(self, calendar: Calendar) -> None:
        for year in calendar.years.values():
            for holiday in year.statutory:
                if not year.published:
                    assert not calendar.works_early(holiday.day), holiday
                    assert not calendar.works_late(holiday.day), holiday

    def test_a_weekend_near_a_holiday_may_be_worked_and_one_far_away_not(self, calendar: Calendar) -> None:
        assert calendar.works_early(day("2027-02-14"))
        assert not calendar.works_late(day("2027-02-14"))
        assert not calendar.works_early(day("2027-03-20"))

    def test_the_last_days_of_2026_are_open_too(self, calendar: Calendar) -> None:
        """Notices have closed and worked days of the December before (2006-12-30, 2007-12-29)."""
        december = [day("2026-12-01") + n * ONE for n in range(31)]
        unsettled = [one.day for one in december if calendar.works_early(one) != calendar.works_late(one)]
        assert unsettled == [26, 27, 30, 31]

    def test_a_year_without_a_file_is_unknown_too(self, calendar: Calendar) -> None:
        assert calendar.count(day("2044-03-01"), 1, "month", rollover=True).provisional


# ------------------------------------------------- a second implementation, day by day and from the raw files


def read_raw() -> tuple[set[date], set[date]]:
    """Return the days closed and the days worked as the calendar files say, read by another YAML reader."""
    closed, worked = set[date](), set[date]()
    for path in (ROOT / "schema" / "calendar").glob("*.yaml"):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key, days in (("closed", closed), ("worked", worked)):
            for span in data[key]:
                one = span["first"]
                while one <= span["last"]:
                    days.add(one)
                    one += ONE
    return closed, worked


CLOSED, WORKED = read_raw()


def plainly_worked(one: date) -> bool:
    return one in WORKED or (one not in CLOSED and one.weekday() < 5)


def plain_count(start: date, value: int, unit: str) -> date:
    """Walk from the day after the start, one day at a time, until the term is used up and the day is worked."""
    one, left, since = start, value, start
    while left:
        one += ONE
        if unit == "day" or (unit == "workday" and plainly_worked(one)):
            left -= 1
        elif unit == "month":
            ends = (one + ONE).month != one.month
            if one.month != since.month and (one.day == start.day or (ends and one.day < start.day)):
                left, since = left - 1, one
    while not plainly_worked(one):
        one += ONE
    return one


@settings(max_examples=10_000)
@given(
    st.dates(day("2007-01-01"), day("2025-10-31")),
    st.one_of(
        st.tuples(st.integers(1, 12), st.just("month")),
        st.tuples(st.integers(1, 60), st.just("workday")),
        st.tuples(st.integers(1, 200), st.just("day")),
    ),
)
def test_a_naive_count_day_by_day_agrees(calendar: Calendar, start: date, term: tuple[int, str]) -> None:
    count = calendar.count(start, *term, rollover=True)
    assert count.earliest == count.latest == plain_count(start, *term)
    assert not count.provisional
