"""What the public scored, as far as it may be shown, beside what others say of the same result. Pure.

Scores are given by whoever wants to: they are not representative, and few of them say nothing, so that a histogram is
shown from ENOUGH people on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huiyin.model import Batch, Event, Score

ENOUGH = 10
"""From how many people on scores are shown."""
OTHERS = ("rated", "evaluated", "looked_back")
"""Events that say something of a result too: the proposer's rating, third-party evaluations, look-backs."""


@dataclass(frozen=True)
class Histogram:
    """The scores of one proposal through one channel, without voided batches.

    `counts` are how many gave 1 to 5, None where fewer than ENOUGH did; `start` and `until` are the first and last day.
    """

    channel: str
    about: str
    people: int
    counts: tuple[int, ...] | None
    start: date | None
    until: date | None
    voided: tuple[Batch, ...]

    @property
    def mean(self) -> float | None:
        """The mean score, rounded to one decimal; None where the histogram is not shown."""
        if self.counts is None:
            return None
        return round(sum(score * count for score, count in enumerate(self.counts, start=1)) / self.people, 1)


def by_proposal(scores: Iterable[Score]) -> dict[str, list[Score]]:
    """Return scores by the proposal that they are of."""
    held: dict[str, list[Score]] = {}
    for score in scores:
        held.setdefault(score.proposal, []).append(score)
    return held


def histograms(scores: Iterable[Score], as_of: date) -> tuple[Histogram, ...]:
    """Return what may be shown of one proposal's scores on a day, a channel each, in the order of their ids.

    A batch is known from its last day on, its voiding from the day of that.
    """
    found = []
    for score in sorted(scores, key=lambda score: score.id):
        known = [batch for batch in score.batches if batch.until <= as_of]
        voided = tuple(batch for batch in known if batch.void and batch.void.on <= as_of)
        counted = [batch for batch in known if batch not in voided]
        if not known:
            continue
        counts = tuple(map(sum, zip(*(batch.counts for batch in counted), strict=True)))
        people = sum(counts)
        found.append(
            Histogram(
                channel=score.channel,
                about=score.about,
                people=people,
                counts=counts if people >= ENOUGH else None,
                start=min((batch.start for batch in counted), default=None),
                until=max((batch.until for batch in counted), default=None),
                voided=voided,
            )
        )
    return tuple(found)


def others(events: Iterable[Event]) -> list[Event]:
    """Return the events that say something of the result beside the public's scores, as they stand."""
    return [event for event in events if event.type in OTHERS]
