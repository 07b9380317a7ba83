"""Calendars of what is due: one for each agency, member and proposal that is open, and one for all. Pure.

What a calendar says of a deadline follows from events and rules and not from the day: a program that subscribes sees a
change only where there is one. Its number (SEQUENCE, RFC 5545, 3.8.7.4) grows with each event of the proposal, when a
due day that was open is settled, and with each corrected edition of the rule pack or of the years it was counted over;
so updates replace what was there before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from urllib.parse import urlsplit

from huiyin import wording
from huiyin.cases import Case, holders
from huiyin.clocks import ClockState, Deadline
from huiyin.export.rows import Scope
from huiyin.follow.ics import Due, calendar
from huiyin.knowledge.duties import Duty, duties
from huiyin.opendata import Asset

FOLDER = "calendars/"
KEPT = timedelta(days=90)
"""How long a deadline stays after it was met or no longer counted: subscribers see what became of it."""
BEFORE, AFTER = timedelta(days=90), timedelta(days=366)
"""Of which days the calendar of all tells."""
EDITION = 10_000
"""What a day of a later edition adds to a number: more than the events of a proposal can."""
FIRST_EDITION = date(2020, 1, 1)
"""No rule pack is older."""
ALARMS = (7, 1)
"""Days before a due day on which alarms ring, besides the one from which it counts as near."""


def calendars(scope: Scope, address: str) -> Iterator[Asset]:
    """Yield the calendar of each agency and member, and that of all; `address` is the site's."""
    owners: dict[str, list[tuple[Case, Deadline]]] = defaultdict(list)
    everything = []
    for identifier, case in scope.cases.items():
        rows = told(case, scope.as_of)
        if rows:
            about = "这一件的全部时限，没有办完的和最近办完的。"
            made = partial(_calendar, scope, address, f"{case.proposal.title}：时限", about, rows)
            yield Asset(path_of(f"p/{identifier}"), made, (identifier,), also=_keys(rows))
        everything.extend(rows)
        for _, deadline in rows:
            for owner in dict.fromkeys(holders(scope.registry, case, deadline)):
                owners[owner].append((case, deadline))
    others = tuple(duty for duty in duties(scope.registry, scope.as_of) if _kept(duty, scope.as_of))
    near = [(c, d) for c, d in everything if d.latest and -BEFORE <= d.latest - scope.as_of <= AFTER]
    about = f"前 {BEFORE.days} 天到后一年内到期的全部时限。截至 {scope.as_of}。"
    name = scope.registry.settings.name.zh
    soon = [duty for duty in others if -BEFORE <= duty.due - scope.as_of <= AFTER]
    yield Asset(f"{FOLDER}all.ics", partial(_calendar, scope, address, f"{name}：全部时限", about, near, soon), None)
    for noun in (*scope.registry.agencies, *scope.registry.members):
        rows = owners.get(noun, [])
        who = scope.registry.name_of(noun)
        own = [duty for duty in others if duty.who == noun]
        said = f"轮到{who}的时限，没有办完的和最近办完的。"
        made = partial(_calendar, scope, address, f"{who}：时限", said, rows, own)
        shows = tuple(sorted({case.proposal.id for case, _ in rows}))
        yield Asset(path_of(noun), made, shows, also=_keys(rows))


def path_of(name: str) -> str:
    """Return the path of the calendar of an agency or member, or of a proposal ("p/2026-k7f2q")."""
    return f"{FOLDER}{name}.ics"


def told(case: Case, as_of: date) -> list[tuple[Case, Deadline]]:
    """Return the deadlines of a proposal that stand in calendars."""
    return [(case, deadline) for deadline in case.deadlines if _told(deadline, as_of)]


def _keys(rows: list[tuple[Case, Deadline]]) -> str:
    return " ".join(deadline.key for _, deadline in rows)


