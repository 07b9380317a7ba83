"""Pages of records: one a proposal, agency, member and group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from huiyin import wording
from huiyin.cases import Case
from huiyin.lifecycle import Promise, StageMark
from huiyin.model import Event, Group, Member
from huiyin.publish.events import tell
from huiyin.publish.page import Page, Site
from huiyin.publish.trust import landed

PAGED = 100
"""Rows of a list on one page."""


def proposal(site: Site, case: Case) -> Page:
    """Return the page of a proposal."""
    item, registry = case.proposal, site.registry
    path = f"p/{item.id}/"
    events = [tell(event, registry, site.vocabulary, case.pack) for event in case.events]
    corrections = {e.refers_to: e for e in case.events if e.type == "corrected"}
    number = wording.number(case, site.vocabulary).zh
    state = case.state.title.zh if case.state else ""
    article = site.render(
        "proposal.html",
        path,
        case=case,
        item=item,
        number=number,
        session=registry.sessions.get(item.session),
        body=registry.body_of(item),
        stages=[_stage(case, mark, site) for mark in case.standing.stages],
        timeline=events[::-1],
        landed={event.id: landed(site, item.id, event) for event in item.events},
        corrections=corrections,
        turn=wording.turn_sentence(registry, case, site.vocabulary),
        merges=_merges(site, case),
        earlier=[site.cases[other] for other in item.follows if other in site.cases],
        later=site.followers.get(item.id, ()),
        similar=site.similar.get(item.id, ()),
        edit=edit_address(site, case),
    )
    description = (
        f"{number}，{'、'.join(map(registry.name_of, item.proposers[:3]))}提出，{state}。{item.situation or ''}"
    )
    return Page(path, item.title, description[:140], article)


def edit_address(site: Site, case: Case) -> str | None:
    """Return where the file of a proposal can be edited on the git host; None when there is no such host."""
    settings = site.registry.settings
    if not settings.repository or not settings.edit:
        return None
    _, _, below = case.proposal.source.file.rpartition("proposals/")
    return f"{settings.repository.rstrip('/')}/{settings.edit.strip('/')}/proposals/{below}"


def _merges(site: Site, case: Case) -> list[tuple[str, Case]]:
    rows: list[tuple[str, Case]] = []
    for event in case.events:
        related = [("并入", event.joins)] if event.joins else []
        related += [("转为", event.to)] if event.to else []
        related += [("并来", other) for other in event.joined_by]
        related += [("拆为", other) for other in event.split_into]
        related += [("拆自", event.split_from)] if event.split_from else []
        rows.extend((how, site.cases[other]) for how, other in related if other in site.cases)
    return rows


def _stage(case: Case, mark: StageMark, site: Site) -> dict[str, object]:
    """One stage of the bar in words: its title, its day, and how long it took or is taking."""
    stage = case.pack.stage(mark.id)
    text = ""
    if mark.on:
        text = f"{mark.on.month}月{mark.on.day}日"
        if mark.on.year != site.as_of.year:
            text = f"{mark.on.year}年{text}"
        if mark.times > 1:
            text += f" · {mark.times} 次"
    if mark.position == "current":
        running = _since(case, site)
        if mark.id == "handling" and running is not None:
            text = f"进行中 · 第 {running} 天"
        elif not text:
            text = "进行中"
    deadline = case.reply_deadline
    if mark.id == "reply" and mark.position == "ahead" and deadline and deadline.open and deadline.latest:
        text = f"应于 {deadline.latest.month}月{deadline.latest.day}日前"
    if mark.position == "skipped":
        text = "无记录"
    elif mark.position == "done" and mark.times and not mark.on:
        text = "日期不详"
    return {"title": stage.title.zh, "position": mark.position, "text": text}


def _since(case: Case, site: Site) -> int | None:
    """Days since the assignment, or since it came back to be handled again."""
    state = case.standing.state
    if state == "rehandling" and case.standing.entered:
        return (site.as_of - case.standing.entered).days
    started = case.reply_deadline.started_by if case.reply_deadline else None
    first = started or next((event for event in case.proposal.events if event.type == "assigned"), None)
    return (site.as_of - first.on).days if first and first.on else None


def agencies(site: Site) -> Iterator[Page]:
    """Yield the page of each agency with what it leads, co-handles and has promised."""
    led: dict[str, list[Case]] = {}
    helped: dict[str, list[Case]] = {}
    promised: dict[str, list[tuple[Case, Promise]]] = {}
    for case in newest_first(site.cases.values()):
        for lead in case.standing.assignment.repliers:
            led.setdefault(lead, []).append(case)
        for co in case.standing.assignment.co:
            helped.setdefault(co, []).append(case)
        for promise in case.standing.promises:
            promised.setdefault(promise.owner, []).append((case, promise))
    for identifier, agency in sorted(site.registry.agencies.items()):
        for path, number, of, rows in paged(f"a/{identifier}/", led.get(identifier, [])):
            article = site.render(
                "agency.html",
                path,
                agency=agency,
                led=rows,
                total=len(led.get(identifier, [])),
                helped=helped.get(identifier, [])[:PAGED],
                helped_total=len(helped.get(identifier, [])),
                promised=promised.get(identifier, [])[:PAGED],
                children=[a for a in site.registry.agencies.values() if a.parent == identifier],
                page_number=number,
                page_count=of,
                base=f"a/{identifier}/",
            )
            name = agency.short or agency.name
            yield Page(path, name, f"{agency.name}主办和会办的建议、提案，以及作出的承诺。", article, number == 1)


def members(site: Site) -> Iterator[Page]:
    """Yield the page of each member and group with what they proposed."""
    proposed: dict[str, list[Case]] = {}
    for case in newest_first(site.cases.values()):
        for proposer in case.proposal.proposers:
            proposed.setdefault(proposer, []).append(case)
    nouns: list[Member | Group] = [*site.registry.members.values(), *site.registry.groups.values()]
    for noun in sorted(nouns, key=lambda noun: noun.id):
        letter, identifier = noun.id[0], noun.id
        cases = proposed.get(identifier, [])
        for path, number, of, rows in paged(f"{letter}/{identifier}/", cases):
            article = site.render(
                "proposer.html",
                path,
                person=noun if isinstance(noun, Member) else None,
                group=noun if isinstance(noun, Group) else None,
                noun=noun,
                body=site.registry.settings.body(noun.body),
                cases=rows,
                total=len(cases),
                people=[m for m in site.registry.members.values() if identifier in m.groups],
                page_number=number,
                page_count=of,
                base=f"{letter}/{identifier}/",
            )
            yield Page(path, noun.name, f"{noun.name}提出的建议、议案、提案和社情民意信息。", article, number == 1)


def first_day(case: Case) -> str:
    """Return the first known day of a proposal, for sorting; those without any come last."""
    return next((event.on.isoformat() for event in case.proposal.events if event.on), "0000")


def newest_first(cases: Iterable[Case]) -> list[Case]:
    """Return cases by their first day, the newest first, and by id."""
    return sorted(sorted(cases, key=lambda case: case.proposal.id), key=first_day, reverse=True)


def latest(case: Case, kind: str) -> Event | None:
    """Return the last event of a type that has a day, of those known on the day of the case."""
    return next((event for event in reversed(case.events) if event.type == kind and event.on), None)


def paged(base: str, rows: list[Case]) -> Iterator[tuple[str, int, int, list[Case]]]:
    """Yield path, number, count of pages and the rows of each page of a list; an empty list has one page."""
    of = max(1, -(-len(rows) // PAGED))
    for number in range(1, of + 1):
        path = base if number == 1 else f"{base}{number}/"
        yield path, number, of, rows[(number - 1) * PAGED : number * PAGED]
