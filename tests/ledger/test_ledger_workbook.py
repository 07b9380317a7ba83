"""Workbooks as offices keep them: titles, merged cells, several sheets, errors, and files that must not be opened."""

from __future__ import annotations

import datetime
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.ledger.outcomes import LedgerError, Refusal
from huiyin.ledger.rows import SHEET, Layout, Ledger, Row, open_ledger

FILES = Path(__file__).parent / "files"
ANY = Layout()
NAMES = ["编号", "案由", "主办"]
WANTED = ("编号", "案由", "主办")


def book(path: Path, fill: Callable[[Any, Any], None], *names: str) -> Path:
    """Write a workbook with a worksheet for each name."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        for name in names or ("台账",):
            fill(workbook, workbook.add_worksheet(name))
    return path


def plain(path: Path, *rows: list[Any], names: tuple[str, ...] = ("台账",)) -> Path:
    """Write a workbook of these rows."""

    def fill(_: Any, sheet: Any) -> None:
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return book(path, fill, *names)


def rows(ledger: Ledger) -> list[Row]:
    found = list(ledger.rows())
    assert len(found) == ledger.size
    assert all(isinstance(row, Row) for row in found)
    return [row for row in found if isinstance(row, Row)]


def refusals(ledger: Ledger) -> list[tuple[int, str, str]]:
    return [(row.row, row.reason.code, row.reason.detail.zh) for row in ledger.rows() if isinstance(row, Refusal)]


def told(path: Path, layout: Layout = ANY, wanted: tuple[str, ...] = ()) -> str:
    with pytest.raises(LedgerError) as error:
        open_ledger(path, layout, wanted)
    assert error.value.words.zh.startswith(str(path))
    assert error.value.words.en.startswith(str(path))
    return error.value.words.zh


def office_ledger(workbook: Any, sheet: Any) -> None:
    """What `ledger.xls` and `ledger.ods` were made from."""
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.merge_range("A1:F1", "望澜市建议办理情况一览表（虚构）")
    sheet.write("A2", "填报单位：望澜市")
    sheet.write("E2", "日期：2026年3月")
    sheet.write_row("A3", ["编号", "案由", "提交日期", "登记时间", "金额", "主办"])
    for row, (number, title) in enumerate([("0042", "关于加装充电桩的建议"), ("0043", "关于延长开放时间的建议")], 3):
        sheet.write_string(row, 0, number)
        sheet.write_string(row, 1, title)
        sheet.write_datetime(row, 2, datetime.datetime(2026, 3, 5 + row), day)
        sheet.write_datetime(row, 3, datetime.datetime(2026, 3, 5 + row, 10, 30), moment)
        sheet.write_number(row, 4, 1234567)
    sheet.merge_range("F4:F5", "住建局")
    sheet.write("A6", "合计")
    sheet.write("E6", 2469134)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_ledger_with_titles_dates_merged_cells_and_a_total_is_read(tmp_path: Path, kind: str):
    path = book(tmp_path / "台账", office_ledger, "办理情况") if kind == "xlsx" else FILES / f"ledger.{kind}"
    ledger = open_ledger(path, Layout(stop=("合计",)), WANTED)
    assert ledger.columns == ("编号", "案由", "提交日期", "登记时间", "金额", "主办", SHEET)
    first, second = rows(ledger)
    assert (first.number, second.number, first.sheet) == (4, 5, "")
    assert first.cells == {
        "编号": ("0042",),
        "案由": ("关于加装充电桩的建议",),
        "提交日期": ("2026-03-08",),
        "登记时间": ("2026-03-08 10:30",),
        "金额": ("1234567",),
        "主办": ("住建局",),
        SHEET: ("办理情况",),
    }
    assert second.cells["主办"] == ("住建局",)


def test_the_same_ledger_has_the_same_digests_as_text_and_as_workbook(tmp_path: Path):
    path = plain(tmp_path / "a.xlsx", NAMES, ["0042", "甲", "住建局"], ["0043", "乙", ""])
    (tmp_path / "a.csv").write_text("编号,案由,主办\n0042,甲,住建局\n0043,乙,\n", encoding="utf-8")
    both = [[row.digest for row in rows(open_ledger(one, ANY))] for one in (path, tmp_path / "a.csv")]
    assert both[0] == both[1]


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (0.1 + 0.2, "0.3"), (True, "true"), (110101199001010000, "110101199001010000"), (-2.5, "-2.5")],
)
def test_a_value_is_written_as_a_text_file_would_have_it(tmp_path: Path, value: Any, text: str):
    path = plain(tmp_path / "a.xlsx", ["案由", "数"], ["甲", value])
    assert rows(open_ledger(path, ANY))[0].cells["数"] == (text,)


def test_a_time_of_day_is_written_with_its_seconds_only_where_it_has_some(tmp_path: Path):
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["甲", "乙"])
        clock = workbook.add_format({"num_format": "hh:mm:ss"})
        sheet.write_datetime(1, 0, datetime.time(10, 5), clock)
        sheet.write_datetime(1, 1, datetime.time(10, 5, 7), clock)

    cells = rows(open_ledger(book(tmp_path / "a.xlsx", fill), ANY))[0].cells
    assert (cells["甲"], cells["乙"]) == (("10:05",), ("10:05:07",))


def test_the_table_may_begin_anywhere_and_rows_keep_their_numbers(tmp_path: Path):
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(4, 2, NAMES)
        sheet.write_row(7, 2, ["1", "甲", "住建局"])

    row = rows(open_ledger(book(tmp_path / "a.xlsx", fill), ANY))[0]
    assert (row.number, row.cells["编号"]) == (8, ("1",))


def test_names_in_two_rows_are_those_of_a_group_and_of_its_columns(tmp_path: Path):
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("A1:E1", "一览表")
        sheet.merge_range("A2:A3", "编号")
        sheet.merge_range("B2:C2", "办理情况")
        sheet.merge_range("D2:D3", "案\n由")
        sheet.write_row("B3", ["主办", "协办"])
        sheet.write_row("A4", ["1", "住建局", "城管局", "甲"])

    path = book(tmp_path / "a.xlsx", fill)
    ledger = open_ledger(path, Layout(header_rows=2), ("编号", "办理情况.主办", "案由"))
    assert ledger.columns == ("编号", "办理情况.主办", "办理情况.协办", "案由", SHEET)
    assert [row.number for row in rows(ledger)] == [4]


def test_a_cell_merged_to_the_right_counts_once(tmp_path: Path):
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, NAMES)
        sheet.write(1, 0, "1")
        sheet.merge_range("B2:C2", "甲")

    assert rows(open_ledger(book(tmp_path / "a.xlsx", fill), ANY))[0].cells["主办"] == ()


def test_a_row_that_only_merged_cells_reach_into_is_none(tmp_path: Path):
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, NAMES)
        for column in range(3):
            sheet.merge_range(1, column, 2, column, "甲")

    assert [row.number for row in rows(open_ledger(book(tmp_path / "a.xlsx", fill), ANY))] == [2]


def test_headings_printed_again_on_each_page_are_passed_over(tmp_path: Path):
    title = ["望澜市一览表"]
    path = plain(tmp_path / "a.xlsx", title, NAMES, ["1", "甲", "局"], [], title, NAMES, ["2", "乙", "局"])
    assert [row.number for row in rows(open_ledger(path, ANY, WANTED))] == [3, 7]


def test_only_a_named_or_lone_worksheet_is_read(tmp_path: Path):
    path = plain(tmp_path / "a.xlsx", NAMES, ["1", "甲", "局"], names=("2025年", "2026年", "说明"))
    said = told(path)
    assert "3 张工作表有内容：“2025年”、“2026年”、“说明”" in said
    assert "format.sheets" in said
    both = rows(open_ledger(path, Layout(sheets=("20*年",))))
    assert [(row.sheet, row.number, row.cells[SHEET]) for row in both] == [
        ("2025年", 2, ("2025年",)),
        ("2026年", 2, ("2026年",)),
    ]
    assert [row.occurrence for row in both] == [1, 2]
    assert both[0].digest == both[1].digest
    assert len(rows(open_ledger(path, Layout(sheets="all")))) == 3
    assert "没有工作表“2027年”" in told(path, Layout(sheets=("2027年",)))


def test_a_hidden_worksheet_is_read_only_under_its_name(tmp_path: Path):
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, NAMES)
        sheet.write_row(1, 0, ["1", "甲", "局"])
        if sheet.name == "字典":
            sheet.hide()

    path = book(tmp_path / "a.xlsx", fill, "台账", "字典")
    assert len(rows(open_ledger(path, ANY))) == len(rows(open_ledger(path, Layout(sheets="all")))) == 1
    assert rows(open_ledger(path, Layout(sheets=("字典",))))[0].cells[SHEET] == ("字典",)


def test_worksheets_with_other_columns_are_told(tmp_path: Path):
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, NAMES if sheet.name == "甲" else ["编号", "案由", "会办"])
        sheet.write_row(1, 0, ["1", "甲", "局"])

    said = told(book(tmp_path / "a.xlsx", fill, "甲", "乙"), Layout(sheets="all"))
    assert "工作表“乙”的栏名和“甲”的不同：少了 主办；多出 会办" in said


def test_an_error_and_a_formula_without_its_result_refuse_their_rows(tmp_path: Path):
    path = plain(tmp_path / "a.xlsx", NAMES, ["1", "甲", "局"], ["2", "乙", "局"], ["3", "丙", "局"])
    workbook = openpyxl.load_workbook(path)
    workbook.active["C3"] = "#REF!"
    workbook.active["B4"] = '=CONCATENATE("丁", "戊")'
    workbook.save(path)
    ledger = open_ledger(path, ANY)
    assert refusals(ledger) == [
        (3, "cell-error", "工作表“台账”的 C3 是 #REF!"),
        (4, "cell-formula", "工作表“台账”的 B4；请在 Excel 或 WPS 中打开工作簿，再存一次"),
    ]
    assert [row.raw for row in ledger.rows() if isinstance(row, Refusal)] == ["2\t乙\t", "3\t\t局"]


def test_a_formula_with_its_result_is_its_result(tmp_path: Path):
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, NAMES)
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, '="甲"', None, "甲")
        sheet.write_formula(1, 2, '=""', None, "x")

    path = book(tmp_path / "a.xlsx", fill)
    # What Excel saves for a formula that gives an empty text.
    rewritten(path, SHEET1, lambda content: content.replace(b"<v>x</v>", b"<v></v>"))
    cells = rows(open_ledger(path, ANY))[0].cells
    assert [cells[name] for name in NAMES] == [("2",), ("甲",), ()]


def test_a_filled_cell_right_of_the_table_refuses_its_row(tmp_path: Path):
    path = plain(tmp_path / "a.xlsx", NAMES, ["1", "甲", "局", "错位"], ["2", "乙", "局"])
    assert refusals(open_ledger(path, ANY)) == [(2, "row-columns", "工作表“台账”的 D2 在最后一栏的右边，没有栏名")]


def test_a_password_is_told():
    assert "密码" in told(FILES / "locked.xlsx")


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Replace a part of a workbook by what `change` makes of it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


SHEET1 = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("damage", ["cut", "xml", "no-rels", "cut-ole"])
def test_a_damaged_workbook_is_one_message(tmp_path: Path, damage: str):
    path = plain(tmp_path / "a.xlsx", NAMES, ["1", "甲", "局"])
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-500])
    elif damage == "cut-ole":
        path.write_bytes((FILES / "ledger.xls").read_bytes()[:3000])
    elif damage == "xml":
        rewritten(path, SHEET1, lambda content: content[:-40])
    else:
        rewritten(path, "xl/_rels/workbook.xml.rels", lambda _: b"nonsense")
    assert "损坏" in told(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "没有数据行"),
        (b"<html><table><tr><td>a</td></tr></table></html>", "网页"),
        (b'<?xml version="1.0"?><Workbook/>', "网页或 XML"),
        (b"%PDF-1.7", "PDF"),
        (b"a,b\n1,2\n", "文件是文本（CSV）"),
        (b'{"a": 1}\n', "文件是JSONL"),
    ],
)
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes, said: str):
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    assert said in told(path, Layout("xlsx"))


@pytest.mark.parametrize("named", ["csv", "jsonl"])
def test_a_workbook_that_the_mapping_calls_text_is_told(tmp_path: Path, named: str):
    path = plain(tmp_path / "a.csv", NAMES, ["1", "甲", "局"])
    assert "文件是Excel 或 WPS 工作簿。请把映射文件的 format.type 改成 xlsx" in told(path, Layout(named))


def test_an_archive_that_is_no_workbook_is_told(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", "a,b")
    assert "里面不是工作簿" in told(tmp_path / "a.zip")


def test_an_empty_workbook_and_one_of_names_only_are_told(tmp_path: Path):
    assert "没有数据行" in told(plain(tmp_path / "a.xlsx"))
    assert "没有数据行" in told(plain(tmp_path / "b.xlsx", NAMES))


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path):
    assert "不是一个文件" in told(tmp_path)
    assert "没有这个文件" in told(tmp_path / "missing")


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from pathlib import Path
from huiyin.ledger.outcomes import LedgerError
from huiyin.ledger.rows import Layout, open_ledger
try:
    print("rows", open_ledger(Path(sys.argv[1]), Layout()).size)
except LedgerError as error:
    print(error.words.zh)
"""


