"""What a report is made of: sections of paragraphs, tables and charts, in which each number knows its figure."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.charts import Chart


@dataclass(frozen=True)
class Span:
    """A piece of text; `figure` is the id of the definition that a number in it has."""

    text: str
    figure: str | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of spans."""

    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """Its plain text."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True)
class Table:
    """A table: its caption, its headings, each perhaps with a figure, and its rows, the first cell naming the row."""

    caption: str
    head: tuple[Span, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Table | Chart


def table_of(chart: Chart) -> Table:
    """Return what a chart shows as a table, which a page puts below it."""
    return Table(chart.title, tuple(map(Span, chart.head)), chart.cells)


@dataclass(frozen=True)
class Part:
    """A part of the report under a numbered heading."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """A whole report: its title, the day it speaks for, whose it is, its parts, and a summary in English."""

    session: str
    title: str
    issued: str
    office: str
    note: str | None
    parts: tuple[Part, ...]
    english: tuple[Paragraph, ...]
