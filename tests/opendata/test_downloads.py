"""Downloads: the package validates, all forms say the same, no text is a formula, and figures can be counted anew."""

from __future__ import annotations

import csv
import gzip
import io
import json
import logging
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from huiyin.export import workbook
from huiyin.export.columns import DAY, FLAG, WHOLE
from huiyin.export.package import KEYS
from huiyin.export.rows import Scope
from huiyin.export.tables import TABLES
from huiyin.export.workbook import Row, Sheet, write_book
from huiyin.figures import figures
from huiyin.opendata import downloads
from huiyin.report import DANGEROUS
from tests.figures import sql
from tests.opendata.hidden import SECRET


@pytest.fixture(scope="session")
def folder(made: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("downloads")
    for path, content in made.items():
        if path.startswith("data/"):
            (base / path).parent.mkdir(parents=True, exist_ok=True)
            (base / path).write_bytes(content)
    return base / "data"


@pytest.mark.filterwarnings("ignore")
def test_the_data_package_validates(folder: Path, scope: Scope) -> None:
    logging.getLogger("pydantic").setLevel(logging.ERROR)
    import frictionless

    report = frictionless.validate(str(folder / "datapackage.json"))
    empty = {f"{table.name}-jsonl" for table in TABLES if not list(table.rows(scope))}  # it cannot open those
    wrong = [error for task in report.tasks if task.name not in empty for error in task.errors]
    assert not wrong + list(report.errors)
    checked = {task.name for task in report.tasks}
    assert {table.name for table in TABLES} | {f"{table.name}-jsonl" for table in TABLES} <= checked


def test_every_file_of_the_package_is_there_and_no_other(folder: Path) -> None:
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {resource["path"] for resource in described["resources"]} == files - {"datapackage.json"}
    assert described["licenses"][0]["name"] == "CC0-1.0"


def test_keys_tell_rows_apart(scope: Scope) -> None:
    for table in TABLES:
        names = [column.name for column in table.columns]
        if table.name in KEYS:
            keys = [tuple(row[names.index(key)] for key in KEYS[table.name]) for row in table.rows(scope)]
            assert len(set(keys)) == len(keys)
            assert all(None not in key for key in keys)


def told(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def test_all_forms_say_the_same(folder: Path, scope: Scope) -> None:
    database = duckdb.connect()
    with closing(sqlite3.connect(folder / "huiyin.sqlite")) as lite:
        for table in TABLES:
            names = [column.name for column in table.columns]
            rows = list(table.rows(scope))
            plain = [tuple(str(v) if isinstance(v, date) else v for v in row) for row in rows]
            with gzip.open(folder / "jsonl" / f"{table.name}.jsonl.gz", "rt", encoding="utf-8") as file:
                assert [tuple(json.loads(line).values()) for line in file] == plain
            assert database.sql(f"SELECT * FROM '{folder}/parquet/{table.name}.parquet'").fetchall() == rows
            assert lite.execute(f'SELECT * FROM "{table.name}"').fetchall() == plain
            with (folder / "csv" / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
                head, *read = csv.reader(file)
            assert head == names
            assert read == [list(map(told, row)) for row in rows]


def test_a_workbook_holds_a_session(folder: Path, scope: Scope) -> None:
    for session in {case.proposal.session for case in scope.cases.values()}:
        book = openpyxl.load_workbook(folder / "xlsx" / f"{session}.xlsx", read_only=True)
        ids = {row[0] for row in book["proposals"].iter_rows(min_row=2, values_only=True)}
        assert ids == {name for name, case in scope.cases.items() if case.proposal.session == session}


def test_no_cell_is_a_formula(folder: Path) -> None:
    for path in (folder / "csv").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(DANGEROUS)]
    for path in (folder / "xlsx").glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path).worksheets:
            assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]


TYPES = {DAY: "DATE", WHOLE: "BIGINT", FLAG: "BOOLEAN"}


