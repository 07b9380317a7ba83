"""What comes back after a reply called it resolved: asked again, found again, or complained about again. Pure.

Two proposals are taken for the same problem when one names the other as an earlier one, or when their texts are alike
enough to be shown unasked (see `similar`). The first is what people say, the second a suggestion to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiyin.cases import Case
from huiyin.model import Event
from huiyin.similar import Candidate, pairs
from huiyin.topics.complaints import Complaints, Watch

RESOLVED = "resolved"
"""The class of a reply that says that nothing is left to do; every scheme of classes has it."""
CAME_BACK = "came_back"
"""The verdict of a look-back that found the problem again."""
MOST = 20
"""How many earlier proposals one is held against."""
Near = Mapping[str, Sequence[Candidate]]
"""For each proposal those whose texts are alike, the nearest first."""


class Why(StrEnum):
    """Why two proposals are taken for the same problem."""

    NAMED = "named"
    ALIKE = "alike"


@dataclass(frozen=True)
class Return:
    """A problem that came back: which reply called it resolved, and what shows that it was not.

    Either `again`, a later proposal, tells it, or `event`, a look-back of the same one, or `complaints`.
    """

    claimed: Case
    reply: Event
    on: date
    again: Case | None = None
    event: Event | None = None
    why: Why = Why.NAMED
    complaints: Complaints | None = None


@dataclass(frozen=True)
class Repeated:
    """A proposal with the earlier ones about the same problem, the oldest first, and what came back among them.

    Where none asked for it earlier, something else tells that it came back.
    """

    newest: Case
    earlier: tuple[tuple[Case, Why], ...]
    returns: tuple[Return, ...]

    @property
    def proposals(self) -> tuple[str, ...]:
        """All of them, the oldest first."""
        return (*(case.proposal.id for case, _ in self.earlier), self.newest.proposal.id)

    @property
    def sessions(self) -> int:
        """In how many sessions it was asked."""
        return len({case.proposal.session for case in (*(case for case, _ in self.earlier), self.newest)})


def returns(group: Iterable[tuple[Case, Why]], watch: Watch) -> list[Return]:
    """Return what came back among proposals about the same problem, by the day on which it did.

    A later proposal counts against every reply before it that called the problem resolved; `watch` holds complaints.
    """
    rows = [(asked, case, why) for case, why in group if (asked := case.first_day)]
    found = []
    for _, case, mine in rows:
        for reply, on in _resolutions(case):
            found += [
                Return(case, reply, asked, other, why=Why.ALIKE if Why.ALIKE in (mine, why) else Why.NAMED)
                for asked, other, why in rows
                if other is not case and asked > on
            ]
            found += [
                Return(case, reply, event.on, event=event)
                for event in case.events
                if event.verdict == CAME_BACK and event.on and event.on > on
            ]
            found += [Return(case, reply, one.since, complaints=one) for one in watch.came_back(case.proposal, reply)]
    return sorted(found, key=lambda one: (one.on, one.claimed.proposal.id, one.reply.id))


def near(cases: Mapping[str, Case]) -> Near:
    """Return the texts that are alike among all proposals: every one compared with every other."""
    return {one.id: found for one, found in pairs({name: case.proposal for name, case in cases.items()}, MOST)}


def repeated(cases: Mapping[str, Case], watch: Watch, near: Near) -> list[Repeated]:
    """Return every proposal that asks for what earlier ones asked for, what came back first, then the newest.

    `near` tells whose texts are alike; where it is empty, what people say and what came back counts alone. Only what
    earlier sessions asked counts, or what was called resolved before; merged and split ones are one matter.
    Each proposal stands in one row, that of the newest; one that nobody asked for earlier only where it came back.
    """
    before = _before(cases, near)
    taken: set[str] = set()
    rows = []
    for identifier in sorted(before, key=lambda one: (cases[one].first_day or date.min, one), reverse=True):
        earlier = {name: why for name, why in before[identifier].items() if name not in taken}
        if identifier in taken:
            continue
        newest = cases[identifier]
        group = sorted(
            ((cases[name], why) for name, why in earlier.items()),
            key=lambda row: (row[0].first_day or date.min, row[0].proposal.id),
        )
        came_back = tuple(returns([*group, (newest, Why.NAMED)], watch))
        later = any(case.proposal.session != newest.proposal.session for case, _ in group)
        if came_back or later:
            taken |= {identifier, *earlier}
            rows.append(Repeated(newest, tuple(group), came_back))
    return sorted(rows, key=lambda row: not row.returns)


def _before(cases: Mapping[str, Case], near: Near) -> dict[str, dict[str, Why]]:
    """For each proposal the earlier ones about the same problem, with those that they name in turn."""
    found: dict[str, dict[str, Why]] = {name: {} for name in cases}
    for name, others in near.items():
        for other in others[:MOST]:
            if _earlier(cases[other.proposal.id], cases[name]):
                found[name][other.proposal.id] = Why.ALIKE
    for name, case in cases.items():
        for earlier in _named(case, cases):
            found[name][earlier.proposal.id] = Why.NAMED
    return found


def _named(case: Case, cases: Mapping[str, Case]) -> Iterator[Case]:
    """What a proposal names as earlier, and what that names, each once."""
    waiting, seen = [case.proposal.id], {case.proposal.id}
    while waiting:
        for name in cases[waiting.pop()].proposal.follows:
            if name in cases and name not in seen:
                seen.add(name)
                waiting.append(name)
                yield cases[name]


def _earlier(one: Case, other: Case) -> bool:
    """Whether one was asked before the other and the two are no merger, conversion or split."""
    first, second = one.first_day, other.first_day
    parts = {
        name
        for event in (*one.events, *other.events)
        for name in (event.joins, event.to, event.split_from, *event.joined_by, *event.split_into)
    }
    return bool(first and second and first < second) and not parts & {one.proposal.id, other.proposal.id}


def _resolutions(case: Case) -> Iterator[tuple[Event, date]]:
    """The replies that called it resolved, with their days."""
    return ((event, event.on) for event in case.events if event.reply_class == RESOLVED and event.on)
