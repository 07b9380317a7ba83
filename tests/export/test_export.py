"""Exports say what the registry says, in every form the same, and no spreadsheet takes a text for a formula."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from huiyin.cases import cases
from huiyin.commands import main
from huiyin.export import files
from huiyin.export.columns import DAY, FLAG, WHOLE, safe
from huiyin.export.files import STYLES, ExportError, write
from huiyin.export.rows import Scope
from huiyin.export.sheet import LEDGER
from huiyin.export.tables import TABLES
from huiyin.load import Law, load_registry
from huiyin.report import DANGEROUS
from tests.built import ROOT

AS_OF = date(2026, 11, 20)


def scope_of(law: Law, folder: Path) -> Scope:
    registry = load_registry(folder, law, ROOT).registry
    assert registry is not None
    return Scope(registry, cases(registry, AS_OF), law.vocabulary, AS_OF)


@pytest.fixture(scope="module")
def scope(law: Law) -> Scope:
    return scope_of(law, ROOT / "registry")


def target_of(style: str, folder: Path) -> Path:
    return folder / (f"x.{style}" if style in ("xlsx", "sqlite") else style)


def rows_of(scope: Scope) -> dict[str, list[tuple[Any, ...]]]:
    return {table.name: list(table.rows(scope)) for table in TABLES}


def test_every_row_has_as_many_values_as_there_are_columns_and_of_their_type(scope: Scope) -> None:
    kinds = {WHOLE: int, FLAG: bool, DAY: date}
    for table in TABLES:
        assert len({column.name for column in table.columns}) == len(table.columns)
        for row in table.rows(scope):
            assert len(row) == len(table.columns), table.name
            for column, value in zip(table.columns, row, strict=True):
                assert value is None or type(value) is kinds.get(column.type, str), (table.name, column.name, value)


def test_csv_and_json_lines_hold_every_row(scope: Scope, tmp_path: Path) -> None:
    write(scope, "csv", tmp_path / "csv")
    write(scope, "jsonl", tmp_path / "jsonl")
    for table in TABLES:
        names = [column.name for column in table.columns]
        lines = (tmp_path / "jsonl" / f"{table.name}.jsonl").read_text(encoding="utf-8").splitlines()
        told = [tuple(json.loads(line)[name] for name in names) for line in lines]
        plain = [tuple(v.isoformat() if isinstance(v, date) else v for v in row) for row in table.rows(scope)]
        assert told == plain
        with (tmp_path / "csv" / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            read = list(csv.reader(file))
        assert read[0] == names
        assert len(read) == len(plain) + 1


@pytest.mark.parametrize("style", ["parquet", "sqlite"])
def test_the_databases_hold_the_same_values(scope: Scope, tmp_path: Path, style: str) -> None:
    target = target_of(style, tmp_path)
    counts = write(scope, style, target)
    for name, rows in rows_of(scope).items():
        assert counts[name] == len(rows)
        if style == "parquet":
            found = duckdb.sql(f"SELECT * FROM '{target / name}.parquet'").fetchall()
        else:
            with closing(sqlite3.connect(target)) as database:
                found = database.execute(f'SELECT * FROM "{name}"').fetchall()
            rows = [tuple(v.isoformat() if isinstance(v, date) else v for v in row) for row in rows]
        assert found == rows


@pytest.mark.parametrize("style", STYLES)
def test_the_same_registry_and_day_give_the_same_bytes(scope: Scope, tmp_path: Path, style: str) -> None:
    first, second = target_of(style, tmp_path / "a"), target_of(style, tmp_path / "b")
    write(scope, style, first)
    write(scope, style, second)
    if first.is_file():
        assert first.read_bytes() == second.read_bytes()
    else:
        for path in first.iterdir():
            assert path.read_bytes() == (second / path.name).read_bytes(), path.name


def test_the_ledger_sheet_is_the_one_that_offices_know(scope: Scope, tmp_path: Path) -> None:
    write(scope, "xlsx", tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    sheet = book.worksheets[0]
    assert sheet.title == "台账"
    assert "演示数据" in str(sheet["A1"].value)
    assert [cell.value for cell in sheet[2]] == [title for title, _ in LEDGER]
    assert sheet.freeze_panes == "F3"
    assert sheet.auto_filter.ref == f"A2:S{len(scope.cases) + 2}"
    assert sheet.max_row == len(scope.cases) + 2
    overdue = [row for row in sheet.iter_rows(min_row=3) if "逾期" in str(row[10].value)]
    assert overdue, "an overdue item says so in words"
    assert {row[10].fill.fgColor.rgb for row in overdue} == {"FFFBE9E7"}, "and the colour stands behind the words"
    assigned = [row[8].value for row in sheet.iter_rows(min_row=3) if row[8].value]
    assert all(isinstance(value, datetime) for value in assigned)
    due = [row[9].value for row in sheet.iter_rows(min_row=3) if row[9].value]
    assert {type(value) for value in due} == {datetime, str}, "a day where it is settled, else words"
    assert all("暂定" in value or "最迟" in value or "至" in value for value in due if isinstance(value, str))
    assert [sheet.title for sheet in book.worksheets[1:]] == [*(table.name for table in TABLES), "说明"]


HOSTILE = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")', "＝1+1", "=cmd|' /C calc'!A0"]


def test_no_text_is_taken_for_a_formula(law: Law, tmp_path: Path) -> None:
    folder = tmp_path / "registry"
    shutil.copytree(ROOT / "registry", folder)
    paths = sorted((folder / "proposals").rglob("*.yaml"))
    for path, text in zip(paths, HOSTILE, strict=False):
        lines = path.read_text(encoding="utf-8").splitlines()
        quoted = json.dumps(text, ensure_ascii=False)
        path.write_text("\n".join(f"title: {quoted}" if x.startswith("title: ") else x for x in lines) + "\n", "utf-8")
    scope = scope_of(law, folder)
    write(scope, "csv", tmp_path / "csv")
    write(scope, "xlsx", tmp_path / "x.xlsx")
    with (tmp_path / "csv" / "proposals.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(DANGEROUS)]
    assert {safe(text) for text in HOSTILE} <= set(cells)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    for sheet in book.worksheets:
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]
    second = CalamineWorkbook.from_path(str(tmp_path / "x.xlsx")).get_sheet_by_name("台账").to_python()
    assert set(HOSTILE) - {"\t=1"} <= {str(row[4]).strip() for row in second}


def test_a_folder_that_is_no_export_is_left_alone(scope: Scope, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(ExportError):
        write(scope, "csv", tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    (tmp_path / "x.xlsx").write_text("not a workbook")
    with pytest.raises(ExportError):
        write(scope, "xlsx", tmp_path / "x.xlsx")
    assert (tmp_path / "x.xlsx").read_text() == "not a workbook"


def test_an_export_is_replaced_whole_and_nothing_else_is_left_behind(scope: Scope, tmp_path: Path) -> None:
    write(scope, "csv", tmp_path / "csv")
    (tmp_path / "csv" / "old.csv").write_text("x")
    write(scope, "csv", tmp_path / "csv")
    assert not (tmp_path / "csv" / "old.csv").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["csv"]


def test_a_failed_export_leaves_the_old_one(scope: Scope, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(scope, "csv", tmp_path / "csv")
    before = (tmp_path / "csv" / "proposals.csv").read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "describe", fail)
    with pytest.raises(OSError, match="No space"):
        write(scope, "csv", tmp_path / "csv")
    assert (tmp_path / "csv" / "proposals.csv").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["csv"]


def test_the_command_says_what_it_wrote_and_refuses_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["export", "--format", "csv", "--to", str(tmp_path / "out")]) == 0
    assert f"{len(TABLES)} 张表" in capsys.readouterr().out
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    assert main(["export", "--format", "jsonl", "--to", str(tmp_path / "full")]) == 2
    assert "不覆盖" in capsys.readouterr().err


def test_on_an_earlier_day_a_number_is_not_known_before_it_is_given(law: Law) -> None:
    registry = load_registry(ROOT / "registry", law, ROOT).registry
    assert registry is not None
    day = date(2025, 1, 15)
    early = Scope(registry, cases(registry, day), law.vocabulary, day)
    (table,) = (table for table in TABLES if table.name == "proposals")
    names = [column.name for column in table.columns]
    rows = {row[0]: dict(zip(names, row, strict=True)) for row in table.rows(early)}
    row = rows["2025-1d6rw"]
    assert (row["number"], row["status"], row["accepted_on"]) == (None, "submitted", None)
