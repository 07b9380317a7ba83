"""Which counts of a category and month may be released, so that none that is hidden can be worked out (抑制). Pure.

A row is one category in one month: a count for each area, and their total. There is no other sum: the only equation
that a reader has is that the areas of a row add up to its total. See the ADR on suppression for the reasons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Cell:
    """Tickets of one category, area and month, and how many people (or, without a key, tickets) stand behind them."""

    tickets: int
    people: int


@dataclass(frozen=True)
class Release:
    """What may be shown of a row: counts by area, the hidden areas, and the total where it may be shown too."""

    areas: Mapping[str, int]
    suppressed: tuple[str, ...]
    total: int | None


def protect(cells: Mapping[str, Cell], together: int, order: Sequence[str], k: int, keyed: bool) -> Release:
    """Return what may be shown of a row's areas that have tickets.

    `together` is how many different people stand behind all cells with fewer than `k` of them; `keyed` says that people
    are told apart, so that few people may have many tickets. `order` lists the areas in an order that does not depend
    on the counts: by it the cells are chosen that are hidden to protect others.

    What holds then: no shown cell has fewer than `k` people. Where the total is shown, at least `k` people stand behind
    the hidden cells together, and each small cell may still be anything from 1 to k - 1 tickets, even for a reader who
    knows which of the hidden cells are the small ones.
    """
    small = [area for area in order if area in cells and cells[area].people < k]
    if not small:
        return Release({area: cell.tickets for area, cell in cells.items()}, (), _sum(cells, cells))
    hidden = list(small)
    others = [area for area in order if area in cells and area not in small]
    while not _safe(hidden, small, cells, together, k, keyed):
        if not others:  # nothing is left to hide them behind: the total would tell
            return Release({}, tuple(sorted(hidden)), None)
        hidden.append(others.pop(0))
    shown = {area: cell.tickets for area, cell in cells.items() if area not in hidden}
    return Release(shown, tuple(sorted(hidden)), _sum(cells, cells))


def _safe(
    hidden: Sequence[str], small: Sequence[str], cells: Mapping[str, Cell], together: int, k: int, keyed: bool
) -> bool:
    """Whether the sum of the hidden cells tells nothing about a small one, and is about enough people."""
    rest, added = _sum(cells, hidden), len(hidden) - len(small)
    if rest < len(small) + added * k + k:
        return False
    if added:
        return True
    room = keyed or rest <= len(small) * (k - 1) - k
    return len(small) > 1 and together >= k and room


def _sum(cells: Mapping[str, Cell], areas: Sequence[str] | Mapping[str, Cell]) -> int:
    return sum(cells[area].tickets for area in areas)


def order(areas: Sequence[str], *row: str) -> list[str]:
    """Return the areas in an order that depends on the names alone, another one for each row (feed, month, category).

    So that it is not always the same area that is hidden for others.
    """
    return sorted(areas, key=lambda area: sha256("\n".join((*row, area)).encode()).digest())
