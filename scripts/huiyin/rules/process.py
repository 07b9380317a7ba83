"""The rows of a pack: stages, states, what events move and whose act they are, classes, grounds, with their sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.findings import Text

ANY, NONE, SAME = "any", "none", "same"
"""Words of the state table: from any state, from no state yet, to the state it is in."""


@dataclass(frozen=True)
class Citation:
    """Where a rule stands: document, article and the date of the text."""

    document: str
    date: date
    article: str | None = None

    def say(self) -> str:
        """Return the citation as it is printed in Chinese."""
        return f"《{self.document}》（{self.date.isoformat()}）{self.article or ''}"


@dataclass(frozen=True)
class Stage:
    """One of the seven stages that readers see (阶段); its acts are the events that mark it."""

    id: str
    title: Text
    marked_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """A state of the process (状态): its stage, whose turn it is, and which events are expected next."""

    id: str
    title: Text
    stage: str
    final: bool = False
    turn: str | None = None
    expects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Move:
    """One row of the state table: from these states to that one."""

    sources: tuple[str, ...]
    target: str
    until_all: str | None = None


@dataclass(frozen=True)
class Demand:
    """A key that an event must carry here (必须写明), and the article that says so."""

    field: str
    source: Citation


@dataclass(frozen=True)
class EventRule:
    """Whose act a type of event is, who may record it for them (None: any office), and what it moves."""

    by: tuple[str, ...]
    moves: tuple[Move, ...]
    recorded_by: tuple[str, ...] | None = None
    requires: tuple[Demand, ...] = ()

    def move_from(self, state: str) -> Move | None:
        """Return the move that applies in `state`, or None when the event is not allowed there."""
        for move in self.moves:
            if state in move.sources or (ANY in move.sources and state != NONE):
                return move
        return None


@dataclass(frozen=True)
class ReplyClass:
    """A class of reply (答复类别) with its local words and letter, its mark and tone for the eye."""

    id: str
    title: Text
    mark: str
    tone: str
    letter: str | None = None
    needs_commitment: bool = False


@dataclass(frozen=True)
class Ground:
    """A coded ground for refusing or withholding (理由) with its source."""

    id: str
    title: Text
    source: Citation


@dataclass(frozen=True)
class Listed:
    """A row that a pack lists with its words: a form of handling, an axis of rating."""

    id: str
    title: Text
    source: Citation | None = None


DUTIES = ("agency", "proposer", "body_office", "government_office")
"""Whose duties can be assessed."""
MEASURES: Mapping[str, tuple[str, ...]] = {
    "clocks": DUTIES,
    "entries": DUTIES,
    **dict.fromkeys(("contacted", "asks", "commitments", "fulfilled", "attitude", "result", "look_back"), DUTIES[:1]),
    **dict.fromkeys(("facts", "comparison", "path"), DUTIES[1:2]),
}
"""What an item of assessment may count, and of whom."""


@dataclass(frozen=True)
class Weight:
    """An item of assessment (考核项目): how many points, and what is counted of whom, where that can be counted.

    `clocks` are the ids of the clocks that the measure `clocks` looks at.
    """

    id: str
    title: Text
    points: int
    source: Citation
    of: str | None = None
    measure: str | None = None
    clocks: tuple[str, ...] = ()
