"""Where a proposal stands: its events folded through the pack's state table. Pure.

State, stage, whose turn, what each ask was answered and which commitments are open are all derived here, and never
stored. A day (`as_of`) limits what is known: later events are ignored. `fold` keeps what has to be seen event by event,
`standings` says what follows from that.
"""

from huiyin.lifecycle.fold import standing
from huiyin.lifecycle.standings import (
    DROPPED,
    FULFILLED,
    OPEN,
    UNASSIGNED,
    AskStanding,
    Assignment,
    Promise,
    Refusal,
    StageMark,
    Standing,
    Turn,
)

__all__ = [
    "DROPPED",
    "FULFILLED",
    "OPEN",
    "UNASSIGNED",
    "AskStanding",
    "Assignment",
    "Promise",
    "Refusal",
    "StageMark",
    "Standing",
    "Turn",
    "standing",
]
