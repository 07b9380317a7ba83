"""The order in which a row's events follow one another where the ledger has no days for them."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.ledger.mapping import EventSpec, LedgerMap

_BEGIN, _ANSWER, _END = ("submitted", "accepted", "assigned"), ("replied", "rated"), ("closed", "withdrawn")
"""The parts of a proposal's life between which steps stand."""
_NEEDS_A_REPLY = frozenset(
    ["replied", "rated", "rehandling_ordered", "followed_up", "looked_back", "evaluated", "closed", "reopened"]
)


def in_turn(mapping: LedgerMap) -> Iterator[tuple[EventSpec, bool]]:
    """Yield the mapping's events, and whether each is one of its steps.

    Steps stay in the order of the mapping. They come between assignment and reply; from the first that needs a reply
    on they come behind the rating, and before the end.
    """
    steps = mapping.steps
    turn = next((n for n, spec in enumerate(steps) if spec.type in _NEEDS_A_REPLY), len(steps))
    for kinds, behind in ((_BEGIN, steps[:turn]), (_ANSWER, steps[turn:]), (_END, ())):
        yield from ((spec, False) for spec in mapping.events if spec.type in kinds)
        yield from ((spec, True) for spec in behind)