def limited(path: Path) -> str:
    """What reading says in a process of its own that may use 1.5 GB of addresses."""
    done = subprocess.run([sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=True)
    return done.stdout


def test_a_cell_in_the_last_corner_is_told_and_takes_no_memory(tmp_path: Path):
    def corner(content: bytes) -> bytes:
        far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        return content.replace(b"</sheetData>", far)

    path = rewritten(plain(tmp_path / "a.xlsx", NAMES, ["1", "甲", "局"]), SHEET1, corner)
    said = limited(path)
    assert "占的范围太大" in said
    assert "XFD1048576" in said


def test_a_range_that_claims_to_be_large_takes_no_memory(tmp_path: Path):
    def claim(content: bytes) -> bytes:
        assert b'ref="A1:C2"' in content
        return content.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"')

    path = rewritten(plain(tmp_path / "a.xlsx", NAMES, ["1", "甲", "局"]), SHEET1, claim)
    assert limited(path) == "rows 1\n"


def test_an_open_document_that_unfolds_to_too_much_is_told(tmp_path: Path):
    def unfold(content: bytes) -> bytes:
        cell = b'office:value-type="string"'
        return content.replace(cell, cell + b' table:number-columns-repeated="16384"', 1).replace(
            b"<table:table-row ", b'<table:table-row table:number-rows-repeated="1048576" ', 1
        )

    path = tmp_path / "a.ods"
    path.write_bytes((FILES / "ledger.ods").read_bytes())
    assert "占的范围太大" in limited(rewritten(path, "content.xml", unfold))


def test_an_error_in_an_open_document_refuses_its_row(tmp_path: Path):
    def spoil(content: bytes) -> bytes:
        cell = 'calcext:value-type="string"><text:p>关于延长开放时间的建议'.encode()
        assert content.count(cell) == 1
        return content.replace(cell, b'calcext:value-type="error"><text:p>#REF!')

    path = tmp_path / "a.ods"
    path.write_bytes((FILES / "ledger.ods").read_bytes())
    ledger = open_ledger(rewritten(path, "content.xml", spoil), Layout(stop=("合计",)), WANTED)
    assert refusals(ledger) == [(5, "cell-error", "工作表“办理情况”的 B5 是 #REF!")]


def test_a_workbook_that_unpacks_to_too_much_is_told(tmp_path: Path):
    path = plain(tmp_path / "a.xlsx", NAMES, ["1", "甲", "局"])
    rewritten(path, SHEET1, lambda content: content + b" " * (101 << 20))
    assert path.stat().st_size < 1 << 20
    assert "解开有 101 MB" in limited(path)


def test_a_workbook_whose_list_lies_about_sizes_is_damaged(tmp_path: Path):
    path = rewritten(plain(tmp_path / "a.xlsx", NAMES, ["1", "甲", "局"]), SHEET1, lambda text: text + b" " * 70_000)
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(SHEET1).file_size
    content = path.read_bytes()
    assert content.count(size.to_bytes(4, "little")) == 2
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (900).to_bytes(4, "little")))
    assert "损坏" in told(path)


def test_error_cells_of_an_xls_workbook_are_told_with_their_address():
    read = open_ledger(FILES / "errors.xls", Layout(sheets=("办理情况",))).rows()
    told = [
        (row.row, row.reason.code, row.reason.detail.zh) if isinstance(row, Refusal) else row.number for row in read
    ]
    assert told == [
        2,
        (3, "cell-error", "工作表“办理情况”的 D3 是 #DIV/0!"),
        (4, "cell-error", "工作表“办理情况”的 C4 是 #N/A"),
        5,
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 6655), st.integers(0, 255), st.integers(0, 6656))
def test_a_damaged_xls_workbook_is_read_or_refused(tmp_path: Path, at: int, byte: int, length: int):
    content = bytearray((FILES / "errors.xls").read_bytes())
    content[at] = byte
    path = tmp_path / "damaged.xls"
    for damaged in (content, content[:length]):
        path.write_bytes(damaged)
        said = ""
        try:
            said = "".join(type(row).__name__ for row in open_ledger(path, Layout(sheets=("办理情况",))).rows())
        except LedgerError as error:
            said = error.words.zh
        assert said
