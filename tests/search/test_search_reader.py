"""What the reader finds is what plain search finds, over texts and queries of every kind; both fold alike."""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from huiyin.folding import for_readers, pairs_for_readers
from huiyin.search import Document, Facet, write
from huiyin.search.units import units
from tests.search import plain
from tests.search.node import Reader, reader

FACETS = (Facet("state", "状态", {"open": "办理中", "closed": "办结", "": "无"}),)


@pytest.fixture(scope="module")
def node() -> Iterator[Reader]:
    with reader() as started:
        yield started


def document(number: int, title: str = "", names: str = "", text: str = "", session: str = "s") -> Document:
    state = ("open", "closed", "")[number % 3]
    day = date(2026, 1, 1) + timedelta(days=number // 2)
    return Document(f"d{number:04}", session, f"p/{number}/", f"{number}", title, names, text, day, {"state": (state,)})


def written(folder: Path, documents: list[Document]) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    write(documents, FACETS, folder)
    return str(folder)


def urls(found: dict[str, list[dict[str, str]]]) -> list[str]:
    return [hit["url"] for hit in found["hits"]]


FEW = "的区电梯老小旧臺台后後𠮷𠀀aA1１2ｂ"
"""So few letters that texts repeat and nearly match; Traditional and Simplified, full width, surrogate pairs."""
texts = st.text(alphabet=FEW + "，。 \n（〔-\u200bé", max_size=40)
words = st.one_of(
    st.text(alphabet=FEW, min_size=1, max_size=9),
    st.text(alphabet=FEW + "，〔-", min_size=1, max_size=9),
    st.text(alphabet=FEW, min_size=41, max_size=60),
)
phrases = st.text(alphabet=FEW + "， ", min_size=1, max_size=8)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.lists(st.tuples(texts, texts, texts, st.sampled_from("xyz")), min_size=1, max_size=12),
    queries=st.lists(
        st.lists(
            st.tuples(st.booleans(), st.one_of(words, phrases.map(lambda text: f"“{text}”"))), min_size=1, max_size=3
        ),
        min_size=1,
        max_size=6,
    ),
    long=st.booleans(),
)
def test_it_finds_exactly_what_plain_search_finds(
    node: Reader,
    tmp_path: Path,
    held: list[tuple[str, str, str, str]],
    queries: list[list[tuple[bool, str]]],
    long: bool,
) -> None:
    documents = [
        document(number, title, names, text * (40 if long and number == 0 else 1), session)
        for number, (title, names, text, session) in enumerate(held)
    ]
    path = written(tmp_path / "index", documents)
    for parts in queries:
        query = " ".join(f"{'-' if exclude else ''}{part}" for exclude, part in parts)
        pieces = [(piece["text"], piece["exclude"], piece["quoted"]) for piece in node.ask("pieces", query=query)]
        expected = {one.url for one in documents if plain.holds((one.title, one.names, one.text), pieces)}
        assert set(urls(node.ask("find", path=path, query=query))) == expected, query


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=st.lists(st.text(alphabet="的区电梯老𠮷", max_size=30), min_size=1, max_size=8), query=st.data())
def test_for_characters_alone_that_is_the_substring(
    node: Reader, tmp_path: Path, held: list[str], query: st.DataObject
) -> None:
    path = written(tmp_path / "index", [document(number, text=text) for number, text in enumerate(held)])
    source = query.draw(st.sampled_from([*held, "的区电"]))
    start = query.draw(st.integers(0, len(source)))
    asked = source[start : start + query.draw(st.integers(1, 12))]
    assume(asked)
    expected = {f"p/{number}/" for number, text in enumerate(held) if asked in text}
    assert set(urls(node.ask("find", path=path, query=asked))) == expected


