"""Feeds: of each open proposal, agency, member, group and category, of what is overdue, and of all. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import islice
from urllib.parse import urlsplit

from huiyin.cases import Case, holders
from huiyin.clocks import ClockState, Deadline
from huiyin.export.rows import Scope
from huiyin.findings import Text
from huiyin.follow.atom import Entry, feed
from huiyin.model import Event
from huiyin.opendata import Asset
from huiyin.prose import plain
from huiyin.wording.told import tell

FOLDER = "feeds/"
MOST = 50
"""Entries of a feed, the newest first."""
LATE = Text("逾期", "overdue")


@dataclass(frozen=True)
class Told:
    """An event of a case, the day on which it counts, and the day of its last correction."""

    case: Case
    event: Event
    day: date
    changed: date


def is_open(case: Case) -> bool:
    """Whether something may still be waited for: only such proposals have a feed of their own."""
    return bool(case.standing.turns)


def feeds(scope: Scope, address: str) -> Iterator[Asset]:
    """Yield every feed; `address` is the site's and ends with a slash."""
    homes: dict[str, list[Case]] = defaultdict(list)
    for identifier, case in scope.cases.items():
        if is_open(case):
            yield _asset(scope, address, f"p/{identifier}", f"{case.proposal.title}：办理进展", [case])
        for agency in case.standing.assignment.agencies:
            homes[f"a/{agency}"].append(case)
        for proposer in case.proposal.proposers:
            homes[f"{proposer[0]}/{proposer}"].append(case)
        homes[f"c/{case.proposal.category}"].append(case)
    registry = scope.registry
    for noun in (*registry.agencies, *registry.members, *registry.groups):
        about = f"{registry.name_of(noun)}：办理进展"
        yield _asset(scope, address, f"{noun[0]}/{noun}", about, homes.get(f"{noun[0]}/{noun}", []))
    for name, title in registry.categories.items():
        if rows := homes.get(f"c/{name}"):
            yield _asset(scope, address, f"c/{name}", f"{title.zh}类：办理进展", rows)
    name = registry.settings.name.zh
    everything = list(scope.cases.values())
    yield Asset(f"{FOLDER}all.atom", partial(_feed, scope, address, ("all", "", f"{name}：全部进展"), everything), None)
    yield Asset(f"{FOLDER}overdue.atom", partial(_overdue, scope, address, f"{name}：新逾期"), None)


def path_of(page: str) -> str:
    """Return the path of the feed of a page, "p/2026-k7f2q/" for example."""
    return f"{FOLDER}{page.strip('/')}.atom"


def _asset(scope: Scope, address: str, page: str, title: str, rows: Sequence[Case]) -> Asset:
    recent = _recent(rows)
    make = partial(_feed, scope, address, (page, f"{page}/", title), recent)
    return Asset(path_of(page), make, tuple(case.proposal.id for case in recent))


def _recent(rows: Sequence[Case]) -> Sequence[Case]:
    """The cases that can have one of the newest entries: each of MOST has at least one."""
    return rows if len(rows) <= MOST else sorted(rows, key=_last, reverse=True)[:MOST]


def _last(case: Case) -> tuple[date, str]:
    return case.last_day or date.min, case.proposal.id


def _feed(scope: Scope, address: str, about: tuple[str, str, str], rows: Sequence[Case]) -> bytes:
    page, path, title = about
    told = [one for case in _recent(rows) for one in _told(case)]
    told.sort(key=lambda one: (one.changed, one.case.proposal.id, one.event.id), reverse=True)
    start = tag(address, scope)
    entries = (_entry(scope, address, start, one) for one in islice(told, MOST))
    return feed(f"{start}{page}", title, (f"{address}{path_of(page)}", address + path), scope.as_of, entries)


def _told(case: Case) -> Iterator[Told]:
    """The events of a case with their days; one without a day counts as of the last one before it."""
    fixed: Mapping[str, date] = {
        event.refers_to: event.on for event in case.events if event.type == "corrected" and event.refers_to and event.on
    }
    day = case.first_day
    for event in case.events:
        day = event.on or day
        if day:
            yield Told(case, event, day, max(day, fixed.get(event.id, day)))


def _entry(scope: Scope, address: str, start: str, one: Told) -> Entry:
    item = one.case.proposal
    said = tell(one.event, scope.registry, scope.words, one.case.pack)
    return Entry(
        id=f"{start}p/{item.id}/{one.event.id}",
        title=f"{said.title}：{item.title}",
        day=one.day,
        changed=one.changed,
        address=f"{address}p/{item.id}/",
        author=said.who,
        lines=tuple(map(plain, said.lines)),
        category=scope.words.events[one.event.type],
    )


def _overdue(scope: Scope, address: str, title: str) -> bytes:
    """What is overdue now, what became so last first."""
    late = [
        (deadline.latest + timedelta(days=1), case, deadline)
        for case in scope.cases.values()
        for deadline in case.deadlines
        if deadline.state == ClockState.OVERDUE and deadline.latest
    ]
    late.sort(key=lambda row: (row[0], row[1].proposal.id, row[2].key), reverse=True)
    start = tag(address, scope)
    entries = (_late(scope, address, start, *row) for row in islice(late, MOST))
    addresses = (f"{address}{path_of('overdue')}", f"{address}due/")
    return feed(f"{start}overdue", title, addresses, scope.as_of, entries)


def _late(scope: Scope, address: str, start: str, day: date, case: Case, deadline: Deadline) -> Entry:
    who = "、".join(map(scope.registry.name_of, holders(scope.registry, case, deadline)[:3]))
    return Entry(
        id=f"{start}p/{case.proposal.id}/overdue/{deadline.key}/{deadline.latest}",
        title=f"逾期：{case.proposal.title}",
        day=day,
        changed=day,
        address=f"{address}p/{case.proposal.id}/",
        author=who,
        lines=[f"{deadline.clock.title.zh}，期限 {deadline.latest}，由{who}办理。"],
        category=LATE,
    )


def tag(address: str, scope: Scope) -> str:
    """What names for ever begin with (RFC 4151): the host of the site in the year of the first session."""
    year = min((session.opened.year for session in scope.registry.sessions.values() if session.opened), default=2026)
    return f"tag:{urlsplit(address).hostname},{year}:"
