"""What is gathered around proposals, as frozen records: key topics, public scores, exemplars."""

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


@dataclass(frozen=True)
class Void:
    """Why something does not count any more (作废、撤下): on which day, by whom."""

    on: date
    by: str
    reason: str


@dataclass(frozen=True)
class Batch:
    """How many gave each score from 1 to 5 in some days, as an office counted them."""

    id: str
    start: date
    until: date
    by: str
    counts: tuple[int, ...]
    void: Void | None = None


@dataclass(frozen=True)
class Score:
    """Public scores of one proposal through one channel (公众评分): histograms, and nothing of who gave them."""

    id: str
    proposal: str
    channel: str
    about: str
    batches: tuple[Batch, ...]
    source: Source = field(compare=False)


@dataclass(frozen=True)
class Exemplar:
    """A good proposal, or the good reply `reply` to it (范例): why it was chosen, by whom, on which day."""

    id: str
    proposal: str
    why: str
    by: str
    on: date
    source: Source = field(compare=False)
    reply: str | None = None
    withdrawn: Void | None = None
