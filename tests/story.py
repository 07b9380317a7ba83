"""Short forms of proposals for tests: events as they stand in a file, with whatever does not matter left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.findings import Source
from huiyin.load import nouns
from huiyin.model import Proposal
from huiyin.rules import Pack

ACTORS = {
    "proposer": "m-proposer",
    "lead": "a-lead",
    "co": "a-co",
    "agency": "a-lead",
    "body_office": "o-body",
    "government_office": "o-gov",
}
"""Who acts when a short form does not say it: the first role that the pack names for the type of event."""

CARRIED: dict[str, Mapping[str, Any]] = {
    "assigned": {"lead": "a-lead"},
    "reassigned": {"lead": "a-lead"},
    "replied": {"class": "resolved"},
    "rated": {"attitude": "satisfied", "result": "satisfied"},
}
"""What an event carries when a short form does not say it."""


def events(rows: Iterable[Mapping[str, Any]], pack: Pack) -> list[dict[str, Any]]:
    """Return rows like `{type: assigned, on: 2026-03-01, lead: a-lead}` as events of a file.

    An id is the row's number; one without a day is undated.
    """
    made = []
    for number, row in enumerate(rows, start=1):
        kind = row["type"]
        by = ACTORS[pack.events[kind].by[0]] if kind in pack.events else "o-body"
        if kind == "replied" and "by" not in row:
            by = next((other["lead"] for other in reversed(made) if other.get("lead")), by)
        carried = {} if {"lead", "separate"} & set(row) else CARRIED.get(kind, {})
        day = {} if "on" in row else {"undated": "日期不详"}
        made.append({"id": f"e{number}", "by": by, **day, **carried, **row})
    return made


def proposal(rows: Iterable[Mapping[str, Any]], pack: Pack, **more: Any) -> Proposal:
    """Return a proposal with these events; `more` are keys of the file, such as asks."""
    raw = {
        "id": "2026-story",
        "kind": "suggestion",
        "session": "npc-9-2",
        "title": "关于修路的建议",
        "category": "transport",
        "proposers": [ACTORS["proposer"]],
        "status": "submitted",
        "events": events(rows, pack),
        **more,
    }
    return nouns.proposal(raw, Source("story.yaml", ""))
