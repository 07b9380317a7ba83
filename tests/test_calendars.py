"""The calendar files, compared with two libraries, and the intervals, compared with what notices turned out to say."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from huiyin.days import Calendar
from huiyin.days.backtest import backtest, can_be_hidden
from huiyin.load import Law
from tests.project import Project

ONE = timedelta(days=1)
PUBLISHED = range(2007, 2027)

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


SHARE = 0.998
"""Of all true due days in a year whose notice was hidden at least this share lies inside its interval."""
WHY_MISSED = {2015: "its second notice closed 3 to 5 September, Victory Day, once, and had Sunday the 6th worked"}
"""The years whose notices held a surprise that no other year shows, and which."""


def test_true_due_days_lie_inside_the_interval_of_a_year_not_yet_announced(law: Law) -> None:
    years = list(backtest(law.calendar, can_be_hidden(law.calendar)))
    assert [year.year for year in years] == list(range(2009, 2027))
    cases, missed = sum(year.cases for year in years), sum(len(year.misses) for year in years)
    print(f"{cases} due days in hidden years, {1 - missed / cases:.3%} inside")  # noqa: T201 (pytest -rP shows it)
    assert 1 - missed / cases >= SHARE
    assert {year.year for year in years if year.misses} == set(WHY_MISSED)
    surprise = {date(2015, 9, 3) + n * ONE for n in range(4)}
    for miss in next(year.misses for year in years if year.year == 2015):
        assert any(miss.start < one <= miss.true for one in surprise), "missed for another reason"


def test_a_year_becomes_exact_when_its_file_is_filled(law: Law) -> None:
    """2027 as its notice might be: every interval that it settles becomes one day within what was said before."""
    year, start = law.calendar.years[2027], date(2026, 11, 6)
    before = law.calendar.count(start, 3, "month", True)
    assert before.provisional
    assert before.earliest < before.latest
    festival = next(holiday for holiday in year.statutory if holiday.name == "春节")
    closed = {festival.day + n * ONE: "春节" for n in range(-1, 7)}
    filled = replace(year, published=True, closed=closed, worked={})
    after = Calendar({**law.calendar.years, 2027: filled}).count(start, 3, "month", True)
    assert not after.provisional
    assert after.earliest == after.latest
    assert before.earliest <= after.latest <= before.latest


# ------------------------------------------------------------------------------------------ the verb


def test_compare_prints_no_difference_and_names_what_is_not_settled(project: Project) -> None:
    said = project.with_base().huiyin("calendar", "compare", "--lang", "en")
    assert (said.code, said.err) == (0, "")
    assert said.out.count(", 0 differ") == 2
    assert all(day in said.out for day in NOT_YET)


def test_compare_names_each_day_that_differs(project: Project) -> None:
    path = project.with_base().root / "schema" / "calendar" / "2025.yaml"
    text = path.read_text(encoding="utf-8")
    wrong = text.replace("  - {name: 春节, first: 2025-01-26, last: 2025-01-26}\n", "")
    assert wrong != text
    path.write_text(wrong, encoding="utf-8")
    said = project.huiyin("calendar", "compare")
    assert said.out.count("2025-01-26  本日历：休息") == 2


@pytest.mark.parametrize("library", ["chinese_calendar", "holidays"])
def test_without_a_library_compare_says_what_to_do(
    library: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    said = project.with_base().huiyin("calendar", "compare")
    assert said.code == 2
    assert "make setup" in said.err


def test_backtest_prints_the_share_of_each_year_and_names_the_misses(project: Project) -> None:
    said = project.with_base().huiyin("calendar", "backtest", "--lang", "en")
    lines = said.out.splitlines()
    assert (said.code, said.err) == (0, "")
    assert [line[:4] for line in lines if line.startswith("20")] == [str(year) for year in range(2009, 2027)]
    missed = [line for line in lines if line.startswith("  ")]
    assert missed
    assert lines[-1].endswith(f"{len(missed)} missed")