@pytest.mark.parametrize(
    ("query", "pieces"),
    [
        ("加装 电梯", [("加装", False, False), ("电梯", False, False)]),
        ("“加装 电梯” -停车", [("加装 电梯", False, True), ("停车", True, False)]),
        ('a"b c"', [("a", False, False), ("b c", False, True)]),
        ("－「不 要」", [("不 要", True, True)]),
        ("2026-k7f2q", [("2026-k7f2q", False, False)]),
        ("- 甲", [("-", False, False), ("甲", False, False)]),
        ("“没有 关上", [("没有 关上", False, True)]),
        ("  \u3000", []),
    ],
)
def test_a_query_is_cut_into_pieces(node: Reader, query: str, pieces: list[tuple[str, bool, bool]]) -> None:
    said = node.ask("pieces", query=query)
    assert [(one["text"], one["exclude"], one["quoted"]) for one in said] == pieces


def test_every_code_point_is_folded_alike_by_the_builder_the_reader_and_the_plain_way(node: Reader) -> None:
    letters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    letters = [letter for letter in letters if unicodedata.category(letter) != "Cn" or ord(letter) < 0x30000]
    there = node.ask("fold", rules=for_readers(), pairs=pairs_for_readers(), texts=letters)["units"]
    here = units(letters)
    names = {0: "mark", 1: "word"}
    read: list[list[tuple[str, str]]] = [[] for _ in letters]
    said = iter(here.words)
    for unit, text in zip(here.unit.tolist(), here.text.tolist(), strict=True):
        read[text].append((names.get(unit, "character"), next(said) if unit == 1 else "" if unit == 0 else chr(unit)))
    for letter, built, found in zip(letters, read, there, strict=True):
        expected = plain.units(letter)
        assert built == expected, hex(ord(letter))
        got = [
            (names.get(one["unit"], "character"), one["word"] or (chr(one["unit"]) if one["unit"] > 1 else ""))
            for one in found
        ]
        assert got == expected, hex(ord(letter))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(alphabet=FEW + "，。 \t\n\u3000\u200b-éÀß①々〇ーㄅ가", max_size=30), min_size=1, max_size=5)
)
def test_whole_texts_are_cut_alike(node: Reader, texts: list[str]) -> None:
    there = node.ask("fold", rules=for_readers(), pairs=pairs_for_readers(), texts=texts)["units"]
    here = units(texts)
    said = iter(here.words)
    for number, text in enumerate(texts):
        expected = plain.units(text)
        mine = here.unit[here.text == number].tolist()
        assert [
            ("mark", "") if u == 0 else ("word", next(said)) if u == 1 else ("character", chr(u)) for u in mine
        ] == expected
        assert [(one["unit"], one["word"]) for one in there[number]] == [
            ({"mark": 0, "word": 1}.get(kind) if kind != "character" else ord(what), what if kind == "word" else "")
            for kind, what in expected
        ]


def test_the_table_of_pairs_is_asked_for_when_it_is_needed_and_only_then(node: Reader) -> None:
    pairs = pairs_for_readers()
    needed = node.ask("fold", rules=for_readers(), pairs=pairs, texts=[*pairs["from"], "加装电梯 0191 kX，ＡＢ"])[
        "needed"
    ]
    assert all(needed[:-1])
    assert not needed[-1]


def test_the_file_is_what_opencc_gives() -> None:
    from tests.make_fold import TARGET, made

    assert TARGET.read_text(encoding="utf-8") == made(), "run python tests/make_fold.py"
    assert sys.getsizeof(json.loads(made())["from"]) > 5000


def test_titles_come_first_then_names_then_texts_and_days_decide_between_equals(node: Reader, tmp_path: Path) -> None:
    held = [
        document(1, text="加装电梯"),
        document(3, text="加装电梯"),
        document(5, names="加装电梯"),
        document(7, title="加装电梯"),
        document(9, title="停车"),
    ]
    path = written(tmp_path / "index", held)
    assert urls(node.ask("find", path=path, query="电梯")) == ["p/7/", "p/5/", "p/3/", "p/1/"]
    assert urls(node.ask("find", path=path, query="电梯", by="date")) == ["p/7/", "p/5/", "p/3/", "p/1/"]
    assert urls(node.ask("find", path=path, query="加装 停车")) == []
    assert node.ask("find", path=path, query="")["total"] == 5
    assert node.ask("find", path=path, query="，")["hits"] == []


