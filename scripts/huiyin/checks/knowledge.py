"""Checks of policies and research: their days, their requests for data, and what they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date

from huiyin.checks import Spotted, whole_registry
from huiyin.checks.missing import missing, unknown
from huiyin.findings import Path, Source, Text
from huiyin.knowledge.policies import in_force_since
from huiyin.model import STAGES, Policy, Registry, Research

Wrong = tuple[Path, str, str]
"""A place, what stands there, and what is allowed."""


@whole_registry("policy-days")
def policy_days(registry: Registry) -> Iterator[Spotted]:
    """政策的阶段或日期前后不合 / Stages or days of a policy out of order

    各阶段按起草、试点、推开、列入日常管理清单的先后写，可以跳过，不能重复或倒退，日期也依次不早于前一个。
    回头看按日期先后写，在开始施行以后；停止施行以后不再有阶段和回头看。

    Stages stand in the order draft, pilot, roll-out, standing rule, and so do their days. Stages may be skipped, and
    none comes twice or after a later one. Look-backs stand by day, after the policy took effect. Nothing is after its
    end.
    """
    for policy in registry.policies.values():
        for at, found, allowed in _policy(policy):
            yield Spotted(
                at,
                Text(f"{found} 与前后各项不合", f"{found} does not fit what stands around it"),
                Text("改正日期或次序", "correct the day or the order"),
                Text(allowed, allowed),
                policy.source,
            )


def _policy(policy: Policy) -> Iterator[Wrong]:
    last, place = policy.stages[0].on, -1
    for n, stage in enumerate(policy.stages):
        now = STAGES.index(stage.stage)
        if now <= place:
            yield ("stages", n, "stage"), stage.stage, " → ".join(STAGES)
        if stage.on < last or (policy.ended and stage.on > policy.ended):
            yield ("stages", n, "on"), f"{stage.on}", _between(last, policy.ended)
        last, place = max(last, stage.on), max(place, now)
    since = in_force_since(policy.stages)
    for n, seen in enumerate(policy.looked_back):
        if since is None or seen.on < since or (policy.ended and seen.on > policy.ended):
            yield ("looked_back", n, "on"), f"{seen.on}", _between(since or date.max, policy.ended)
        since = max(since, seen.on) if since else None
    if policy.ended and policy.ended < policy.stages[0].on:
        yield ("ended", "on"), f"{policy.ended}", f"≥ {policy.stages[0].on}"


def _between(first: date, last: date | None) -> str:
    return f"≥ {first}" + (f", ≤ {last}" if last else "")


@whole_registry("research-record")
def research_record(registry: Registry) -> Iterator[Spotted]:
    """调研的日期或编号不合 / Days or ids of research do not fit

    要数据的编号不重复；提出不早于调研开始，什么时候要不早于提出，答复不早于提出；报告不早于调研开始。

    Ids of requests are used once. None is asked before the research began, needed or answered before it was asked. The
    report is not before the beginning either.
    """
    for research in registry.research.values():
        for at, found, allowed in _research(research):
            yield Spotted(
                at,
                Text(f"{found} 与其他各项不合", f"{found} does not fit the rest"),
                Text("改正日期，重复的编号换一个", "correct the day, take another id"),
                Text(allowed, allowed),
                research.source,
            )


def _research(research: Research) -> Iterator[Wrong]:
    times = Counter(one.id for one in research.requests)
    free = f"d{1 + max((int(one.id[1:]) for one in research.requests), default=0)}"
    for n, one in enumerate(research.requests):
        if times[one.id] > 1:
            yield ("requests", n, "id"), one.id, free
        rows: list[tuple[Path, date, date]] = [
            (("asked",), one.asked, research.opened),
            (("needed_by",), one.needed_by, one.asked),
        ]
        rows += [(("answer", "on"), one.answer.on, one.asked)] if one.answer else []
        for key, day, first in rows:
            if day < first:
                yield ("requests", n, *key), f"{day}", f"≥ {first}"
    if research.report and research.report.on < research.opened:
        yield ("report", "on"), f"{research.report.on}", f"≥ {research.opened}"


def named_by_knowledge(registry: Registry) -> Iterator[Spotted]:
    """Yield what policies and research name and the registry does not have, proposals aside."""
    for research in registry.research.values():
        actors: list[tuple[Path, str]] = [(("by", n), one) for n, one in enumerate(research.by)]
        actors += [(("requests", n, "to"), one.to) for n, one in enumerate(research.requests)]
        yield from filter(None, (unknown(registry, one, at, research.source) for at, one in actors))
        yield from _records(registry, research, research.source)
    for policy in registry.policies.values():
        actors = [(("lead",), policy.lead), *((("co", n), one) for n, one in enumerate(policy.co))]
        actors += [(("looked_back", n, "by"), seen.by) for n, seen in enumerate(policy.looked_back)]
        yield from filter(None, (unknown(registry, one, at, policy.source) for at, one in actors))
        yield from _records(registry, policy, policy.source)
        rows = [(("research", n), one) for n, one in enumerate(policy.research)]
        yield from _several(Text("调研", "research"), rows, registry.research, registry, policy.source)
        yield from _areas(registry, policy)
        yield from _commitments(registry, policy)


def _records(registry: Registry, one: Policy | Research, source: Source) -> Iterator[Spotted]:
    if one.category not in registry.categories:
        yield missing(Text("类别", "category"), one.category, registry.categories, ("category",), source)
    rows = [(("topics", n), topic) for n, topic in enumerate(one.topics)]
    yield from _several(Text("重点议题", "key topic"), rows, registry.topics, registry, source)


def _several(
    what: Text, rows: Collection[tuple[Path, str]], known: Collection[str], registry: Registry, source: Source
) -> Iterator[Spotted]:
    for at, name in rows:
        if name not in known and name not in registry.unreadable:
            yield missing(what, name, known, at, source)


def _areas(registry: Registry, policy: Policy) -> Iterator[Spotted]:
    known = sorted({area for signals in registry.signals.values() for area in signals.areas})
    rows = [
        (("stages", n, "areas", m), area) for n, row in enumerate(policy.stages) for m, area in enumerate(row.areas)
    ]
    yield from _several(Text("民情信号的区域", "area of signals"), rows, known, registry, policy.source)


def _commitments(registry: Registry, policy: Policy) -> Iterator[Spotted]:
    for n, (name, commitment) in enumerate(policy.commitments):
        proposal = registry.proposals.get(name)
        if proposal:
            known = [one.id for event in proposal.events for one in event.commitments]
            rows = [(("commitments", n, "commitment"), commitment)]
            yield from _several(Text(f"{name} 的承诺", f"commitment of {name}"), rows, known, registry, policy.source)


def proposals_of_knowledge(registry: Registry) -> Iterator[tuple[Source, Path, str]]:
    """Yield every proposal that policies and research name: where it stands, and which one."""
    for research in registry.research.values():
        yield from ((research.source, ("proposals", n), one) for n, one in enumerate(research.proposals))
    for policy in registry.policies.values():
        yield from ((policy.source, ("proposals", n), one) for n, one in enumerate(policy.proposals))
        yield from (
            (policy.source, ("commitments", n, "proposal"), one) for n, (one, _) in enumerate(policy.commitments)
        )
