"""Every proposal with all that follows for it on one day: its pack, where it stands, its deadlines. Pure.

Figures, pages and lists work on cases, so that each proposal is folded once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.clocks import Deadline, deadlines
from huiyin.lifecycle import Standing, Turn, standing
from huiyin.model import Proposal, Registry
from huiyin.rules import Pack, State


@dataclass(frozen=True)
class Case:
    """One proposal as it stands on the day."""

    proposal: Proposal
    pack: Pack
    standing: Standing
    deadlines: tuple[Deadline, ...]

    @property
    def state(self) -> State | None:
        """The state with its words; None when its first event is not in the state table."""
        return self.pack.states.get(self.standing.state)

    @property
    def reply_complete(self) -> bool:
        """Whether everyone who owes a reply has given one since it was last asked for."""
        return bool(self.standing.replies) and not self.standing.owing

    @property
    def itemised(self) -> bool:
        """Whether replies are expected to answer ask by ask; in ledgers of the past they stand as one text."""
        return "ask-unanswered" not in self.pack.checks_off

    @property
    def reply_deadline(self) -> Deadline | None:
        """The reply clock, where the pack has one."""
        return next((deadline for deadline in self.deadlines if deadline.clock.id == "reply"), None)


def cases(registry: Registry, as_of: date) -> Mapping[str, Case]:
    """Return the case of each proposal that was submitted by `as_of` and has a pack in force, by id."""
    found = {}
    for identifier, proposal in sorted(registry.proposals.items()):
        pack = registry.pack_of(proposal)
        if pack is None or not proposal.until(as_of):
            continue
        clocks = deadlines(proposal, pack, registry.calendar, as_of, registry.settings.near_days)
        found[identifier] = Case(proposal, pack, standing(proposal, pack, as_of), clocks)
    return found


def names(registry: Registry, proposal: Proposal, turn: Turn) -> tuple[str, ...]:
    """Return the names of those whose turn it is: members, groups and agencies, or the office of the body."""
    if turn.actors:
        return tuple(registry.name_of(actor) for actor in turn.actors)
    body = registry.body_of(proposal)
    if turn.role == "body_office" and body:
        return (body.office.name,)
    return (registry.settings.government_office.name,)
