"""What a table of an export is made of: columns with their types and meanings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from huiyin.export.rows import Row, Scope, Value
from huiyin.findings import Text
from huiyin.report import guarded

TEXT, WHOLE, FLAG, DAY = "text", "integer", "boolean", "date"
"""Types of columns: text, whole number, true or false, a day."""
SEVERAL = "several"
"""How a column of text is described that holds any number of ids."""


@dataclass(frozen=True)
class Column:
    """One column: its name, its type, and what it says; `several` ids may stand in it, joined."""

    name: str
    type: str
    meaning: Text
    several: bool = False


@dataclass(frozen=True)
class Table:
    """One table: its name, what a row is, its columns, and how its rows are made, each a tuple in column order."""

    name: str
    meaning: Text
    columns: tuple[Column, ...]
    rows: Callable[[Scope], Iterator[Row]]


def columns(*described: tuple[str, str, str, str]) -> tuple[Column, ...]:
    """Return columns from their names, types and meanings in both languages."""
    return tuple(
        Column(name, TEXT if kind == SEVERAL else kind, Text(zh, en), several=kind == SEVERAL)
        for name, kind, zh, en in described
    )


def safe(value: Value) -> Value:
    """Return a cell that no spreadsheet takes for a formula (see `guarded`); what is no text stays as it is."""
    return guarded(value) if isinstance(value, str) else value
