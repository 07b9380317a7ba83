"""Definitions are the one source: complete, in both languages, and true to the tables and words they name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.export.rows import Scope
from huiyin.export.tables import TABLES
from huiyin.figures import (
    BY_ID,
    DEFINITIONS,
    GROUPINGS,
    Counted,
    Definition,
    Figure,
    converted_into,
    figures,
    percent,
    say,
)
from huiyin.figures.definition import SECTIONS, Estimate, Section
from huiyin.figures.entries import STAGES
from huiyin.figures.outcomes import CLASSES
from huiyin.load import Law
from tests.figures.conftest import scope_of


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda definition: definition.id)
def test_a_definition_says_all_of_it(definition: Definition) -> None:
    assert sum(way is not None for way in (definition.count, definition.each, definition.entry, definition.time)) == 1
    said = [definition.title, definition.numerator, definition.words, definition.denominator, definition.excluded]
    assert all(text.zh and text.en for text in said if text)
    assert (definition.denominator is None) == (definition.excluded is None)
    columns = {f"{table.name}.{column.name}" for table in TABLES for column in table.columns}
    assert set(definition.columns.split(", ")) <= columns


def test_ids_are_unique_and_every_section_has_figures() -> None:
    assert len(BY_ID) == len(DEFINITIONS)
    assert {definition.section for definition in DEFINITIONS} == set(SECTIONS) == set(Section)


def test_stages_and_classes_are_those_of_the_rules(law: Law) -> None:
    base = law.packs["base"]
    assert {stage.id: stage.title for stage in base.stages} == STAGES
    assert {*CLASSES, "not_stated"} == set(base.classes)


def test_one_hundred_percent_is_said_only_of_all() -> None:
    assert percent(1, 3) == "33.3%"
    assert percent(1, 16) == "6.3%"  # 6.25 goes up
    assert (percent(9999, 10_000), percent(10_000, 10_000)) == ("99.9%", "100.0%")
    assert (percent(1, 10_000), percent(0, 10_000)) == ("0.1%", "0.0%")


def rate(numerator: int, denominator: int) -> Figure:
    return Figure(BY_ID["on_time"], Counted(numerator, denominator), Counted(0, 0))


def test_few_cases_get_no_rate_and_none_is_not_few() -> None:
    assert say(rate(4, 4)).zh == "件数太少"
    assert rate(4, 4).rate is None
    assert say(rate(0, 0)) == ("无", "none")
    assert say(rate(5, 5)).zh == "100.0%"


def test_a_time_that_is_not_reached_says_so() -> None:
    figure = Figure(BY_ID["time_to_reply"], Counted(4, 9), Counted(0, 0), Estimate(90, None))
    assert say(figure) == ("90 天（九成 尚未达到）", "90 days (nine in ten: not reached yet)")
    assert figure.rate is None
    assert say(replace(figure, counted=Counted(3, 4))).zh == "件数太少"


def test_a_converted_item_and_what_it_became_are_submitted_once(scope: Scope, law: Law) -> None:
    both = ("2026-9m3xf", "2026-8r7ne")
    pair = [scope.cases[name] for name in both]
    (submitted,) = figures(pair, scope.as_of, (BY_ID["submitted"],))
    assert submitted.counted.numerator == 1
    (alone,) = figures(pair[1:], scope.as_of, (BY_ID["submitted"],), converted_into(scope.cases.values()))
    assert alone.counted.numerator == 0
    before = scope_of(scope.registry, law, scope.as_of.replace(month=9, day=10))
    (earlier,) = figures(before.cases.values(), before.as_of, (BY_ID["submitted"],))
    assert earlier.counted.numerator == sum(case.proposal.id != "2023-1j9cx" for case in before.cases.values())


def test_groups_stand_by_the_sound_of_their_names_and_nobody_last(scope: Scope) -> None:
    order = GROUPINGS["agency"].order
    names = [("a-1", "市住建局"), ("", "无承办单位"), ("a-2", "东湾区政府"), ("a-3", "市财政局"), ("a-4", "西岭区政府")]
    ordered = sorted(names, key=lambda row: order(row[0], BY_ID["submitted"].title._replace(zh=row[1])))
    assert [name for _, name in ordered] == ["东湾区政府", "市财政局", "市住建局", "西岭区政府", "无承办单位"]
