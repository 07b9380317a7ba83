"""Assessing everybody who had a duty in a session, by the weights that hold for it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.assessment.counting import Counts, Scene, duty_of
from huiyin.assessment.measures import BY_ID
from huiyin.cases import Case
from huiyin.figures import MINIMUM
from huiyin.model import Registry
from huiyin.rules import Weight


@dataclass(frozen=True)
class Tally:
    """One criterion of one actor: its weight, and everything that was counted, what cost points first."""

    weight: Weight
    counts: tuple[Counts, ...]

    @property
    def counted(self) -> int:
        """How many things were counted."""
        return len(self.counts)

    @property
    def earned(self) -> int:
        """How many of them earned the point."""
        return sum(one.earned for one in self.counts)

    @property
    def enough(self) -> bool:
        """Whether as many were counted as points need."""
        return self.counted >= MINIMUM

    @property
    def tenths(self) -> int | None:
        """The points in tenths, half up; None where too little was counted."""
        if not self.enough:
            return None
        return (20 * self.weight.points * self.earned + self.counted) // (2 * self.counted)


@dataclass(frozen=True)
class Assessment:
    """An actor in some sessions that have the same weights: what was counted by each criterion of their duty."""

    sessions: tuple[str, ...]
    actor: str
    duty: str
    tallies: tuple[Tally, ...]

    @property
    def of(self) -> int:
        """The points of the criteria for which enough was counted."""
        return sum(tally.weight.points for tally in self.tallies if tally.enough)

    @property
    def whole(self) -> int:
        """The points of all criteria."""
        return sum(tally.weight.points for tally in self.tallies)

    @property
    def tenths(self) -> int | None:
        """The sum of the points that criteria show; None where those carry less than half of all points."""
        return sum(tally.tenths or 0 for tally in self.tallies) if 2 * self.of >= self.whole else None

    @property
    def rows(self) -> tuple[tuple[Tally, Counts], ...]:
        """Everything that was counted, by criterion, what cost points first."""
        return tuple([(tally, one) for tally in self.tallies for one in tally.counts])


def assess(registry: Registry, cases: Mapping[str, Case], as_of: date) -> dict[str, dict[str, Assessment]]:
    """Return who is assessed how on the day, by session and actor; only sessions that have weights, by id.

    Records of the past (imported ones) are not assessed: the rules of today did not hold for them.
    """
    weights = {
        name: tuple(weight for weight in pack.assessment if weight.measure)
        for name, session in sorted(registry.sessions.items())
        if (pack := registry.weights_of(session))
    }
    found: dict[str, dict[tuple[str, str], list[Counts]]] = {name: {} for name in weights}
    for _, case in sorted(cases.items()):
        session = case.proposal.session
        if session not in weights or case.proposal.imported:
            continue
        scene = Scene(registry, case, as_of)
        for weight in weights[session]:
            for counts in BY_ID[weight.measure or ""].count(scene, weight):
                found[session].setdefault((counts.actor, weight.id), []).append(counts)
    return {
        name: {
            actor: _of(registry, name, actor, weights[name], rows)
            for actor in sorted({actor for actor, _ in rows})
        }
        for name, rows in found.items()
        if rows
    }  # fmt: skip


def _of(
    registry: Registry,
    session: str,
    actor: str,
    weights: tuple[Weight, ...],
    rows: Mapping[tuple[str, str], list[Counts]],
) -> Assessment:
    duty = duty_of(registry, actor)
    tallies = tuple(
        Tally(weight, _lost_first(rows.get((actor, weight.id), ()))) for weight in weights if weight.of == duty
    )
    return Assessment((session,), actor, duty, tallies)


def by_actor(assessed: Mapping[str, Mapping[str, Assessment]]) -> dict[str, list[Assessment]]:
    """Return each actor's assessments in the order of the sessions given."""
    found: dict[str, list[Assessment]] = {}
    for rows in assessed.values():
        for actor, one in rows.items():
            found.setdefault(actor, []).append(one)
    return found


def together(assessments: Iterable[Assessment]) -> Assessment:
    """Return one actor's assessments as one: those that have the weights of the last one, in the order given.

    Raises IndexError for none at all.
    """
    given = list(assessments)
    weights = [tally.weight for tally in given[-1].tallies]
    alike = [one for one in given if [tally.weight for tally in one.tallies] == weights]
    tallies = tuple(
        Tally(weight, _lost_first(counts for one in alike for counts in one.tallies[n].counts))
        for n, weight in enumerate(weights)
    )
    sessions = tuple(session for one in alike for session in one.sessions)
    return Assessment(sessions, given[-1].actor, given[-1].duty, tallies)


def _lost_first(counts: Iterable[Counts]) -> tuple[Counts, ...]:
    return tuple(sorted(counts, key=lambda one: one.earned))
