"""A second, naive implementation of a clock, day by day and from the raw calendar files, agrees in 10,000 cases: all
units, with and without roll-over, extensions and caps of both kinds, early and late replies, windows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.clocks import Reckoning, deadlines
from huiyin.findings import Text
from huiyin.load import Law
from huiyin.rules import Cap, Citation, Clock, End, Start, Term
from tests.story import proposal
from tests.test_days import ONE, day, plainly_worked

SOURCE = Citation("办法（虚构）", date(2000, 1, 1))
NEAR = 20


@dataclass(frozen=True)
class Length:
    """How much of which unit."""

    value: int
    unit: str


LENGTHS = st.one_of(
    st.builds(Length, st.integers(1, 8), st.just("month")),
    st.builds(Length, st.integers(1, 40), st.just("workday")),
    st.builds(Length, st.integers(1, 120), st.just("day")),
)


@st.composite
def stories(draw: st.DrawFn) -> tuple[Clock, date, list[tuple[int, int]], int | None, int]:
    """A clock; the day it starts; extensions as (granted, new due day); the reply; today: all in days since."""
    cap = draw(st.none() | st.tuples(LENGTHS, st.sampled_from(("absolute", "added"))))
    length = draw(LENGTHS)
    term = Term(
        length.value,
        length.unit,
        date(2000, 1, 1),
        SOURCE,
        cap=Cap(cap[0].value, cap[0].unit, cap[1], "consent", SOURCE) if cap else None,
    )
    clock = Clock(
        id="reply",
        title=Text("答复", "Reply"),
        duty="lead",
        per="agency",
        start=Start("assignment", ("assigned",)),
        end=End(("replied",)),
        terms=(term,),
        rollover=draw(st.booleans()),
        window=draw(st.booleans()),
        extendable=True,
    )
    start = draw(st.dates(day("2008-01-01"), day("2023-12-31")))
    granted = sorted(draw(st.lists(st.integers(1, 300), max_size=2)))
    moved = [(at, draw(st.integers(1, 500))) for at in granted]
    reply = draw(st.none() | st.integers(granted[-1] if granted else 0, 600))
    return clock, start, moved, reply, draw(st.integers(0, 700))


def naive_end(start: date, length: Length, rolls: bool) -> date:
    """Walk one day at a time until the length is used up, then to a worked day where the last day rolls over."""
    one, left, month = start, length.value, start
    while left:
        one += ONE
        if length.unit == "day":
            left -= 1
        elif length.unit == "workday":
            left -= plainly_worked(one)
        else:
            last_of_month = (one + ONE).month != one.month
            if one.month != month.month and (one.day == start.day or (last_of_month and one.day < start.day)):
                left, month = left - 1, one
    while rolls and length.unit != "workday" and not plainly_worked(one):
        one += ONE
    return one


def naive(
    clock: Clock, start: date, moved: list[tuple[int, int]], reply: int | None, today: int
) -> tuple[date, str, int]:
    """Return the due day, the state and the days, deciding each day from the start to today anew."""
    term = clock.terms[0]
    first = naive_end(start, Length(term.value, term.unit), clock.rollover)
    furthest = date.max
    if term.cap:
        since = start if term.cap.counted == "absolute" else first
        furthest = naive_end(since, Length(term.cap.value, term.cap.unit), clock.rollover)
    due, replied, now = first, None, start
    while True:
        for at, to in moved:
            if start + at * ONE == now and replied is None:
                due = max(first, min(start + to * ONE, furthest))
        if reply is not None and replied is None and start + reply * ONE == now:
            replied = now
        if now == start + today * ONE:
            break
        now += ONE
    if replied is not None:
        return (due, "late", (replied - due).days) if replied > due else (due, "met", (due - replied).days)
    if now > due:
        return (due, "void", 0) if clock.window else (due, "overdue", (now - due).days)
    left = (due - now).days
    return due, "near" if left <= min(NEAR, (due - start).days // 4) else "running", left


@settings(max_examples=10_000)
@given(stories())
def test_a_naive_clock_agrees(law: Law, story: tuple[Clock, date, list[tuple[int, int]], int | None, int]) -> None:
    clock, start, moved, reply, today = story
    pack = replace(law.packs["base"], clocks={"reply": clock})
    rows = [{"type": "submitted", "on": f"{start}"}, {"type": "accepted", "on": f"{start}"}]
    rows.append({"type": "assigned", "on": f"{start}"})
    rows += [
        {"type": "extended", "on": f"{start + timedelta(days=at)}", "due": f"{start + timedelta(days=to)}"}
        for at, to in moved
    ]
    if reply is not None:
        rows.append({"type": "replied", "on": f"{start + timedelta(days=reply)}"})
    as_of = start + timedelta(days=today)
    (found,) = deadlines(proposal(rows, pack), (), Reckoning(pack, law.calendar, as_of, NEAR))
    assert (found.latest, found.state.value, found.days) == naive(clock, start, moved, reply, today)
