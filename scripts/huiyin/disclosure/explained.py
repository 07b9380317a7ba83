"""Whether what changed in a projection is explained: text comes with `disclosed`, and goes with `withheld`. Pure.

Both sides are what readers can see, so they can ask the same of a projection that somebody else made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from huiyin.disclosure.audience import TAKEN_OUT
from huiyin.disclosure.frame import NOBODY
from huiyin.disclosure.openness import WHOLE, names_in, names_of

Data = Mapping[str, Any]
_FREE = frozenset({"status", "category", "occasion", "origin", "disclosure", "taken_out"})
"""What the office sets, or the tools write: no text of the item."""
ADDED, GONE, CHANGED, DELETED = "added", "gone", "changed", "deleted"


class Unexplained(NamedTuple):
    """A change that no event explains: of which kind, and in which field ("situation", "e3.text")."""

    kind: str
    field: str


def unexplained(before: Data | None, after: Data | None) -> list[Unexplained]:
    """Return what differs between two states of a projected proposal and is explained by no new event."""
    if before is None:
        return []
    if after is None:
        return [Unexplained(DELETED, "")]
    known = {event["id"] for event in before["events"]}
    new = [event for event in after["events"] if event["id"] not in known]
    order = [event["id"] for event in after["events"] if event["id"] in known]
    if order != [event["id"] for event in before["events"]]:
        return [Unexplained(DELETED, "events")]
    closing = {name for event in new if event["type"] == "withheld" for name in names_in(event)}
    if closing and after.get("disclosure", {}).get("level") == "withheld":
        closing.add(WHOLE)
    opening = any(event["type"] in ("disclosed", "accepted") for event in new)
    reviewed = any(event["type"] in ("disclosed", "accepted") for event in before["events"])
    return list(dict.fromkeys(_differing(before, after, closing, opening=opening, reviewed=reviewed)))


def _differing(before: Data, after: Data, closing: set[str], *, opening: bool, reviewed: bool) -> Iterator[Unexplained]:
    events = {event["id"]: event for event in after["events"]}
    known = {event["id"] for event in before["events"]}
    old, new = dict(_scalars(before)), dict(_scalars(after))
    for path in sorted({*old, *new}, key=str):
        one, other = old.get(path), new.get(path)
        event = events.get(str(path[1])) if path[0] == "events" else None
        if one == other or (path[0] == "events" and path[1] not in known):
            continue
        field = str(path[2]) if event is not None and len(path) > 2 else str(path[0])
        name = f"{path[1]}.{field}" if event is not None else field
        ours = closing & names_of(field, event)
        if _hidden(other) and not _hidden(one):
            if not ours and "proposers" not in closing and WHOLE not in closing:
                yield Unexplained(GONE, name)
        elif _hidden(one) and not _hidden(other):
            if not opening and (reviewed or not _frame(path)):
                yield Unexplained(ADDED, name)
        elif reviewed and not _hidden(one):
            yield Unexplained(CHANGED, name)


def _frame(path: tuple[str | int, ...]) -> bool:
    """Whether a path leads to what a proposer may still change before acceptance and what is no text."""
    return path[0] in ("follows", "proposers") or path[-1] in ("id", "agency")


def _hidden(value: Any) -> bool:
    """Whether a value says nothing: it is not there, taken out, or a confidential proposer."""
    return value is None or value == TAKEN_OUT or (isinstance(value, str) and value.startswith(NOBODY))


def _scalars(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every scalar of a record with its path; events stand under their ids, words of lists under themselves."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if path or key not in _FREE:
                yield from _scalars(inner, (*path, key))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            place = inner if isinstance(inner, str) else inner["id"] if path == ("events",) else n
            yield from _scalars(inner, (*path, place))
    else:
        yield path, value
