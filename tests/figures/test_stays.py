"""Times in a stage: what is still open counts for as long as it has lasted."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases import Case
from huiyin.figures.stays import End, Stay, product_limit, stays
from huiyin.lifecycle import standing
from huiyin.load import Law
from tests.story import proposal

FREIREICH = (6, 6, 6, 7, 10, 13, 16, 22, 23), (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
"""Weeks of remission under 6-MP (Freireich and others 1963), ended and censored: the textbooks' example."""


def naive(ended: list[int], censored: list[int], share: Fraction) -> int | None:
    """The definition taken literally: multiply (1 - d/n) over all days, n being whoever was still there."""
    surviving = Fraction(1)
    for day in range(max([*ended, *censored, 0]) + 1):
        still_there = sum(time >= day for time in [*ended, *censored])
        if still_there:
            surviving *= 1 - Fraction(ended.count(day), still_there)
            if surviving <= share:
                return day
    return None


def test_the_example_of_the_textbooks() -> None:
    ended, censored = FREIREICH
    assert product_limit(Counter(ended), Counter(censored)) == (23, None)


def test_without_open_ones_it_is_the_plain_median() -> None:
    assert product_limit(Counter(range(1, 11)), {}) == (5, 9)


def test_nothing_is_reached_where_nothing_has_ended() -> None:
    assert product_limit({}, {3: 8}) == (None, None)
    assert product_limit({}, {}) == (None, None)


DAYS = st.lists(st.integers(0, 40), max_size=25)


@given(DAYS, DAYS)
def test_it_agrees_with_the_definition(ended: list[int], censored: list[int]) -> None:
    expected = naive(ended, censored, Fraction(1, 2)), naive(ended, censored, Fraction(1, 10))
    assert product_limit(Counter(ended), Counter(censored)) == expected


def case_of(law: Law, *rows: dict[str, object]) -> Case:
    pack = law.packs["cn-suggestion"]
    item = proposal(rows, pack)
    return Case(item, pack, standing(item, pack), ())


def test_a_stay_lasts_until_the_next_stage_and_a_closed_item_stays_nowhere(law: Law) -> None:
    case = case_of(
        law,
        {"type": "submitted", "on": "2026-03-01"},
        {"type": "accepted", "on": "2026-03-04"},
        {"type": "assigned", "on": "2026-03-10"},
        {"type": "return_requested", "on": "2026-03-12"},
        {"type": "return_refused", "on": "2026-03-15"},
        {"type": "replied", "on": "2026-05-01"},
        {"type": "closed", "on": "2026-06-01"},
    )
    assert list(stays(case)) == [
        Stay("submission", date(2026, 3, 1), date(2026, 3, 4), End.LEFT),
        Stay("acceptance", date(2026, 3, 4), date(2026, 3, 10), End.LEFT),
        Stay("assignment", date(2026, 3, 10), date(2026, 5, 1), End.LEFT),
        Stay("reply", date(2026, 5, 1), date(2026, 6, 1), End.LEFT),
    ]


def test_what_was_withdrawn_is_cut_short_and_what_is_open_goes_on(law: Law) -> None:
    withdrawn = case_of(law, {"type": "submitted", "on": "2026-03-01"}, {"type": "withdrawn", "on": "2026-03-09"})
    assert list(stays(withdrawn)) == [Stay("submission", date(2026, 3, 1), date(2026, 3, 9), End.VOID)]
    (waiting,) = stays(case_of(law, {"type": "submitted", "on": "2026-03-01"}))
    assert waiting == Stay("submission", date(2026, 3, 1), None, End.OPEN)
    assert waiting.days(date(2026, 3, 31)) == 30


@pytest.mark.parametrize("end", [End.LEFT, End.VOID])
def test_an_end_without_a_day_has_no_length(end: End) -> None:
    assert Stay("reply", date(2026, 3, 1), None, end).days(date(2026, 3, 31)) is None
    assert Stay("reply", None, date(2026, 3, 1), end).days(date(2026, 3, 31)) is None
