"""From topics, research and policies to documents: what of them can be found on a day. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from huiyin.cases import Case
from huiyin.findings import Text
from huiyin.knowledge.policies import PolicyStanding
from huiyin.knowledge.policies import stand as stand_policy
from huiyin.model import Registry, Research
from huiyin.search.document import Document
from huiyin.topics import TopicStanding, Watch
from huiyin.topics import stand as stand_topic

RECORDS = "~t"
"""Their session; it sorts behind those of proposals."""
KINDS = {"topic": "重点议题", "research": "调研", "policy": "政策"}
"""What each kind is called."""


def stage_of(name: str) -> str:
    """Return the id of a policy's stage among the stages of proposals."""
    return f"policy-{name}"


def stages(words: Mapping[str, Text]) -> dict[str, str]:
    """Return the stages of policies as values of the facet of stages, with their words."""
    return {stage_of(name): f"政策：{title.zh}" for name, title in words.items()}


def records(registry: Registry, cases: Mapping[str, Case], as_of: date) -> Iterator[Document]:
    """Yield a document for each topic, research and policy that is known on the day."""
    watch = Watch(tuple(registry.signals.values()), as_of)
    for _, topic in sorted(registry.topics.items()):
        if one := stand_topic(topic, cases, watch):
            yield _topic(one, registry)
    for _, research in sorted(registry.research.items()):
        if research.opened <= as_of:
            yield _research(research, registry, as_of)
    for _, policy in sorted(registry.policies.items()):
        if known := stand_policy(policy, as_of):
            yield _policy(known, registry)


def _topic(one: TopicStanding, registry: Registry) -> Document:
    topic = one.topic
    said = [topic.why, *(change.text for change in one.changes), topic.result if one.closed else None]
    facets = {"category": (topic.category,), "lead": (topic.lead,), "co": tuple(sorted(topic.co))}
    who = (topic.lead, *topic.co)
    return _document("topic", topic.id, f"topics/{topic.id}/", topic.title, who, said, topic.opened, facets, registry)


def _research(one: Research, registry: Registry, as_of: date) -> Document:
    asked = [row for row in one.requests if row.asked <= as_of]
    answers = [row.answer for row in asked if row.answer and row.answer.on <= as_of]
    said: list[str | None] = [one.question, *(row.text for row in asked), *(answer.text for answer in answers)]
    if one.report and one.report.on <= as_of:
        said += [one.report.document, *one.report.findings]
    facets = {"category": (one.category,), "member": tuple(sorted(one.by))}
    return _document(
        "research", one.id, f"research/{one.id}/", one.title, one.by, said, one.opened, facets, registry
    )  # fmt: skip


def _policy(one: PolicyStanding, registry: Registry) -> Document:
    policy = one.policy
    said: list[str | None] = [policy.summary]
    for stage in one.stages:
        said += [stage.document, stage.text]
    said += [seen.text for seen in one.looked_back]
    facets = {
        "category": (policy.category,),
        "lead": (policy.lead,),
        "co": tuple(sorted(policy.co)),
        "stage": (stage_of(one.stage.stage),),
    }
    who, day = (policy.lead, *policy.co), one.stages[0].on
    return _document("policy", policy.id, f"policies/{policy.id}/", policy.title, who, said, day, facets, registry)


def _document(
    kind: str,
    identifier: str,
    url: str,
    title: str,
    who: tuple[str, ...],
    said: list[str | None],
    day: date,
    facets: dict[str, tuple[str, ...]],
    registry: Registry,
) -> Document:
    return Document(
        id=identifier,
        session=RECORDS,
        url=url,
        number="",
        title=title,
        names="，".join((*map(registry.name_of, who), identifier)),
        text="\n".join(part.strip() for part in said if part),
        date=day,
        facets={"kind": (kind,), "year": (str(day.year),), **facets},
    )
