"""Worksheets of OpenDocument, which write a cell or row once and how often it repeats, looked at before they unfold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from huiyin.ledger.reading.archive import LAST_ROW, Used, bounded, opened, parse


def used(path: Path) -> dict[str, Used]:
    """Return what every worksheet holds, by its name; raises LedgerError where one would take too much memory."""
    reader = _Tables()
    with opened(path) as archive, archive.open("content.xml") as file:
        parse(file, reader.start, reader.end, reader.text)
    return {name: bounded(found, name) for name, found in reader.found.items()}


class _Tables:
    """The state of a reading of a document: the worksheet, row and column that it is at."""

    def __init__(self) -> None:
        self.found: dict[str, Used] = {}
        self._name = ""
        self._row = self._rows = self._column = 0
        self._error: str | None = None
        """What the cell shows, where it is one with an error."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if tag == "table" and "table:name" in attributes:
            self._name, self._row = attributes["table:name"], 0
            self.found[self._name] = Used()
        elif tag == "table-row":
            self._rows = int(attributes.get("table:number-rows-repeated", 1))
            self._column = 0
        elif tag in ("table-cell", "covered-table-cell") and self._name:
            times = int(attributes.get("table:number-columns-repeated", 1))
            kind = attributes.get("calcext:value-type", attributes.get("office:value-type", ""))
            here = self.found[self._name]
            last = self._row + int(attributes.get("table:number-rows-spanned", 1)) - 1
            if last > self._row and self._rows == times == 1:
                here.below[self._row, self._column] = min(last, LAST_ROW)
            if kind:
                here.see((self._row + self._rows - 1, self._column + times - 1), times * self._rows)
            self._error = "" if kind == "error" else None
            self._column += times

    def text(self, text: str) -> None:
        """Characters of an element."""
        if self._error is not None:
            self._error += text.strip()

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "table-row":
            self._row += self._rows
        elif tag == "table-cell" and self._error is not None:
            for row in range(self._row, min(self._row + self._rows, LAST_ROW)):
                self.found[self._name].errors.setdefault(row, (self._column - 1, self._error))
            self._error = None
