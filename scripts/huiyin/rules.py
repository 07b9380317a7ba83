"""Rule packs (办理规则): a jurisdiction's law as data, typed.

A pack says which states and stages there are, which event moves a proposal from where to where and whose act it is,
which clocks run, and how replies are classed. Numbers carry their document, article and date. Nothing here counts or
decides: `lifecycle` folds events through the table and `clocks` counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
class EventRule:
    """Whose act a type of event is, who may record it for them (None: any office), and what it moves."""

    by: tuple[str, ...]
    moves: tuple[Move, ...]
    recorded_by: tuple[str, ...] | None = None

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
class Term:
    """A time limit (期限) in force from one day until another: for which case, how much of which unit, by which law."""

    case: str
    value: int
    unit: str
    start: date
    source: Citation
    until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether the term is in force on `day`."""
        return self.start <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Clock:
    """A clock (时限): the events that start and end it, its terms, and whether the last day rolls over."""

    id: str
    title: Text
    starts: str
    ends: str
    rollover: bool
    terms: tuple[Term, ...]
    rollover_source: Citation | None = None

    def term(self, case: str, day: date) -> Term | None:
        """Return the term for `case` that was in force on the day the clock started."""
        return next((term for term in self.terms if term.case == case and term.in_force(day)), None)


@dataclass(frozen=True)
class Pack:
    """A rule pack with everything that it inherits already in it."""

    id: str
    title: Text
    as_of: date
    stages: tuple[Stage, ...]
    states: Mapping[str, State]
    events: Mapping[str, EventRule]
    classes: Mapping[str, ReplyClass]
    clocks: Mapping[str, Clock]
    refusal_grounds: tuple[Ground, ...] = ()
    disclosure_grounds: tuple[Ground, ...] = ()
    errors: Mapping[str, Citation] = field(default_factory=dict)
    checks_off: frozenset[str] = frozenset()
    jurisdiction: str | None = None
    note: Text | None = None
    abstract: bool = False

    def stage(self, identifier: str) -> Stage:
        """Return the stage of that id; raises KeyError when the pack has none."""
        for stage in self.stages:
            if stage.id == identifier:
                return stage
        raise KeyError(identifier)

    def allowed_in(self, state: str) -> tuple[str, ...]:
        """Return the types of event that may follow in `state`, in the pack's order."""
        return tuple(kind for kind, rule in self.events.items() if rule.move_from(state))
