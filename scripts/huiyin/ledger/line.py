"""A row made ready for mapping: its cells cleaned and corrected, and what a table makes of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from huiyin.ledger.cleaning import clean
from huiyin.ledger.mapping import Choice, LedgerMap, When
from huiyin.ledger.outcomes import Care, shown, unfit
from huiyin.ledger.rows import Row


@dataclass(frozen=True)
class Line:
    """The cells of a row that the mapping reads, cleaned and corrected."""

    cells: Mapping[str, tuple[str, ...]]
    care: Care

    def items(self, column: str) -> tuple[str, ...]:
        """Return the texts of a column, none where it is empty."""
        return self.cells.get(column, ())

    def text(self, column: str | None) -> str:
        """Return what a column says as one text; several entries are joined by 、."""
        return self.values.get(column or "", "")

    @cached_property
    def values(self) -> Mapping[str, str]:
        """What each column says, for templates."""
        return {column: "、".join(texts) for column, texts in self.cells.items()}

    def holds(self, when: When) -> bool:
        """Whether the row says what `when` asks for."""
        if when.any:
            return any(map(self.holds, when.any))
        text = self.text(when.column)
        if when.starts_with:
            return text.startswith(when.starts_with)
        if when.one_of:
            return text in when.one_of
        return bool(text) and text not in when.none_of

    def choose(self, choice: Choice) -> str:
        """Return the code that the row has; raises UnfitError when the table has none for it."""
        if choice.always is not None:
            return choice.always
        cell = self.text(choice.column)
        code = _looked_up(choice, cell)
        if code is not None:
            return code
        if choice.default is None:
            raise unfit(
                "value-unknown",
                f"对照表里没有这个值：{choice.column}",
                f"a value that the table lacks: {choice.column}",
                f"{choice.column} 是“{shown(cell)}”；补进 values，或写 default",
                f'{choice.column} is "{shown(cell)}": add it to values, or give a default',
            )
        return choice.default

    def untabled(self, choice: Choice) -> tuple[tuple[str, str], ...]:
        """Return the column and the cell where the table of `choice` lacks what the cell says."""
        cell = self.text(choice.column)
        known = choice.always is not None or not cell or _looked_up(choice, cell) is not None
        return () if known else ((choice.column, cell),)


def _looked_up(choice: Choice, cell: str) -> str | None:
    """What the table says for a cell: as it is written, else without blanks and with narrow characters.

    Where the table is of words within cells, the longest that the cell has counts; two that say different things and
    stand in different places say nothing.
    """
    values = choice.values or {}
    if cell in values:
        return values[cell]
    plain, folded = _plain(choice), _folded(cell)
    if folded in plain or not choice.within:
        return plain.get(folded)
    found: set[str] = set()
    for word in sorted(plain, key=len, reverse=True):
        if word and word in folded:
            found.add(plain[word])
            folded = folded.replace(word, "\n")
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=64)
def _plain(choice: Choice) -> Mapping[str, str]:
    return {_folded(cell): code for cell, code in (choice.values or {}).items()}


def _folded(cell: str) -> str:
    return "".join(unicodedata.normalize("NFKC", cell).split())


def prepare(row: Row, mapping: LedgerMap) -> Line:
    """Return the row's cells as they may enter a registry, as far as the mapping reads them."""
    cells: dict[str, tuple[str, ...]] = {}
    care = Care()
    given = {column: (text,) for column, text in mapping.constants.items()}
    amounts = {particular.column for particular in mapping.particulars if particular.unit}
    for column in mapping.columns:
        texts = []
        right = mapping.corrections.get(column, {})
        for raw in row.cells.get(column, ()):
            text, taken = clean(raw, mask=column not in amounts)
            care += taken
            text = right.get(text, text)
            texts.append("" if text in mapping.blanks else text)
        cells[column] = tuple(text for text in texts if text) or given.get(column, ())
    return Line(cells, care)
