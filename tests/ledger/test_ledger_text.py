"""Text files as offices export them: any of their encodings and delimiters, titles above and totals below the table."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.ledger.outcomes import LedgerError, Refusal
from huiyin.ledger.reading.decoding import LONGEST_LINE
from huiyin.ledger.reading.delimited import LONGEST_CELL
from huiyin.ledger.rows import Layout, Ledger, open_ledger

ANY = Layout()
TITLE = "望澜市第十七届人民代表大会第四次会议代表建议办理情况一览表"
SIMPLE = "编号,案由,主办单位,答复日期\n0042,关于在老旧小区加装充电桩的建议,住建局,2026-03-05\n"
TRADITIONAL = "編號,案由,主辦單位,答覆日期\n0042,請市政府改善道路排水設施案,工務局,2026-03-05\n"

Opened = Callable[..., Ledger]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Open a file with this content."""

    def run(content: str | bytes, layout: Layout = ANY, wanted: tuple[str, ...] = ()) -> Ledger:
        path = tmp_path / "ledger"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return open_ledger(path, layout, wanted)

    return run


@pytest.fixture
def told(opened: Opened) -> Callable[..., str]:
    """What is said of a file that cannot be read."""

    def run(content: str | bytes, layout: Layout = ANY, wanted: tuple[str, ...] = ()) -> str:
        with pytest.raises(LedgerError) as error:
            opened(content, layout, wanted)
        assert error.value.words.en
        return error.value.words.zh

    return run


def texts(ledger: Ledger) -> list[dict[str, str]]:
    return [
        {name: "".join(cell) for name, cell in row.cells.items()}
        for row in ledger.rows()
        if not isinstance(row, Refusal)
    ]


# ------------------------------------------------------------------------------------------ encodings


@pytest.mark.parametrize(
    ("content", "encoding", "found"),
    [
        (SIMPLE, "utf-8", "utf-8"),
        (SIMPLE, "utf-8-sig", "utf-8"),
        (SIMPLE, "gb18030", "gb18030"),
        (SIMPLE, "gbk", "gb18030"),
        (SIMPLE, "utf-16", "utf-16"),
        (SIMPLE, "utf-16-le", "utf-16"),
        (SIMPLE, "utf-16-be", "utf-16"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "gb18030", "gb18030"),
        ("a,b\n1,2\n", "ascii", "utf-8"),
    ],
)
def test_the_encoding_is_found_out(opened: Opened, content: str, encoding: str, found: str):
    ledger = opened(content.encode(encoding))
    assert ledger.encoding == found
    assert ledger.columns == tuple(content.split("\n")[0].split(","))
    assert [*texts(ledger)[0].values()] == content.split("\n")[1].split(",")


@pytest.mark.parametrize(
    ("content", "written", "named"),
    [(SIMPLE * 3, "utf-8", "gb18030"), (TRADITIONAL * 3, "big5", "gb18030"), (SIMPLE * 3, "gb18030", "big5")],
)
def test_a_wrong_encoding_is_told_with_the_right_one(told: Callable[..., str], content: str, written: str, named: str):
    said = told(content.encode(written), Layout(encoding=named))
    assert f"映射写的编码是 {named}，可是文件是 {written}" in said


@pytest.mark.parametrize(("written", "named"), [("utf-16", "gb18030"), ("utf-16", "utf-8"), ("utf-8", "utf-16")])
def test_utf_16_and_what_is_called_so_are_told_apart(told: Callable[..., str], written: str, named: str):
    assert "format.encoding" in told("编号,案由,人\n1,a,b\n".encode(written), Layout(encoding=named))


def test_names_under_a_title_and_nothing_below_are_no_rows(told: Callable[..., str]):
    assert "没有数据行" in told("一览表\n编号,案由,主办\n", ANY, ("编号", "案由", "主办"))


def test_a_wrong_utf_8_is_told_with_the_first_line_and_the_right_one(told: Callable[..., str]):
    said = told(b"a,b\n" + SIMPLE.encode("gb18030"), Layout(encoding="utf-8"))
    assert "先是文件第 2 行" in said
    assert "像是 gb18030" in said


def test_what_could_be_two_encodings_is_shown_in_both(told: Callable[..., str]):
    content = "甲,乙\n犀,币\n".encode("gb18030")
    said = told(content)
    assert f"按 gb18030：{content.decode('gb18030').split()[0]}" in said
    assert "按 big5：" in said


def test_a_byte_out_of_place_loses_its_row_only_and_is_shown(opened: Opened):
    ledger = opened(SIMPLE.encode() + b"0043,\xff\xe6,\n0044,\xe7,,\n".replace(b"0043,\xff\xe6,", b"0043,\xff,,"))
    refused = [row for row in ledger.rows() if isinstance(row, Refusal)]
    assert [(row.row, row.reason.code) for row in refused] == [(3, "row-encoding"), (4, "row-encoding")]
    assert refused[0].raw == r"0043,\xff,,"
    assert len(texts(ledger)) == 1


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("unit", [b"\xd8\x41", b"\xdc\x41"])
def test_a_bad_unit_of_utf_16_loses_its_row_only_and_is_shown(opened: Opened, encoding: str, unit: bytes):
    mark = "\ufeff".encode(encoding)
    broken = unit if encoding == "utf-16-be" else unit[::-1]
    content = mark + SIMPLE.encode(encoding) + "0043,坏".encode(encoding) + broken + "\n".encode(encoding)
    broken_row = content[: -len("\n".encode(encoding))] + ",,\n0044,好,局,\n".encode(encoding)
    ledger = opened(broken_row)
    refused = [row for row in ledger.rows() if isinstance(row, Refusal)]
    assert [(row.row, row.reason.code) for row in refused] == [(3, "row-encoding")]
    assert "\\x41" in refused[0].raw
    assert [row["编号"] for row in texts(ledger)] == ["0042", "0044"]


