"""Policies on a day: their stage, the next look-back, and what was complained of before and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huiyin.charts.before_after import before_after, said
from huiyin.findings import Source, Text
from huiyin.knowledge.effect import Effect, effects
from huiyin.knowledge.policies import stand
from huiyin.load import Law, load_registry
from huiyin.model import LookBack, Policy, PolicyStage, Registry
from huiyin.signals.series import State, over
from tests.knowledge.written import cells
from tests.project import ROOT

DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def registry(law: Law) -> Registry:
    found = load_registry(ROOT / "registry", law, ROOT).registry
    assert found
    return found


def policy(*stages: PolicyStage, **more: object) -> Policy:
    fixed = {"category": "water", "lead": "a-water", "summary": "内涝点汛后实测才能销号", "source": Source("x", "")}
    return Policy(id="pol-x", title="内涝点销号", stages=stages, **{**fixed, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "stage", "due"),
    [
        (date(2025, 3, 10), None, None),
        (date(2025, 3, 11), "draft", None),
        (date(2025, 4, 8), "pilot", date(2025, 10, 8)),
        (date(2025, 11, 26), "roll_out", date(2025, 10, 8)),
        (date(2025, 11, 27), "roll_out", date(2026, 5, 27)),
        (DAY, "standing", date(2027, 5, 12)),
    ],
)
def test_a_policy_on_a_day(registry: Registry, day: date, stage: str | None, due: date | None) -> None:
    one = stand(registry.policies["pol-school-gates"], day)
    assert (one and one.stage.stage, one and one.next_look_back) == (stage, due)


def test_the_last_day_of_a_shorter_month_counts_and_nothing_after_the_end() -> None:
    started = policy(PolicyStage("pilot", date(2026, 8, 31)), look_back_months=6)
    one = stand(started, DAY)
    assert one
    assert one.next_look_back == date(2027, 2, 28)
    ended = stand(replace(started, ended=date(2026, 10, 1), why_ended="并入"), DAY)
    assert ended
    assert (ended.next_look_back, ended.ended) == (None, date(2026, 10, 1))
    without = stand(policy(PolicyStage("pilot", date(2026, 8, 31))), DAY)
    assert without
    assert without.next_look_back is None
    seen = replace(started, looked_back=(LookBack(date(2026, 12, 1), "o-npc", "holds", "还在"),))
    assert stand(seen, DAY) == replace(one, policy=seen)


def months(first: str, count: int) -> list[str]:
    start = 12 * int(first[:4]) + int(first[5:]) - 1
    return [f"{n // 12}-{n % 12 + 1:02}" for n in range(start, start + count)]


def effect(registry: Registry, name: str, stage: str) -> Effect:
    one = stand(registry.policies[name], DAY)
    assert one
    found = effects(one.in_force, one.policy.category, over(registry.signals.values(), DAY))
    return next(row for row in found if row.stage.stage == stage)


@pytest.mark.parametrize(
    ("name", "stage", "first", "area"),
    [
        ("pol-school-gates", "roll_out", "2024-09", None),
        ("pol-school-gates", "pilot", "2024-04", "dongwan"),
        ("pol-fitness-pacts", "roll_out", "2024-11", None),
        ("pol-waterlogging", "roll_out", "2024-12", None),
    ],
)
def test_the_months_before_and_after_are_those_of_the_files(
    registry: Registry, name: str, stage: str, first: str, area: str | None
) -> None:
    known, row = cells(), effect(registry, name, stage)
    category = registry.policies[name].category
    numbers = [known.get((month, category, area)) for month in months(first, 25)]
    assert [point.month for point in row.points] == months(first, 25)
    assert [point.tickets for point in row.points] == numbers
    pairs = [
        (one, other)
        for one, other in zip(numbers[1:12], numbers[13:24], strict=True)
        if one is not None and other is not None
    ]
    assert said(row) == (
        f"前后都公布了件数的同一月份有 {len(pairs)} 个：之前 {sum(one for one, _ in pairs):,} 件，"
        f"之后 {sum(other for _, other in pairs):,} 件。"
    )


def test_the_demonstration_shows_hidden_months_and_months_that_are_not_over(registry: Registry) -> None:
    states = {point.state for point in effect(registry, "pol-school-gates", "pilot").points}
    assert State.SUPPRESSED in states
    assert effect(registry, "pol-waterlogging", "roll_out").points[-1].state == State.ABSENT


def test_areas_are_added_up_only_where_each_is_counted(registry: Registry) -> None:
    stage = PolicyStage("pilot", date(2025, 4, 8), areas=("dongwan", "nanpu"))
    (row,) = effects([stage], "education", over(registry.signals.values(), DAY))
    known = cells()
    for point in row.points:
        pair = [known.get((point.month, "education", area)) for area in stage.areas]
        assert point.tickets == (None if None in pair else sum(n or 0 for n in pair))
    assert {point.state for point in row.points} == {State.COUNTED, State.SUPPRESSED}


def test_a_chart_has_each_month_in_one_line_and_marks_what_is_hidden(registry: Registry) -> None:
    row = effect(registry, "pol-school-gates", "pilot")
    chart = before_after(row, "pol-school-gates", "教育", Text("试点", "pilot"))
    assert chart.head == ("月份", "之前", "当月", "之后", "说明")
    for point, cell in zip(row.points, chart.cells, strict=True):
        told = [text for text in cell[1:4] if text]
        assert cell[0] == point.month
        assert told == [f"{point.tickets:,}" if point.tickets is not None else "不公布，以免认出来电人"]
    assert chart.cells[12][4] == "试点"
    assert chart.title == "试点前后：教育，东湾区"
