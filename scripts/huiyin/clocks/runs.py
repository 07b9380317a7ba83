"""Which counts the events of a proposal start, stop, extend and void; no calendar yet.

A clock of an agency is started for each agency that has the duty. When a proposal is reassigned, the reply keeps its
first start and passes to the agencies that are asked now; what else an agency owes begins when it is asked itself.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from huiyin.lifecycle import UNASSIGNED, Assignment
from huiyin.model import Commitment, Event, Proposal
from huiyin.rules import ANYTHING, Acts, Clock, Pack, When

ASSIGNS = frozenset({"assigned", "reassigned"})
OF_AGENCIES = ("lead", "co", "agency")
"""Duties that agencies of the assignment have; of the others there is one holder."""


@dataclass(slots=True)
class Run:
    """One count while the events are read."""

    clock: Clock
    key: str
    agency: str | None
    started_by: Event | None
    start: date | None
    assumed: bool = False
    promise: Commitment | None = None
    first_start: date | None = None
    extensions: tuple[Event, ...] = ()
    moved: tuple[Event, ...] = ()
    ended_by: Event | None = None
    voided_by: Event | None = None

    @property
    def open(self) -> bool:
        """Whether nothing has stopped it yet."""
        return self.ended_by is None and self.voided_by is None


class Runs:
    """The counts of one proposal under one pack; `closed` is the session's closing day, once it has passed."""

    def __init__(self, proposal: Proposal, pack: Pack, closed: date | None) -> None:
        self._proposal, self._pack, self._closed = proposal, pack, closed
        self._holders = self._held_before = UNASSIGNED.holders
        self._done: dict[str, set[str]] = {}
        self.by_clock: dict[str, list[Run]] = {}

    def read(self, events: Iterable[Event], refused: Container[int]) -> None:
        """Take in the events in their order; those that the state table refused start and stop nothing."""
        if self._closed:
            for clock in self._pack.session_clocks:
                if clock.start.meant_for(self._proposal.occasion):
                    self.by_clock[clock.id] = [Run(clock, clock.id, None, None, self._closed)]
        acts, endings = self._pack.acts, self._pack.endings
        for index, event in enumerate(events):
            if index in refused:
                continue
            if event.type in ASSIGNS:
                self._assign(event)
            if event.type in acts:
                self._do(acts[event.type], event)
            if event.commitments:
                self._promise(event)
            if event.type in endings:
                self._void_all(event)

    def _do(self, acts: Acts, event: Event) -> None:
        for clock in acts.end:
            if clock.id in self.by_clock and fits(clock.end.when, event):
                self._end(clock, event)
        for clock in acts.void:
            if clock.id in self.by_clock:
                self._void(clock, event)
        for clock in acts.restart:
            self._restart(clock, event)
        for clock in acts.start:
            if fits(clock.start.when, event):
                self._start(clock, event, assumed=False)
        for clock in acts.stand_in:
            self._start(clock, event, assumed=True)
        for clock in acts.extend:
            self._extend(clock, event)

    # ------------------------------------------------------------------------------------------ starting

    def _start(self, clock: Clock, event: Event, *, assumed: bool) -> None:
        if not clock.start.meant_for(self._proposal.occasion):
            return
        runs = self.by_clock.setdefault(clock.id, [])
        for agency in self._asked(clock, event):
            if runs and clock.per != "event":
                latest = _latest(runs, agency)
                if latest is not None and latest.voided_by is None and not self._asked_anew(latest, event):
                    if latest.open and latest.assumed and not assumed:
                        latest.start, latest.started_by = event.on, event
                        latest.assumed, latest.moved = False, ()
                    continue
            run = Run(clock, self._key(clock, agency, event, runs), agency, event, event.on, assumed)
            if clock.start.law == "session_close" and self._closed:
                run.start, run.assumed = self._closed, False
            runs.append(run)

    def _asked_anew(self, run: Run, event: Event) -> bool:
        """Whether an assignment asks again for what was done: an agency that was not in that role before."""
        if event.type not in ASSIGNS or run.open or run.agency is None:
            return False
        return run.agency not in self._held_before[run.clock.duty] or run.clock.asked_again

    def _asked(self, clock: Clock, event: Event) -> tuple[str | None, ...]:
        """Those for whom `event` starts a count: its own agency where it has one, else all that have the duty."""
        if clock.per == "proposal" or clock.duty not in OF_AGENCIES:
            return (None,)
        if event.type == "co_opinion_rejected":
            rejected = next((other for other in self._proposal.events if other.id == event.refers_to), None)
            return (rejected.by,) if rejected else ()
        holders = self._holders[clock.duty]
        return (event.by,) if event.by in holders else holders

    def _key(self, clock: Clock, agency: str | None, event: Event, runs: list[Run]) -> str:
        if clock.per == "event":
            several = agency and len(self._holders[clock.duty]) > 1
            return f"{clock.id}/{event.id}/{agency}" if several else f"{clock.id}/{event.id}"
        key = f"{clock.id}/{agency}" if agency else clock.id
        return f"{key}/{event.id}" if runs and _latest(runs, agency) else key

    def _promise(self, event: Event) -> None:
        clock = self._pack.promise_clock
        if clock is None:
            return
        runs = self.by_clock.setdefault(clock.id, [])
        for promise in event.commitments:
            run = Run(
                clock,
                f"{clock.id}/{promise.id}",
                promise.owner or event.by,
                event,
                event.on,
                promise=promise,
            )
            runs[:] = [other for other in runs if other.key != run.key] + [run]

    # ------------------------------------------------------------------------------------------ passing on

    def _assign(self, event: Event) -> None:
        self._held_before, self._holders = self._holders, Assignment(event.lead, event.co, event.separate).holders
        self._done.clear()
        self._pass_on(event)

    def _pass_on(self, event: Event) -> None:
        """Hand open counts of agencies to those that are asked now."""
        for runs in self.by_clock.values():
            if not runs or runs[0].clock.duty not in OF_AGENCIES or runs[0].promise:
                continue
            clock = runs[0].clock
            if clock.per == "proposal":
                for run in runs:
                    run.moved += (event,)
                continue
            holders, kept = self._holders[clock.duty], set[str | None]()
            for run in runs:
                if run.open and run.agency in holders:
                    run.moved += (event,)
                    kept.add(run.agency)
                elif run.open:
                    run.voided_by = event
            if clock.keeps_first_start:
                first = runs[0]
                for agency in holders:
                    if agency not in kept:
                        key = self._key(clock, agency, event, runs)
                        run = Run(clock, key, agency, first.started_by, first.start, first.assumed, moved=(event,))
                        runs.append(run)

    def _restart(self, clock: Clock, event: Event) -> None:
        for run in self.by_clock.get(clock.id, ()):
            if run.open and event.on:
                run.first_start = run.first_start or run.start
                run.start, run.started_by, run.assumed = event.on, event, False

    # ------------------------------------------------------------------------------------------ stopping

    def _end(self, clock: Clock, event: Event) -> None:
        runs = self.by_clock[clock.id]
        if clock.per == "proposal" and clock.duty in OF_AGENCIES:
            done = self._done.setdefault(clock.id, set())
            done.add(event.by)
            if not done.issuperset(self._holders[clock.duty]):
                return
        for run in runs:
            if run.open and self._ends(run, event):
                run.ended_by = event

    def _ends(self, run: Run, event: Event) -> bool:
        if run.promise:
            return event.commitment == run.promise.id
        if run.clock.end.refers and (run.started_by is None or event.refers_to != run.started_by.id):
            return False
        return run.agency is None or event.by == run.agency or event.by not in self._holders["agency"]

    def _void(self, clock: Clock, event: Event) -> None:
        for run in self.by_clock.get(clock.id, ()):
            if run.open and (run.promise is None or event.commitment == run.promise.id):
                run.voided_by = event

    def _void_all(self, event: Event) -> None:
        for runs in self.by_clock.values():
            for run in runs:
                if run.open:
                    run.voided_by = event

    def _extend(self, clock: Clock, event: Event) -> None:
        request = next((e for e in self._proposal.events if e.id == event.refers_to), None)
        for run in self.by_clock.get(clock.id, ()):
            if run.open and event.due and (request is None or run.agency in (None, request.by)):
                run.extensions += (event,)


def fits(when: When, event: Event) -> bool:
    """Whether an event carries what the condition asks for; a rating says nothing else of itself is of the reply."""
    return when is ANYTHING or (
        when.round in (None, event.round)
        and when.about in (None, event.about or "reply")
        and when.result in (None, event.result)
    )


def _latest(runs: list[Run], agency: str | None) -> Run | None:
    for run in reversed(runs):
        if run.agency == agency:
            return run
    return None
