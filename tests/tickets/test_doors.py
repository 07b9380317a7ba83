"""The same bad rows through every door (text, workbook, Parquet, JSON), told by number; nothing of anybody."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from tests.project import Project
from tests.tickets.exports import table, text, tickets
from tests.tickets.test_ingest import city as city
from tests.tickets.test_ingest import ingest, released

Rows = Sequence[tuple[str, ...]]
GOOD = [*tickets(30), *tickets(20, area="南浦区"), *tickets(12, area="西岭区")]


def as_text(path: Path, rows: Rows) -> None:
    path.write_text(text(list(rows)), encoding="utf-8")


def as_workbook(path: Path, rows: Rows) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("导出")
        for n, row in enumerate(table(list(rows))):
            sheet.write_row(n, 0, row)


def as_parquet(path: Path, rows: Rows) -> None:
    columns, *cells = table(list(rows))
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE export ({', '.join(f'{name} VARCHAR' for name in columns)})")
        engine.executemany(f"INSERT INTO export VALUES ({', '.join('?' * len(columns))})", cells)
        engine.execute(f"COPY export TO '{path}' (FORMAT parquet)")


def as_json(path: Path, rows: Rows) -> None:
    columns, *cells = table(list(rows))
    path.write_text(json.dumps([dict(zip(columns, row, strict=True)) for row in cells]), encoding="utf-8")


DOORS: dict[str, Callable[[Path, Rows], None]] = {"book.xlsx": as_workbook, "t.parquet": as_parquet, "o.json": as_json}
LEFT_OUT = {
    "traditional": (("WL-9", "2026-05-03", "停車", "东湾区", "key-9"), "类别不在对照表里：1 行（不计）"),
    "empty": (("", "", "", "", ""), "没有工单编号：1 行（不计）"),
    "shifted": (("WL-9", "", "2026-05-03", "停车", "东湾区"), "受理时间不是日期，或晚于今天：1 行（不计）"),
    "formula": (("=cmd|1", "2026-05-03", "停车", "=HYPERLINK(1)", "key-9"), "区域不在对照表里：1 行（不计）"),
    "invisible": (("WL-9", "2026-05-03", "停\u200b车", "东湾区", "key-9"), "类别不在对照表里：1 行（不计）"),
    "year": (("WL-9", "1926-05-03", "停车", "东湾区", "key-9"), "受理时间不是日期，或晚于今天：1 行（不计）"),
}
COUNTED = {
    "duplicate": (GOOD[0], "工单编号在前面已经出现：1 行"),
    "phone": (("13812345678", "2026-05-03", "停车", "东湾区", "key-9"), "工单编号像电话或身份证号码：1 行"),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", [*LEFT_OUT, *COUNTED])
def test_a_bad_row_is_told_through_every_door(name: str, door: str, city: Project) -> None:
    row, told = {**LEFT_OUT, **COUNTED}[name]
    DOORS[door](city.root / door, [*GOOD, row])
    said = ingest(city, door, last="2026-05")
    assert told in said.out, said.out + said.err
    assert "13812345678" not in said.out + said.err
    assert said.code == (1 if name in LEFT_OUT else 0)
    number = 63 if door in ("t.parquet", "o.json") else 64
    assert f"第 {number} 行" in said.out


@pytest.mark.parametrize("door", ["export.csv", *DOORS])
def test_ten_thousand_identical_rows_are_one_ticket(door: str, city: Project) -> None:
    write = DOORS.get(door, as_text)
    write(city.root / door, [*GOOD, *([GOOD[0]] * 10_000)])
    said = ingest(city, door, last="2026-05")
    assert said.code == 0, said.err
    assert "工单编号在前面已经出现：10,000 行" in said.out
    assert released(city)["transport"]["total"] == 62
    assert len(said.out + said.err) < 1000


def test_ten_megabytes_of_shifted_columns_are_one_message_in_bounded_memory(city: Project) -> None:
    head = text(GOOD).split("\n", 1)[0]
    line = "WL-{n},,2026-05-03,停车,张三丰家漏水两年,key-{n},x,y\n"
    city.write("export.csv", head + "\n" + "".join(line.format(n=n) for n in range(170_000)))
    assert (city.root / "export.csv").stat().st_size > 10_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    said = ingest(city, "export.csv")
    assert said.code == 1
    assert "170,000 行（不计）" in said.out
    assert len(said.out + said.err) < 3000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1_000_000  # KiB
