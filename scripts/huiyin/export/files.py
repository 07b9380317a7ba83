"""Writing an export: whole or not at all, the same bytes for the same registry and day."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from huiyin.export.columns import DAY, FLAG, TEXT, WHOLE, Table, safe
from huiyin.export.rows import Scope, Value
from huiyin.export.sheet import write_workbook
from huiyin.export.tables import TABLES

MARK = "export.json"
"""The file that says that a folder was written by an export, with its tables and columns."""
_SQL_TYPES = {TEXT: "VARCHAR", WHOLE: "BIGINT", FLAG: "BOOLEAN", DAY: "DATE"}
_SQLITE_TYPES = {TEXT: "TEXT", WHOLE: "INTEGER", FLAG: "INTEGER", DAY: "TEXT"}


class ExportError(Exception):
    """The target cannot be written: it holds something that is not an export."""


def write(scope: Scope, style: str, target: Path) -> Mapping[str, int]:
    """Write the export to `target` and return the number of rows of each table.

    Raises ExportError when `target` exists and is not an export of the same form, OSError when it cannot be written.
    """
    return _FOLDERS[style](scope, target) if style in _FOLDERS else _FILES[style](scope, target)


def describe(scope: Scope) -> dict[str, Any]:
    """Return what the tables of an export are: names, columns, types and meanings."""
    settings = scope.registry.settings
    return {
        "name": settings.name._asdict(),
        "as_of": scope.as_of.isoformat(),
        "demonstration": settings.demonstration.zh if settings.demonstration else None,
        "tables": [
            {
                "name": table.name,
                "meaning": table.meaning._asdict(),
                "columns": [
                    {"name": column.name, "type": column.type, "meaning": column.meaning._asdict()}
                    for column in table.columns
                ],
            }
            for table in TABLES
        ],
    }


@contextmanager
def _folder(scope: Scope, target: Path) -> Iterator[Path]:
    """A fresh folder beside the target that takes its place when everything is written."""
    if target.exists() and not (target / MARK).is_file() and (not target.is_dir() or any(target.iterdir())):
        raise ExportError(str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        yield fresh
        _write_json(fresh / MARK, describe(scope))
        fresh.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


@contextmanager
def _file(target: Path, magic: bytes) -> Iterator[Path]:
    """A fresh file beside the target that takes its place when everything is written."""
    if target.is_dir() or (target.is_file() and target.stat().st_size and not _begins(target, magic)):
        raise ExportError(str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
        fresh = Path(folder) / target.name
        yield fresh
        fresh.replace(target)


def _begins(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def _write_json(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _csv(scope: Scope, target: Path) -> Mapping[str, int]:
    """UTF-8 with a byte order mark, as Excel needs it for Chinese, and formulas neutralised."""
    counts = {}
    with _folder(scope, target) as folder:
        for table in TABLES:
            with (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(column.name for column in table.columns)
                counts[table.name] = 0
                for row in table.rows(scope):
                    writer.writerow(map(_cell, row))
                    counts[table.name] += 1
    return counts


def _cell(value: Value) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else safe(value)


def _jsonl(scope: Scope, target: Path) -> Mapping[str, int]:
    with _folder(scope, target) as folder:
        return {table.name: _lines(table, scope, folder / f"{table.name}.jsonl") for table in TABLES}


def _lines(table: Table, scope: Scope, path: Path) -> int:
    """Write a table as JSON Lines and return how many there are."""
    names = [column.name for column in table.columns]
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in table.rows(scope):
            file.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str) + "\n")
            count += 1
    return count


def _parquet(scope: Scope, target: Path) -> Mapping[str, int]:
    """One file a table, by way of JSON Lines, which the engine reads in bulk and in order."""
    counts = {}
    with _folder(scope, target) as folder, closing(duckdb.connect()) as database:
        database.execute("SET threads = 1")
        for table in TABLES:
            lines, path = folder / f"{table.name}.jsonl", folder / f"{table.name}.parquet"
            counts[table.name] = _lines(table, scope, lines)
            columns = ", ".join(f"'{column.name}': '{_SQL_TYPES[column.type]}'" for column in table.columns)
            source = f"read_json({_quoted(lines)}, format = 'newline_delimited', columns = {{{columns}}})"
            database.execute(
                f"COPY (SELECT * FROM {source}) TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608
            )
            lines.unlink()
    return counts


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _sqlite(scope: Scope, target: Path) -> Mapping[str, int]:
    counts = {}
    with _file(target, b"SQLite format 3") as path, closing(sqlite3.connect(path)) as database:
        for table in TABLES:
            columns = ", ".join(f'"{column.name}" {_SQLITE_TYPES[column.type]}' for column in table.columns)
            key = ", PRIMARY KEY (id)" if table.columns[0].name == "id" else ""
            database.execute(f'CREATE TABLE "{table.name}" ({columns}{key})')
            marks = ", ".join("?" * len(table.columns))
            rows = [[v.isoformat() if isinstance(v, date) else v for v in row] for row in table.rows(scope)]
            database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608 (our names)
            counts[table.name] = len(rows)
        database.commit()
    return counts


def _xlsx(scope: Scope, target: Path) -> Mapping[str, int]:
    with _file(target, b"PK\x03\x04") as path:
        return write_workbook(scope, path)


_FOLDERS: Mapping[str, Callable[[Scope, Path], Mapping[str, int]]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
}
_FILES: Mapping[str, Callable[[Scope, Path], Mapping[str, int]]] = {"xlsx": _xlsx, "sqlite": _sqlite}
STYLES = (*_FOLDERS, *_FILES)
"""The forms of an export; the first three are folders with a file a table, the others one file."""
