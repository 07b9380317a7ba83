"""What is due of topics, research and policies: days that a record names, beside the clocks of proposals. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiyin.findings import Text
from huiyin.knowledge.policies import stand
from huiyin.model import Registry


class Kind(StrEnum):
    """What it is that is due."""

    TOPIC = "topic"
    DATA = "data"
    LOOK_BACK = "look_back"


WORDS = {
    Kind.TOPIC: Text("重点议题办成", "key topic resolved"),
    Kind.DATA: Text("提供数据", "data given"),
    Kind.LOOK_BACK: Text("政策回头看", "policy looked back at"),
}
"""What each kind is called."""


@dataclass(frozen=True)
class Duty:
    """Something that is due: whose duty it is, by which day, since when, and when it was done.

    `key` names it for ever ("r-night-buses/d1"), `path` is the page of its record below the root of a site.
    """

    kind: Kind
    key: str
    who: str
    title: str
    path: str
    since: date
    due: date
    done: date | None = None
    text: str = ""

    @property
    def words(self) -> Text:
        """What it is called."""
        return WORDS[self.kind]

    def days(self, as_of: date) -> int:
        """Days until it is due, below zero when that has passed; of what was done, those that it was early."""
        return (self.due - (self.done or as_of)).days

    def overdue(self, as_of: date) -> bool:
        """Whether the day has passed without it."""
        return self.done is None and self.due < as_of


def duties(registry: Registry, as_of: date) -> tuple[Duty, ...]:
    """Return everything that is due, or was and is done, of what is known on the day, by its day."""
    found = [*_topics(registry, as_of), *_data(registry, as_of), *_look_backs(registry, as_of)]
    return tuple(sorted(found, key=lambda duty: (duty.due, duty.key)))


def _topics(registry: Registry, as_of: date) -> Iterator[Duty]:
    for topic in registry.topics.values():
        if topic.opened <= as_of:
            done = topic.closed if topic.closed and topic.closed <= as_of else None
            path = f"topics/{topic.id}/"
            yield Duty(Kind.TOPIC, topic.id, topic.lead, topic.title, path, topic.opened, topic.due, done)


def _data(registry: Registry, as_of: date) -> Iterator[Duty]:
    for research in registry.research.values():
        for one in research.requests:
            if one.asked <= as_of:
                done = one.answer.on if one.answer and one.answer.on <= as_of else None
                path, key = f"research/{research.id}/", f"{research.id}/{one.id}"
                yield Duty(
                    Kind.DATA, key, one.to, research.title, path, one.asked, one.needed_by, done, one.text
                )  # fmt: skip


def _look_backs(registry: Registry, as_of: date) -> Iterator[Duty]:
    """The next look-back at each policy in force; those that were held stand on the page of the policy."""
    for policy in registry.policies.values():
        one = stand(policy, as_of)
        if one and one.next_look_back:
            since = max((seen.on for seen in one.looked_back), default=one.in_force[0].on)
            path, key = f"policies/{policy.id}/", f"{policy.id}/{one.next_look_back}"
            yield Duty(Kind.LOOK_BACK, key, policy.lead, policy.title, path, since, one.next_look_back)
