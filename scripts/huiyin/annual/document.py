"""What a report is made of: sections of paragraphs, tables and charts, in which each number knows its figure."""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True)
class Chart:
    """A bar chart: its title, what it shows in words, what its bars are and are counted in, and the bars.

    `table` says the same; a page shows it below.
    """

    id: str
    title: str
    description: str
    labels: str
    unit: str
    bars: tuple[tuple[str, int], ...]

    @property
    def table(self) -> Table:
        """The same data as a table."""
        rows = tuple((label, f"{value:,}") for label, value in self.bars)
        return Table(self.title, (Span(self.labels), Span(self.unit)), rows)


Block = Paragraph | Table | Chart


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
