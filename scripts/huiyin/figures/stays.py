"""Stretches of time: how long a proposal stayed in each stage, and how long half or nine tenths of them take. Pure.

What is still going on is not left out, which would favour the quick, but counted for as long as it has lasted
(censored), by the product-limit estimate of Kaplan and Meier.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from huiyin.cases import Case


class End(StrEnum):
    """How a stretch ended: it was left, it is still open, or the whole proposal ended in it."""

    LEFT = "left"
    OPEN = "open"
    VOID = "void"


LEFT, STILL_OPEN, VOID = End.LEFT, End.OPEN, End.VOID


class Stay(NamedTuple):
    """A stretch from one day to another, `until` None while it is open; both are None where the day is not known."""

    stage: str
    since: date | None
    until: date | None
    end: End

    def days(self, as_of: date) -> int | None:
        """Return the calendar days until it ended, or so far; None where a day is not known."""
        until = as_of if self.end is STILL_OPEN else self.until
        return (until - self.since).days if self.since and until else None


def stays(case: Case) -> Iterator[Stay]:
    """Yield every stretch in a stage, one for each time it came there.

    A stage lasts while somebody's turn is waited for in it: a closed proposal stays in none.
    """
    stage: str | None = None
    since: date | None = None
    for name, day in case.standing.passages:
        state = case.pack.states[name]
        waits = state.turn is not None and not state.final
        if stage is not None and not (waits and state.stage == stage):
            yield Stay(stage, since, day, VOID if state.final else LEFT)
            stage = None
        if waits and stage is None:
            stage, since = state.stage, day
    if stage is not None:
        yield Stay(stage, since, None, STILL_OPEN)


def product_limit(ended: Mapping[int, int], censored: Mapping[int, int]) -> tuple[int | None, int | None]:
    """Return the median and the ninth decile in days: the smallest t with S(t) at most 1/2, and at most 1/10.

    Both mappings give how many stretches ended, or were still open, after so many days. None means: not reached yet.
    What was cut short on a day still counts as going on during that day. Whole numbers keep the comparison exact.
    """
    at_risk = sum(ended.values()) + sum(censored.values())
    above, below = 1, 1
    median: int | None = None
    for day in sorted({*ended, *censored}):
        done = ended.get(day, 0)
        if done:
            above, below = above * (at_risk - done), below * at_risk
            if median is None and 2 * above <= below:
                median = day
            if 10 * above <= below:
                return median, day
        at_risk -= done + censored.get(day, 0)
    return median, None
