"""Checks of key topics: their days."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.checks import Spotted, whole_registry
from huiyin.findings import Path, Text
from huiyin.model import Registry


@whole_registry("topic-days")
def days(registry: Registry) -> Iterator[Spotted]:
    """议题的日期前后不合 / Days of a topic out of order

    时限、办结日期和每项变化的日期都不早于设立日期；变化按日期先后写，办结以后不再写变化。

    Neither the time limit nor the closing nor any change is before the day on which the topic was set up. Changes stand
    by day, and none is after the closing.
    """
    for topic in registry.topics.values():
        rows: list[tuple[Path, object]] = []
        if topic.due < topic.opened:
            rows.append((("due",), topic.due))
        if topic.closed and topic.closed < topic.opened:
            rows.append((("closed", "on"), topic.closed))
        before = topic.opened
        for n, change in enumerate(topic.changes):
            if change.on < before or (topic.closed and change.on > topic.closed):
                rows.append((("changes", n, "on"), change.on))
            before = max(before, change.on)
        until = f" 至 {topic.closed}" if topic.closed else "", f" to {topic.closed}" if topic.closed else ""
        for at, day in rows:
            yield Spotted(
                at,
                Text(
                    f"{day} 与设立日期 {topic.opened} 或前后各项不合", f"{day} does not fit {topic.opened} and the rest"
                ),
                Text("改正日期，变化按先后写", "correct the day, and put changes by day"),
                Text(f"{topic.opened}{until[0]}，按先后", f"from {topic.opened}{until[1]}, by day"),
                topic.source,
            )
