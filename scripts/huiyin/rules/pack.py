"""A rule pack with everything that it inherits, and what follows from its tables for each type of event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from huiyin.findings import Text
from huiyin.rules.clock import Acts, Clock
from huiyin.rules.process import NONE, Citation, EventRule, Ground, Listed, Move, ReplyClass, Stage, State, Weight


@dataclass(frozen=True)
class Pack:
    """A rule pack with everything that it inherits already in it."""

    id: str
    title: Text
    as_of: date
    stages: tuple[Stage, ...]
    states: Mapping[str, State]
    events: Mapping[str, EventRule]
    classes: Mapping[str, ReplyClass]
    clocks: Mapping[str, Clock]
    refusal_grounds: tuple[Ground, ...] = ()
    disclosure_grounds: tuple[Ground, ...] = ()
    errors: Mapping[str, Citation] = field(default_factory=dict)
    checks_off: frozenset[str] = frozenset()
    handling_forms: tuple[Listed, ...] = ()
    satisfaction_axes: tuple[Listed, ...] = ()
    assessment: tuple[Weight, ...] = ()
    jurisdiction: str | None = None
    level: str | None = None
    kinds: tuple[str, ...] = ()
    note: Text | None = None
    abstract: bool = False

    def stage(self, identifier: str) -> Stage:
        """Return the stage of that id; raises KeyError when the pack has none."""
        for stage in self.stages:
            if stage.id == identifier:
                return stage
        raise KeyError(identifier)

    @cached_property
    def acts(self) -> Mapping[str, Acts]:
        """For each type of event that does something to clocks, what it does to which.

        What an assignment starts a reassignment starts for those newly asked, except replies, which are passed on.
        """
        found: dict[str, Acts] = {}
        for clock in self.clocks.values():
            kinds = {
                "end": clock.end.on,
                "void": clock.void_on,
                "restart": clock.restarts_on,
                "start": clock.start.on,
                "stand_in": (clock.start.otherwise,) if clock.start.otherwise else (),
                "extend": ("extended",) if clock.extendable else (),
            }
            for act, types in kinds.items():
                again = act in ("start", "stand_in") and "assigned" in types and not clock.keeps_first_start
                for kind in dict.fromkeys((*types, "reassigned") if again else types):
                    acts = found.get(kind, Acts())
                    found[kind] = acts._replace(**{act: (*getattr(acts, act), clock)})
        return found

    @cached_property
    def marks(self) -> Mapping[str, tuple[str, ...]]:
        """For each type of event the stages whose act it is."""
        kinds = {kind for stage in self.stages for kind in stage.marked_by}
        return {kind: tuple(stage.id for stage in self.stages if kind in stage.marked_by) for kind in kinds}

    def starts(self, kind: str) -> bool:
        """Whether a type of event starts a clock here."""
        return bool(self.acts.get(kind, Acts()).start)

    @cached_property
    def endings(self) -> frozenset[str]:
        """The types of event that lead to a final state: after them no clock runs."""
        finals = {name for name, state in self.states.items() if state.final}
        return frozenset(k for k, rule in self.events.items() if any(move.target in finals for move in rule.moves))

    @cached_property
    def promise_clock(self) -> Clock | None:
        """The clock of commitments, where the pack has it."""
        return next((clock for clock in self.clocks.values() if clock.per == "commitment"), None)

    @cached_property
    def session_clocks(self) -> tuple[Clock, ...]:
        """The clocks that the closing of a session starts by itself."""
        return tuple(
            clock
            for clock in self.clocks.values()
            if clock.start.law == "session_close" and not clock.start.on and clock.start.otherwise is None
        )

    @cached_property
    def moves(self) -> Mapping[str, Mapping[str, Move]]:
        """For each state, and for none yet, the move of every type of event that may follow in it."""
        ends = {name for rule in self.events.values() for move in rule.moves for name in (move.target, move.until_all)}
        return {
            state: {kind: move for kind, rule in self.events.items() if (move := rule.move_from(state))}
            for state in {NONE, *self.states, *filter(None, ends)}
        }

    def allowed_in(self, state: str) -> tuple[str, ...]:
        """Return the types of event that may follow in `state`, in the pack's order."""
        return tuple(self.moves[state])
