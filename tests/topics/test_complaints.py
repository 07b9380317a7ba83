"""Complaints after a reply of class resolved: told from released counts alone, month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases import Case, cases
from huiyin.findings import Source, Text
from huiyin.load import Law, load_registry
from huiyin.model import SignalRow, Signals
from huiyin.topics import Watch, Why, repeated, returns
from huiyin.wording.topics import came_back
from tests.project import ROOT

DAY = date(2026, 11, 20)
AREAS = {"dongwan": Text("东湾区", "Dongwan"), "nanpu": Text("南浦区", "Nanpu")}
MONTHS = ("2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08")
"""The reply of REPLIED came in 2026-05."""
REPLIED = "2026-v4p8e"
Counts = tuple[int | None, ...]


@pytest.fixture(scope="module")
def known(law: Law) -> Mapping[str, Case]:
    found = load_registry(ROOT / "registry", law, ROOT).registry
    assert found
    return cases(found, DAY)


def released(counts: Counts, category: str = "transport", **more: object) -> tuple[Signals, ...]:
    """A channel whose totals are `counts`, None where hidden; Dongwan has half of each."""
    return tuple(
        replace(
            Signals(f"hotline-{month}", "hotline", Text("热线", "Hotline"), "hotline", month, "complainants", 5, AREAS,
                    Source("x", ""), (_row(category, n),)),
            **more,
        )
        for month, n in zip(MONTHS, counts, strict=True)
    )  # fmt: skip


def _row(category: str, n: int | None) -> SignalRow:
    if n is None:
        return SignalRow(category, (), tuple(AREAS), None)
    return SignalRow(category, (("dongwan", n // 2), ("nanpu", n - n // 2)), (), n)


def told(case: Case, signals: tuple[Signals, ...], as_of: date = DAY) -> list[str]:
    return [came_back(one).zh for one in returns([(case, Why.NAMED)], Watch(signals, as_of)) if one.complaints]


@pytest.mark.parametrize(
    ("counts", "again"),
    [
        ((30, 40, 50, 99, 10, 40, 41), "2026年7月、2026年8月有 40、41 件"),
        ((30, 40, 50, 99, 40, 40, 10), "2026年6月、2026年7月有 40、40 件"),
        ((30, 40, 50, 99, 39, 39, 39), None),
        ((30, 40, 50, 10, 90, 10, 90), None),
        ((30, 40, 50, 90, 90, None, 90), None),
        ((None, 40, 50, 90, 90, 90, 90), None),
        ((0, 0, 0, 90, 90, 90, 90), None),
    ],
    ids=["fell-first", "at-once", "fewer", "single-months", "hidden-in-the-run", "too-little-before", "none-before"],
)
def test_two_months_running_reach_what_was_usual(known: Mapping[str, Case], counts: Counts, again: str | None) -> None:
    said = told(known[REPLIED], released(counts))
    assert len(said) == (again is not None)
    if again:
        assert said[0] == (
            f"{REPLIED} 2026年5月20日答复已解决，全部区域同类诉求{again}，不少于答复前 3 个月的平均 40 件"
            "（热线；同类诉求不一定是同一件事）"
        )


def test_only_its_category_and_the_area_that_it_names_count(known: Mapping[str, Case]) -> None:
    counts = (30, 40, 50, 99, 60, 60, 60)
    assert told(known[REPLIED], released(counts, category="water")) == []
    case = known[REPLIED]
    named = case._replace(proposal=replace(case.proposal, title="东湾区的事"))
    (said,) = told(named, released(counts))
    assert "东湾区同类诉求2026年6月、2026年7月有 30、30 件，不少于答复前 3 个月的平均 20 件" in said


def test_a_month_that_is_not_over_or_withdrawn_is_not_known(known: Mapping[str, Case]) -> None:
    signals = released((30, 40, 50, 99, 10, 60, 60))
    assert told(known[REPLIED], signals, date(2026, 8, 31)) == []
    assert len(told(known[REPLIED], signals, date(2026, 9, 1))) == 1
    assert told(known[REPLIED], (*signals[:-1], replace(signals[-1], rows=(), withdrawn="重复导出"))) == []


def test_what_came_back_by_complaints_alone_is_a_candidate(known: Mapping[str, Case]) -> None:
    only = {REPLIED: known[REPLIED]}
    (row,) = repeated(only, Watch(released((30, 40, 50, 99, 60, 60, 60)), DAY), {})
    assert (row.proposals, str(row.returns[0].on)) == ((REPLIED,), "2026-06-01")
    assert repeated(only, Watch((), DAY), {}) == []


@given(st.lists(st.none() | st.integers(5, 60), min_size=7, max_size=7), st.data())
def test_nothing_but_released_counts_is_told_so_hidden_ones_cannot_be_worked_out(
    known: Mapping[str, Case], counts: list[int | None], data: st.DataObject
) -> None:
    """Every number told is the total of a released month; hiding a month more never tells a number of that month."""
    at = data.draw(st.sampled_from(range(7)))
    for given_counts in (tuple(counts), (*counts[:at], None, *counts[at + 1 :])):
        for one in returns([(known[REPLIED], Why.NAMED)], Watch(released(given_counts), DAY)):
            assert one.complaints
            for point in (*one.complaints.before, *one.complaints.again):
                assert point.tickets == given_counts[MONTHS.index(point.month)]
                assert point.tickets is not None
