"""Bringing the new events of a change to the tip, as data: never a textual merge. Pure.

Two co-handlers who append at the end of one file collide in a merge of texts; here each one's events follow those that
landed before, with an id of their own, and what refers to them follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from huiyin.findings import Text

_COUNTED = re.compile(r"([a-z]+)([0-9]+)")
Row = dict[str, Any]


class ConflictError(Exception):
    """The change cannot be brought to the tip; `words` say why and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Text(zh, en)


def new_events(base: Mapping[str, Any], head: Mapping[str, Any], tip: Mapping[str, Any]) -> list[Row]:
    """Return the events that `head` adds to `base`, with ids that are free in `tip`, in their order.

    Those that stand in the tip already, word for word, have landed before and are left out. Raises ConflictError when
    the change touched more than events while others changed the file.
    """
    keys = [key for key in {**base, **head} if key not in ("events", "status") and base.get(key) != head.get(key)]
    if keys:
        named = "、".join(keys), ", ".join(keys)
        raise ConflictError(
            f"别人先改了这个文件，{named[0]} 的改动不能自动合在一起；请在最新的主线上重做",
            f"others changed this file first, and changes of {named[1]} are not merged; make them anew on the branch",
        )
    known = {row["id"] for row in base["events"]}
    landed = [_unnumbered(row) for row in tip["events"] if row["id"] not in known]
    added = [row for row in head["events"] if row["id"] not in known and _unnumbered(row) not in landed]
    events = _free([row["id"] for row in added], {row["id"] for row in tip["events"]}, head["events"])
    promises = _free(
        [promise["id"] for row in added for promise in row.get("commitments", ())],
        {promise["id"] for row in tip["events"] for promise in row.get("commitments", ())},
        (promise for row in head["events"] for promise in row.get("commitments", ())),
    )
    return [_renamed(row, events, promises) for row in added]


def _unnumbered(row: Row) -> Row:
    return {key: value for key, value in row.items() if key not in ("id", "number")}


def _free(wanted: Sequence[str], taken: Iterable[str], beside: Iterable[Row]) -> dict[str, str]:
    """For each wanted id that is taken the next one of its kind that is free."""
    used = {*taken, *(row["id"] for row in beside)}
    found = {}
    for identifier in wanted:
        match = _COUNTED.fullmatch(identifier)
        if identifier not in set(taken) or match is None:
            continue
        numbers = [int(m[2]) for m in map(_COUNTED.fullmatch, used) if m and m[1] == match[1]]
        found[identifier] = f"{match[1]}{max(numbers) + 1}"
        used.add(found[identifier])
    return found


def _renamed(row: Row, events: Mapping[str, str], promises: Mapping[str, str]) -> Row:
    new = {**row, "id": events.get(row["id"], row["id"])}
    if row.get("event") in events:
        new["event"] = events[row["event"]]
    if row.get("commitment") in promises:
        new["commitment"] = promises[row["commitment"]]
    if "commitments" in row:
        new["commitments"] = [{**one, "id": promises.get(one["id"], one["id"])} for one in row["commitments"]]
    return new


def next_number(given: Iterable[str]) -> str:
    """Return the official number that follows those given so far, as wide as the largest of them; else "0001"."""
    numbers = [number for number in given if number.isascii() and number.isdigit()]
    largest = max(numbers, key=int, default="0000")
    return str(int(largest) + 1).zfill(len(largest))
