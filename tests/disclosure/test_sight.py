"""What is published of loaded records: every field that a schema hides is one that Sight takes out."""

from __future__ import annotations

import copy
from dataclasses import fields, replace
from typing import Any

import pytest

from huiyin.disclosure import AUDIENCES, TAKEN_OUT, Sight, audience_of
from huiyin.disclosure.audience import seen
from huiyin.load import Law, load_registry
from huiyin.model import Agency, Event, Group, Member, Registry
from tests.disclosure.test_annotations import properties
from tests.project import ROOT

NOUNS = {"member": Member, "group": Group, "agency": Agency}
OTHER_NAMES = {"event": "refers_to", "class": "reply_class", "with": "joined_by", "from": "split_from"}


@pytest.fixture(scope="module")
def registry(law: Law) -> Registry:
    loaded = load_registry(ROOT / "registry", law, ROOT).registry
    assert loaded is not None
    return loaded


def test_whom_a_site_is_for(registry: Registry) -> None:
    settings = registry.settings
    assert audience_of(replace(settings, intake="open")) == "public"
    assert audience_of(replace(settings, intake="private")) is None
    assert audience_of(replace(settings, intake="private", projection="agency")) == "agency"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_hidden_stands_at_the_top_of_a_record_or_below_what_is_hidden(audience: str, law: Law) -> None:
    """Sight takes out whole fields; one that is hidden inside a field that is not would slip through."""
    for kind in ("member", "group", "agency", "session", "signals", "topic", "score", "proposal"):
        schema = law.shapes.schemas[kind]
        hidden = [name for name, node, _ in properties(schema) if not seen(node, audience)]
        tops = {f"/{key}" for key in schema["properties"]} | {
            f"#{name}/{key}" for name, node in schema["$defs"].items() if name.startswith("event_")
            for key in node.get("properties", ())
        }  # fmt: skip
        out = [name for name in hidden if name in tops]
        inside = [name for name in hidden if name not in tops and not name.startswith(("#person/", "/source/"))]
        assert [name for name in inside if not any(name.startswith(f"{top}/") for top in out)] == []
        if kind not in (*NOUNS, "proposal"):
            assert hidden == [], f"{kind} is published as it is"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_hidden_field_is_taken_out(audience: str, law: Law, registry: Registry) -> None:
    sight = Sight(law.shapes.schemas, audience)
    schema = law.shapes.schemas["proposal"]
    item = next(iter(registry.proposals.values()))
    for name, node in schema["$defs"].items():
        if not name.startswith("event_") or "type" not in node.get("properties", {}):
            continue
        held = {field.name for field in fields(Event)}
        hidden = {OTHER_NAMES.get(key, key) for key, one in node["properties"].items() if not seen(one, audience)}
        assert hidden <= held
        event = replace(Event("e1", name.removeprefix("event_"), "o-npc"), **dict.fromkeys(hidden, "secret"))
        (shown,) = sight.proposal(replace(item, events=(event,))).events
        for key in hidden:
            needed = key in node.get("required", ())
            assert getattr(shown, key) == (TAKEN_OUT if needed else None)
    spoiled = replace(item, particulars=(("a", "b"),))
    assert sight.proposal(spoiled).particulars == ()
    for kind, made in NOUNS.items():
        held = {field.name for field in fields(made)}
        hidden = {key for key, one in law.shapes.schemas[kind]["properties"].items() if not seen(one, audience)}
        assert "note" in hidden
        assert hidden <= held
    noted = replace(registry, members={name: replace(m, note="secret") for name, m in registry.members.items()})
    assert {member.note for member in sight.registry(noted).members.values()} == {None}


def test_who_may_see_everything_gets_the_records_themselves(law: Law, registry: Registry) -> None:
    assert Sight(law.shapes.schemas, None).registry(registry) is registry


def test_a_record_of_which_nothing_is_hidden_stays_the_same(law: Law, registry: Registry) -> None:
    sight = Sight(law.shapes.schemas, "public")
    once = sight.registry(registry)
    again = sight.registry(once)
    assert all(again.proposals[name] is item for name, item in once.proposals.items())
    assert again == once


def test_a_field_that_nobody_has_decided_on_is_not_published(law: Law, registry: Registry) -> None:
    schemas: dict[str, Any] = copy.deepcopy(dict(law.shapes.schemas))
    del schemas["member"]["properties"]["area"]["x-audience"]
    del schemas["proposal"]["properties"]["situation"]["x-audience"]
    shown = Sight(schemas, "public").registry(registry)
    assert {member.area for member in shown.members.values()} == {None}
    assert {item.situation for item in shown.proposals.values()} == {None}
