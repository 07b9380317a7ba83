"""Pages of records: one a proposal, agency, member and group."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from huiyin import wording
from huiyin.cases import Case
from huiyin.follow import own
from huiyin.lifecycle import Promise
from huiyin.model import Agency, Event, Group, Member
from huiyin.prose import plain
from huiyin.publish.gathered import edit_address, told_duties
from huiyin.publish.page import COMPARED, Draft, Due, Page, Site
from huiyin.publish.paging import MANY, SOME, Part, ids, listed, named, newest_first, parts
from huiyin.publish.stages import steps
from huiyin.publish.trust import landed
from huiyin.scores import others
from huiyin.similar import Reasons, Row, handled_together, side_by_side
from huiyin.wording.told import tell


def proposals(site: Site) -> Iterator[Draft]:
    """Yield the page of each proposal."""
    recorded = site.audit.recorded if site.audit else {}
    for identifier, case in sorted(site.cases.items()):
        yield Draft(
            f"p/{identifier}/",
            partial(proposal, site, case),
            shows=(identifier, *sorted({other.proposal.id for other in _related(site, case)})),
            also=repr((recorded.get(identifier), _alike(site, identifier), case.scores)),
            kind="p",
        )


def _alike(site: Site, identifier: str) -> list[tuple[str, Reasons]]:
    return [(other.proposal.id, other.reasons) for other in site.similar.get(identifier, ())]


def _related(site: Site, case: Case) -> Iterator[Case]:
    """The proposals that the page of a proposal names."""
    yield from (other for _, other in _merges(site, case))
    yield from _together(site, case)
    yield from (site.cases[other] for other in case.proposal.follows if other in site.cases)
    yield from site.followers.get(case.proposal.id, ())
    yield from (site.cases[other.proposal.id] for other in site.similar.get(case.proposal.id, ()))


def proposal(site: Site, case: Case) -> Page:
    """Return the page of a proposal."""
    item, registry = case.proposal, site.registry
    path = f"p/{item.id}/"
    events = [tell(event, registry, site.vocabulary, case.pack) for event in case.events]
    corrections = {e.refers_to: e for e in case.events if e.type == "corrected"}
    number = wording.number(case, site.vocabulary).zh
    together = _together(site, case)
    state = case.state.title.zh if case.state else ""
    article = site.render(
        "proposal.html",
        path,
        case=case,
        item=item,
        number=number,
        session=registry.sessions.get(item.session),
        body=registry.body_of(item),
        stages=steps(case, site.as_of),
        timeline=events[::-1],
        landed={event.id: landed(site, item.id, event) for event in case.events},
        corrections=corrections,
        turn=wording.turn_sentence(registry, case, site.vocabulary),
        merges=_merges(site, case),
        together=together,
        asked=_asked(together),
        earlier=[site.cases[other] for other in item.follows if other in site.cases],
        later=site.followers.get(item.id, ()),
        similar=site.similar.get(item.id, ()),
        scores=case.scores,
        others=others(case.events),
        compared=len(site.cases) <= COMPARED,
        following=own(site.scope, path),
        address=f"{registry.settings.address.rstrip('/')}/{path}",
        edit=edit_address(site, item.source, "proposals"),
    )
    description = (
        f"{number}，{'、'.join(map(registry.name_of, item.proposers[:3]))}提出，{state}。{plain(item.situation)}"
    )
    session, category = registry.sessions.get(item.session), registry.categories[item.category]
    crumbs = (
        (site.vocabulary.kinds[item.kind].zh, "browse/"),
        (session.title.zh, f"s/{session.id}/") if session else (item.session, None),
        (category.zh, f"c/{item.category}/"),
    )
    data = _data(site, case, description)
    return Page(
        path,
        item.title,
        description[:140],
        article,
        crumbs,
        edit=edit_address(site, item.source, "proposals"),
        data=data,
    )


def _data(site: Site, case: Case, description: str) -> dict[str, Any]:
    """What programs may know of a proposal, in the words of schema.org."""
    item, registry = case.proposal, site.registry
    return {
        "@type": "CreativeWork",
        "identifier": item.id,
        "name": item.title,
        "description": description[:140],
        "inLanguage": "zh",
        **({"dateCreated": case.first_day.isoformat()} if case.first_day else {}),
        "about": registry.categories[item.category].zh,
        "creativeWorkStatus": case.state.title.zh if case.state else case.standing.state,
        "author": [
            {"@type": "Person" if who in registry.members else "Organization", "name": registry.name_of(who)}
            for who in item.proposers
        ],
    }


def _merges(site: Site, case: Case) -> list[tuple[str, Case]]:
    rows: list[tuple[str, Case]] = []
    for event in case.events:
        related = [("本件并入", event.joins)] if event.joins else []
        related += [("转为", event.to)] if event.to else []
        related += [("并入本件", other) for other in event.joined_by]
        related += [("拆为", other) for other in event.split_into]
        related += [("拆自", event.split_from)] if event.split_from else []
        rows.extend((how, site.cases[other]) for how, other in related if other in site.cases)
    return rows


def _together(site: Site, case: Case) -> list[Case]:
    """All that are merged with a proposal, itself among them, the leading one first; none where none is."""
    if not any(event.joins or event.joined_by for event in case.events):
        return []
    group = handled_together(case.proposal.id, site.cases)
    return [site.cases[other] for other in group] if len(group) > 1 else []


def _asked(together: list[Case]) -> list[Row]:
    """The asks of a group side by side: first what several ask, then what one asks alone."""
    return sorted(side_by_side([case.proposal for case in together]), key=lambda row: len(row) == 1)


def agencies(site: Site) -> Iterator[Draft]:
    """Yield the page of each agency with what it leads, co-handles and has promised, and the lists that go on."""
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
    below: dict[str, list[Agency]] = {}
    for _, agency in sorted(site.registry.agencies.items()):
        if agency.parent:
            below.setdefault(agency.parent, []).append(agency)
    for identifier, agency in sorted(site.registry.agencies.items()):
        leads, helps = led.get(identifier, []), helped.get(identifier, [])
        owes, due = promised.get(identifier, []), site.due_by.get(identifier, [])
        for part in parts(f"a/{identifier}/", leads):
            some = SOME if part.number == 1 else 0
            beside = (helps[:some], owes[:some], due[:some])
            totals = (len(leads), len(helps), len(owes), len(due))
            yield Draft(
                part.path,
                partial(_agency, site, agency, part, totals, beside, below.get(identifier, [])),
                shows=(*ids(part.rows), *ids(beside[0]), *ids(case for case, _ in (*beside[1], *beside[2]))),
                also=f"{part.number}/{part.of} {totals} {[deadline.key for _, deadline in beside[2]]}"
                f"{site.is_assessed(identifier)}",
                kind="a",
                indexed=part.number == 1,
            )
        crumbs = (("承办单位", "browse/#agencies"), (agency.short or agency.name, f"a/{identifier}/"))
        if len(below.get(identifier, [])) > MANY:
            yield from named(site, f"a/{identifier}/below/", f"{agency.name}下属单位", below[identifier], crumbs)
        if len(helps) > SOME:
            yield from listed(site, f"a/{identifier}/co/", f"{agency.name}会办", helps, crumbs)


def _agency(
    site: Site,
    agency: Agency,
    part: Part[Case],
    totals: tuple[int, int, int, int],
    beside: tuple[list[Case], list[tuple[Case, Promise]], list[Due]],
    below: list[Agency],
) -> Page:
    base = f"a/{agency.id}/"
    article = site.render(
        "agency.html",
        part.path,
        agency=agency,
        led=part.rows,
        totals=totals,
        helped=beside[0],
        promised=beside[1],
        due=beside[2],
        duties=told_duties(site, who=agency.id),
        children=below,
        many=MANY,
        some=SOME,
        following=own(site.scope, base),
        page_number=part.number,
        page_count=part.of,
        base=base,
    )
    name = agency.short or agency.name
    crumbs = (("查询", "browse/#agencies"), ("承办单位", None))
    about = f"{agency.name}主办和会办的建议、提案，以及作出的承诺。"
    return Page(part.path, name, about, article, crumbs, part.links(base))


def proposers(site: Site) -> Iterator[Draft]:
    """Yield the page of each member and group with what they proposed."""
    proposed: dict[str, list[Case]] = {}
    for case in newest_first(site.cases.values()):
        for proposer in case.proposal.proposers:
            proposed.setdefault(proposer, []).append(case)
    people: dict[str, list[Member]] = {}
    for member in site.registry.members.values():
        for group in member.groups:
            people.setdefault(group, []).append(member)
    for group, some in people.items():
        if len(some) > MANY:
            name = site.registry.name_of(group)
            crumbs = (("提出人", "browse/#members"), (name, f"g/{group}/"))
            some.sort(key=lambda member: member.id)
            yield from named(site, f"g/{group}/members/", f"{name}成员", some, crumbs)
    nouns: list[Member | Group] = [*site.registry.members.values(), *site.registry.groups.values()]
    for noun in sorted(nouns, key=lambda noun: noun.id):
        rows, due = proposed.get(noun.id, []), site.due_for.get(noun.id, [])
        for part in parts(f"{noun.id[0]}/{noun.id}/", rows):
            yield Draft(
                part.path,
                partial(_proposer, site, noun, part, (len(rows), len(due)), people.get(noun.id, [])),
                shows=(*ids(part.rows), *(ids(case for case, _ in due[:SOME]) if part.number == 1 else ())),
                also=f"{part.number}/{part.of} {len(rows)} {len(due)} {[row.deadline.key for row in due[:SOME]]}"
                f"{site.is_assessed(noun.id)}",
                kind=noun.id[0],
                indexed=part.number == 1,
            )


def _proposer(
    site: Site, noun: Member | Group, part: Part[Case], totals: tuple[int, int], people: list[Member]
) -> Page:
    base = f"{noun.id[0]}/{noun.id}/"
    article = site.render(
        "proposer.html",
        part.path,
        person=noun if isinstance(noun, Member) else None,
        group=noun if isinstance(noun, Group) else None,
        noun=noun,
        body=site.registry.settings.body(noun.body),
        cases=part.rows,
        total=totals[0],
        due=site.due_for.get(noun.id, [])[:SOME],
        due_total=totals[1],
        people=people,
        many=MANY,
        studies=[one for one in site.registry.research.values() if noun.id in one.by and one.opened <= site.as_of],
        following=own(site.scope, base),
        page_number=part.number,
        page_count=part.of,
        base=base,
    )
    crumbs = (("查询", "browse/#members"), ("提出人", None))
    about = f"{noun.name}提出的建议、议案、提案和社情民意信息。"
    return Page(part.path, noun.name, about, article, crumbs, part.links(base))


def latest(case: Case, kind: str) -> Event | None:
    """Return the last event of a type that has a day, of those known on the day of the case."""
    return next((event for event in reversed(case.events) if event.type == kind and event.on), None)
