"""The order in which a row's events follow one another where the ledger has no days for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from huiyin.ledger.mapping import EventSpec, LedgerMap

_BEGIN, _ANSWER, _RATED, _END = ("submitted", "accepted", "assigned"), ("replied",), ("rated",), ("closed", "withdrawn")
"""The parts of a proposal's life between which steps stand."""
_NEEDS_A_REPLY = frozenset(
    ["replied", "rated", "rehandling_ordered", "followed_up", "looked_back", "evaluated", "closed", "reopened"]
)


def in_turn(mapping: LedgerMap, found: Sequence[Mapping[str, Any]]) -> Iterator[tuple[EventSpec, bool]]:
    """Yield the mapping's events, and whether each is one of its steps; `found` are those of the row so far.

    Steps stay in the order of the mapping. They come between assignment and reply; from the first that needs a reply
    on they come behind the rating, and before the end. Where the row has no reply of the main kind, the replies that
    these begin with are the answer (each agency's in columns of its own): they come before the rating.
    """
    steps = mapping.steps
    turn = next((n for n, spec in enumerate(steps) if spec.type in _NEEDS_A_REPLY), len(steps))
    yield from _part(mapping, _BEGIN, steps[:turn])
    yield from _part(mapping, _ANSWER, ())
    later = turn
    if not any(event["type"] == "replied" for event in found):
        later = next((n for n, spec in enumerate(steps) if n >= turn and spec.type != "replied"), len(steps))
    yield from ((spec, True) for spec in steps[turn:later])
    yield from _part(mapping, _RATED, steps[later:])
    yield from _part(mapping, _END, ())


def _part(mapping: LedgerMap, kinds: Sequence[str], behind: Sequence[EventSpec]) -> Iterator[tuple[EventSpec, bool]]:
    yield from ((spec, False) for spec in mapping.events if spec.type in kinds)
    yield from ((spec, True) for spec in behind)
