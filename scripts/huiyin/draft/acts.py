"""What may be recorded now, whose act it would be, and which deadline it meets."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.cases import Case
from huiyin.clocks import Deadline
from huiyin.model import Registry
from huiyin.rules import EventRule


@dataclass(frozen=True)
class Act:
    """A type of event that the pack allows now: who may do it, who may record it for them, what it meets."""

    type: str
    actors: tuple[str, ...]
    recorders: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    expected: bool = False
    """Whether it is someone's turn to do it."""


def acts(registry: Registry, case: Case) -> tuple[Act, ...]:
    """Return the acts that are allowed in the state of the case and have someone to do them, expected ones first."""
    expected = {kind for turn in case.standing.turns for kind in turn.acts}
    found = []
    for kind in case.pack.allowed_in(case.standing.state):
        rule = case.pack.events[kind]
        actors = _actors(registry, case, rule.by)
        if actors:
            found.append(Act(kind, actors, _recorders(registry, case, rule), _met(case, kind), kind in expected))
    return tuple(sorted(found, key=lambda act: not act.expected))


def _recorders(registry: Registry, case: Case, rule: EventRule) -> tuple[str, ...]:
    roles = rule.recorded_by or ("body_office", "government_office")
    return tuple(actor for actor in _actors(registry, case, roles) if actor not in _actors(registry, case, rule.by))


def _actors(registry: Registry, case: Case, roles: tuple[str, ...]) -> tuple[str, ...]:
    body = registry.body_of(case.proposal)
    assignment = case.standing.assignment
    by_role = {
        "proposer": case.proposal.proposers,
        "body_office": (body.office.id,) if body else (),
        "government_office": (registry.settings.government_office.id,),
        "lead": assignment.repliers,
        "co": assignment.co,
        "agency": assignment.agencies,
    }
    return tuple(dict.fromkeys(actor for role in roles for actor in by_role[role]))


def _met(case: Case, kind: str) -> tuple[Deadline, ...]:
    return tuple(deadline for deadline in case.deadlines if deadline.open and kind in deadline.clock.end.on)
