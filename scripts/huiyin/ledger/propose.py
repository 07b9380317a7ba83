"""Drafting a mapping from a ledger's headers and values, for people to correct (`huiyin import --propose-mapping`)."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

from huiyin.ledger import headers
from huiyin.ledger.columns import Column, plain
from huiyin.ledger.guess import Guess, lines
from huiyin.ledger.outcomes import LedgerError
from huiyin.ledger.reading import contents
from huiyin.ledger.reading.layout import SHEET, Layout
from huiyin.ledger.rows import Ledger, Row, open_ledger

_ROWS = 3000
"""Rows that are looked at."""
_WORDS = frozenset(word for words in headers.ROLES.values() for word in words)
"""What the row of names has most of."""
Part = dict[str, Any]


def draft(path: Path, first_line: str) -> str:
    """Return the text of a mapping for the ledger at `path`; raises LedgerError when it cannot be read."""
    ledger, layout = _opened(path)
    first = next((row for row in ledger.rows() if isinstance(row, Row)), None)
    if layout["type"] != "jsonl" and first is not None and _is_header(first):
        layout["header_rows"] = 2
        ledger = open_ledger(path, _typed(layout), _WORDS)
    columns = {name: Column(name) for name in ledger.columns if name != SHEET}
    ends: set[str] = set()
    for row in islice(ledger.rows(), _ROWS):
        if not isinstance(row, Row):
            continue
        said = [(name, "、".join(texts)) for name, texts in row.cells.items() if name in columns and texts]
        end = next((word for word in headers.ENDS if said and said[0][1].lstrip().startswith(word)), None)
        if end is not None:
            ends.add(end)
            continue
        for name, text in said:
            columns[name].add(text)
    if ends and layout["type"] != "jsonl":
        layout["stop"] = sorted(ends)
    return "\n".join(lines(Guess(columns, layout), path, first_line)) + "\n"


def _opened(path: Path) -> tuple[Ledger, Part]:
    kind = contents.kind(path, "")
    layout: Part = {"type": kind}
    try:
        ledger = open_ledger(path, Layout(), _WORDS)
    except LedgerError:
        if kind != "xlsx":
            raise
        layout["sheets"] = "all"
        ledger = open_ledger(path, _typed(layout), _WORDS)
    if ledger.encoding and ledger.encoding != "utf-8":
        layout["encoding"] = ledger.encoding
    return ledger, layout


def _typed(layout: Part) -> Layout:
    return Layout(type=layout["type"], sheets=layout.get("sheets", ()), header_rows=layout.get("header_rows", 1))


def _is_header(row: Row) -> bool:
    """Whether the first row repeats the names of most columns, as cells do that are merged over two rows of names."""
    same = sum(plain(text) == plain(name) for name, texts in row.cells.items() for text in texts if name != SHEET)
    return same * 2 > len(row.cells)
