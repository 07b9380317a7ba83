"""Pages of the policy knowledge base: research with its requests for data, policies with what was before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from huiyin.cases import Case
from huiyin.charts.before_after import before_after
from huiyin.charts.lines import Lines
from huiyin.knowledge.duties import Kind
from huiyin.knowledge.effect import effects
from huiyin.knowledge.policies import PolicyStanding, stand
from huiyin.lifecycle import Promise
from huiyin.model import STAGES, DataRequest, Research
from huiyin.publish.boards import SHOWN
from huiyin.publish.gathered import edit_address, listed, told_duties
from huiyin.publish.page import Draft, Page, Site
from huiyin.publish.paging import Part, ids, parts
from huiyin.signals.series import over
from huiyin.wording import Chip
from huiyin.wording.days import day_chip

RESEARCH, POLICIES = ("调研", "research/"), ("政策", "policies/")
"""The crumbs that lead to the two lists."""


def research(site: Site) -> Iterator[Draft]:
    """Yield the list of research and a page for each that had begun by the day, the latest first."""
    known = [one for one in site.registry.research.values() if one.opened <= site.as_of]
    known.sort(key=lambda one: (one.opened, one.id), reverse=True)
    for part in parts(RESEARCH[1], known):
        make = partial(_research_list, site, part, len(known))
        yield Draft(part.path, make, also=f"{part.number}/{part.of} {len(known)}", kind="gathered")
    for one in known:
        path = f"{RESEARCH[1]}{one.id}/"
        shown = ids(_cases(site, one.proposals))
        yield Draft(path, partial(_research, site, one), shown, repr(listed(site)), kind="gathered")


def _research_list(site: Site, part: Part[Research], total: int) -> Page:
    base, about = RESEARCH[1], "代表、委员和团体在调研什么，向谁要了数据、什么时候要，报告说了什么。"
    shown = [_as_known(site, one) for one in part.rows]
    waiting = told_duties(site, Kind.DATA) if part.number == 1 else []
    article = site.render(
        "research_list.html", part.path, known=shown, total=total, waiting=waiting, shown=SHOWN,
        page_number=part.number, page_count=part.of, base=base,
    )  # fmt: skip
    return Page(part.path, "调研和要数据", about, article, links=part.links(base))


def _as_known(site: Site, one: Research) -> Research:
    """The research without what happened after the day."""
    requests = tuple(_request(site, row) for row in one.requests if row.asked <= site.as_of)
    report = one.report if one.report and one.report.on <= site.as_of else None
    return replace(one, requests=requests, report=report)


def _request(site: Site, one: DataRequest) -> DataRequest:
    return replace(one, answer=None) if one.answer and one.answer.on > site.as_of else one


def _research(site: Site, whole: Research) -> Page:
    one, path = _as_known(site, whole), f"{RESEARCH[1]}{whole.id}/"
    address = edit_address(site, one.source, "research")
    article = site.render(
        "research.html",
        path,
        one=one,
        requests=[(row, _chip(site, row)) for row in one.requests],
        cases=_cases(site, one.proposals),
        topics=[site.registry.topics[name] for name in one.topics],
        policies=[row for row in site.registry.policies.values() if one.id in row.research and stand(row, site.as_of)],
        listed=listed(site),
        edit=address,
    )
    return Page(path, one.title, one.question[:140], article, (RESEARCH, (one.title, None)), edit=address)


def _chip(site: Site, row: DataRequest) -> Chip:
    days = (row.needed_by - (row.answer.on if row.answer else site.as_of)).days
    return day_chip(days, row.answer is not None, site.registry.settings.near_days)


def policies(site: Site) -> Iterator[Draft]:
    """Yield the list of policies and a page for each that was known by the day."""
    known = [one for _, policy in sorted(site.registry.policies.items()) if (one := stand(policy, site.as_of))]
    known.sort(key=lambda one: -STAGES.index(one.stage.stage))
    for part in parts(POLICIES[1], known):
        also = f"{part.number}/{part.of}"
        yield Draft(part.path, partial(_policy_list, site, part, known), also=also, kind="gathered")
    for one in known:
        cases, promises = _cases(site, one.policy.proposals), _promises(site, one)
        shown = (*ids(cases), *ids(case for case, _ in promises))
        path = f"{POLICIES[1]}{one.policy.id}/"
        yield Draft(path, partial(_policy, site, one), shown, repr(listed(site)), kind="gathered")


def _policy_list(site: Site, part: Part[PolicyStanding], known: list[PolicyStanding]) -> Page:
    base, about = POLICIES[1], "由建议、调研、议题和承诺而来的政策，走到哪一步，什么时候回头看。"
    by_stage = Counter(one.stage.stage for one in known)
    by_category = Counter(one.policy.category for one in known)
    words, categories = site.vocabulary.policy_stages, site.registry.categories
    article = site.render(
        "policies.html",
        part.path,
        known=[(one, _look_back_chip(site, one)) for one in part.rows],
        total=len(known),
        stages=[(name, words[name].zh, by_stage[name]) for name in reversed(STAGES) if by_stage[name]],
        categories=[(name, title.zh, by_category[name]) for name, title in categories.items() if by_category[name]],
        page_number=part.number,
        page_count=part.of,
        base=base,
    )
    return Page(part.path, "政策", about, article, links=part.links(base))


def _look_back_chip(site: Site, one: PolicyStanding) -> Chip | None:
    if one.next_look_back is None:
        return None
    return day_chip((one.next_look_back - site.as_of).days, False, site.registry.settings.near_days)


def _policy(site: Site, one: PolicyStanding) -> Page:
    policy, path, registry = one.policy, f"{POLICIES[1]}{one.policy.id}/", site.registry
    address = edit_address(site, policy.source, "policies")
    article = site.render(
        "policy.html",
        path,
        one=one,
        due=_look_back_chip(site, one),
        areas={area: title.zh for signals in registry.signals.values() for area, title in signals.areas.items()},
        charts=_charts(site, one),
        drawn=site.draw,
        cases=_cases(site, policy.proposals),
        research=[registry.research[name] for name in policy.research],
        topics=[registry.topics[name] for name in policy.topics],
        promises=_promises(site, one),
        listed=listed(site),
        edit=address,
    )
    return Page(path, policy.title, policy.summary[:140], article, (POLICIES, (policy.title, None)), edit=address)


def _charts(site: Site, one: PolicyStanding) -> list[Lines]:
    """What was complained of before and after each stage in which the policy applies."""
    registry, policy = site.registry, one.policy
    title = registry.categories[policy.category].zh
    found = effects(one.in_force, policy.category, over(registry.signals.values(), site.as_of))
    words = site.vocabulary.policy_stages
    return [before_after(effect, policy.id, title, words[effect.stage.stage]) for effect in found]


def _cases(site: Site, names: Iterable[str]) -> list[Case]:
    return [site.cases[name] for name in names if name in site.cases]


def _promises(site: Site, one: PolicyStanding) -> list[tuple[Case, Promise]]:
    """The commitments that the policy keeps, those known on the day."""
    wanted = set(one.policy.commitments)
    cases = _cases(site, dict.fromkeys(name for name, _ in one.policy.commitments))
    return [
        (case, promise)
        for case in cases
        for promise in case.standing.promises
        if (case.proposal.id, promise.commitment.id) in wanted
    ]
