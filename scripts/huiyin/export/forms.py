"""The forms in which tables are written, each to an open file: CSV, JSON Lines, Parquet, SQLite, the workbook.

What engines can only write to a path of their own goes through a temporary folder.
"""

from __future__ import annotations

import csv
import io
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import IO

import duckdb

from huiyin.export.columns import DAY, FLAG, TEXT, WHOLE, Table, safe
from huiyin.export.jsontext import rower
from huiyin.export.rows import Row, Scope, Value
from huiyin.export.sheet import write_workbook
from huiyin.export.tables import TABLES

_SQL_TYPES = {TEXT: "VARCHAR", WHOLE: "BIGINT", FLAG: "BOOLEAN", DAY: "DATE"}
_SQLITE_TYPES = {TEXT: "TEXT", WHOLE: "INTEGER", FLAG: "INTEGER", DAY: "TEXT"}


def write_csv(table: Table, scope: Scope, file: IO[bytes]) -> int:
    """Write UTF-8 with a byte order mark, as Excel needs it for Chinese, with formulas neutralised; return the rows."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    writer, count = csv.writer(text), _Count()
    writer.writerow([column.name for column in table.columns])
    writer.writerows([_cell(value) for value in row] for row in count.of(table.rows(scope)))
    text.detach()
    return count.rows


def _cell(value: Value) -> str | int | None:
    if type(value) is str:
        return safe(value)  # type: ignore[return-value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value


def write_lines(table: Table, scope: Scope, file: IO[bytes]) -> int:
    """Write JSON Lines, an object a row with every column, and return how many rows there are."""
    count, lines, members = _Count(), [], rower(table.columns)
    for row in count.of(table.rows(scope)):
        lines.append(f"{{{members(row)}}}\n")
        if len(lines) > 500:
            file.write("".join(lines).encode())
            lines.clear()
    file.write("".join(lines).encode())
    return count.rows


class _Count:
    """Counts rows while they pass."""

    rows = 0

    def of(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self.rows += 1
            yield row


def write_parquet(table: Table, scope: Scope, file: IO[bytes]) -> int:
    """Write Parquet by way of JSON Lines, which the engine reads in bulk and in order; return the rows."""
    with tempfile.TemporaryDirectory() as folder, closing(duckdb.connect()) as database:
        lines, path = Path(folder) / "rows.jsonl", Path(folder) / "rows.parquet"
        with lines.open("wb") as out:
            count = write_lines(table, scope, out)
        columns = ", ".join(f"'{column.name}': '{_SQL_TYPES[column.type]}'" for column in table.columns)
        source = f"read_json({_quoted(lines)}, format = 'newline_delimited', columns = {{{columns}}})"
        database.execute("SET threads = 1")
        database.execute(
            f"COPY (SELECT * FROM {source}) TO {_quoted(path)} (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608
        )
        _copy(path, file)
    return count


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _copy(path: Path, file: IO[bytes]) -> None:
    with path.open("rb") as made:
        shutil.copyfileobj(made, file, 1 << 20)


def write_sqlite(scope: Scope, file: IO[bytes]) -> dict[str, int]:
    """Write a SQLite database of all tables and return the number of rows of each."""
    counts = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "huiyin.sqlite"
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            for table in TABLES:
                columns = ", ".join(f'"{column.name}" {_SQLITE_TYPES[column.type]}' for column in table.columns)
                key = ", PRIMARY KEY (id)" if table.columns[0].name == "id" else ""
                database.execute(f'CREATE TABLE "{table.name}" ({columns}{key})')
                marks, count = ", ".join("?" * len(table.columns)), _Count()
                days = [place for place, column in enumerate(table.columns) if column.type == DAY]
                rows = (_with_texts(row, days) for row in count.of(table.rows(scope)))
                database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608 (our names)
                counts[table.name] = count.rows
            database.commit()
        _copy(path, file)
    return counts


def _with_texts(row: Row, days: Iterable[int]) -> list[Value]:
    """A row with its days as texts: SQLite has no type for them."""
    made = list(row)
    for place in days:
        if (day := made[place]) is not None:
            made[place] = str(day)
    return made


TABLE_FORMS: Mapping[str, Callable[[Table, Scope, IO[bytes]], int]] = {
    "csv": write_csv,
    "jsonl": write_lines,
    "parquet": write_parquet,
}
"""The forms that have a file for each table."""
WHOLE_FORMS: Mapping[str, Callable[[Scope, IO[bytes]], dict[str, int]]] = {
    "xlsx": write_workbook,
    "sqlite": write_sqlite,
}
"""The forms that have all tables in one file."""
