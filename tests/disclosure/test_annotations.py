"""Every place of every schema has decided who may see it, and one that has not is private."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from huiyin.disclosure import AUDIENCES, TAKEN_OUT, Projector
from huiyin.disclosure.audience import BLANK, WORDS, follows_level, said, seen
from huiyin.disclosure.openness import EVENT_FIELDS, FIELDS
from huiyin.load import Law
from tests.project import ROOT

SCHEMAS = sorted(path.name.removesuffix(".schema.json") for path in (ROOT / "schema").glob("*.schema.json"))
FROM_ELSEWHERE = {("registry", "address"): "the addresses of a projection stand in its row of `projections`"}
"""Private keys that must be there and get their value elsewhere."""


def properties(node: Any, name: str = "") -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Every property below a node with its key and the node that has it, conditions left aside."""
    if isinstance(node, Mapping):
        for key, child in node.get("properties", {}).items():
            yield f"{name}/{key}", child, node
            yield from properties(child, f"{name}/{key}")
        for key, child in node.get("$defs", {}).items():
            yield from properties(child, f"{name}#{key}")
        for key in ("items", "additionalProperties", "then"):
            yield from properties(node.get(key), name)
        for child in node.get("allOf", ()):
            yield from properties(child, name)


def resolved(node: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in node:
        node = root["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    return node


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_property_has_decided_and_says_a_word_that_exists(kind: str, law: Law) -> None:
    schema = law.shapes.schemas[kind]
    if schema.get("x-audience") == "private":  # the whole format stays inside
        assert "x-audience" not in json.dumps(schema["properties"])
        return
    undecided = [name for name, node, _ in properties(schema) if "x-audience" not in node]
    assert undecided == []
    for name, node, _ in properties(schema):
        assert said(node) <= set(WORDS), name


@pytest.mark.parametrize("kind", SCHEMAS)
def test_what_follows_the_level_of_disclosure_is_text(kind: str, law: Law) -> None:
    schema = law.shapes.schemas[kind]
    for name, node, _ in properties(schema):
        if "disclosed" in said(node):
            text = resolved(node, schema)
            assert text.get("type") == "string", name
            assert not {"pattern", "format", "enum", "const"} & set(text), name
            assert text.get("maxLength", 99) >= len(TAKEN_OUT), name


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_private_key_that_must_be_there_has_something_to_put_in_its_place(kind: str, law: Law) -> None:
    schema = law.shapes.schemas[kind]
    for name, node, owner in [] if schema.get("x-audience") == "private" else properties(schema):
        key = name.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        hidden = [audience for audience in AUDIENCES if not seen(node, audience)]
        if hidden and key in owner.get("required", ()) and (kind, key) not in FROM_ELSEWHERE:
            owned_by_private = kind in ("registry", "member", "group", "agency")  # below `people` and `projections`
            text = resolved(node, schema)
            plain = text.get("type") == "string" and not {"pattern", "format", "enum"} & set(text)
            assert owned_by_private or plain or BLANK in node, name


def _texts(node: Mapping[str, Any], root: Mapping[str, Any], *, leveled: bool = False) -> bool:
    """Whether a property holds texts that can be closed, itself or below."""
    node = resolved(node, root)
    if node.get("type") == "string":
        return leveled and not {"pattern", "format", "enum", "const"} & set(node)
    if "items" in node:
        return _texts(node["items"], root, leveled=leveled)
    return any(_texts(below, root, leveled=follows_level(below)) for below in node.get("properties", {}).values())


def test_what_can_be_withheld_is_whatever_holds_texts(law: Law) -> None:
    root = law.shapes.schemas["proposal"]

    def names(node: Mapping[str, Any]) -> set[str]:
        held = node["properties"].items()
        return {key for key, child in held if _texts(child, root, leveled=follows_level(child))}

    events = [node for name, node in root["$defs"].items() if name.startswith("event_") and "properties" in node]
    assert len(events) > 30
    assert set().union(*map(names, events)) == EVENT_FIELDS
    assert names(root) - {"particulars", "source"} == FIELDS - {"proposers"}, "those are never public anyway"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_new_field_is_private_until_somebody_decides(audience: str, law: Law) -> None:
    schemas = copy.deepcopy(dict(law.shapes.schemas))
    schemas["member"]["properties"]["home"] = {"title": "住址 / Home", "type": "string"}
    schemas["proposal"]["$defs"]["event_submitted"]["properties"]["seen_by"] = {"$ref": "#/$defs/reason"}
    projector = Projector(schemas, audience)
    member = {"id": "m-a", "name": "甲", "body": "npc", "home": "望澜市一号"}
    assert projector.record("member", member) == {"id": "m-a", "name": "甲", "body": "npc"}
    proposal = {
        "id": "2026-aaaaa", "kind": "suggestion", "session": "s", "title": "t", "category": "c", "proposers": ["m-a"],
        "status": "submitted", "disclosure": {"level": "full"}, "hidden": {"deep": ["canary"]},
        "events": [{"id": "e1", "type": "submitted", "on": "2026-01-01", "by": "m-a", "seen_by": "canary"},
                   {"id": "e2", "type": "accepted", "on": "2026-01-02", "by": "o-a", "seen_by": "canary"}],
    }  # fmt: skip
    assert "canary" not in json.dumps(projector.record("proposal", proposal))


def test_a_condition_that_we_do_not_understand_shows_nothing(law: Law) -> None:
    schemas = copy.deepcopy(dict(law.shapes.schemas))
    schemas["member"]["allOf"] = [
        {"if": {"required": ["id"]}, "then": {"properties": {"home": {"type": "string", "x-audience": "public"}}}}
    ]
    seen_now = Projector(schemas, "public").record("member", {"id": "m-a", "name": "甲", "body": "b", "home": "x"})
    assert "home" not in seen_now