@pytest.mark.parametrize("form", ["parquet", "csv", "sqlite"])
def test_every_figure_can_be_counted_from_each_form(form: str, folder: Path, scope: Scope, tmp_path: Path) -> None:
    tables = folder / "parquet" if form == "parquet" else tmp_path
    if form != "parquet":
        database = duckdb.connect()
        lite = sqlite3.connect(folder / "huiyin.sqlite")
        for table in TABLES:
            columns = ", ".join(f"'{c.name}': '{TYPES.get(c.type, 'VARCHAR')}'" for c in table.columns)
            path = folder / "csv" / f"{table.name}.csv"
            if form == "sqlite":
                path = tmp_path / f"{table.name}.csv"
                with path.open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file).writerow([c.name for c in table.columns])
                    csv.writer(file).writerows(lite.execute(f'SELECT * FROM "{table.name}"').fetchall())
            source = f"read_csv('{path}', header = true, columns = {{{columns}}}, quote = '\"', escape = '\"')"
            database.execute(f"COPY (SELECT * FROM {source}) TO '{tmp_path}/{table.name}.parquet' (FORMAT parquet)")
        lite.close()
    counted = sql.opened(tables, scope.as_of.isoformat())
    counts = {row[0]: row[4:] for row in counted.execute(sql.COUNT).fetchall() if row[1] == "all" and not row[3]}
    times = {row[0]: row[3:] for row in counted.execute(sql.TIME).fetchall() if row[1] == "all"}
    for figure in figures(scope.cases.values(), scope.as_of):
        name, found = figure.definition.id, figure.counted
        if figure.estimate:
            hit, of, out, median, p90 = times.get(name, (0, 0, 0, None, None))
            assert (median, p90) == (figure.estimate.median, figure.estimate.p90), name
        else:
            hit, miss, out = counts.get(name, (0, 0, 0))
            of = hit + miss
        assert hit == found.numerator, name
        if found.denominator is not None:
            assert (of, out) == (found.denominator, found.excluded), name


def test_downloads_hold_nothing_that_not_everybody_may_see(secretive: Scope, tmp_path: Path) -> None:
    word = SECRET.encode()
    for asset in downloads(secretive):
        content = asset.make()
        if asset.path.endswith(".gz"):
            content = gzip.decompress(content)
        elif asset.path.endswith(".parquet"):
            (tmp_path / "x.parquet").write_bytes(content)
            content = str(duckdb.sql(f"SELECT * FROM '{tmp_path}/x.parquet'").fetchall()).encode()
        elif asset.path.endswith(".xlsx"):
            cells = [sheet.to_python() for sheet in map(*_sheets(content))]
            content = str(cells).encode()
        assert word not in content, asset.path


def _sheets(content: bytes):  # type: ignore[no-untyped-def]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name, book.sheet_names


def test_a_long_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 11)
    file = io.BytesIO()
    head = [Row(("n",), ("head",))]
    write_book(file, "t", "", date(2026, 1, 1), [Sheet("long", (5,), head, (Row((n,)) for n in range(25)))])
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["long", "long 2", "long 3"]
    numbers = [[row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in book.worksheets]
    assert numbers == [list(range(10)), list(range(10, 20)), list(range(20, 25))]
    assert all(sheet["A1"].value == "n" for sheet in book.worksheets)


def test_any_text_comes_back_from_a_cell(tmp_path: Path) -> None:
    texts = ["a & b < c > d", "  blank  ", "line\nline", "_x0041_", "\x01\x1f", "😀", "=1+1", '"', "\t=1"]
    path = tmp_path / "x.xlsx"
    with path.open("wb") as file:
        rows = (Row((text,)) for text in texts)
        write_book(file, "<&>", "", date(2026, 1, 1), [Sheet("s", (5,), [Row(("h",), ("head",))], rows)])
    sheet = openpyxl.load_workbook(path)["s"]
    assert [openpyxl.utils.escape.unescape(row[0].value) for row in sheet.iter_rows(min_row=2)] == texts
    second = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("s").to_python()
    assert [row[0] for row in second[1:3]] == texts[:2]
