"""How far the texts of a proposal are open to an audience, by its level, its replies' levels and its events. Pure.

Nothing is open before the item was accepted, or somebody disclosed it: reply and disclosure are reviewed together
(国办发〔2014〕46号), and a registry with private intake has not reviewed what just came in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from huiyin.disclosure.audience import PUBLIC

Data = Mapping[str, Any]
LEVELS = ("withheld", "on_request", "summary", "full")
"""From closed to open."""
WHOLE = "*"
"""Stands for all texts of an item, where a `withheld` event names no fields."""

FIELDS = frozenset({"title", "situation", "analysis", "evidence", "asks", "proposers"})
"""What of an item a `withheld` event can name; `proposers` goes with `confidential`, which says who it is."""
EVENT_FIELDS = frozenset(
    {
        "answers", "co_opinions", "commitments", "document", "draft", "evaluator", "evidence", "inputs", "late_entry",
        "note", "outcome", "participants", "place", "reason", "reasons", "rule", "text", "undated",
    }
)  # fmt: skip
"""What of an event it can name, alone for all events or behind the id of one: whatever holds texts."""


class Why(NamedTuple):
    """Why a text is not there: a code of the schema's `taken_out`, the legal ground, and the reason in words."""

    code: str
    ground: str | None = None
    reason: str | None = None


def names_of(field: str, event: Data | None = None) -> frozenset[str]:
    """Return the names under which a `withheld` event can mean a field of the item, or of one of its events.

    A correction goes with what it corrects: it says the same again.
    """
    if event is None:
        return frozenset({field, WHOLE})
    identifier = event["id"]
    names = {field, f"{identifier}.{field}", identifier, WHOLE}
    if event["type"] == "corrected":
        names |= {f"{event['event']}.", event["event"]}
    return frozenset(names)


def names_in(event: Data) -> Iterator[str]:
    """Yield the names that a `withheld` event says, and for `e5.text` also "e5.", by which corrections of e5 go."""
    for name in event.get("fields") or (WHOLE,):
        yield name
        if "." in name:
            yield f"{name.split('.')[0]}."


def can_mean(name: str, events: Collection[str]) -> bool:
    """Whether a name means something that can be withheld: a mistyped one would leave the text public.

    `events` are the ids of the item's events.
    """
    event, dot, key = name.partition(".")
    return key in EVENT_FIELDS and event in events if dot else name in FIELDS | EVENT_FIELDS or name in events


class Openness:
    """Tells for each text of one proposal whether an audience may read it."""

    def __init__(self, data: Data, audience: str) -> None:
        self._audience = audience
        block = data.get("disclosure", {})
        level = block.get("level")
        self._withheld = _why(block) if level == "withheld" else None
        self._block = block
        self._named: dict[str, Why] = {}
        self._replies: dict[str, str | None] = {}
        self._accepted = False
        for event in data["events"]:
            self._take(event)
            if event["type"] == "disclosed" and "event" not in event:
                level = max(level or "withheld", event["level"], key=LEVELS.index)
        self._level = level

    def _take(self, event: Data) -> None:
        kind, identifier = event["type"], event["id"]
        self._accepted = self._accepted or kind in ("accepted", "disclosed")
        if kind == "replied":
            self._replies[identifier] = event.get("disclosure", {}).get("level")
        elif kind == "withheld":
            self._named.update(dict.fromkeys(names_in(event), _why(event)))
        elif kind == "disclosed" and event["level"] == "full":
            self._open(event.get("event"))

    def _open(self, one: str | None) -> None:
        """Take back what was withheld before: everything, or what one event says. Withheld replies open one by one."""
        if one is None:
            self._named.clear()
            self._replies = {e: level if level == "withheld" else "full" for e, level in self._replies.items()}
            return
        self._replies[one] = "full"
        self._named = {name: why for name, why in self._named.items() if name.partition(".")[0] != one}

    def closed(self, field: str, event: Data | None = None) -> Why | None:
        """Return why a text of the item, or of one of its events, may not be read; None when it may."""
        if self._withheld:
            return self._withheld
        for name in sorted(names_of(field, event)):
            if name in self._named:
                return self._named[name]
        if not self._accepted:
            return Why("not_accepted")
        own = self._reply(event) if event is not None and event["type"] == "replied" else None
        if own and (own.code == "withheld" or self._audience == PUBLIC):
            return own
        if self._audience != PUBLIC:
            return None
        if event is None and field == "title" and self._level in LEVELS[1:]:
            return None
        reviewed = event is not None and event["type"] == "replied" and self._level in LEVELS[1:]
        return None if reviewed else _below(self._level, self._block)

    def _reply(self, event: Data) -> Why | None:
        """Why a reply is closed by its own level; None when that is full."""
        return _below(self._replies[event["id"]], event.get("disclosure", {}))


def _below(level: str | None, block: Data) -> Why | None:
    if level == "full":
        return None
    return Why("undecided") if level is None else _why(block, level)


def _why(said: Data, code: str = "withheld") -> Why:
    return Why(code, said.get("ground"), said.get("reason"))
