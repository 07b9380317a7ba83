"""Downloads in `data/`: every table in every form, workbooks by session, and what it all is as a data package."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import IO, Any

from huiyin.export import rows
from huiyin.export.columns import Table
from huiyin.export.forms import write_csv, write_lines, write_parquet, write_sqlite
from huiyin.export.package import Part, describe, parts
from huiyin.export.rows import Scope
from huiyin.export.sheet import write_workbook
from huiyin.export.tables import TABLES
from huiyin.opendata.asset import Asset

FOLDER = "data/"
COMPRESSION = 5
"""How hard JSON Lines are compressed, from 1 to 9."""
_FORMS: dict[str, Callable[[Table, Scope, IO[bytes]], int]] = {"csv": write_csv, "parquet": write_parquet}


def downloads(scope: Scope) -> Iterator[Asset]:
    """Yield every file for download. Those of the tables tell of all proposals, a workbook of those of its session."""
    yield Asset(f"{FOLDER}datapackage.json", lambda: _json(package(scope)))
    scored = repr(tuple(rows.scores(scope)))
    for table in TABLES:
        also = scored if table.name == "scores" else ""
        for form, write in _FORMS.items():
            yield _heavy(f"{form}/{table.name}.{form}", partial(_whole, partial(write, table, scope)), also)
        yield _heavy(f"jsonl/{table.name}.jsonl.gz", partial(_compressed, table, scope), also)
    yield _heavy("huiyin.sqlite", partial(_whole, partial(write_sqlite, scope)), scored)
    for session in _sessions(scope):
        cases = {name: case for name, case in scope.cases.items() if case.proposal.session == session}
        make = partial(_whole, partial(write_workbook, replace(scope, cases=cases)))
        yield Asset(f"{FOLDER}xlsx/{session}.xlsx", make, tuple(cases), scored, heavy=True)


def package(scope: Scope) -> dict[str, Any]:
    """Return the description of all downloads as a data package."""
    tables: list[Part] = []
    for form in ("csv", "jsonl.gz", "parquet"):
        tables += parts(form, f"{form.partition('.')[0]}/{{}}.{{}}")
    described = describe(scope, tables)
    described["resources"] += [
        {"name": "sqlite", "path": "huiyin.sqlite", "type": "file", "format": "sqlite", "title": "全部表 / all tables"},
        *(
            {"name": f"workbook-{name}", "path": f"xlsx/{name}.xlsx", "type": "file", "format": "xlsx", "title": name}
            for name in _sessions(scope)
        ),
    ]
    return described


def _sessions(scope: Scope) -> list[str]:
    return sorted({case.proposal.session for case in scope.cases.values()})


def _heavy(name: str, make: Callable[[], bytes], also: str) -> Asset:
    return Asset(f"{FOLDER}{name}", make, None, also, heavy=True)


def _whole(write: Callable[[IO[bytes]], object]) -> bytes:
    file = io.BytesIO()
    write(file)
    return file.getvalue()


def _compressed(table: Table, scope: Scope) -> bytes:
    file = io.BytesIO()
    with gzip.GzipFile("", "wb", COMPRESSION, file, mtime=0) as lines:
        write_lines(table, scope, lines)  # type: ignore[arg-type]
    return file.getvalue()


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
