"""Boards of what should not be lost from sight: unanswered, newly late, looked back at, recorded late."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from huiyin.cases import Case
from huiyin.clocks import ClockState, Deadline
from huiyin.knowledge.duties import Kind
from huiyin.lifecycle import AskStanding
from huiyin.model import Event
from huiyin.publish.boards import SHOWN, Board, paged
from huiyin.publish.gathered import told_duties
from huiyin.publish.page import Draft, Site
from huiyin.publish.records import latest

WEEK = 7
"""Days after which what came to be late, or was answered, is not new any more."""
ASKED = ("assigned", "rehandling_ordered", "reopened")
"""The acts since which a reply is owed; one that goes to another agency is owed since the first."""


class Unanswered(NamedTuple):
    """That a reply is owed: since when and by whom, and the deadline of it where a rule has one."""

    since: date | None
    deadline: Deadline | None
    owing: tuple[str, ...]


def watching(site: Site) -> Iterator[Draft]:
    """Yield the boards."""
    yield from _newly_late(site)
    yield from _answered(site)
    yield from _unanswered(site)
    yield from _asks(site)
    yield from _looked_back(site)
    yield from _late_entries(site)


def _newly_late(site: Site) -> Iterator[Draft]:
    """What came to be overdue within a week: its last day was one of the seven before this one."""
    rows = [row for row in site.due if row.deadline.state == ClockState.OVERDUE and row.deadline.days <= WEEK]
    about = f"最近 {WEEK} 天里刚刚逾期、还没完成的时限。"
    yield from paged(
        site, Board("due/new/", "一周内新逾期", about, "board_rows.html", rows, f"最近 {WEEK} 天没有新逾期的。")
    )


def answered(cases: Iterable[Case], after: date) -> list[tuple[Case, Event]]:
    """Return the last reply of each proposal that came after a day, the latest first; those without a day are none."""
    last = ((case, reply) for case in cases if (reply := latest(case, "replied")))
    found = [(case, reply) for case, reply in last if reply.on and reply.on > after]
    return sorted(found, key=lambda row: (row[1].on or after, row[0].proposal.id), reverse=True)


def _answered(site: Site) -> Iterator[Draft]:
    """What was answered within a week, the day itself included."""
    rows = answered(site.cases.values(), site.as_of - timedelta(days=WEEK))
    about = f"最近 {WEEK} 天答复的件，逐条答了几项、答应了几项。"
    empty = f"最近 {WEEK} 天没有新的答复。"
    yield from paged(site, Board("due/answered/", "一周内答复", about, "answered.html", rows, empty))


def unanswered(case: Case) -> Unanswered | None:
    """Return that a reply is owed, in the first place or again; None where none is, and for records of the past."""
    state, owing = case.state, case.standing.owing
    if case.proposal.imported or not owing or state is None or state.final or state.turn is None:
        return None
    since = [event.on for event in case.events if event.type in ASKED]
    deadline = case.current_deadline
    return Unanswered(since[-1] if since else None, deadline if deadline and deadline.open else None, owing)


def _due(owed: Unanswered) -> date:
    """The last day of what is owed; the end of time where no rule has one."""
    return (owed.deadline.latest if owed.deadline else None) or date.max


def _unanswered(site: Site) -> Iterator[Draft]:
    """Every proposal whose reply is owed, those with the nearest day first."""
    rows = [(case, owed) for case in site.cases.values() if (owed := unanswered(case))]
    rows.sort(key=lambda row: (_due(row[1]), row[0].proposal.id))
    about = "已经交办、还欠答复的件，含要求重新答复的；往年导入的记录不在内。"
    yield from paged(site, Board("due/unanswered/", "未答复", about, "unanswered.html", rows, "交办的都答复了。"))


def unanswered_asks(case: Case) -> tuple[AskStanding, ...]:
    """Return the asks that complete replies passed over."""
    if not case.reply_complete or not case.itemised:
        return ()
    return tuple(ask for ask in case.standing.asks if not ask.answers)


def _asks(site: Site) -> Iterator[Draft]:
    rows = [(case, ask) for case in site.cases.values() for ask in unanswered_asks(case)]
    about = "已经答复、但答复里没有回应到的诉求。"
    yield from paged(
        site, Board("due/asks/", "诉求未回应", about, "unanswered_asks.html", rows, "答复了的件，每项诉求都有回应。")
    )


def _looked_back(site: Site) -> Iterator[Draft]:
    """What was looked at again, the latest first, and beside it what is to be looked at."""
    rows = _events(site, lambda event: event.type == "looked_back")
    due = [row for row in site.due if "looked_back" in row.deadline.clock.end.on][:SHOWN]
    policies = told_duties(site, Kind.LOOK_BACK)
    about = "办结以后再回头看：效果是不是还在。"
    yield from paged(
        site,
        Board("due/look-back/", "回头看", about, "looked_back.html", rows, "还没有回头看的记录。", duties=policies),
        due,
    )


def _late_entries(site: Site) -> Iterator[Draft]:
    """Events that were recorded long after they happened, the latest first; with the day where an audit tells it."""
    rows = _events(site, lambda event: event.late_entry is not None)
    recorded = site.audit.recorded if site.audit else {}
    also = repr([(event.id, recorded.get(case.proposal.id, {}).get(event.id)) for case, event in rows])
    days = site.registry.settings.late_entry_days
    about = f"发生以后过了 {days} 个工作日才登记的节点，都要写明原因并经办事机构批准。"
    yield from paged(
        site, Board("due/late-entries/", "补录", about, "late_entries.html", rows, "没有补录的节点。", also=also)
    )


def _events(site: Site, wanted: Callable[[Event], bool]) -> list[tuple[Case, Event]]:
    rows = [(case, event) for case in site.cases.values() for event in case.events if wanted(event)]
    return sorted(rows, key=lambda row: (row[1].on or date.min, row[0].proposal.id, row[1].id), reverse=True)
