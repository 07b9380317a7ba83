"""Deadlines: what started a clock, which term was in force that day, how it was counted, and what stopped it. Pure.

A deadline explains itself (`explain`): start, rule, citation, skipped days, roll-over, extensions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiyin.days import Calendar, Count
from huiyin.findings import Text
from huiyin.lifecycle import Assignment
from huiyin.model import Event, Proposal
from huiyin.rules import Clock, Pack, Term
from huiyin.vocabulary import Vocabulary


class ClockState(StrEnum):
    """What became of a clock on a day."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    NEAR = "near"
    OVERDUE = "overdue"
    MET = "met"
    LATE = "late"
    UNDATED = "undated"
    VOID = "void"


@dataclass(frozen=True)
class Deadline:
    """One clock of one proposal on one day.

    `original` is the count by the law; `earliest` and `latest` are what holds after extensions (equal unless a year's
    holidays are unknown). `days` are calendar days: left while it runs, early when met, late when late or overdue.
    """

    clock: Clock
    state: ClockState
    started_by: Event | None = None
    term: Term | None = None
    original: Count | None = None
    extensions: tuple[Event, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    ended_by: Event | None = None
    days: int = 0

    @property
    def provisional(self) -> bool:
        """Whether the due day may still move, because a year's holidays are not announced."""
        return bool(self.original and self.original.provisional and not self.extensions)

    @property
    def open(self) -> bool:
        """Whether the clock still runs: running, near or overdue."""
        return self.state in (ClockState.RUNNING, ClockState.NEAR, ClockState.OVERDUE)


def deadlines(proposal: Proposal, pack: Pack, calendar: Calendar, as_of: date, near_days: int) -> tuple[Deadline, ...]:
    """Return every clock of the pack for `proposal` as it stands at the end of `as_of`."""
    events = proposal.until(as_of)
    return tuple(_deadline(clock, events, pack, calendar, as_of, near_days) for clock in pack.clocks.values() if clock.terms)


def _deadline(
    clock: Clock, events: tuple[Event, ...], pack: Pack, calendar: Calendar, as_of: date, near_days: int
) -> Deadline:
    """The clock keeps its first start when a proposal is reassigned."""
    started = next((event for event in events if event.type in clock.start.on), None)
    if started is None:
        return Deadline(clock, ClockState.NOT_STARTED)
    if started.on is None:
        return Deadline(clock, ClockState.UNDATED, started_by=started)
    case = next((e.complexity for e in reversed(events) if e.complexity), None) or "ordinary"
    term = clock.term(case, started.on)
    if term is None:
        return Deadline(clock, ClockState.VOID, started_by=started)
    count = calendar.count(started.on, term.value, term.unit, clock.rollover)
    extensions = tuple(event for event in events if event.type == "extended" and event.due)
    earliest, latest = count.earliest, count.latest
    if extensions and extensions[-1].due:
        earliest = latest = max(extensions[-1].due, count.latest)
    ended = _ended(clock, events)
    state, days = _state(ended, events, pack, earliest, latest, as_of, near_days)
    return Deadline(clock, state, started, term, count, extensions, earliest, latest, ended, days)


def _ended(clock: Clock, events: tuple[Event, ...]) -> Event | None:
    """The event that ends the clock: with separate agencies the one that completes them."""
    assignment = Assignment()
    done: set[str] = set()
    for event in events:
        if event.type in ("assigned", "reassigned"):
            assignment = Assignment(event.lead, event.co, event.separate)
            done.clear()  # whoever is asked now has not answered yet
        if event.type in clock.end.on:
            done.add(event.by)
            if set(assignment.repliers) <= done:
                return event
    return None


def _state(
    ended: Event | None,
    events: tuple[Event, ...],
    pack: Pack,
    earliest: date,
    latest: date,
    as_of: date,
    near_days: int,
) -> tuple[ClockState, int]:
    if ended is not None:
        if ended.on is None:
            return ClockState.UNDATED, 0
        return (
            (ClockState.LATE, (ended.on - latest).days)
            if ended.on > latest
            else (
                ClockState.MET,
                max(0, (earliest - ended.on).days),
            )
        )
    finals = {kind for kind, rule in pack.events.items() for move in rule.moves if _final(pack, move.target)}
    if any(event.type in finals for event in events):
        return ClockState.VOID, 0
    if as_of > latest:
        return ClockState.OVERDUE, (as_of - latest).days
    left = (earliest - as_of).days
    return (ClockState.NEAR if left <= near_days else ClockState.RUNNING), max(0, left)


def _final(pack: Pack, state: str) -> bool:
    return state in pack.states and pack.states[state].final


def explain(deadline: Deadline, words: Vocabulary) -> tuple[Text, ...]:
    """Return how the deadline was counted, a sentence a step, each with its law; `words` name the events."""
    clock, start, term, count = deadline.clock, deadline.started_by, deadline.term, deadline.original
    if start is None:
        return (Text(f"{clock.title.zh}期限尚未起算。", f"The clock for {clock.title.en.lower()} has not started."),)
    if start.on is None:
        return (Text("起算日期不详，不计算期限。", "The day that would start it is not known: nothing is counted."),)
    if term is None or count is None:
        return (
            Text(
                f"{_zh(start.on)}起算，但办理规则没有写明当日适用的期限，不计算。",
                f"It started on {start.on}, but the rule pack states no term in force that day: nothing is counted.",
            ),
        )
    unit = {"month": ("个月", "months"), "day": ("日", "days"), "workday": ("个工作日", "working days")}[term.unit]
    steps = [
        Text(
            f"{_zh(start.on)}{words.events[start.type].zh}，当日不计。",
            f"{words.events[start.type].en} on {start.on}; that day is day zero.",
        ),
        Text(
            f"{'复杂件' if term.case == 'complex' else '一般件'}期限{term.value}{unit[0]}，届满为{_zh(count.nominal)}。"
            f"依据：{term.source.say()}。",
            f"The term for {term.case} items is {term.value} {unit[1]}: it ends on {count.nominal}. "
            f"Source: {term.source.say()}.",
        ),
    ]
    if count.skipped and clock.rollover:
        law = clock.rollover_source.say() if clock.rollover_source else ""
        steps.append(
            Text(
                f"{_spans(count.skipped)}，顺延至首个工作日{_zh(count.latest)}。{f'依据：{law}。' if law else ''}",
                f"The last day is a day off ({len(count.skipped)} days skipped): it moves to {count.latest}."
                f"{f' Source: {law}.' if law else ''}",
            )
        )
    if count.provisional:
        years = "、".join(str(year) for year in sorted({count.earliest.year, count.latest.year, count.nominal.year}))
        within = (
            Text(
                f"期限在{_zh(count.earliest)}至{_zh(count.latest)}之间",
                f"between {count.earliest} and {count.latest}",
            )
            if count.earliest != count.latest
            else Text(f"暂按{_zh(count.latest)}计", f"{count.latest} for now")
        )
        steps.append(
            Text(
                f"{years}年的放假安排尚未公布：{within.zh}，通知公布后自动确定。",
                f"The holidays of {years} are not announced yet: {within.en}; it settles when they are.",
            )
        )
    for event in deadline.extensions:
        told = f"，{_zh(event.proposer_told_on)}告知提出人" if event.proposer_told_on else ""
        on = f"{_zh(event.on)}" if event.on else ""
        steps.append(
            Text(
                f"{on}批准延期至{_zh(event.due) if event.due else ''}{told}。原期限{_zh(count.latest)}。",
                f"Extended to {event.due} on {event.on}. The first due day was {count.latest}.",
            )
        )
    return tuple(steps)


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _spans(skipped: tuple[tuple[date, str], ...]) -> str:
    """2026-05-02 … 05 of 劳动节 → "5月2日至5日为劳动节假期"."""
    groups: list[tuple[str, date, date]] = []
    for day, name in skipped:
        if groups and groups[-1][0] == name:
            groups[-1] = (name, groups[-1][1], day)
        else:
            groups.append((name, day, day))
    said = []
    for name, first, last in groups:
        until = "" if first == last else f"至{'' if first.month == last.month else f'{last.month}月'}{last.day}日"
        said.append(f"{first.month}月{first.day}日{until}为{name if name == '周末' else f'{name}假期'}")
    return "，".join(said)