def test_utf_16_that_lacks_a_byte_is_incomplete(told: Callable[..., str]):
    assert "字节数却是单数" in told(SIMPLE.encode("utf-16")[:-1])


# ------------------------------------------------------------------------------------------ delimiters


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(opened: Opened, mark: str):
    ledger = opened(f'编号{mark}"案由,内容;其他|合计"{mark}主办\n1{mark}甲{mark}局\n')
    assert ledger.columns == ("编号", "案由,内容;其他|合计", "主办")
    assert len(texts(ledger)) == 1


def test_a_wrong_delimiter_is_one_message(told: Callable[..., str]):
    said = told("编号;案由;主办\n" + "1;甲;局\n" * 1000, Layout(delimiter=","))
    assert "栏名行只有 1 栏；文件像是用“;”分开的" in said


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters='\n\t"')),
            min_size=2,
            max_size=2,
        ),
        min_size=1,
    ),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"]),
)
def test_what_any_program_wrote_reads_back_the_same(tmp_path: Path, cells: list[list[str]], mark: str, encoding: str):
    cells = [[cell.encode(encoding, "ignore").decode(encoding) for cell in row] for row in cells]
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerows([["案由", "人"], *cells])
    path = tmp_path / "ledger.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    layout = Layout("csv", encoding=encoding.removesuffix("-sig"), delimiter=mark, header=1)
    kept = [tuple(row) for row in cells if any(cell.strip() for cell in row)]
    kept = [row for row in kept if tuple(cell.strip() for cell in row) != ("案由", "人")]
    if not kept:
        return
    found = [tuple(row.values()) for row in texts(open_ledger(path, layout))]
    assert found == kept


# ------------------------------------------------------------------------------------------ around the table


def test_titles_above_totals_below_and_repeated_names_are_no_rows(opened: Opened):
    content = (
        f"{TITLE},,\n填报单位：望澜市,,日期：2026年3月\n\n编号,案由,主办\n1,甲,住建局\n,,\n"
        f"{TITLE},,\n编号,案由,主办\n2,乙,城管局\n合计,2 件,\n填表人：某某,,\n3,丙,\n"
    )
    ledger = opened(content, Layout(stop=("合计", "注：")), ("编号", "案由", "主办"))
    assert ledger.columns == ("编号", "案由", "主办")
    assert [(row.number, row.cells["编号"]) for row in ledger.rows()] == [(5, ("1",)), (9, ("2",))]
    assert ledger.size == 2


def test_titles_without_cells_beside_them_are_told_apart_without_a_mapping(opened: Opened):
    ledger = opened(f"{TITLE}\n单位：望澜市\n编号,案由,主办\n1,甲,局\n2,乙,局\n3,丙,局\n")
    assert ledger.columns == ("编号", "案由", "主办")


def test_the_row_of_the_names_can_be_said(opened: Opened, told: Callable[..., str]):
    content = "甲,乙,丙\n编号,案由,主办\n1,甲,局\n"
    assert opened(content, Layout(header=2)).columns == ("编号", "案由", "主办")
    assert "第 9 行，那里没有栏名" in told(content, Layout(header=9))


def test_two_rows_of_names_are_joined_by_a_dot(opened: Opened):
    content = "编号,办理情况,,案由\n,主办,协办,\n1,住建局,城管局,甲\n"
    ledger = opened(content, Layout(header_rows=2), ("编号", "办理情况.主办"))
    assert texts(ledger) == [{"编号": "1", "办理情况.主办": "住建局", "办理情况.协办": "城管局", "案由": "甲"}]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('"承办\n单位"', "承办单位"),
        ("案 由", "案由"),
        (" 编号　", "编号"),
        ('"Name\nof agency"', "Name of agency"),
        ("A 类", "A 类"),
    ],
)
def test_the_name_of_a_column_is_without_what_its_layout_put_in(opened: Opened, written: str, name: str):
    assert opened(f"{written},b\n1,2\n").columns == (name, "b")


def test_a_name_that_stands_twice_gets_a_number(opened: Opened, told: Callable[..., str]):
    content = "意见,案由,意见\n1,甲,2\n"
    assert texts(opened(content, ANY, ("意见#2", "案由"))) == [{"意见#1": "1", "案由": "甲", "意见#2": "2"}]
    assert "请写 意见#1、意见#2 中的一个" in told(content, ANY, ("意见", "案由")).replace("映射里", "")


# ------------------------------------------------------------------------------------------ size


def test_long_cells_are_read_and_endless_ones_are_told(opened: Opened, told: Callable[..., str]):
    assert len(texts(opened("案由,主办\n" + "长" * 1_000_000 + ",局\n"))[0]["案由"]) == 1_000_000
    assert "有一格超过" in told('案由,主办\n"' + ("长" * 100 + "\n") * (LONGEST_CELL // 100) + '",局\n')
    assert "文件第 2 行超过" in told("案由,主办\n" + "x" * LONGEST_LINE + "\n")


MEASURED = """
import resource, sys
from pathlib import Path
from huiyin.ledger.rows import Layout, open_ledger
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
ledger = open_ledger(Path(sys.argv[1]), Layout())
count = sum(1 for _ in ledger.rows())
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_large_ledger_is_not_held_in_memory(tmp_path: Path):
    path = tmp_path / "ledger.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("编号,案由\n")
        for number in range(40_000):
            file.write(f"{number},{'关于改善道路排水的建议' * 40}\n")
    done = subprocess.run([sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, check=True)
    count, kib = map(int, done.stdout.split())
    assert count == 40_000
    assert path.stat().st_size > 50 << 20
    assert kib < 40 << 10
