"""Who handles a proposal, out of one cell with agencies and their parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.ledger.handlers import Handlers, marked
from huiyin.ledger.mapping import HandlersSpec
from huiyin.ledger.names import SEPARATORS

LED = Handlers("住建局", ("财政局", "交通局"))


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("主办：住建局；会办：财政局、交通局", LED),
        ("主办单位:住建局 会办单位:财政局，交通局", LED),
        ("主办：住建局\n协办：财政局\n配合：交通局", LED),
        ("会办：财政局、交通局；主办：住建局。", LED),
        ("住建局（主办）、财政局（会办）、交通局（会办）", LED),
        ("住建局(牵头) 财政局(会办) 交通局(协办)", LED),
        ("【主办】住建局、【会办】财政局、【会办】交通局", LED),
        ("住建局、财政局、交通局", LED),
        ("住建局（主办）、财政局、交通局", LED),
        ("主办：住建局、财政局；会办：交通局", LED),
        ("主办：住建局；会办：财政局、住建局、交通局", LED),
        ("主办：住 建 局；会办：财政局、交通局", LED),
        ("主辦：住建局；會辦：财政局、交通局", LED),
        ("分办：住建局、财政局", Handlers(separate=("住建局", "财政局"))),
        ("住建局（分办）、财政局（分办）；会办：交通局", Handlers("", ("交通局",), ("住建局", "财政局"))),
        ("主办：市政府（办公室）", Handlers("市政府（办公室）")),
        ("主办：市政府（办公室）（主办）", Handlers("市政府（办公室）")),
        ("会办：财政局", Handlers("", ("财政局",))),
        ("、；", Handlers()),
    ],
)
def test_a_cell_with_marks_is_read_in_all_its_spellings(cell: str, found: Handlers):
    assert marked(cell, HandlersSpec("单位"), SEPARATORS) == found


def test_agencies_without_a_mark_can_each_answer_for_themselves():
    spec = HandlersSpec("单位", unmarked="separate")
    assert marked("住建局、财政局", spec, SEPARATORS) == Handlers(separate=("住建局", "财政局"))
    assert marked("住建局", spec, SEPARATORS) == Handlers("住建局")


def test_the_words_of_the_mapping_stand_for_the_usual_ones():
    spec = HandlersSpec("单位", lead=("负责",), co=("参加",))
    assert marked("负责：住建局；参加：财政局", spec, SEPARATORS) == Handlers("住建局", ("财政局",))


NAME = st.text("住建财政交通水务城管文旅教育", min_size=2, max_size=6).map(lambda text: f"{text}局")


@given(NAME, st.lists(NAME, max_size=4, unique=True))
def test_what_is_written_with_marks_is_read_back(lead: str, co: list[str]):
    others = tuple(name for name in co if name != lead)
    cell = f"主办：{lead}；会办：{'、'.join(others)}" if others else f"主办：{lead}"
    assert marked(cell, HandlersSpec("单位"), SEPARATORS) == Handlers(lead, others)
    brackets = "、".join([f"{lead}（主办）", *(f"{name}（会办）" for name in others)])
    assert marked(brackets, HandlersSpec("单位"), SEPARATORS) == Handlers(lead, others)


@given(st.text(max_size=80))
def test_no_cell_makes_it_fail_and_each_agency_stands_once(cell: str):
    written = marked(cell, HandlersSpec("单位"), SEPARATORS).written
    assert len(set(written)) == len(written)
    assert all(written)
