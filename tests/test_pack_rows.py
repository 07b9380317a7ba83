"""Rows of packs that are no clocks, in sentences a lawyer can write: `examples/packs/<pack>.yaml`.

Each sentence names the `key` of the row and its `source`. `events`, in the short form of the examples of clocks, are
judged under the pack: `errors` lists every error that `huiyin check` then finds (none where it is not written), and
`state` is where the item stands. `words` are the local words of the row.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from huiyin import yamltext
from huiyin.checks import run
from huiyin.coverage import Coverage, has
from huiyin.findings import RULES, Severity
from huiyin.lifecycle import standing
from huiyin.load import Law, load_coverage, load_registry
from huiyin.model import Registry
from huiyin.rules import Pack
from tests import story
from tests.project import BASE, EXAMPLES, ROOT

FOLDER = EXAMPLES / "packs"
DAY = date(2026, 12, 31)
NAMES = {
    "m-proposer": "m-lu-chunyan",
    "a-lead": "a-transport",
    "a-co": "a-housing",
    "a-other": "a-civil-affairs",
}
"""The actors of short forms, as they are called in the small registry."""


def sentences(path: Path) -> dict[str, dict[str, Any]]:
    """Return the sentences of a file with what they say."""
    document = yamltext.read(path.read_text(encoding="utf-8"))
    assert not document.faults, path
    return dict(document.data)


ALL = [(path.stem, words, row) for path in sorted(FOLDER.glob("*.yaml")) for words, row in sentences(path).items()]


@pytest.fixture(scope="module")
def registry(law: Law) -> Registry:
    """The small sound registry, without its proposals."""
    loaded = load_registry(BASE, law, ROOT)
    assert loaded.registry is not None
    return loaded.registry


@pytest.fixture(scope="module")
def places(law: Law) -> tuple[Coverage, ...]:
    return load_coverage(ROOT / "schema", law, ROOT)


def under(pack: Pack, registry: Registry, row: dict[str, Any]) -> Registry:
    """Return the small registry with the item of an example in it, handled under `pack`."""
    kind = pack.kinds[0] if pack.kinds else "suggestion"
    session, office = ("cppcc-9-2", "o-cppcc") if kind == "cppcc_proposal" else ("npc-9-2", "o-npc")
    rows = [{**event, "number": "0009"} if event["type"] == "accepted" else event for event in row["events"]]
    told = json.dumps({"events": story.events(rows, pack), "asks": row.get("asks", [])}, ensure_ascii=False)
    for short, name in {**NAMES, "o-body": office}.items():
        told = told.replace(f'"{short}"', f'"{name}"')
    raw = json.loads(told)
    item = story.proposal(raw["events"], pack, kind=kind, session=session, proposers=["m-lu-chunyan"], asks=raw["asks"])
    item = replace(item, status=standing(item, pack).state)
    sessions = {**registry.sessions, session: replace(registry.sessions[session], packs={kind: pack.id})}
    return replace(registry, sessions=sessions, proposals={**registry.proposals, item.id: item})


@pytest.mark.parametrize(("name", "words", "row"), ALL, ids=[f"{name}: {words}" for name, words, _ in ALL])
def test_a_row_of_a_pack_does_what_its_article_says(
    name: str, words: str, row: dict[str, Any], law: Law, registry: Registry
) -> None:
    pack = law.packs[name]
    assert set(row) <= {"source", "key", "words", "asks", "events", "state", "errors"}
    assert has(pack, row["key"])
    assert row["source"]
    if "words" in row:
        assert row["words"] == local_words(pack, row["key"])
    if "events" in row:
        whole = under(pack, registry, row)
        item = whole.proposals["2026-story"]
        found = {
            finding.rule.id
            for finding in run(whole, DAY)
            if finding.severity == Severity.ERROR and finding.place.file == "story.yaml"
        }
        assert sorted(found) == sorted(row.get("errors", []))
        assert standing(item, pack).state == row["state"]


def local_words(pack: Pack, key: str) -> str:
    """Return what a row is called in its place, with the letter of a class behind it."""
    table, _, name = key.partition(".")
    if table == "classes":
        kind = pack.classes[name]
        return kind.title.zh + (f"（{kind.letter}）" if kind.letter else "")
    return next(row.title.zh for row in getattr(pack, table) if row.id == name)


def test_every_rule_that_is_carried_out_has_an_example(places: tuple[Coverage, ...]) -> None:
    shown = {(name, row["key"]) for name, _, row in ALL}
    rows = [(place.id, row) for place in places for row in place.rows if row.executed]
    missing = []
    for place, row in rows:
        if row.check:
            there = (EXAMPLES / "rules" / row.check).is_dir()
        elif row.table:
            there = any((ROOT / "schema" / row.table).glob("*.yaml"))
        elif row.key and row.key.startswith("clocks."):
            there = any(row.key.split(".")[1] in clocks_shown(path) for path in clock_examples(row.pack or ""))
        else:
            there = any(name == row.pack and f"{key}.".startswith(f"{row.key}.") for name, key in shown)
        if not there:
            missing.append(f"{place}-{row.id}")
    assert missing == []
    assert len(rows) >= 200


def clock_examples(pack: str) -> list[Path]:
    """Return the examples of the clocks of a pack."""
    return sorted((EXAMPLES / "clocks" / pack).glob("*.yaml"))


def clocks_shown(path: Path) -> set[str]:
    """Return the ids of the clocks that the sentences of a file look at."""
    return {
        clock.partition("/")[0] for row in sentences(path).values() for day in row["then"].values() for clock in day
    }


def test_no_sentence_is_told_twice_and_every_example_belongs_to_a_pack(law: Law) -> None:
    assert len({(name, words) for name, words, _ in ALL}) == len(ALL) >= 120
    assert {name for name, _, _ in ALL} <= set(law.packs)
    assert all(set(row.get("errors", [])) <= set(RULES) for _, _, row in ALL)
