"""How a key topic stands on a day: its proposals, what came back, the commitments, and its time limit. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.cases import Case
from huiyin.lifecycle import Promise
from huiyin.model import Happening, Registry, Topic
from huiyin.topics.complaints import Watch
from huiyin.topics.recurrence import Repeated, Return, Why, returns


@dataclass(frozen=True)
class TopicStanding:
    """A topic with all that its page tells, known on the day; proposals the oldest first."""

    topic: Topic
    cases: tuple[Case, ...]
    returns: tuple[Return, ...]
    promises: tuple[tuple[Case, Promise], ...]
    changes: tuple[Happening, ...]
    closed: date | None
    days: int
    """Days until the time limit, below zero when it has passed; when it is closed, until then."""

    @property
    def overdue(self) -> bool:
        """Whether the time limit has passed and the topic is not closed."""
        return self.closed is None and self.days < 0


def stand(topic: Topic, cases: Mapping[str, Case], watch: Watch) -> TopicStanding | None:
    """Return how a topic stands on the day of `watch`; None before it was set up."""
    as_of = watch.as_of
    if topic.opened > as_of:
        return None
    own = sorted(
        (cases[name] for name in topic.proposals if name in cases),
        key=lambda case: (min((event.on for event in case.events if event.on), default=date.min), case.proposal.id),
    )
    closed = topic.closed if topic.closed and topic.closed <= as_of else None
    return TopicStanding(
        topic=topic,
        cases=tuple(own),
        returns=tuple(returns(((case, Why.NAMED) for case in own), watch)),
        promises=tuple((case, promise) for case in own for promise in case.standing.promises),
        changes=tuple(change for change in topic.changes if change.on <= as_of),
        closed=closed,
        days=(topic.due - (closed or as_of)).days,
    )


def standings(registry: Registry, cases: Mapping[str, Case], watch: Watch) -> tuple[TopicStanding, ...]:
    """Return every topic that was set up by the day of `watch`, as it stands, by its id."""
    return tuple(one for _, topic in sorted(registry.topics.items()) if (one := stand(topic, cases, watch)))


def no_topic_yet(rows: Iterable[Repeated], topics: Iterable[TopicStanding]) -> list[Repeated]:
    """Return what keeps coming back and is not wholly among the proposals of a topic."""
    covered = [set(one.topic.proposals) for one in topics]
    return [row for row in rows if not any(set(row.proposals) <= own for own in covered)]
