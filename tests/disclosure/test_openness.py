"""What of one proposal each audience may read, told as the events that led there."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.disclosure import Openness
from huiyin.disclosure.audience import AUDIENCES

SUBMITTED = {"id": "e1", "type": "submitted", "by": "m-a"}
ACCEPTED = {"id": "e2", "type": "accepted", "by": "o-a"}
REPLY = {"id": "e3", "type": "replied", "by": "a-a", "class": "resolved", "text": "好"}
CONTACT = {"id": "e4", "type": "contacted", "by": "a-a", "text": "面商"}


def reply(level: str | None) -> dict[str, Any]:
    return {**REPLY, **({"disclosure": {"level": level, "ground": "internal"}} if level else {})}


def withheld(*fields: str, number: int = 8) -> dict[str, Any]:
    named = {"fields": list(fields)} if fields else {}
    return {"id": f"e{number}", "type": "withheld", "by": "o-a", "ground": "third-party", "reason": "含住址。", **named}


def disclosed(level: str = "full", event: str | None = None, number: int = 9) -> dict[str, Any]:
    one = {"event": event} if event else {}
    return {"id": f"e{number}", "type": "disclosed", "by": "o-a", "level": level, **one}


CASES: dict[str, tuple[str | None, list[dict[str, Any]], str]] = {
    "nothing before acceptance, whatever the level": ("full", [SUBMITTED], ""),
    "accepted in full: all texts": ("full", [SUBMITTED, ACCEPTED, CONTACT], "title situation e4"),
    "accepted and nobody reviewed it": (None, [SUBMITTED, ACCEPTED, CONTACT], ""),
    "a summary shows the title": ("summary", [SUBMITTED, ACCEPTED, CONTACT], "title"),
    "on request the title is in the list": ("on_request", [SUBMITTED, ACCEPTED], "title"),
    "withheld shows nothing": ("withheld", [SUBMITTED, ACCEPTED, reply("full")], ""),
    "a withheld level is above a disclosed event": ("withheld", [ACCEPTED, disclosed()], ""),
    "disclosed opens what nobody had reviewed": (None, [ACCEPTED, disclosed(), CONTACT], "title situation e4"),
    "a narrower disclosed does not close": ("full", [ACCEPTED, disclosed("summary")], "title situation"),
    "a reply that was not reviewed": ("full", [ACCEPTED, reply(None)], "title situation"),
    "a reply in full": ("full", [ACCEPTED, reply("full")], "title situation e3"),
    "a reply in full of an item by summary": ("summary", [ACCEPTED, reply("full")], "title e3"),
    "a reply in full of an item that was not reviewed": (None, [ACCEPTED, reply("full")], ""),
    "a withheld reply": ("full", [ACCEPTED, reply("withheld")], "title situation"),
    "disclosing the item opens replies": ("full", [ACCEPTED, reply("on_request"), disclosed()], "title situation e3"),
    "but not withheld ones": ("full", [ACCEPTED, reply("withheld"), disclosed()], "title situation"),
    "which open by name": ("full", [ACCEPTED, reply("withheld"), disclosed(event="e3")], "title situation e3"),
    "one field withheld": ("full", [ACCEPTED, CONTACT, withheld("situation")], "title e4"),
    "one field of one event": ("full", [ACCEPTED, CONTACT, withheld("e4.text")], "title situation"),
    "one field of all events": ("full", [ACCEPTED, CONTACT, reply("full"), withheld("text")], "title situation"),
    "no field named is everything": ("full", [ACCEPTED, CONTACT, withheld()], ""),
    "withheld, then public again": ("full", [ACCEPTED, withheld("title"), disclosed()], "title situation"),
    "opening one event opens no other field": (
        "full", [ACCEPTED, CONTACT, withheld("title", "e4.text"), disclosed(event="e4")], "situation e4"),
    "public, then withheld again": (
        "full", [ACCEPTED, withheld("title", number=7), disclosed(), withheld("title", number=10)], "situation"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_public_reads(name: str) -> None:
    level, events, expected = CASES[name]
    assert " ".join(read(level, events, "public")) == expected


def read(level: str | None, events: list[dict[str, Any]], audience: str) -> list[str]:
    block = {"disclosure": {"level": level, "ground": "internal"}} if level else {}
    openness = Openness({**block, "events": events}, audience)
    texts = [(name, name, None) for name in ("title", "situation")]
    texts += [(str(event["id"]), "text", event) for event in events if "text" in event]
    return [name for name, field, event in texts if openness.closed(field, event) is None]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("audience", AUDIENCES[1:])
def test_members_and_agencies_read_at_least_that_and_nothing_withheld(name: str, audience: str) -> None:
    level, events, expected = CASES[name]
    theirs = read(level, events, audience)
    assert set(expected.split()) <= set(theirs)
    if level == "withheld" or "disclosed" not in [event["type"] for event in events]:
        closed = {field for event in events if event["type"] == "withheld" for field in event.get("fields", theirs)}
        assert not {field.removesuffix(".text") for field in closed} & set(theirs)
    assert level != "withheld" or theirs == []


def test_members_and_agencies_read_what_is_not_reviewed_yet() -> None:
    for audience in AUDIENCES[1:]:
        assert read(None, [SUBMITTED, ACCEPTED, reply(None)], audience) == ["title", "situation", "e3"]
        assert read(None, [SUBMITTED], audience) == []


def test_the_reason_is_told_with_its_ground() -> None:
    openness = Openness({"disclosure": {"level": "full"}, "events": [ACCEPTED, withheld("situation")]}, "public")
    assert openness.closed("situation") == ("withheld", "third-party", "含住址。")
    assert openness.closed("analysis") is None


def test_a_correction_goes_with_what_it_corrects() -> None:
    corrected = {"id": "e5", "type": "corrected", "by": "a-a", "event": "e4", "text": "应为三号楼"}
    events = [ACCEPTED, CONTACT, corrected]
    for name in ("e4.text", "e4"):
        openness = Openness({"disclosure": {"level": "full"}, "events": [*events, withheld(name)]}, "public")
        assert openness.closed("text", corrected) is not None
    openness = Openness({"disclosure": {"level": "full"}, "events": [*events, withheld("e1.text")]}, "public")
    assert openness.closed("text", corrected) is None
