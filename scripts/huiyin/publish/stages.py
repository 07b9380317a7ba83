"""The bar of stages on the page of a proposal: the day of each, how long it took or is taking. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.cases import Case
from huiyin.figures.stays import STILL_OPEN, VOID, Stay, stays
from huiyin.lifecycle import StageMark


@dataclass(frozen=True)
class Step:
    """One stage in words: its title, its position in the bar, and the lines below it."""

    title: str
    position: str
    lines: tuple[str, ...]


def steps(case: Case, as_of: date) -> tuple[Step, ...]:
    """Return every stage of the pack for a proposal as it stands on the day."""
    known = tuple(stays(case))
    spent = _spent(known, as_of)
    return tuple(_step(case, known, mark, as_of, spent.get(mark.id)) for mark in case.standing.stages)


def _spent(known: Sequence[Stay], as_of: date) -> Mapping[str, int]:
    """Calendar days in each stage, all its stretches together; none for a stage with a day that is not known."""
    found: dict[str, int] = {}
    unknown = set()
    for stay in known:
        days = stay.days(as_of)
        if days is None or stay.end is VOID:
            unknown.add(stay.stage)
        else:
            found[stay.stage] = found.get(stay.stage, 0) + days
    return {stage: days for stage, days in found.items() if stage not in unknown}


def _step(case: Case, known: Sequence[Stay], mark: StageMark, as_of: date, spent: int | None) -> Step:
    title = case.pack.stage(mark.id).title.zh
    when = _day(mark.on, as_of) if mark.on else ""
    first = " · ".join(part for part in (when, f"{mark.times} 次" if mark.times > 1 else "") if part)
    deadline = case.reply_deadline
    match mark.position:
        case "current":
            return Step(title, mark.position, _said(first, _going_on(known, as_of)))
        case "skipped":
            return Step(title, mark.position, ("无记录",))
        case "done" if mark.times and not mark.on:
            return Step(title, mark.position, ("日期不详",))
        case "done" if spent is not None:
            return Step(title, mark.position, _said(first, f"历时 {spent} 天" if spent else "当天办完"))
        case "ahead" if mark.id == "reply" and deadline and deadline.open and deadline.latest:
            return Step(title, mark.position, (f"应于 {_day(deadline.latest, as_of)}前",))
        case _:
            return Step(title, mark.position, _said(first))


def _going_on(known: Sequence[Stay], as_of: date) -> str:
    """That the current stage goes on, and since how many days where that is known."""
    since = next((stay.days(as_of) for stay in known if stay.end is STILL_OPEN), None)
    return f"进行中 · 第 {since} 天" if since else "进行中"


def _said(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)


def _day(day: date, as_of: date) -> str:
    """A day as short as it is clear: without its year where that is the present one."""
    year = "" if day.year == as_of.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
