from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.ledger.names import SEPARATORS, is_odd, split, tidy

SPELLINGS = {"趙世": ["趙世源"], "余夏夫施金樹": ["余夏夫", "施金樹"], "張 峻劉曉玫": ["張峻", "劉曉玫"], "？": []}


def names(cell: str) -> list[str]:
    return [found.name for found in split(cell, SEPARATORS, SPELLINGS, "‧").found]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("陳凱莉", ["陳凱莉"]),
        ("張  峻", ["張峻"]),
        ("黃輝 寶", ["黃輝寶"]),
        ("王燕美 余夏夫 陳英妹", ["王燕美", "余夏夫", "陳英妹"]),
        ("鍾小平                郭昭巖", ["鍾小平", "郭昭巖"]),
        ("李彥秀\n 闕枚莎\n 王孝維", ["李彥秀", "闕枚莎", "王孝維"]),
        ("王  浩\n王世堅\n葉林傳", ["王浩", "王世堅", "葉林傳"]),
        ("陳凱莉、李旭寧、趙世", ["陳凱莉", "李旭寧", "趙世源"]),
        ("余夏夫施金樹", ["余夏夫", "施金樹"]),
        ("張 峻劉曉玫", ["張峻", "劉曉玫"]),
        ("？", []),
        ("", []),
        ("、、", []),
        ("笛布斯．顗賚", ["笛布斯‧顗賚"]),
        ("笛布斯﹒顗賚", ["笛布斯‧顗賚"]),
        ("笛布斯.顗賚", ["笛布斯‧顗賚"]),
        ("伊斯坦大‧貝雅夫‧正福", ["伊斯坦大‧貝雅夫‧正福"]),
        ("Jane  Doe", ["Jane Doe"]),
        ("沈婉青等5人", ["沈婉青"]),
        ("沈婉青、马立诚等 十二 名代表", ["沈婉青", "马立诚"]),
        ("沈 婉 青等12位人大代表", ["沈婉青"]),
        ("沈婉青等代表", ["沈婉青"]),
        ("谢文进等32位議員", ["谢文进"]),
        ("沈婉青、马立诚（2人）", ["沈婉青", "马立诚"]),
        ("沈婉青 (共３人)", ["沈婉青"]),
        # 等 may be the end of a name, and a bracket may hold anything: neither is cut.
        ("李平等", ["李平等"]),
        ("沈婉青（西岭团）", ["沈婉青（西岭团）"]),
        ("等5人", ["等5人"]),
    ],
)
def test_names_are_found_in_a_cell(cell, expected):
    assert names(cell) == expected


def test_what_the_table_changed_is_told():
    assert split("陳凱莉、趙世", SEPARATORS, SPELLINGS, "‧").respelt
    assert not split("張  峻", SEPARATORS, SPELLINGS, "‧").respelt


def test_that_a_cell_counts_more_than_it_names_is_told():
    assert split("沈婉青等5人", SEPARATORS, {}, "·").respelt
    assert split("沈婉青等5人", SEPARATORS, {"沈婉青等5人": ["沈婉青", "马立诚"]}, "·").found[1].name == "马立诚"


@pytest.mark.parametrize(
    "name", ["123", "謝文進等32位議員", "(提案人)楊文值", "？", "王�", "邱永.", "甲等", "x" * 31, "", "无", "全體議員"]
)
def test_what_can_hardly_be_a_name_is_odd(name):
    assert is_odd(name)


@pytest.mark.parametrize("name", ["張峻", "笛布斯‧顗賚", "周鍾㴴", "Jane Doe", "O'Neil", "李傅中武"])
def test_names_are_not_odd(name):
    assert not is_odd(name)


@given(st.text())
def test_tidying_twice_is_tidying_once(text):
    assert tidy(tidy(text)) == tidy(text)
