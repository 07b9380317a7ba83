"""Everything that is checked beyond the schemas, one generator a rule.

A check is a generator whose docstring is the rule: a title line "中文 / English", a Chinese and an English paragraph.
It yields what it spots and never prints. `run` turns that into findings, quieter or stricter as the pack says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from huiyin.cases import Reckonings
from huiyin.clocks import Deadline, Reckoning, deadlines
from huiyin.findings import Finding, Path, Place, Rule, Severity, Source, Text, rule
from huiyin.lifecycle import Standing, standing
from huiyin.model import Proposal, Registry
from huiyin.processes import spread
from huiyin.rules import Pack

WORTH_PROCESSES = 2_000
"""Proposals from which on a second process pays."""


@dataclass(frozen=True)
class Spotted:
    """What a check saw: where in which source, what was found, what is allowed, what to do."""

    at: Path | Place
    found: Text
    remedy: Text
    allowed: Text | None = None
    source: Source | None = None
    key: bool = False


@dataclass(frozen=True)
class Subject:
    """One proposal with what its checks need: its pack, and where it stands after all of its events."""

    registry: Registry
    proposal: Proposal
    pack: Pack
    standing: Standing
    reckoning: Reckoning

    @property
    def as_of(self) -> date:
        """Today."""
        return self.reckoning.as_of

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every clock as it stands today."""
        return deadlines(self.proposal, self.standing.refused, self.reckoning)


ProposalCheck = Callable[[Subject], Iterator[Spotted]]
RegistryCheck = Callable[[Registry], Iterator[Spotted]]
RegistryCheckOfDay = Callable[[Registry, date], Iterator[Spotted]]

_PROPOSAL_CHECKS: list[tuple[Rule, ProposalCheck]] = []
_REGISTRY_CHECKS: list[tuple[Rule, RegistryCheckOfDay]] = []


def each_proposal(identifier: str, severity: Severity = Severity.ERROR) -> Callable[[ProposalCheck], ProposalCheck]:
    """Declare a check of one proposal; its docstring is the rule."""

    def declare(check: ProposalCheck) -> ProposalCheck:
        _PROPOSAL_CHECKS.append((rule(identifier, severity, check.__doc__ or ""), check))
        return check

    return declare


def whole_registry(identifier: str, severity: Severity = Severity.ERROR) -> Callable[[RegistryCheck], RegistryCheck]:
    """Declare a check that needs to see all records; its docstring is the rule."""

    def declare(check: RegistryCheck) -> RegistryCheck:
        _REGISTRY_CHECKS.append((rule(identifier, severity, check.__doc__ or ""), lambda registry, _: check(registry)))
        return check

    return declare


def registry_today(identifier: str) -> Callable[[RegistryCheckOfDay], RegistryCheckOfDay]:
    """Declare a check that needs to see all records and to know which day it is; its docstring is the rule."""

    def declare(check: RegistryCheckOfDay) -> RegistryCheckOfDay:
        _REGISTRY_CHECKS.append((rule(identifier, Severity.ERROR, check.__doc__ or ""), check))
        return check

    return declare


def run(registry: Registry, as_of: date, errors_only: bool = False) -> Iterator[Finding]:
    """Yield what every check finds; `as_of` is today, after which no event can have happened.

    With `errors_only` nothing is said of the rest: finding the places of warnings takes longer than the checks.
    """
    for declared, whole in _REGISTRY_CHECKS:
        if declared.severity == Severity.ERROR or not errors_only:
            for spotted in whole(registry, as_of):
                yield finding(declared, spotted, None, declared.severity)
    reckonings, proposals = Reckonings(registry, as_of), tuple(registry.proposals.values())

    def of(number: int) -> list[Finding]:
        return list(_of_proposal(registry, proposals[number], reckonings, errors_only))

    for found in spread(of, len(proposals), WORTH_PROCESSES):
        yield from found


def _of_proposal(
    registry: Registry, proposal: Proposal, reckonings: Reckonings, errors_only: bool
) -> Iterator[Finding]:
    pack = registry.pack_of(proposal)
    if pack is None:
        return
    subject = Subject(registry, proposal, pack, standing(proposal, pack), reckonings.of(proposal, pack))
    for declared, check in _PROPOSAL_CHECKS:
        if declared.id not in pack.checks_off:
            severity = Severity.ERROR if declared.id in pack.errors else declared.severity
            if severity == Severity.ERROR or not errors_only:
                for spotted in check(subject):
                    yield finding(declared, spotted, proposal.source, severity)


def unknown_names(packs: Mapping[str, Pack], known: Iterable[str]) -> list[str]:
    """Return "pack: name" for each check that a pack turns off or sharpens and that does not exist."""
    names = set(known)
    return [
        f"{pack.id}: {name}"
        for pack in packs.values()
        for name in sorted({*pack.checks_off, *pack.errors})
        if name not in names
    ]


def finding(declared: Rule, spotted: Spotted, source: Source | None, severity: Severity) -> Finding:
    """Return the finding for what a check of the rule `declared` spotted; `source` is where its path leads."""
    where = spotted.source or source
    if isinstance(spotted.at, Place):
        place = spotted.at
    elif where is not None:
        place = where.place(*spotted.at, key=spotted.key)
    else:
        raise ValueError(f"{declared.id}: a check of the whole registry names the source of what it spots")
    return declared.finding(place, spotted.found, spotted.remedy, spotted.allowed, severity)


# The checks declare themselves when they are imported; the order is the order of the rule pages.
from huiyin.checks import (  # noqa: E402, F401
    disclosure,
    events,
    exemplars,
    extensions,
    handling,
    inside,
    people,
    quality,
    references,
    relations,
    replies,
    scores,
    signals,
    topics,
)
