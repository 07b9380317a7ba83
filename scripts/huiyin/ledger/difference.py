"""What a changed row adds to a proposal that is there already: new events, and corrections of earlier ones. Pure.

Events are facts and stay. A row that says more than it did gives further events; one that says something else about
an event gives a `corrected` event that names it. What people recorded since the import is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin import edit
from huiyin.ledger.events import CHANNEL, Event
from huiyin.ledger.outcomes import shown

_LONGEST = 2900
_NUMBER = re.compile(r"e([0-9]+)")
_OWN = ("id", "status", "events", "source")
UNDATED = "台账没有写什么时候改的"
"""Why a correction that an import records has no day."""


@dataclass(frozen=True)
class Added:
    """An event to be added, without an id yet, and the id of the event of the file that it follows."""

    event: Event
    after: str


@dataclass(frozen=True)
class Difference:
    """What a row adds: events without ids yet, fields that say something else, and events that the row lost."""

    events: tuple[Added, ...]
    fields: tuple[str, ...]
    gone: tuple[str, ...]


def compare(
    known: Mapping[str, Any], draft: Mapping[str, Any], office: str, titles: Callable[[str, str], str]
) -> Difference:
    """Return what `draft`, the row's data of today, adds to `known`, the data of the file.

    `office` records corrections; `titles` gives the Chinese word for a key of a type of event.
    """
    told = [event for event in known["events"] if event.get("channel") == CHANNEL and event["type"] != "corrected"]
    left = list(told)
    new: list[Added] = []
    before = known["events"][0]["id"]
    for event in draft["events"]:
        same = next((old for old in left if _content(old) == _content(event)), None)
        if same is None:
            new.append(Added(event, before))
        else:
            left.remove(same)
            before = same["id"]
    found: list[Added] = []
    said = {(event.get("event"), event.get("text")) for event in known["events"] if event["type"] == "corrected"}
    for added in new:
        old = next((old for old in left if old["type"] == added.event["type"]), None)
        if old is None:
            found.append(Added(_content(added.event), added.after))
            continue
        left.remove(old)
        text = _words(old, added.event, titles)
        if (old["id"], text) not in said:
            found.append(Added(_correction(old["id"], text, office), known["events"][-1]["id"]))
    fields = [key for key in {**known, **draft} if key not in _OWN and known.get(key) != draft.get(key)]
    return Difference(tuple(found), tuple(fields), tuple(old["type"] for old in left))


def joined(events: Sequence[Event], added: Iterable[Added]) -> list[Event]:
    """Return the events with those that a row adds, numbered on: by day, those without one where the row has them."""
    numbers = [int(match[1]) for event in events if (match := _NUMBER.fullmatch(str(event.get("id"))))]
    whole = list(events)
    last: dict[str, str] = {}
    for number, one in enumerate(added, max(numbers, default=0) + 1):
        identifier = f"e{number}"
        anchor = last.get(one.after, one.after)
        place = next(n for n, event in enumerate(whole) if event["id"] == anchor)
        whole.insert(place + 1, {"id": identifier, **one.event})
        last[one.after] = identifier
    return edit.by_day(whole)


def _content(event: Event) -> Event:
    return {key: value for key, value in event.items() if key != "id"}


def _correction(identifier: str, text: str, office: str) -> Event:
    return {
        "type": "corrected",
        "undated": UNDATED,
        "by": office,
        "channel": CHANNEL,
        "event": identifier,
        "text": text,
    }


def _words(old: Event, new: Event, titles: Callable[[str, str], str]) -> str:
    """What the ledger said and what it says now, key by key."""
    days = [("日期", old.get("on", "不详"), new.get("on", "不详"))]
    keys = [key for key in {**old, **new} if key not in ("id", "on", "undated", "channel")]
    values = [(titles(new["type"], key), _said(old.get(key)), _said(new.get(key))) for key in keys]
    changed = [f"{title}由“{before}”改为“{now}”" for title, before, now in [*days, *values] if before != now]
    return f"台账改过：{'；'.join(changed) or '没有日期的原因'}"[:_LONGEST]


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return "，".join(_said(inner) for inner in value.values())
    if isinstance(value, list):
        return "；".join(map(_said, value))
    return "（空）" if value is None else shown(str(value))
