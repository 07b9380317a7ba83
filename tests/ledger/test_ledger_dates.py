from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.ledger.dates import find_letter, parse_day


@pytest.mark.parametrize(
    ("text", "form", "day"),
    [
        ("2013-05-02", "iso", date(2013, 5, 2)),
        ("2013-05-02 00:00:00", "iso", date(2013, 5, 2)),
        ("2013-05-02T08:30", "iso", date(2013, 5, 2)),
        ("2013年5月2日", "western", date(2013, 5, 2)),
        ("2013/5/2", "western", date(2013, 5, 2)),
        ("2013/5/2 上午 12:00:00", "western", date(2013, 5, 2)),
        ("２０１３．５．２", "western", date(2013, 5, 2)),
        ("民國89年6月21日", "roc", date(2000, 6, 21)),
        ("中華民國 89 年 6 月 21 日", "roc", date(2000, 6, 21)),
        ("101年3月2日", "roc", date(2012, 3, 2)),
        ("102.10.02", "roc", date(2013, 10, 2)),
        ("102/1/2", "roc", date(2013, 1, 2)),
    ],
)
def test_a_day_is_read_in_the_form_that_the_mapping_names(text, form, day):
    assert parse_day(text, [form]) == day


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2013-5-2", "iso"),
        ("2013年5月", "western"),
        ("2013年2月30日", "western"),
        ("2013/5.2", "western"),
        ("2013年5月2日", "roc"),
        ("101年3月2日", "western"),
        ("101年13月2日", "roc"),
        ("101年3月2日函", "roc"),
        ("999年3月2日", "roc"),
        ("約三月", "roc"),
        ("", "iso"),
        ("20130502", "iso"),
    ],
)
def test_what_is_no_day_is_none_and_never_guessed(text, form):
    assert parse_day(text, [form]) is None


@given(st.text(), st.lists(st.sampled_from(["iso", "western", "roc"]), min_size=1))
def test_no_text_makes_the_parser_fail(text, forms):
    parse_day(text, forms)


@given(st.dates(date(1912, 1, 1), date(2110, 12, 31)))
def test_every_day_is_read_back(day):
    assert parse_day(day.isoformat(), ["iso"]) == day
    if day.year >= 1911 + 10:
        assert parse_day(f"民國{day.year - 1911}年{day.month}月{day.day}日", ["roc"]) == day


BEFORE = ["本府", "一、本府於"]
BEHIND = ["函文議會", "函復縣議會", "函復花蓮縣議會"]


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("102.10.02府農工字第1020181424號函文議會，本案", "府農工字第1020181424號", date(2013, 10, 2)),
        ("98年8月13日府教特字第098011 7931號函復花蓮縣議會", "府教特字第0980117931號", date(2009, 8, 13)),
        ("本府101年6月1日以府建土字第1010099723號函復縣議會。", "府建土字第1010099723號", date(2012, 6, 1)),
        ("一、本府於１０１．６．１府建土字第1號函文議會", "府建土字第1號", date(2012, 6, 1)),
        ("101年2月30日府建土字第1號函文議會", "府建土字第1號", None),
    ],
)
def test_a_letter_to_the_council_at_the_beginning_is_the_answer(text, number, day):
    assert find_letter(text, ["roc"], BEFORE, BEHIND) == (number, day)


@pytest.mark.parametrize(
    "text",
    [
        "97年6月12日府原地字第0970083404號函轉本縣各鄉鎮市公所",  # to somebody else
        "一、會勘完成。二、101.01.12府農工字第1010008849號函文議會",  # not at the beginning
        "本案經97年2月18日院臺建字第0970003562號函核定",
        "101年6月1日現場會勘",
        "府建土字第1010099723號函文議會",  # no day
        "4/12議會召開審查小組。",
        "",
    ],
)
def test_other_letters_and_days_in_a_text_are_not_the_answer(text):
    assert find_letter(text, ["roc"], BEFORE, BEHIND) is None


def test_a_letter_of_the_mainland_is_read_too():
    letter = find_letter("2025年4月20日望建函〔2025〕15号答复代表", ["western"], [], ["答复代表"])
    assert letter == ("望建函〔2025〕15号", date(2025, 4, 20))
