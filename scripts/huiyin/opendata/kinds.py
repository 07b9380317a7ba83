"""The kinds of things that the interface tells of: their names, fields and types. One field has one type everywhere.

What is made (`api`) and what describes it (`describing`) both read this.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.export.columns import DAY, FLAG, TEXT, WHOLE, Column, Table
from huiyin.export.tables import TABLES

Schema = Mapping[str, Any]
TABLE = {table.name: table for table in TABLES}
PARTS = (
    *("proposers", "evidence", "asks", "events", "handlers", "deadlines", "inputs", "stays", "commitments"),
    *("scores", "particulars"),
)
"""Tables whose rows stand inside the proposal that they belong to."""
OF = "proposal"
"""The column of those tables that names it."""
BRIEF = (
    *("id", "number", "kind", "body", "session", "title", "category", "proposers", "status", "stage"),
    *("lead", "co", "separate", "submitted_on", "first_replied_on", "due_earliest", "due_latest", "clock"),
    *("class", "attitude", "result", "disclosure"),
)
"""Columns of a proposal that lists show."""
_TYPES: Mapping[str, Schema] = {
    TEXT: {"type": "string"},
    WHOLE: {"type": "integer"},
    FLAG: {"type": "boolean"},
    DAY: {"type": "string", "format": "date"},
}
_NEVER_EMPTY = {"id", "kind", "session", "title", "category", "status", "place", "type", "proposer"}
URL: Schema = {"type": "string", "format": "uri"}
WORDS: Schema = {"$ref": "#/components/schemas/Words"}


def nullable(schema: Schema) -> Schema:
    """Return a schema that allows null too."""
    return {**schema, "type": [schema["type"], "null"]}


def record(properties: Mapping[str, Schema], description: str) -> Schema:
    """Return the schema of an object that has these members and no others."""
    return {
        "type": "object",
        "description": description,
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def rows_of(schema: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": schema}


def ref(name: str) -> Schema:
    """Return what refers to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def of_column(column: Column) -> Schema:
    """Return the schema of what a column holds."""
    said = {"title": column.meaning.zh, "description": column.meaning.en}
    if column.several:
        return {**said, **rows_of({"type": "string"})}
    plain = _TYPES[column.type]
    sure = column.name in _NEVER_EMPTY or (column.type == FLAG and column.name != "due_provisional")
    return {**said, **(plain if sure else nullable(plain))}


def of_table(table: Table, names: tuple[str, ...] | None = None) -> dict[str, Schema]:
    """Return the members that the columns of a table make, those that name its proposal left out."""
    return {
        column.name: of_column(column)
        for column in table.columns
        if column.name != OF and (names is None or column.name in names)
    }
