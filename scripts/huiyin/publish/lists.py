"""Pages that list records: by session, category, state and month, names, the deadline board, commitments, home."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from huiyin.cases import Case
from huiyin.clocks import ClockState, Deadline
from huiyin.figures import figures
from huiyin.lifecycle import OPEN, Promise
from huiyin.model import Agency, Group, Member
from huiyin.publish.page import Draft, Page, Site
from huiyin.publish.paging import Part, first_day, ids, listed, newest_first, parts
from huiyin.publish.records import latest

SHORT = 6
"""Rows of a short list on the home page."""
SHOWN = 50
"""Rows of each table of a board; what is beyond stands in lists of its own."""
NAMES = 500
"""Names on one page of an index of people or agencies."""
MANY = 100
"""Names of each kind in the catalogue; an index of their own has all."""


def boards(site: Site) -> Iterator[Draft]:
    """Yield the home page, the catalogue, the deadline board and the commitment ledger, with the lists behind them."""
    yield Draft("", partial(home, site), None, indexed=False)
    yield Draft("browse/", partial(browse, site), None, indexed=False)
    nouns: dict[str, tuple[str, list[Agency | Member | Group]]] = {
        "a": ("承办单位", sorted(site.registry.agencies.values(), key=lambda noun: noun.id)),
        "m": ("代表和委员", sorted(site.registry.members.values(), key=lambda noun: noun.id)),
        "g": ("团体", sorted(site.registry.groups.values(), key=lambda noun: noun.id)),
    }
    for letter, (title, rows) in nouns.items():
        for part in parts(f"{letter}/", rows, NAMES):
            yield Draft(part.path, partial(_names, site, title, part), None, kind="list", indexed=False)
    yield from _board(site)
    yield from _commitments(site)


def groups(site: Site) -> Iterator[Draft]:
    """Yield the paged lists by session, category, state and month."""
    ordered = newest_first(site.cases.values())
    sorts: tuple[tuple[str, str, Callable[[Case], str], Callable[[Site, str], str]], ...] = (
        ("s", "届次", _session, _session_title),
        ("c", "类别", _category, lambda site, name: site.registry.categories[name].zh),
        ("state", "办理状态", _state, _state_title),
        ("month", "月份", _month, lambda _, name: _month_title(name)),
    )
    for letter, kind, key, title in sorts:
        rows: dict[str, list[Case]] = {}
        for case in ordered:
            rows.setdefault(key(case), []).append(case)
        for name in sorted(rows):
            crumbs = (("查询", "browse/"), (kind, None))
            yield from listed(site, f"{letter}/{name}/", title(site, name), rows[name], crumbs)


def _month(case: Case) -> str:
    first = first_day(case)
    return first[:7] if first != "0000" else "undated"


def _month_title(name: str) -> str:
    return "日期不详" if name == "undated" else f"{name[:4]}年{int(name[5:])}月提出"


def _names(site: Site, title: str, part: Part[Agency | Member | Group]) -> Page:
    base = f"{part.path[0]}/"
    counts = site.led if base == "a/" else site.proposed
    article = site.render(
        "names.html", part.path, title=title, nouns=part.rows, counts=counts,
        page_number=part.number, page_count=part.of, base=base,
    )  # fmt: skip
    crumbs = (("查询", "browse/"), (title, None))
    return Page(part.path, title, f"{title}，按编号排列。", article, crumbs, part.links(base))


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
    months = Counter(map(_month, site.cases.values()))
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
        months=[(name, _month_title(name), n) for name, n in sorted(months.items(), reverse=True)],
        agencies=sorted(site.registry.agencies.values(), key=lambda agency: (-site.led[agency.id], agency.id)),
        led=site.led,
        members=sorted(site.registry.members.values(), key=lambda member: member.id),
        groups=sorted(site.registry.groups.values(), key=lambda group: group.id),
        proposed=site.proposed,
        many=MANY,
        recent=newest_first(site.cases.values())[:20],
    )
    return Page("browse/", "查询", "按届次、类别、状态、承办单位和提出人查找。", article)


def _board(site: Site) -> Iterator[Draft]:
    """The deadline board: the first rows of what is overdue, near and running, and a paged list of each."""
    rows = [
        (case, deadline)
        for case in site.cases.values()
        for deadline in case.deadlines
        if deadline.open and deadline.latest is not None and not deadline.clock.window
    ]
    rows.sort(key=lambda row: (row[1].latest or date.max, row[0].proposal.id, row[1].key))
    held = {
        name: (title, [row for row in rows if row[1].state == state])
        for name, title, state in (
            ("overdue", "逾期", ClockState.OVERDUE),
            ("near", "快到期", ClockState.NEAR),
            ("running", "期限内", ClockState.RUNNING),
        )
    }
    counted = any(case.deadlines for case in site.cases.values())
    about = "逾期、快到期和期限内的各项时限，以及各是谁的责任。"
    yield Draft(
        "due/", partial(_tables, site, ("due/", "时限", about, "board.html"), held, counted), None, indexed=False
    )
    for name, (title, some) in held.items():
        if len(some) > SHOWN:
            yield from _rows(site, ("due/", "时限", "board_rows.html"), name, title, some)


def _commitments(site: Site) -> Iterator[Draft]:
    """The commitment ledger: what is open first, then what was kept or given up, and a paged list of each."""
    rows = [(case, promise) for case in site.cases.values() for promise in case.standing.promises]
    rows.sort(key=lambda row: (row[1].commitment.due or date.max, row[0].proposal.id, row[1].commitment.id))
    held = {
        "open": ("未了结", [row for row in rows if row[1].status == OPEN]),
        "settled": ("已了结", [row for row in rows if row[1].status != OPEN]),
    }
    path, title, about = "commitments/", "承诺", "答复中作出的承诺：谁负责、何时兑现、兑现了没有。"
    make = partial(_tables, site, (path, title, about, "commitments.html"), held, bool(rows))
    yield Draft(path, make, None, indexed=False)
    for name, (heading, some) in held.items():
        if len(some) > SHOWN:
            yield from _rows(site, (path, title, "commitments_rows.html"), name, heading, some)


def _tables(
    site: Site,
    about: tuple[str, str, str, str],
    held: Mapping[str, tuple[str, Sequence[tuple[Case, Any]]]],
    counted: bool,
) -> Page:
    path, title, description, template = about
    total = sum(len(rows) for _, rows in held.values())
    article = site.render(template, path, held=held, counted=counted, total=total, shown=SHOWN)
    return Page(path, title, description, article)


def _rows(
    site: Site, above: tuple[str, str, str], name: str, title: str, rows: Sequence[tuple[Case, Any]]
) -> Iterator[Draft]:
    base = f"{above[0]}{name}/"
    for part in parts(base, rows):
        also = f"{part.number}/{part.of} {len(rows)} {[_name(row[1]) for row in part.rows]}"
        make = partial(_rows_page, site, above, (base, title, len(rows)), part)
        yield Draft(part.path, make, ids(case for case, _ in part.rows), also, kind="list", indexed=False)


def _name(thing: Deadline | Promise) -> str:
    """What tells one row of a proposal from its others."""
    return thing.key if isinstance(thing, Deadline) else thing.commitment.id


def _rows_page(
    site: Site, above: tuple[str, str, str], about: tuple[str, str, int], part: Part[tuple[Case, Any]]
) -> Page:
    (path, parent, template), (base, title, total) = above, about
    article = site.render(
        template, part.path, title=title, rows=part.rows, total=total,
        page_number=part.number, page_count=part.of, base=base,
    )  # fmt: skip
    crumbs = ((parent, path), (title, None))
    return Page(part.path, f"{parent}：{title}", f"{title}，共 {total} 项。", article, crumbs, part.links(base))


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
    return Page("", site.registry.settings.name.zh, _about(site), article)


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
