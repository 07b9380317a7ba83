"""Pages that list records: by session, category and state, the deadline board, the commitment ledger, home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from huiyin.cases import Case
from huiyin.clocks import ClockState
from huiyin.figures import figures
from huiyin.lifecycle import OPEN
from huiyin.publish.page import Page, Site
from huiyin.publish.records import latest, newest_first, paged

SHORT = 6
"""Rows of a short list on the home page."""
LONG = 300
"""Rows of a board; what is beyond is told and can be found in the lists."""


def groups(site: Site) -> Iterator[Page]:
    """Yield the paged lists by session, category and state."""
    ordered = newest_first(site.cases.values())
    sorts: tuple[tuple[str, str, Callable[[Case], str], Callable[[Site, str], str]], ...] = (
        ("s", "届次", _session, _session_title),
        ("c", "类别", _category, lambda site, name: site.registry.categories[name].zh),
        ("state", "办理状态", _state, _state_title),
    )
    for letter, kind, key, title in sorts:
        rows: dict[str, list[Case]] = {}
        for case in ordered:
            rows.setdefault(key(case), []).append(case)
        for name in sorted(rows):
            for path, number, of, some in paged(f"{letter}/{name}/", rows[name]):
                article = site.render(
                    "list.html",
                    path,
                    kind=kind,
                    title=title(site, name),
                    cases=some,
                    total=len(rows[name]),
                    page_number=number,
                    page_count=of,
                    base=f"{letter}/{name}/",
                )
                yield Page(
                    path,
                    title(site, name),
                    f"{kind}“{title(site, name)}”共 {len(rows[name])} 件。",
                    article,
                    indexed=False,
                )


def _session(case: Case) -> str:
    return case.proposal.session


def _category(case: Case) -> str:
    return case.proposal.category


def _state(case: Case) -> str:
    return case.standing.state


def _session_title(site: Site, name: str) -> str:
    session = site.registry.sessions.get(name)
    return session.title.zh if session else name


def _state_title(site: Site, name: str) -> str:
    return next((case.pack.states[name].title.zh for case in site.cases.values() if name in case.pack.states), name)


def browse(site: Site) -> Page:
    """Return the page from which everything is found without search."""
    counts = {
        key: Counter(value(case) for case in site.cases.values())
        for key, value in (("sessions", _session), ("categories", _category), ("states", _state))
    }
    led = Counter(agency for case in site.cases.values() for agency in case.standing.assignment.repliers)
    proposed = Counter(proposer for case in site.cases.values() for proposer in case.proposal.proposers)
    first = next(iter(site.cases.values()), None)
    article = site.render(
        "browse.html",
        "browse/",
        sessions=[
            (name, _session_title(site, name), n) for name, n in sorted(counts["sessions"].items(), reverse=True)
        ],
        categories=[
            (name, title.zh, counts["categories"][name])
            for name, title in site.registry.categories.items()
            if counts["categories"][name]
        ],
        states=[
            (name, state.title.zh, counts["states"][name])
            for name, state in (first.pack.states if first else {}).items()
            if counts["states"][name]
        ],
        agencies=sorted(site.registry.agencies.values(), key=lambda agency: (-led[agency.id], agency.id)),
        led=led,
        members=sorted(site.registry.members.values(), key=lambda member: member.id),
        groups=sorted(site.registry.groups.values(), key=lambda group: group.id),
        proposed=proposed,
        recent=newest_first(site.cases.values())[:20],
    )
    return Page("browse/", "查询", "按届次、类别、状态、承办单位和提出人查找。", article, indexed=False)


def board(site: Site) -> Page:
    """Return the deadline board: overdue first, then by the due day."""
    rows = [
        (case, deadline)
        for case in site.cases.values()
        for deadline in case.deadlines
        if deadline.open and deadline.latest is not None and not deadline.clock.window
    ]
    rows.sort(key=lambda row: (row[1].latest or date.max, row[0].proposal.id, row[1].key))
    article = site.render(
        "board.html",
        "due/",
        overdue=[row for row in rows if row[1].state == ClockState.OVERDUE][:LONG],
        near=[row for row in rows if row[1].state == ClockState.NEAR][:LONG],
        running=[row for row in rows if row[1].state == ClockState.RUNNING][:LONG],
        counted=any(case.deadlines for case in site.cases.values()),
        total=len(rows),
        long=LONG,
    )
    return Page("due/", "时限", "逾期、快到期和期限内的各项时限，以及各是谁的责任。", article, indexed=False)


def commitments(site: Site) -> Page:
    """Return the commitment ledger: overdue and open first, then what was kept or given up."""
    rows = [(case, promise) for case in site.cases.values() for promise in case.standing.promises]
    rows.sort(key=lambda row: (row[1].commitment.due or date.max, row[0].proposal.id, row[1].commitment.id))
    article = site.render(
        "commitments.html",
        "commitments/",
        open=[row for row in rows if row[1].status == OPEN][:LONG],
        settled=[row for row in rows if row[1].status != OPEN][:LONG],
        total=len(rows),
        long=LONG,
    )
    return Page("commitments/", "承诺", "答复中作出的承诺：谁负责、何时兑现、兑现了没有。", article, indexed=False)


def home(site: Site) -> Page:
    """Return the home page: what this is, a search box, four figures, two short lists."""
    found = {figure.definition.id: figure for figure in figures(site.cases.values(), site.as_of)}
    timed = bool(found["on_time"].counted.denominator)
    replies = [(event.on, case) for case in site.cases.values() if (event := latest(case, "replied")) and event.on]
    replies.sort(key=lambda row: (row[0], row[1].proposal.id), reverse=True)
    due = sorted(
        (
            (deadline.latest, case, deadline)
            for case in site.cases.values()
            for deadline in case.deadlines
            if deadline.state in (ClockState.OVERDUE, ClockState.NEAR) and deadline.latest
            if "replied" in deadline.clock.end.on
        ),
        key=lambda row: (row[0], row[1].proposal.id, row[2].key),
    )
    article = site.render(
        "home.html",
        "",
        figures=found,
        timed=timed,
        due=due[:SHORT],
        replies=replies[:SHORT],
        newest=newest_first(site.cases.values())[:SHORT],
        examples=_examples(site),
    )
    return Page("", site.registry.settings.name.zh, _about(site), article, indexed=False)


def _about(site: Site) -> str:
    kinds = sorted({case.proposal.kind for case in site.cases.values()}, key=list(site.vocabulary.kinds).index)
    named = "、".join(site.vocabulary.kinds[kind].zh for kind in kinds)
    return f"{site.registry.settings.place.zh}{named}办理登记册。谁在办、什么时候该答复、答应的事做到没有，人人可查。"


def _examples(site: Site) -> list[str]:
    """Words to try in the search box: those in the registry's own titles that most titles share."""
    candidates = ("老旧小区", "校门口", "电动自行车", "停车", "养老", "排水", "道路", "路燈", "學校", "排水溝", "農路")
    titles = [case.proposal.title for case in site.cases.values()]
    counts = {word: sum(word in title for title in titles) for word in candidates}
    return [word for word in sorted(candidates, key=lambda word: -counts[word]) if counts[word]][:4]
