from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.ledger.dates import find_day, find_letter, parse_day


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
        ("20130502", "compact", date(2013, 5, 2)),
        ("41396", "serial", date(2013, 5, 2)),
        ("41396.5", "serial", date(2013, 5, 2)),
        ("二〇一三年五月二日", "chinese", date(2013, 5, 2)),
        ("二○一三年十二月三十一日", "chinese", date(2013, 12, 31)),
        ("二零二零年十月二十日", "chinese", date(2020, 10, 20)),
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
        ("20130230", "compact"),
        ("2013052", "compact"),
        ("20130502", "serial"),
        ("二〇一三年十三月二日", "chinese"),
        ("二〇一三年二月三十日", "chinese"),
        ("二〇一三年五月", "chinese"),
        ("5月2日", "western"),
    ],
)
def test_what_is_no_day_is_none_and_never_guessed(text, form):
    assert parse_day(text, [form]) is None


FORMS = ["iso", "western", "roc", "compact", "serial", "chinese", "month_day"]
TEXTS = st.text() | st.text("0123456789年月日一二三十〇./- ", max_size=20)


@given(TEXTS, st.lists(st.sampled_from(FORMS), min_size=1), st.text(max_size=8))
def test_no_text_makes_the_parser_fail(text, forms, year):
    parse_day(text, forms, year)
    find_day(text, forms, "first", year)


@pytest.mark.parametrize(
    ("text", "year", "day"),
    [
        ("5月2日", "2013", date(2013, 5, 2)),
        ("5月2号", "2013年", date(2013, 5, 2)),
        ("5.2", "２０１３", date(2013, 5, 2)),
        ("5-2", "102", date(2013, 5, 2)),
        ("5月2日", "二〇一三年", date(2013, 5, 2)),
        ("2月29日", "2013", None),
        ("13月2日", "2013", None),
        ("0月2日", "2013", None),
        ("5月2日", "", None),
        ("5月2日", "去年", None),
    ],
)
def test_a_day_without_a_year_takes_it_from_elsewhere(text, year, day):
    assert parse_day(text, ["month_day"], year) == day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3月5日电话，3月20日上门", date(2025, 3, 5), date(2025, 3, 20)),
        ("2025年3月5日电话，2025.3.20上门", date(2025, 3, 5), date(2025, 3, 20)),
        ("于2025-03-05面商", date(2025, 3, 5), date(2025, 3, 5)),
        ("2月30日电话，3月20日上门", date(2025, 3, 20), date(2025, 3, 20)),
        ("文号12025-03-051", None, None),
        ("没有日期", None, None),
    ],
)
def test_a_day_inside_a_text_is_the_first_or_the_last(text, first, last):
    forms = ["iso", "western", "month_day"]
    assert find_day(text, forms, "first", "2025") == first
    assert find_day(text, forms, "last", "2025") == last


def in_words(day):
    digits = "〇一二三四五六七八九"

    def number(n):
        tens, ones = divmod(n, 10)
        return ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")

    return f"{''.join(digits[int(c)] for c in str(day.year))}年{number(day.month)}月{number(day.day)}日"


@given(st.dates(date(1912, 1, 1), date(2110, 12, 31)))
def test_every_day_is_read_back(day):
    assert parse_day(day.isoformat(), ["iso"]) == day
    assert parse_day(f"{day:%Y%m%d}", ["compact"]) == day
    if day >= date(1927, 5, 18):  # from here on a serial has five digits
        assert parse_day(str((day - date(1899, 12, 30)).days), ["serial"]) == day
    assert parse_day(f"{day.month}月{day.day}日", ["month_day"], str(day.year)) == day
    assert parse_day(in_words(day), ["chinese"]) == day
    for text in (f"于{day.isoformat()}面商", f"{day.year}年{day.month}月{day.day}日面商"):
        assert find_day(text, ["iso", "western"], "first") == day
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
