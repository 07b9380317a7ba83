"""How a policy stands on a day: its stage, what was seen looking back, and when somebody looks back next. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.days import add_months
from huiyin.model import DRAFT, LookBack, Policy, PolicyStage


@dataclass(frozen=True)
class PolicyStanding:
    """A policy with what is known of it on the day; `next_look_back` is None where none is set, or it has ended."""

    policy: Policy
    stages: tuple[PolicyStage, ...]
    looked_back: tuple[LookBack, ...]
    next_look_back: date | None
    ended: date | None

    @property
    def stage(self) -> PolicyStage:
        """The stage that it is in."""
        return self.stages[-1]

    @property
    def in_force(self) -> tuple[PolicyStage, ...]:
        """The stages in which it applies somewhere: all but the draft."""
        return tuple(stage for stage in self.stages if stage.stage != DRAFT)


def stand(policy: Policy, as_of: date) -> PolicyStanding | None:
    """Return how a policy stands on the day `as_of`; None before its first stage."""
    stages = tuple(stage for stage in policy.stages if stage.on <= as_of)
    if not stages:
        return None
    looked_back = tuple(one for one in policy.looked_back if one.on <= as_of)
    ended = policy.ended if policy.ended and policy.ended <= as_of else None
    since = max((one.on for one in looked_back), default=in_force_since(stages))
    due = add_months(since, policy.look_back_months) if since and policy.look_back_months and not ended else None
    return PolicyStanding(policy, stages, looked_back, due, ended)


def in_force_since(stages: tuple[PolicyStage, ...]) -> date | None:
    """Return the day on which the policy took effect for the first time; None while it is a draft."""
    return next((stage.on for stage in stages if stage.stage != DRAFT), None)
