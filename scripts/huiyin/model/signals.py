"""Signals (民情信号): complaint counts by category, area and month as they were released, never a complainant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyin.findings import Source, Text


@dataclass(frozen=True)
class SignalRow:
    """One category: its tickets by area, the areas whose count is hidden, and the total, None where it is hidden too.

    An area that is neither counted nor hidden had no ticket.
    """

    category: str
    counts: tuple[tuple[str, int], ...] = ()
    suppressed: tuple[str, ...] = ()
    total: int | None = None

    def cell(self, area: str | None) -> int | None:
        """Return what was released of an area, or of all (None): its tickets, None where they are hidden."""
        if area is None:
            return self.total
        return None if area in self.suppressed else dict(self.counts).get(area, 0)


@dataclass(frozen=True)
class Signals:
    """A month ("2026-05") of a channel of complaints as it was released: once, and never again with other numbers."""

    id: str
    feed: str
    title: Text
    channel: str
    month: str
    unit: str
    """What at least `k` are of behind each number: "complainants", or "tickets" where the export has no key."""
    k: int
    areas: Mapping[str, Text]
    source: Source = field(compare=False)
    rows: tuple[SignalRow, ...] = ()
    withdrawn: str | None = None
    """Why the numbers were taken back, where they were."""
