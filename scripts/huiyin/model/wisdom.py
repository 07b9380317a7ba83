"""What is gathered from proposals, as frozen records: key topics."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from huiyin.findings import Source


@dataclass(frozen=True)
class Happening:
    """Something that changed in the matter of a topic (变化): on which day, and who says so."""

    on: date
    by: str
    text: str


@dataclass(frozen=True)
class Topic:
    """A problem that keeps coming back (重点议题), with who leads, by when, and how people are told."""

    id: str
    title: str
    category: str
    why: str
    lead: str
    opened: date
    due: date
    feedback: str
    proposals: tuple[str, ...]
    source: Source = field(compare=False)
    co: tuple[str, ...] = ()
    changes: tuple[Happening, ...] = ()
    closed: date | None = None
    result: str | None = None
