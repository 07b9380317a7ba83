"""The texts that are proposed: a proposal's file with one more event, or a whole new file; never written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from huiyin import edit
from huiyin.draft.given import next_id
from huiyin.findings import Source
from huiyin.lifecycle import standing
from huiyin.load import nouns
from huiyin.model import Registry

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Of which new ids are made: none that is taken for another."""
ID_LENGTH = 5


def status_of(registry: Registry, data: Mapping[str, Any]) -> str:
    """Return the state that follows from the events of a file that its schema allows, in the order of their days."""
    proposal = nouns.proposal({**data, "events": edit.by_day(data["events"])}, Source(data["id"], ""))
    pack = registry.pack_of(proposal)
    state = standing(proposal, pack).state if pack else "none"
    return str(data["status"]) if state == "none" else state


def next_event(data: Mapping[str, Any], kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the event with the next free id and its type first."""
    used = [event["id"] for event in data["events"]]
    return {"id": next_id("e", used), "type": kind, **given}


def submission(data: Mapping[str, Any], event: Mapping[str, Any], identifier: str) -> dict[str, Any]:
    """Return the data of a new file: the proposal, in its first state, with its event of submission."""
    first = {"id": "e1", "type": "submitted", **event}
    return {**data, "id": identifier, "status": "submitted", "events": [first]}


def commitment_ids(data: Mapping[str, Any]) -> Iterable[str]:
    """Return the ids of all commitments in a file."""
    return [row["id"] for event in data["events"] for row in event.get("commitments", ())]
