"""What a chart is: its words and its numbers, as data that a drawing and a table below it both show. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """How a chart looks."""

    BARS = "bars"
    """A bar for each row, with its number."""
    PARTS = "parts"
    """A bar for each row, made of the row's numbers."""
    COLUMNS = "columns"
    """The same upright, for rows that are stretches of time."""
    PAIRS = "pairs"
    """Upright bars side by side."""
    MATRIX = "matrix"
    """A cell for each number, the darker the more."""


class Column(NamedTuple):
    """What one number of each row is, and its tone: one of those of `drawing.TONES`."""

    title: str
    tone: str = "accent"


class Row(NamedTuple):
    """A row: what it is called, its numbers, a number for each column, and what only the table tells of it."""

    label: str
    numbers: tuple[int, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart: its title, what it shows in words, how that is counted, what its rows and numbers are, and those.

    `beside` are the heads of what only the table tells; `short` are the labels that are drawn, where those of the rows
    are too long; `notes` are words drawn over each bar that stands upright.
    """

    id: str
    kind: Kind
    title: str
    description: str
    how: str
    labels: str
    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    beside: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def drawn_labels(self) -> tuple[str, ...]:
        """The label of each row as it is drawn."""
        return self.short or tuple(row.label for row in self.rows)

    @property
    def head(self) -> tuple[str, ...]:
        """The heads of its table."""
        return (self.labels, *(column.title for column in self.columns), *self.beside)

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The rows of its table, as they are printed."""
        return tuple((row.label, *(f"{number:,}" for number in row.numbers), *row.beside) for row in self.rows)


def bars(identifier: str, title: str, labels: str, unit: str, pairs: Iterable[tuple[str, int]]) -> Chart:
    """Return a chart of a bar a pair, whose description says them all."""
    rows = tuple(Row(label, (number,)) for label, number in pairs)
    said = "，".join(f"{row.label} {row.numbers[0]:,} {unit}" for row in rows)
    return Chart(identifier, Kind.BARS, title, f"{title}：{said}。", "", labels, unit, (Column(unit),), rows)