def _told(deadline: Deadline, as_of: date) -> bool:
    """Whether a deadline stands in calendars: it is open, or was so not long ago."""
    if deadline.latest is None or deadline.clock.window:
        return False
    stop = deadline.ended_by or deadline.voided_by
    return deadline.open or bool(stop and stop.on and as_of - stop.on <= KEPT)


def _kept(duty: Duty, as_of: date) -> bool:
    """Whether what is due of another record stands in calendars: it is open, or was so not long ago."""
    return duty.done is None or as_of - duty.done <= KEPT


def _calendar(
    scope: Scope, address: str, name: str, about: str, rows: list[tuple[Case, Deadline]], others: Sequence[Duty] = ()
) -> bytes:
    dues = [*(_due(scope, address, *row) for row in rows), *(_other(scope, address, duty) for duty in others)]
    return calendar(name, about, sorted(dues, key=lambda due: (due.day, due.uid)))


def _other(scope: Scope, address: str, duty: Duty) -> Due:
    """What is due of a topic, research or policy: a change to it is that it was done."""
    page, who = f"{address}{duty.path}", scope.registry.name_of(duty.who)
    mark = "（已完成）" if duty.done else ""
    lines = [f"{who}：{duty.words.zh}，期限 {duty.due}", *([duty.text] if duty.text else []), page]
    return Due(
        uid=f"{duty.key.replace('/', '.')}@{urlsplit(address).hostname}",
        day=duty.due,
        changed=duty.done or duty.since,
        sequence=int(duty.done is not None),
        title=f"{duty.words.zh}{mark}：{duty.title}",
        about="\n".join(lines),
        address=page,
        alarms=tuple(sorted({scope.registry.settings.near_days, *ALARMS}, reverse=True)),
        done=duty.done is not None,
    )


def _due(scope: Scope, address: str, case: Case, deadline: Deadline) -> Due:
    item, clock = case.proposal, deadline.clock
    assert deadline.latest is not None  # noqa: S101 (only such are told)
    edition = _edition(scope, case, deadline)
    stop = deadline.ended_by or deadline.voided_by
    void = deadline.state == ClockState.VOID
    what = "承诺兑现" if deadline.promise else clock.title.zh
    mark = "（不再计算）" if void else "（已完成）" if stop else "（暂定）" if deadline.provisional else ""
    who = "、".join(map(scope.registry.name_of, holders(scope.registry, case, deadline)[:3]))
    page = f"{address}p/{item.id}/"
    lines = [wording.number(case, scope.words).zh, f"{who}：{what}，期限 {wording.due_day(deadline).zh}"]
    if deadline.promise:
        lines.append(deadline.promise.text)
    near = clock.near_days or scope.registry.settings.near_days
    return Due(
        uid=f"{item.id}.{deadline.key.replace('/', '.').replace(':', '.')}@{urlsplit(address).hostname}",
        day=deadline.latest,
        changed=max(_last_day(case, deadline), edition),
        sequence=(edition - FIRST_EDITION).days * EDITION + 2 * len(case.events) + (not deadline.provisional),
        title=f"{what}{mark}：{item.title}",
        about="\n".join([*lines, page]),
        address=page,
        alarms=tuple(sorted({near, *ALARMS}, reverse=True)),
        done=stop is not None,
        void=void,
        open_day=deadline.provisional,
    )


def _edition(scope: Scope, case: Case, deadline: Deadline) -> date:
    """The day of the latest edition of what a deadline is counted by: the rule pack, and corrected years."""
    first, last = deadline.start or deadline.latest, deadline.latest
    years = scope.registry.calendar.years
    counted = range(first.year, last.year + 1) if first and last else ()
    corrected = [years[year].corrected for year in counted if year in years]
    return max(FIRST_EDITION, case.pack.as_of, *(day for day in corrected if day))


def _last_day(case: Case, deadline: Deadline) -> date:
    """The last known day on which something about the proposal happened."""
    return case.last_day or deadline.start or deadline.latest or date.min
