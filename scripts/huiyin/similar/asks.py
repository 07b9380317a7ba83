"""Asks of several proposals side by side: which say the same, and which stand alone. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from huiyin.model import Ask, Proposal
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


def handled_together(one: Proposal, proposals: Mapping[str, Proposal]) -> tuple[str, ...]:
    """Return the ids of all that are merged with a proposal, the leading one first; itself alone when none is."""
    first, seen = one, {one.id}
    while True:
        above = next(
            (event.joins for event in first.events if event.joins in proposals and event.joins not in seen), ""
        )
        if not above:
            break
        first = proposals[above]
        seen.add(above)
    found = [first.id]
    for identifier in found:
        for event in proposals[identifier].events:
            found += [other for other in event.joined_by if other in proposals and other not in found]
    return tuple(found)
