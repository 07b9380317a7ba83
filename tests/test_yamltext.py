"""The strict reader: what plain scalars mean, where values stand, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.findings import Source
from huiyin.yamltext import DEEPEST, LARGEST, decode, read


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-7", -7),
        ("42", 42),
        ("1.50", 1.5),
        ("123456789012345", 123456789012345),
        ("1234567890123456", "1234567890123456"),
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("1_000", "1_000"),
        ("+1", "+1"),
        ("12:30", "12:30"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("NULL", "NULL"),
        ("2026-03-05", "2026-03-05"),
        (".inf", ".inf"),
        ("=", "="),
        ('"42"', "42"),
        ("'true'", "true"),
        ('""', ""),
        ("|-\n  42", "42"),
        (">-\n  true", "true"),
    ],
)
def test_a_scalar_means_what_it_looks_like(written: str, value: object) -> None:
    document = read(f"a: {written}\n")
    assert document.faults == []
    assert document.data == {"a": value}
    assert type(document.data["a"]) is type(value)


def test_merge_keys_are_ordinary_keys() -> None:
    assert read("<<: a\nb: c\n").data == {"<<": "a", "b": "c"}


def test_every_value_and_key_has_its_place() -> None:
    text = 'title: 路\nlist:\n  - a: "x"\n    b: [1, 22]\n  - |\n    two\n    lines\n'
    marks = read(text, with_marks=True).marks
    assert marks[("title",)].key == (1, 1, 5)
    assert marks[("title",)].value == (1, 8, 1)
    assert marks[("list", 0, "a")].value == (3, 8, 3)
    assert marks[("list", 0, "b", 1)].value == (4, 12, 2)
    assert marks[("list", 1)].value[:2] == (5, 5)


def test_a_place_that_is_not_there_is_the_nearest_above_it() -> None:
    source = Source("x.yaml", "events:\n  - id: e1\n")
    assert (source.place("events", 0, "on").line, source.place("events", 0, "on").column) == (2, 5)
    assert source.place("nothing").line == 1
    assert source.place("events", key=True).column == 1
    assert Source("x.yaml", "").place("a").line == 1


@pytest.mark.parametrize(
    ("text", "kind", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
        ("a: {b: 1, b: 2}\n", "duplicate-key", 1, 11),
        ('a: 1\n"a": 2\n', "duplicate-key", 2, 1),
        ("a: &x 1\n", "alias", 1, 4),
        ("a: 1\nb: *x\n", "alias", 2, 4),
        ("a: !x 1\n", "tag", 1, 4),
        ("a: 1\n---\nb: 2\n", "several-documents", 2, 1),
        ("? [a]\n: 1\n", "key-not-text", 1, 3),
        ("a: b: c\n", "syntax", 1, 5),
        ('a: "\n', "syntax", 1, 4),
        ('a: "x\\u202ey"\n', "hidden-character", 1, 4),
        ("a: 第 #3 号\n", "comment-in-text", 1, 4),
        ("- b: 1 # one\n- 第\n  二 # 三\n", "comment-in-text", 2, 3),
        ("a: " + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "too-deep", 1, DEEPEST + 3),
    ],
)
def test_what_could_mean_two_things_is_a_fault_with_its_place(text: str, kind: str, line: int, column: int) -> None:
    (fault,) = [fault for fault in read(text).faults if fault.kind == kind]
    assert (fault.line, fault.column) == (line, column)


def test_as_many_levels_as_allowed_are_read() -> None:
    levels = DEEPEST - 1
    document = read("a: " + "[" * levels + "1" + "]" * levels)
    assert document.faults == []
    assert document.data


@pytest.mark.parametrize(
    ("raw", "kinds"),
    [
        (b"a: 1\n", []),
        (b"\xef\xbb\xbfa: 1\n", ["byte-order-mark"]),
        ("a: 公交站\n".encode("gbk"), ["not-utf8"]),
        ("a: 1\n".encode("utf-16"), ["not-utf8"]),
        ("a: 1\n".encode("utf-16-be"), ["hidden-character"] * 5),
        (b"a: 1\r\n", []),
        (b"a: 1\rb: 2\n", ["hidden-character"]),
        ("a: \u200b\u202e\n".encode(), ["hidden-character"] * 2),
        (b"x" * (LARGEST + 1), ["too-large"]),
        (b"#" * LARGEST, []),
    ],
)
def test_decoding_finds_what_is_no_plain_utf8_text(raw: bytes, kinds: list[str]) -> None:
    text, faults = decode(raw)
    assert [fault.kind for fault in faults] == kinds
    assert isinstance(text, str)


def test_a_fault_of_encoding_stands_where_its_byte_is() -> None:
    (fault,) = decode("id: x\ntitle: 路灯".encode()[:-1])[1]
    assert (fault.line, fault.column, fault.detail) == (2, 9, "0xe7")


@given(st.lists(st.sampled_from(["路", "\n", "\u200b", "a", "\u2067"]), max_size=40))
def test_hidden_characters_are_counted_one_by_one_with_their_places(pieces: list[str]) -> None:
    text = "".join(pieces)
    _, faults = decode(text.encode())
    expected = []
    line = column = 1
    for char in text:
        if char in "\u200b\u2067":
            expected.append((line, column, f"U+{ord(char):04X}"))
        line, column = (line + 1, 1) if char == "\n" else (line, column + 1)
    assert [(fault.line, fault.column, fault.detail) for fault in faults] == expected
