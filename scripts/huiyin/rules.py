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
    """A row that a pack lists with its words: a form of handling, an axis of rating, an item of assessment."""

    id: str
    title: Text
    source: Citation | None = None
    points: int | None = None


@dataclass(frozen=True)
class Cap:
    """How far a term may be extended (最长): from the start (`absolute`) or beyond the first due day (`added`).

    `consent` is none, explain, consent or written_report; `of` says whose.
    """

    value: int
    unit: str
    counted: str
    consent: str
    source: Citation
    of: Text | None = None


@dataclass(frozen=True)
class Consequence:
    """What an article says of lateness (逾期的后果)."""

    words: Text
    source: Citation


@dataclass(frozen=True)
class Term:
    """A time limit (期限) in force from one day until another: for whom, how much of which unit, by which law.

    Without `case` or `occasion` it is for items of every kind.
    """

    value: int
    unit: str
    start: date
    source: Citation
    case: str | None = None
    occasion: str | None = None
    until: date | None = None
    cap: Cap | None = None
    consequence: Consequence | None = None

    def in_force(self, day: date) -> bool:
        """Whether the term is in force on `day`."""
        return self.start <= day and (self.until is None or day <= self.until)

    def fits(self, case: str, occasion: str | None) -> bool:
        """Whether it is meant for items of that difficulty and occasion."""
        return self.case in (None, case) and self.occasion in (None, occasion)

    def overlaps(self, other: Term) -> bool:
        """Whether there are an item and a day for which both would hold."""
        alike = all(
            mine is None or its is None or mine == its
            for mine, its in ((self.case, other.case), (self.occasion, other.occasion))
        )
        first, second = sorted((self, other), key=lambda term: term.start)
        return alike and (first.until is None or second.start <= first.until)


@dataclass(frozen=True)
class When:
    """What an event must carry to count: which time (`round`), about what, with which result; None: anything."""

    round: int | None = None
    about: str | None = None
    result: str | None = None


@dataclass(frozen=True)
class Start:
    """What starts a clock: the law's own word for the day, the events that stand for it, and what stands in for them.

    `law` "session_close" is the session's closing day and needs no event. `otherwise` is the event that counts while
    none of those is recorded.
    """

    law: str
    on: tuple[str, ...] = ()
    otherwise: str | None = None
    when: When = When()
    occasion: str | None = None


@dataclass(frozen=True)
class End:
    """What ends a clock; with `refers` only an event that names the one that started it."""

    on: tuple[str, ...]
    when: When = When()
    refers: bool = False


@dataclass(frozen=True)
class Clock:
    """A clock (时限): whose duty, how many counts there are, what starts, ends and restarts it, and its terms.

    `per` is proposal, agency, event or commitment. A `window` is something that may be done; it is never overdue.
    """

    id: str
    title: Text
    duty: str
    per: str
    start: Start
    end: End
    terms: tuple[Term, ...]
    rollover: bool
    rollover_source: Citation | None = None
    void_on: tuple[str, ...] = ()
    restarts_on: tuple[str, ...] = ()
    restarts_source: Citation | None = None
    window: bool = False
    extendable: bool = False
    near_days: int | None = None

    def term(self, case: str, day: date, occasion: str | None = None) -> Term | None:
        """Return the term for such an item that was in force on the day the clock started."""
        return next((term for term in self.terms if term.fits(case, occasion) and term.in_force(day)), None)


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
    handling_forms: tuple[Listed, ...] = ()
    satisfaction_axes: tuple[Listed, ...] = ()
    assessment: tuple[Listed, ...] = ()
    jurisdiction: str | None = None
    level: str | None = None
    kinds: tuple[str, ...] = ()
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
