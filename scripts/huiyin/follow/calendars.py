"""Calendars of what is due: one for each agency and member, and one for all. Pure.

What a calendar says of a deadline follows from events alone and not from the day: a program that subscribes sees a
change only where there is one. Its number grows with each event after the one that started it, and when a due day that
was open is settled; so updates replace what was there before.
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
ALARMS = (7, 1)
"""Days before a due day on which alarms ring, besides the one from which it counts as near."""


def calendars(scope: Scope, address: str) -> Iterator[Asset]:
    """Yield the calendar of each agency and member, and that of all; `address` is the site's."""
    owners: dict[str, list[tuple[Case, Deadline]]] = defaultdict(list)
    everything = []
    for case in scope.cases.values():
        for deadline in case.deadlines:
            if not _told(deadline, scope.as_of):
                continue
            everything.append((case, deadline))
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
        yield Asset(path_of(noun), made, shows, also=" ".join(deadline.key for _, deadline in rows))


def path_of(noun: str) -> str:
    """Return the path of the calendar of an agency or member."""
    return f"{FOLDER}{noun}.ics"


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
    scope: Scope, address: str, name: str, about: str, rows: list[tuple[Case, Deadline]], others: Sequence[Duty]
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
    after = _events_after(case, deadline)
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
        changed=_last_day(case, deadline),
        sequence=2 * after + (not deadline.provisional),
        title=f"{what}{mark}：{item.title}",
        about="\n".join([*lines, page]),
        address=page,
        alarms=tuple(sorted({near, *ALARMS}, reverse=True)),
        done=stop is not None,
        void=void,
        open_day=deadline.provisional,
    )


def _events_after(case: Case, deadline: Deadline) -> int:
    """How many events are known since the one that started the count; all of them where none did."""
    started = deadline.started_by
    place = next((n for n, event in enumerate(case.events) if started and event.id == started.id), -1)
    return len(case.events) - 1 - place


def _last_day(case: Case, deadline: Deadline) -> date:
    """The last known day on which something about the proposal happened."""
    return case.last_day or deadline.start or deadline.latest or date.min
