"""Asks of several proposals side by side: which say the same, and which stand alone. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from huiyin.model import Ask, Event, Proposal
from huiyin.similar.text import Document, fold

ALIKE_ASKS = 0.4
"""The share of common pairs of characters from which two asks are called the same."""

Row = Mapping[str, Ask]
"""Asks that say the same, at most one a proposal, by the ids of the proposals."""


def alike(mine: str, theirs: str) -> float:
    """Return the share of pairs of characters that two asks have in common, formulas left out: 0 to 1."""
    ours, their = (
        {run[at : at + 2] for run in Document("", fold(text)).own for at in range(len(run) - 1)}
        for text in (mine, theirs)
    )
    return 2 * len(ours & their) / (len(ours) + len(their)) if ours and their else 0.0


def side_by_side(proposals: Sequence[Proposal]) -> Sequence[Row]:
    """Return the asks of all proposals in rows; the first proposal's come first, in its order.

    An ask joins the row that has the ask most like it, of those with none of its own proposal.
    """
    rows: list[dict[str, Ask]] = []
    for proposal in proposals:
        pairs = [
            (max(alike(ask.text, other.text) for other in row.values()), n, row)
            for row in rows
            for n, ask in enumerate(proposal.asks)
        ]
        placed: set[int] = set()
        for share, n, row in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
            if share >= ALIKE_ASKS and n not in placed and proposal.id not in row:
                row[proposal.id] = proposal.asks[n]
                placed.add(n)
        rows += [{proposal.id: ask} for n, ask in enumerate(proposal.asks) if n not in placed]
    return rows


class _Told(Protocol):
    @property
    def events(self) -> tuple[Event, ...]: ...


def handled_together(one: str, known: Mapping[str, _Told]) -> tuple[str, ...]:
    """Return the ids of all that are merged with `one`, the leading one first; itself alone when none is.

    `known` holds all proposals, or their cases, where only what is known on the day counts.
    """
    first, seen = one, {one}
    while above := next((e.joins for e in known[first].events if e.joins in known and e.joins not in seen), None):
        first = above
        seen.add(above)
    found = [first]
    for identifier in found:
        for event in known[identifier].events:
            found += [other for other in event.joined_by if other in known and other not in found]
    return tuple(found)
