"""Reading ledgers: one bad row is one broken row, and what is no ledger at all is one message."""

from __future__ import annotations

import json
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.ledger.outcomes import LedgerError, Refusal
from huiyin.ledger.rows import Layout, Row, open_ledger

JSONL, CSV = Layout("jsonl"), Layout("csv")


@dataclass(frozen=True)
class Table:
    """All of a ledger at once."""

    columns: tuple[str, ...]
    rows: list[Row]
    broken: list[Refusal]


def parse(raw: bytes, layout: Layout, wanted: tuple[str, ...] = ()) -> Table:
    """Read a file with these bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger"
        path.write_bytes(raw)
        ledger = open_ledger(path, layout, wanted)
        found = list(ledger.rows())
        assert found == list(ledger.rows()), "a second pass gives the same"
        assert ledger.size == len(found)
    rows = [row for row in found if isinstance(row, Row)]
    return Table(ledger.columns, rows, [row for row in found if isinstance(row, Refusal)])


def test_a_json_row_becomes_cells_of_texts():
    row = {"a": 1, "b": 2.0, "c": 2.5, "d": None, "e": "", "f": True, "g": ["x", "", 3], "h": {"i": "y"}}
    table = parse(json.dumps(row).encode(), JSONL)
    cells = {"a": ("1",), "b": ("2",), "c": ("2.5",), "d": (), "e": (), "f": ("true",), "g": ("x", "3"), "h.i": ("y",)}
    assert table.rows[0].cells == cells


def test_a_list_of_objects_is_unfolded_by_the_key_that_the_mapping_names():
    row = {"motions": [{"stage": "審查意見", "resolution": ""}, {"stage": "議決", "resolution": "照案通過。"}]}
    table = parse(json.dumps(row).encode(), Layout("jsonl", unfold={"motions": "stage"}))
    assert table.rows[0].cells["motions.議決.resolution"] == ("照案通過。",)


def test_rows_of_json_are_numbered_like_the_lines_of_the_file():
    table = parse(b'\n{"a": 1}\n\n{"a": 2}\n', JSONL)
    assert [row.number for row in table.rows] == [2, 4]


def test_rows_of_csv_are_numbered_like_those_of_a_spreadsheet():
    table = parse('题目,人\n"第一行\n第二行",甲\n,\n丙,丁\n'.encode("utf-8-sig"), CSV)
    assert [(row.number, row.cells["题目"]) for row in table.rows] == [(2, ("第一行\n第二行",)), (4, ("丙",))]


def test_the_same_row_has_the_same_digest_in_json_and_in_csv():
    one = parse(b'{"b": 2, "a": "x", "c": null}', JSONL).rows[0].digest
    assert one == parse(b"a,b,c\nx,2,\n", CSV).rows[0].digest


def test_columns_that_only_number_the_rows_do_not_count():
    table = parse(b'{"uid": 1, "a": "x"}\n{"uid": 2, "a": "x"}\n{"uid": 3, "a": "y"}', Layout("jsonl", ignore=("uid",)))
    assert [row.occurrence for row in table.rows] == [1, 2, 1]
    assert table.rows[0].digest == table.rows[1].digest != table.rows[2].digest


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"a": 1', "row-broken"),
        (b"[1]", "row-broken"),
        (b'"a"', "row-broken"),
        (b'{"a": 1, "a": 2}', "row-broken"),
        (b'{"a": NaN}', "row-broken"),
        (b'{"a":' * 5000, "row-broken"),
        (b'{"a": ' + b"1" * 5000 + b"}", "row-broken"),
        (b'{"a": "\xff"}', "row-encoding"),
    ],
)
def test_a_broken_line_is_one_broken_row(line, code):
    table = parse(b'{"a": 1}\n' + line + b'\n{"a": 2}', JSONL)
    assert [row.number for row in table.rows] == [1, 3]
    assert [(refusal.row, refusal.reason.code) for refusal in table.broken] == [(2, code)]


@pytest.mark.parametrize(
    ("record", "code"),
    [(b"1", "row-columns"), (b"1,2,3", "row-columns"), (b'"1"x,2', "row-broken"), (b"\xff,2", "row-encoding")],
)
def test_a_broken_record_is_one_broken_row(record, code):
    table = parse(b"a,b\n1,2\n" + record + b"\n3,4\n", CSV)
    assert [row.number for row in table.rows] == [2, 4]
    assert [(refusal.row, refusal.reason.code) for refusal in table.broken] == [(3, code)]


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16"])
def test_other_encodings_and_delimiters_are_read(encoding):
    table = parse("題目\t人\n道路\t甲\n".encode(encoding), Layout("csv", encoding=encoding, delimiter="\t"))
    assert table.rows[0].cells == {"題目": ("道路",), "人": ("甲",)}


@pytest.mark.parametrize(
    ("raw", "layout", "said"),
    [
        (b"", JSONL, "没有数据行"),
        (b"", CSV, "没有数据行"),
        (b"a,b\n", CSV, "没有数据行"),
        (b'a,b\n1,"2\n3,4\n', CSV, "从文件第 2 行起引号没有成对"),
        (b'[\n{"a": 1},\n{"a": 2}\n]', JSONL, "每行一个对象"),
        (b"a,b\n1,2\n", JSONL, "没有一行可以按 jsonl 读懂"),
        ("题目\n道路\n".encode("gb18030"), Layout("csv", encoding="utf-8"), "像是 gb18030"),
        (b"abc", Layout("csv", encoding="utf-16"), "不是 UTF-16"),
    ],
)
def test_what_is_no_such_ledger_is_one_clear_message(raw, layout, said):
    with pytest.raises(LedgerError) as error:
        parse(raw, layout)
    assert said in error.value.words.zh
    assert error.value.words.en


def test_a_quote_that_swallows_a_whole_file_is_told():
    with pytest.raises(LedgerError) as error:
        parse(b'a,b\n1,"2\n' + b"3,4\n" * 50_000, CSV)
    assert "引号没有成对" in error.value.words.zh


@given(st.binary(), st.sampled_from(["jsonl", "csv"]), st.sampled_from(["utf-8", "gb18030", "big5", "utf-16"]))
def test_no_bytes_make_the_reader_fail_in_another_way(raw, kind, encoding):
    with suppress(LedgerError):
        parse(raw, Layout(kind, encoding=encoding))
