"""The nouns of the registry, as frozen records.

What was written in a file is checked and typed once, by `load`; everything behind that door works on these. The
Chinese terms and their English are those of the field (see the glossary of the guide).
"""

from huiyin.model.proposal import (
    Answer,
    Ask,
    Commitment,
    Disclosure,
    Event,
    Evidence,
    Input,
    LateEntry,
    Origin,
    Paper,
    Participant,
    Proposal,
    TakenOut,
)
from huiyin.model.registry import (
    Agency,
    Body,
    Group,
    LandingKey,
    Licence,
    Member,
    Office,
    Person,
    Registry,
    Session,
    Settings,
)
from huiyin.model.signals import SignalRow, Signals
from huiyin.model.wisdom import Batch, Exemplar, Happening, Score, Topic, Void

__all__ = [
    "Agency",
    "Answer",
    "Ask",
    "Batch",
    "Body",
    "Commitment",
    "Disclosure",
    "Event",
    "Evidence",
    "Exemplar",
    "Group",
    "Happening",
    "Input",
    "LandingKey",
    "LateEntry",
    "Licence",
    "Member",
    "Office",
    "Origin",
    "Paper",
    "Participant",
    "Person",
    "Proposal",
    "Registry",
    "Score",
    "Session",
    "Settings",
    "SignalRow",
    "Signals",
    "TakenOut",
    "Topic",
    "Void",
]
