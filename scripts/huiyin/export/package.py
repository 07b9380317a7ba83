"""What an export is, for programs: a data package as Frictionless describes it (specs.frictionlessdata.io). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from huiyin.export.columns import DAY, FLAG, TEXT, WHOLE, Column, Table
from huiyin.export.rows import Scope
from huiyin.export.tables import TABLES

PROFILE = "data-package"
MADE_BY = "huiyin export"
"""What `created_by` says in the description of what an export wrote."""
_TYPES = {TEXT: "string", WHOLE: "integer", FLAG: "boolean", DAY: "date"}
KEYS = {
    "proposals": ("id",),
    "proposers": ("proposal", "place"),
    "evidence": ("proposal", "place"),
    "asks": ("proposal", "ask"),
    "events": ("proposal", "place"),
    "stays": ("proposal", "place"),
    "particulars": ("proposal", "place"),
    "members": ("id",),
    "groups": ("id",),
    "agencies": ("id",),
    "sessions": ("id",),
}
"""The columns that tell rows of a table apart."""
REFERENCES = {"session": "sessions", "proposal": "proposals", "parent": "agencies"}
"""Columns that hold the id of a row of another table."""


@dataclass(frozen=True)
class Part:
    """One file of a package with a table: its path, what is in it, and the form it has."""

    path: str
    table: Table
    form: str


def parts(form: str, pattern: str = "{}.{}") -> Iterable[Part]:
    """Return a part for each table in a form; `pattern` makes a path of table and form."""
    return [Part(pattern.format(table.name, form), table, form) for table in TABLES]


def describe(scope: Scope, tables: Iterable[Part]) -> dict[str, Any]:
    """Return the description of a package with these files."""
    settings = scope.registry.settings
    return {
        "profile": PROFILE,
        "name": "huiyin",
        "title": settings.name.zh,
        "title_en": settings.name.en,
        "description": settings.demonstration.zh if settings.demonstration else settings.place.zh,
        "version": scope.as_of.isoformat(),
        "as_of": scope.as_of.isoformat(),
        "homepage": settings.address,
        "created_by": MADE_BY,
        **_licences(scope),
        "resources": [_resource(part) for part in tables],
    }


def _licences(scope: Scope) -> dict[str, Any]:
    licence = scope.registry.settings.licence
    return {"licenses": [{"name": licence.name, "path": licence.url, "title": licence.title.zh}]} if licence else {}


def _resource(part: Part) -> dict[str, Any]:
    form = part.form.removesuffix(".gz")
    found: dict[str, Any] = {
        "name": f"{part.table.name}-{form}" if form != "csv" else part.table.name,
        "path": part.path,
        "title": part.table.meaning.zh,
        "description": part.table.meaning.en,
        "format": form,
    }
    if form == "parquet":
        return {**found, "type": "file", "mediatype": "application/vnd.apache.parquet"}
    encoding = "utf-8-sig" if form == "csv" else "utf-8"
    media = "text/csv" if form == "csv" else "application/x-ndjson"
    keys = part.table.name in KEYS
    return {
        **found,
        **({"compression": "gz"} if part.form.endswith(".gz") else {}),
        "profile": "tabular-data-resource",
        "mediatype": media,
        "encoding": encoding,
        "schema": {
            "fields": [_field(column) for column in part.table.columns],
            "missingValues": [""],
            **({"primaryKey": list(KEYS[part.table.name])} if keys else {}),
            **_references(part),
        },
    }


def _field(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": column.meaning.zh,
        "description": column.meaning.en,
        **({"trueValues": ["true"], "falseValues": ["false"]} if column.type == FLAG else {}),
    }


def _references(part: Part) -> dict[str, Any]:
    if part.form != "csv":
        return {}
    names = {column.name for column in part.table.columns}
    rows = [
        {"fields": name, "reference": {"resource": table, "fields": "id"}}
        for name, table in REFERENCES.items()
        if name in names
    ]
    return {"foreignKeys": rows} if rows else {}
