"""The policy knowledge base, as frozen records: research with its requests for data, and policies."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from huiyin.findings import Source


@dataclass(frozen=True)
class DataAnswer:
    """What an agency gave when it was asked for data (答复): all of it, a part, or nothing, and why."""

    on: date
    given: str
    text: str
    document: str | None = None


@dataclass(frozen=True)
class DataRequest:
    """Data that an agency is asked for (要数据): the day on which they are needed is its time limit."""

    id: str
    to: str
    asked: date
    needed_by: date
    text: str
    answer: DataAnswer | None = None


@dataclass(frozen=True)
class ResearchReport:
    """What research found (调研报告)."""

    on: date
    findings: tuple[str, ...]
    document: str | None = None


@dataclass(frozen=True)
class Research:
    """What members or groups want to find out (调研), whom they asked for data, and their report."""

    id: str
    title: str
    category: str
    by: tuple[str, ...]
    opened: date
    question: str
    source: Source = field(compare=False)
    proposals: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    requests: tuple[DataRequest, ...] = ()
    report: ResearchReport | None = None


STAGES = ("draft", "pilot", "roll_out", "standing")
"""The stages of a policy in their order."""
DRAFT = STAGES[0]


@dataclass(frozen=True)
class PolicyStage:
    """One stage of a policy (阶段): since when, and in which areas where it is not in all."""

    stage: str
    on: date
    document: str | None = None
    areas: tuple[str, ...] = ()
    text: str | None = None


@dataclass(frozen=True)
class LookBack:
    """That somebody looked whether a policy still works (回头看), and what was seen."""

    on: date
    by: str
    verdict: str
    text: str


@dataclass(frozen=True)
class Policy:
    """A policy (政策): what it says, how far it has come, what led to it, and how often somebody looks back.

    `commitments` are those that it keeps: the id of a proposal and that of a commitment in it.
    """

    id: str
    title: str
    category: str
    lead: str
    summary: str
    stages: tuple[PolicyStage, ...]
    source: Source = field(compare=False)
    co: tuple[str, ...] = ()
    look_back_months: int | None = None
    looked_back: tuple[LookBack, ...] = ()
    proposals: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    research: tuple[str, ...] = ()
    commitments: tuple[tuple[str, str], ...] = ()
    ended: date | None = None
    why_ended: str | None = None
