"""Gathering wisdom: which proposals are about the same thing, and why one may think so.

`text` folds and weighs what a proposal says, `grams` counts it, `index` compares, `why` gives the reasons, `asks` puts
asks side by side, `measure` holds the method against pairs that councils merged themselves.
"""

from huiyin.similar.asks import Row, alike, handled_together, side_by_side
from huiyin.similar.index import NEAREST, Index, Match
from huiyin.similar.measure import Merged, Result, measure, wilson
from huiyin.similar.text import Document, document, fold
from huiyin.similar.why import Candidate, Reasons, candidates, linked, pairs

__all__ = [
    "NEAREST",
    "Candidate",
    "Document",
    "Index",
    "Match",
    "Merged",
    "Reasons",
    "Result",
    "Row",
    "alike",
    "candidates",
    "document",
    "fold",
    "handled_together",
    "linked",
    "measure",
    "pairs",
    "side_by_side",
    "wilson",
]
