"""What members might look into: complaints that rise, or are many, in their area or in their field. Pure.

Everything comes from released counts. A channel speaks for its last WINDOW months; of a category in an area, or in all
areas, only what is counted in each of them.

- Rising: RATIO times as many as in the same months of the year before, and at least MORE more.
- Many: one of the TOP categories of that area, or of all areas, by their number in these months.

A member's area is the area of signals with whose name the member's own begins; members without one, and those of a
sector, are told of no area. Their field are the categories in which they have proposed, over all areas together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from huiyin.cases import Case
from huiyin.findings import Text
from huiyin.model import Member, Signals
from huiyin.signals.series import Point, Series, categories, series

WINDOW = 3
"""Months that are looked at, the last ones of a channel."""
RATIO = (6, 5)
"""How much more than a year before counts as rising: 6 to 5, which is a fifth more."""
MORE = 10
"""How many more at least, so that a few complaints are no rise."""
TOP = 2
"""How many categories of an area count as many."""
EARLIER = 5
"""Earlier proposals that are told, the newest."""


class Reason(StrEnum):
    """Why a category is told."""

    RISING = "rising"
    MANY = "many"


REASONS = {
    Reason.RISING: Text("诉求上升", "complaints rise"),
    Reason.MANY: Text("诉求多", "many complaints"),
}
"""The words for it."""


@dataclass(frozen=True)
class Trend:
    """A category of a channel in an area, or in all (None): its tickets in the window and a year before, and why.

    `before` is None where one of these months is not counted.
    """

    feed: str
    title: Text
    category: str
    area: str | None
    area_title: Text | None
    months: tuple[str, ...]
    now: int
    before: int | None
    reasons: tuple[Reason, ...]

    @property
    def key(self) -> str:
        """Its name for ever: a later window has another one."""
        return f"{self.feed}/{self.category}/{self.area or 'all'}/{self.months[-1]}"


@dataclass(frozen=True)
class Suggestion:
    """Something for a member to look into, with earlier proposals of that category, the newest first.

    `field` says that it is told because of what the member has proposed, and not of the member's area.
    """

    trend: Trend
    field: bool
    earlier: tuple[str, ...]
    earlier_total: int


@dataclass(frozen=True)
class Ground:
    """What suggestions are made from: trends, proposals by category, the newest first, and categories by proposer."""

    trends: tuple[Trend, ...]
    proposals: Mapping[str, Sequence[Case]]
    fields: Mapping[str, frozenset[str]]


def trends(released: Iterable[Signals]) -> tuple[Trend, ...]:
    """Return what rises or is many in each channel, in each area and in all areas together."""
    known = list(released)
    found: dict[tuple[str, str | None], list[Trend]] = {}
    for category in categories(known):
        for one in series(known, category):
            trend = _trend(one)
            if trend:
                found.setdefault((one.feed, one.area), []).append(trend)
    return tuple(one for rows in found.values() for one in _reasoned(rows))


def _trend(one: Series) -> Trend | None:
    points = {point.month: point for point in one.points}
    window = one.points[-WINDOW:]
    now = _sum(window)
    if len(window) < WINDOW or not now:
        return None
    earlier = [points.get(f"{int(point.month[:4]) - 1:04}{point.month[4:]}") for point in window]
    before = _sum([point for point in earlier if point]) if all(earlier) else None
    months = tuple(point.month for point in window)
    return Trend(one.feed, one.title, one.category, one.area, one.area_title, months, now, before, ())


def _sum(points: Sequence[Point]) -> int | None:
    numbers = [point.tickets for point in points]
    return None if None in numbers else sum(number or 0 for number in numbers)


def _reasoned(rows: Sequence[Trend]) -> Iterator[Trend]:
    """Those of one channel and area that are told, each with why."""
    most = sorted(rows, key=lambda one: (-one.now, one.category))[:TOP]
    for one in rows:
        reasons = [Reason.RISING] if rising(one.now, one.before) else []
        reasons += [Reason.MANY] if one in most else []
        if reasons:
            yield replace(one, reasons=tuple(reasons))


def rising(now: int, before: int | None) -> bool:
    """Whether that is a rise over the year before."""
    return before is not None and now * RATIO[1] >= before * RATIO[0] and now - before >= MORE


def suggestions(member: Member, ground: Ground) -> tuple[Suggestion, ...]:
    """Return what a member might look into: what rises first, then what is most.

    What is told of the member's area is not told again of all areas.
    """
    field = ground.fields.get(member.id, frozenset())
    found: dict[tuple[str, str], Trend] = {}
    for one in ground.trends:
        mine = bool(one.area_title and member.area and member.area.startswith(one.area_title.zh))
        if mine or (one.area is None and one.category in field and (one.feed, one.category) not in found):
            found[one.feed, one.category] = one
    rows = sorted(found.values(), key=lambda one: (Reason.RISING not in one.reasons, -one.now, one.category, one.feed))
    return tuple(_suggestion(one, ground.proposals.get(one.category, ())) for one in rows)


def ground(released: Iterable[Signals], cases: Iterable[Case]) -> Ground:
    """Return what suggestions are made from: trends, all proposals by category, who proposed in which."""
    proposals = _by_category(cases)
    fields: dict[str, set[str]] = {}
    for category, rows in proposals.items():
        for case in rows:
            for proposer in case.proposal.proposers:
                fields.setdefault(proposer, set()).add(category)
    return Ground(trends(released), proposals, {name: frozenset(held) for name, held in fields.items()})


def _by_category(cases: Iterable[Case]) -> dict[str, list[Case]]:
    """Return proposals by category, the newest first."""
    found: dict[str, list[Case]] = {}
    dated = [(case.first_day, case.proposal.id, case) for case in cases if case.first_day]
    for _, _, case in sorted(dated, key=lambda row: row[:2], reverse=True):
        found.setdefault(case.proposal.category, []).append(case)
    return found


def said(trend: Trend) -> Text:
    """Return what was counted, in one sentence: in which months, how many, and how many a year before."""
    where = trend.area_title or Text("全部区域", "all areas")
    first, last = trend.months[0], trend.months[-1]
    zh = f"{trend.title.zh}，{where.zh}，{first} 至 {last}：{trend.now:,} 件"
    en = f"{trend.title.say('en')}, {where.say('en')}, {first} to {last}: {trend.now:,} tickets"
    if trend.before is None:
        return Text(f"{zh}；上年同月没有都公布。", f"{en}; not all counts of a year before are released.")
    return Text(f"{zh}；上年同月 {trend.before:,} 件。", f"{en}; {trend.before:,} in the same months a year before.")


def _suggestion(trend: Trend, cases: Sequence[Case]) -> Suggestion:
    earlier = tuple(case.proposal.id for case in cases[:EARLIER])
    return Suggestion(trend, trend.area is None, earlier, len(cases))
