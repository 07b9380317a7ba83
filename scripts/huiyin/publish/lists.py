"""Pages that list records: by session, category, state and month, names, the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from huiyin.cases import Case
from huiyin.figures import BY_ID, GROUPINGS, Figure, grouped, say
from huiyin.publish.page import Draft, Page, Site
from huiyin.publish.paging import MANY, SOME, Headline, Noun, Told, first_day, listed, named, newest, newest_first

HEADED = {"s": "session", "c": "category"}
"""The lists with figures of their own above them, and by what those are grouped."""
TIMED = ("submitted", "replied", "on_time", "overdue")
UNTIMED = ("submitted", "assigned", "answered", "replied")
"""The figures above a list, where replies have a day by which they are due, and where they have none."""
COUNTED = ("submitted", "assigned", "answered")
"""Figures that are numbers of proposals; their titles alone would be names of acts."""


def entrances(site: Site) -> Iterator[Draft]:
    """Yield the catalogue and the indexes of names."""
    yield Draft("browse/", partial(browse, site), None, indexed=False)
    nouns: dict[str, tuple[str, list[Noun]]] = {
        "a": ("承办单位", sorted(site.registry.agencies.values(), key=lambda noun: noun.id)),
        "m": ("代表和委员", sorted(site.registry.members.values(), key=lambda noun: noun.id)),
        "g": ("团体", sorted(site.registry.groups.values(), key=lambda noun: noun.id)),
    }
    for letter, (title, rows) in nouns.items():
        yield from named(site, f"{letter}/", title, rows, (("查询", "browse/"), (title, None)))


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
        above = _headlines(site, letter) if letter in HEADED else {}
        rows: dict[str, list[Case]] = {}
        for case in ordered:
            rows.setdefault(key(case), []).append(case)
        for name in sorted(rows):
            crumbs = (("查询", "browse/"), (kind, None))
            yield from listed(site, f"{letter}/{name}/", title(site, name), rows[name], crumbs, above.get(name))


def _headlines(site: Site, letter: str) -> dict[str, Headline]:
    """The figures above each list of a session or category, and what tells more of it."""
    grouping = GROUPINGS[HEADED[letter]]
    chosen = tuple(BY_ID[name] for name in dict.fromkeys((*TIMED, *UNTIMED)))
    found = {}
    for group in grouped(site.cases.values(), site.as_of, grouping, site.registry, site.vocabulary, chosen):
        by_id = {figure.definition.id: figure for figure in group.figures}
        named = TIMED if by_id["on_time"].counted.denominator else UNTIMED
        report = letter == "s" and group.key in site.registry.sessions
        more = (
            ("办理情况报告", f"reports/{group.key}/")
            if report
            else (f"按{grouping.title.zh}比较", f"figures/by-{HEADED[letter]}/")
        )
        found[group.key] = Headline(tuple(_told(by_id[name]) for name in named), more)
    return found


def _told(figure: Figure) -> Told:
    """A figure with its name; of a rate the name says of how many, and what is counted is said of a number alone."""
    counted, title = figure.counted, figure.definition.title.zh
    if counted.denominator:
        title += f"（{counted.numerator:,}\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}{counted.denominator:,}）"
    elif figure.definition.id in COUNTED:
        title += "（件）"
    return Told(title, say(figure).zh, figure.definition.id, figure.definition.id == "overdue" and figure.total > 0)


def _month(case: Case) -> str:
    first = first_day(case)
    return first[:7] if first != "0000" else "undated"


def _month_title(name: str) -> str:
    return "日期不详" if name == "undated" else f"{name[:4]}年{int(name[5:])}月提出"


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
        recent=newest(site.cases.values(), SOME),
    )
    return Page("browse/", "查询", "按届次、类别、状态、承办单位和提出人查找。", article)
