"""How often the partner of a merged pair is found: per council, with intervals. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from huiyin.similar.index import Index
from huiyin.similar.text import Document

FIVE = 5
Z = 1.959964
"""Of the 95 % interval."""


@dataclass(frozen=True)
class Merged:
    """Two bills of one council, and how they belong together: merged, procedural or same_title."""

    council: str
    first: str
    second: str
    kind: str


@dataclass(frozen=True)
class Result:
    """Where one finds the other: the better of both directions; None where it is not among the nearest.

    `rank` counts those that stand strictly before, so identical texts share a rank; `strict` puts the partner behind
    every other that is just as near.
    """

    pair: Merged
    rank: int | None
    strict: int | None


def measure(bills: Mapping[str, Sequence[Document]], pairs: Sequence[Merged]) -> list[Result]:
    """Return the result of each pair, each against all bills of its own council."""
    results = []
    for council, documents in bills.items():
        index = Index(documents)
        for pair in pairs:
            if pair.council == council:
                ranks = [
                    found
                    for one, other in ((pair.first, pair.second), (pair.second, pair.first))
                    if (found := _rank(index, one, other))
                ]
                rank, strict = min(ranks) if ranks else (None, None)
                results.append(Result(pair, rank, strict))
    return results


def _rank(index: Index, one: str, other: str) -> tuple[int, int] | None:
    matches = index.nearest(index.documents[index.places[one]])
    margin = next((match.margin for match in matches if match.place == index.places[other]), None)
    if margin is None:
        return None
    return 1 + sum(match.margin > margin for match in matches), sum(match.margin >= margin for match in matches)


def within(results: Sequence[Result], most: int, strict: bool = False) -> int:
    """Return of how many results the partner stands among the first `most`."""
    return sum((rank := one.strict if strict else one.rank) is not None and rank <= most for one in results)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Return the 95 % interval of a share by Wilson's score; of nothing it is everything."""
    if not of:
        return (0.0, 1.0)
    share = hits / of
    middle = (share + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of)) / (1 + Z * Z / of)
    return (max(0.0, middle - half), min(1.0, middle + half))
