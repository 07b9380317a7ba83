"""What a table of an export is made of: columns with their types and meanings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from huiyin.export.rows import Row, Scope, Value
from huiyin.findings import Text

TEXT, WHOLE, FLAG, DAY = "text", "integer", "boolean", "date"
"""Types of columns: text, whole number, true or false, a day."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""First characters at which spreadsheets take a text cell for a formula."""


@dataclass(frozen=True)
class Column:
    """One column: its name, its type, and what it says."""

    name: str
    type: str
    meaning: Text


@dataclass(frozen=True)
class Table:
    """One table: its name, what a row is, its columns, and how its rows are made, each a tuple in column order."""

    name: str
    meaning: Text
    columns: tuple[Column, ...]
    rows: Callable[[Scope], Iterator[Row]]


def columns(*described: tuple[str, str, str, str]) -> tuple[Column, ...]:
    """Return columns from their names, types and meanings in both languages."""
    return tuple(Column(name, kind, Text(zh, en)) for name, kind, zh, en in described)


def safe(value: Value) -> Value:
    """Return a text cell that no spreadsheet takes for a formula: an apostrophe stands before what would be one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value
