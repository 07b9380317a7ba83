"""Nearness: script does not matter, formulas hardly, and what resembles everything is not everyone's first."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.similar import Document, Index, fold, wilson
from huiyin.similar.grams import grams

TITLES = (
    "關於在壽豐鄉平和村興建排水溝的建議",
    "建议在寿丰乡平和村兴建排水沟",
    "关于提高公共厕所女厕位比例的提案",
    "关于增加公共厕所女厕位的建议",
    "建请编列预算兴建挡土墙",
    "请市政府专案报告",
    "关于在白鹭渠设置污水截流井的建议",
    "关于西岭区公交夜班线路的建议",
)
texts = st.lists(st.text("排水沟路公厕女位请建议关于的\n 墙溪", max_size=30), min_size=1, max_size=12)


def index(*titles: str) -> Index:
    return Index([Document(str(place), fold(title)) for place, title in enumerate(titles)])


def test_simplified_and_traditional_are_alike() -> None:
    assert fold("Ａ壽豐鄉 排水溝") == "a寿丰乡排水沟"
    first = index(*TITLES).nearest(Document("new", fold("壽豐鄉平和村排水溝興建案")))
    assert {match.place for match in first[:2]} == {0, 1}


def test_a_text_of_formulas_alone_is_near_to_none() -> None:
    one = index(*TITLES, "请市政府专案报告。")
    assert one.nearest(one.documents[5]) == []
    assert all(match.place not in (5, 8) for document in one.documents for match in one.nearest(document))


def test_a_document_is_not_its_own_neighbour_and_an_unknown_text_has_none() -> None:
    one = index(*TITLES)
    assert all(match.place != place for place, near in enumerate(one.all_nearest()) for match in near)
    assert one.nearest(Document("new", "zzz qqq")) == []
    assert Index([]).nearest(Document("new", "排水沟")) == []


@given(texts)
def test_one_by_one_and_all_at_once_say_the_same(given_texts: list[str]) -> None:
    one = index(*given_texts)
    both = zip(one.documents, one.all_nearest(), strict=True)
    for document, at_once in both:
        alone = one.nearest(document)
        assert [match.place for match in alone] == [match.place for match in at_once]
        assert [match.margin for match in alone] == pytest.approx([match.margin for match in at_once], abs=1e-5)
        assert all(0 < match.similarity <= 1.00001 for match in alone)


@given(texts)
def test_grams_are_counted_as_a_reader_would(given_texts: list[str]) -> None:
    """Which characters and pairs stand in a text, by a plain loop; weights of formulas apart."""
    found = grams(given_texts)
    told = Counter(found.texts.tolist())
    for place, text in enumerate(given_texts):
        words = "".join(char if char.isalnum() else " " for char in text).split()
        expected = {word[at : at + size] for word in words for size in (1, 2) for at in range(len(word) - size + 1)}
        assert told[place] == len(expected)


def test_ten_thousand_identical_texts_are_all_alike() -> None:
    one = index(*["关于修复沙渡段护岸的建议"] * 3000)
    nearest = one.nearest(Document("new", fold("关于修复沙渡段护岸的建议")))
    assert len(nearest) == 50
    assert {match.similarity for match in nearest} == {1.0}


@pytest.mark.parametrize(("hits", "of", "low", "high"), [(0, 0, 0, 1), (14, 17, 0.59, 0.938), (17, 17, 0.816, 1)])
def test_wilson(hits: int, of: int, low: float, high: float) -> None:
    found = wilson(hits, of)
    assert math.isclose(found[0], low, abs_tol=0.001)
    assert math.isclose(found[1], high, abs_tol=0.001)
