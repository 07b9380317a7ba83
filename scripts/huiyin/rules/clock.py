"""The clocks of a pack (时限): whose duty, what starts and ends them, how long, how far they may be extended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from huiyin.findings import Text
from huiyin.rules.process import Citation


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


ANYTHING = When()
"""The condition that every event meets."""


@dataclass(frozen=True)
class Start:
    """What starts a clock: the law's own word for the day, the events that stand for it, and what stands in for them.

    `law` "session_close" is the session's closing day and needs no event. `otherwise` is the event that counts while
    none of those is recorded.
    """

    law: str
    on: tuple[str, ...] = ()
    otherwise: str | None = None
    when: When = ANYTHING
    occasion: str | None = None

    def meant_for(self, occasion: str | None) -> bool:
        """Whether it starts for proposals of that occasion."""
        return self.occasion is None or self.occasion == occasion


@dataclass(frozen=True)
class End:
    """What ends a clock; with `refers` only an event that names the one that started it."""

    on: tuple[str, ...]
    when: When = ANYTHING
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

    @property
    def keeps_first_start(self) -> bool:
        """Whether a reassignment passes the count on to the new agencies: replies are owed from the first day."""
        return "replied" in self.end.on and self.per == "agency"

    @property
    def asked_again(self) -> bool:
        """Whether a new assignment asks again for what an agency has done, as `lifecycle` waits for it again."""
        return "replied" in self.end.on or "co_opinion" in self.end.on

    def term(self, case: str, day: date, occasion: str | None = None) -> Term | None:
        """Return the term for such an item that was in force on the day the clock started."""
        return next((term for term in self.terms if term.fits(case, occasion) and term.in_force(day)), None)


class Acts(NamedTuple):
    """The clocks that a type of event ends, voids and so on, in the order in which it is done."""

    end: tuple[Clock, ...] = ()
    void: tuple[Clock, ...] = ()
    restart: tuple[Clock, ...] = ()
    start: tuple[Clock, ...] = ()
    stand_in: tuple[Clock, ...] = ()
    extend: tuple[Clock, ...] = ()
