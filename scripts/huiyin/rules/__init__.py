"""Rule packs (办理规则): a jurisdiction's law as data, typed.

A pack says which states and stages there are, which event moves a proposal from where to where and whose act it is,
which clocks run, and how replies are classed. Numbers carry their document, article and date. Nothing here counts or
decides: `lifecycle` folds events through the table and `clocks` counts.
"""

from huiyin.rules.clock import ANYTHING, Acts, Cap, Clock, Consequence, End, Start, Term, When
from huiyin.rules.pack import Pack
from huiyin.rules.process import (
    ANY,
    DUTIES,
    MEASURES,
    NONE,
    SAME,
    Citation,
    Demand,
    EventRule,
    Ground,
    Listed,
    Move,
    ReplyClass,
    Stage,
    State,
    Weight,
)

__all__ = [
    "ANY",
    "ANYTHING",
    "DUTIES",
    "MEASURES",
    "NONE",
    "SAME",
    "Acts",
    "Cap",
    "Citation",
    "Clock",
    "Consequence",
    "Demand",
    "End",
    "EventRule",
    "Ground",
    "Listed",
    "Move",
    "Pack",
    "ReplyClass",
    "Stage",
    "Start",
    "State",
    "Term",
    "Weight",
    "When",
]