def test_facets_are_counted_over_what_was_found_and_narrow_it(node: Reader, tmp_path: Path) -> None:
    path = written(tmp_path / "index", [document(number, text="电梯" if number else "停车") for number in range(30)])
    found = node.ask("find", path=path, query="电梯", facets=["state"])
    assert found["counts"]["state"] == [["closed", "办结", 10], ["", "无", 10], ["open", "办理中", 9]]
    only = node.ask("find", path=path, query="电梯", filters={"state": "open"})
    assert only["total"] == 9
    assert all(int(hit["number"]) % 3 == 0 for hit in only["hits"])


def test_a_document_counts_for_each_of_its_values_and_what_is_owed_first_comes_first(
    node: Reader, tmp_path: Path
) -> None:
    held = [
        replace(document(1, text="电梯"), facets={"state": ("open", "closed")}, due=date(2026, 3, 2)),
        replace(document(2, text="电梯"), facets={"state": ("closed",)}, due=date(2026, 3, 1)),
        replace(document(3, text="电梯"), facets={}),
    ]
    path = written(tmp_path / "index", held)
    found = node.ask("find", path=path, query="电梯", by="due", facets=["state"])
    assert urls(found) == ["p/2/", "p/1/", "p/3/"]
    assert found["counts"]["state"] == [["closed", "办结", 2], ["open", "办理中", 1]]
    assert urls(node.ask("find", path=path, query="电梯", filters={"state": "open"})) == ["p/1/"]


def test_numbers_are_found_as_words_by_their_beginning_and_exactly_in_quotes(node: Reader, tmp_path: Path) -> None:
    held = [
        document(1, names="0191"),
        document(2, text="共20191辆"),
        document(3, text="01912号"),
        document(4, text="望政办〔2026〕12号"),
    ]
    path = written(tmp_path / "index", held)
    assert set(urls(node.ask("find", path=path, query="0191"))) == {"p/1/", "p/3/"}
    assert urls(node.ask("find", path=path, query="“0191”")) == ["p/1/"]
    for spelled in ("望政办〔2026〕12号", "望政办[2026]12号", "望政办（２０２６）１２号", "〔2026〕12"):
        assert urls(node.ask("find", path=path, query=spelled)) == ["p/4/"], spelled
    assert urls(node.ask("find", path=path, query="望政办202612号")) == []


def test_a_snippet_shows_the_text_itself_with_its_matches_marked(node: Reader, tmp_path: Path) -> None:
    text = "前" * 100 + "為老舊小區加裝電梯，𠮷" + "后" * 300 + "停車"
    path = written(tmp_path / "index", [document(1, title="關於電梯", text=text)])
    hit = node.ask("find", path=path, query="加装电梯 停车", snippets=True)["hits"][0]
    assert ["加裝電梯", True] in hit["snippet"]
    assert hit["snippet"][0] == ["…", False]
    assert len("".join(part for part, _ in hit["snippet"])) < 140
    assert hit["marked"] == [["關於電梯", False]]
    again = node.ask("find", path=path, query="电梯", snippets=True)["hits"][0]
    assert again["marked"] == [["關於", False], ["電梯", True]]


def test_markup_in_texts_and_queries_is_text(node: Reader, tmp_path: Path) -> None:
    text = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    path = written(tmp_path / "index", [document(1, title=text, text=text)])
    hit = node.ask("find", path=path, query="<img src=x", snippets=True)["hits"][0]
    assert hit["title"] == text
    assert "".join(part for part, _ in hit["marked"]) == text
