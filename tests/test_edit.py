"""Writing files: canonical form, whatever they looked like, with everything kept that people wrote.

Folders `examples/fmt/<what should be so>/` hold `before.yaml` and `after.yaml`, both a proposal of the small registry.
"""

from __future__ import annotations

import json
import os
import random
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin import edit, yamltext
from huiyin.findings import Source
from huiyin.load import Law
from tests.project import EXAMPLES, ROOT, Project
from tests.test_fuzz import SHAPES

FIRST_LINE = "# yaml-language-server: $schema=../../../schema/proposal.schema.json"
PLACE = "registry/proposals/npc-9-2/2026-fffff.yaml"
SCHEMA = json.loads((ROOT / "schema" / "proposal.schema.json").read_text(encoding="utf-8"))
EXAMPLE_FOLDERS = sorted((EXAMPLES / "fmt").iterdir())
PROPOSAL = f"""{FIRST_LINE}
id: 2026-fffff
kind: suggestion
session: npc-9-2
title: 关于修路的建议
category: transport
proposers: [m-lu-chunyan]
status: accepted
events:
  - id: e1
    type: submitted
    on: 2026-01-20
    by: m-lu-chunyan
  - id: e2
    type: accepted
    on: 2026-01-26
    by: o-npc
    number: "0099"
"""
"""A file in form."""


def data_of(text: str) -> Any:
    document = yamltext.read(text)
    assert not document.faults
    return document.data


def comments_of(text: str) -> list[str]:
    found = re.findall(r"(?:^|\s)(#.*)", text, re.MULTILINE)
    return sorted(comment.rstrip() for comment in found if "yaml-language-server" not in comment)


# ------------------------------------------------------------------------------------------ files that exist


@pytest.mark.parametrize("folder", EXAMPLE_FOLDERS, ids=lambda folder: folder.name)
def test_a_file_comes_into_form_as_its_example_shows(folder: Path, project: Project) -> None:
    before, after = ((folder / name).read_text(encoding="utf-8") for name in ("before.yaml", "after.yaml"))
    path = project.with_base().write(PLACE, before)

    assert project.huiyin("fmt", "--check").code == (1 if before != after else 0)
    assert path.read_text(encoding="utf-8") == before, "--check writes nothing"
    assert project.huiyin("fmt").code == 0
    assert path.read_text(encoding="utf-8") == after
    assert project.huiyin("fmt", "--check").code == 0, "twice changes nothing"
    assert comments_of(before) == comments_of(after)
    assert project.huiyin("check", PLACE).code == 0


def test_every_file_of_this_repository_is_in_form(project: Project) -> None:
    project.with_demonstration()
    said = project.huiyin("fmt", "--check")
    assert (said.code, said.out) == (0, "")


def test_crlf_becomes_lf_and_nothing_else_changes(project: Project) -> None:
    path = project.with_base().write(PLACE, PROPOSAL.replace("\n", "\r\n"))
    assert project.huiyin("check", PLACE).code == 0
    assert project.huiyin("fmt").code == 0
    assert path.read_bytes().decode() == PROPOSAL


def test_a_file_without_an_end_of_line_gets_one(project: Project) -> None:
    path = project.with_base().write(PLACE, PROPOSAL.rstrip("\n"))
    assert project.huiyin("fmt").code == 0
    assert path.read_text(encoding="utf-8") == PROPOSAL


def test_check_prints_a_difference_and_ends_with_one(project: Project) -> None:
    project.with_base().write(PLACE, PROPOSAL.replace("status: accepted", "status: closed"))
    said = project.huiyin("fmt", "--check")
    assert said.code == 1
    assert said.out == (
        f"--- {PLACE}\n+++ {PLACE} (huiyin fmt)\n@@ -5,7 +5,7 @@\n title: 关于修路的建议\n category: transport\n"
        " proposers: [m-lu-chunyan]\n-status: closed\n+status: accepted\n events:\n   - id: e1\n     type: submitted\n"
    )


def test_only_the_named_files_are_touched(project: Project) -> None:
    wrong = PROPOSAL.replace("status: accepted", "status: closed")
    project.with_base().write(PLACE, wrong)
    other = project.write(PLACE.replace("fffff", "ggggg"), wrong.replace("fffff", "ggggg").replace("0099", "0098"))
    assert project.huiyin("fmt", PLACE).code == 0
    assert other.read_text(encoding="utf-8").count("status: closed") == 1
    assert project.huiyin("fmt", "registry/proposals").code == 0
    assert other.read_text(encoding="utf-8").count("status: accepted") == 1


def test_a_file_elsewhere_is_formatted_as_if_it_stood_in_the_registry(project: Project) -> None:
    path = project.with_base().write(
        "inbox/2026-fffff.yaml", PROPOSAL.split("\n", 1)[1].replace("accepted\nev", "x\nev")
    )
    assert project.huiyin("fmt", "inbox").code == 0
    assert path.read_text(encoding="utf-8") == PROPOSAL.replace("../../../", "../")


def test_a_file_with_errors_is_left_alone(project: Project) -> None:
    broken = PROPOSAL.replace("kind: suggestion", "kind: sugestion").replace("status: accepted", "status: closed")
    path = project.with_base().write(PLACE, broken)
    said = project.huiyin("fmt")
    assert said.code == 1
    assert f"{PLACE}: 有错误，没有整理" in said.out
    assert "huiyin check" in said.out
    assert path.read_text(encoding="utf-8") == broken


def test_a_path_that_is_not_there_is_a_mistake_on_the_command_line(project: Project) -> None:
    said = project.with_base().huiyin("fmt", "registry/nowhere")
    assert (said.code, said.out) == (2, "")


def test_a_killed_write_leaves_the_old_file(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = PROPOSAL.replace("status: accepted", "status: closed")
    path = project.with_base().write(PLACE, wrong)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fail)
        said = project.huiyin("fmt")
    assert (said.code, said.err) == (2, "huiyin fmt: No space left on device\n")
    assert path.read_text(encoding="utf-8") == wrong
    assert [other.name for other in path.parent.iterdir() if "fffff" in other.name] == [path.name]
    assert project.huiyin("fmt").code == 0


def test_a_rewritten_file_keeps_its_permissions(project: Project) -> None:
    path = project.with_base().write(PLACE, PROPOSAL.replace("status: accepted", "status: closed"))
    path.chmod(0o640)
    assert project.huiyin("fmt").code == 0
    assert path.stat().st_mode & 0o777 == 0o640


LAYOUTS = {
    "a tab before a comment must not break it": ("transport", "transport\t# 交通"),
    "a literal block that begins with a short blank line must not either": (
        "events:",
        "situation: |\n \n  路面破损。\nevents:",
    ),
    "a comment in a list over several lines is kept": ("[m-lu-chunyan]", "[\n  m-lu-chunyan, # 领衔\n]"),
    "blank lines before a missing first line go at once": (f"{FIRST_LINE}\n", "\n\n"),
    "a comment above an event goes with that event": (
        "events:\n",
        "events:\n  # 催办\n  - {id: e3, type: reminded, on: 2026-02-09, by: o-npc}\n  # 提出\n",
    ),
    "a blank line above what becomes the first key": (
        "id: 2026-fffff\nkind: suggestion\n",
        "kind: suggestion\n\nid: 2026-fffff\n",
    ),
    "a blank line behind a literal block that becomes the last": (
        "events:\n",
        "events:\n  - id: e3\n    type: reminded\n    on: 2026-02-09\n    by: o-npc\n    text: |\n      催一催。\n\n",
    ),
}
"""Ways to lay a file out that are easily lost or broken: text of PROPOSAL, and what stands there instead."""


@pytest.mark.parametrize("sentence", LAYOUTS)
def test_fmt_keeps_what_people_wrote(sentence: str, project: Project) -> None:
    before = PROPOSAL.replace(*LAYOUTS[sentence])
    path = project.with_base().write(PLACE, before)
    assert project.huiyin("check", PLACE, "--format", "github").code in (0, 1)
    project.huiyin("fmt")
    after = path.read_text(encoding="utf-8")
    assert comments_of(before) == comments_of(after)
    assert project.huiyin("fmt", "--check").code == 0, "twice changes nothing"
    if "# 提出" in before:
        assert re.search(r"# 提出\n +- id: e1", after)


def test_events_out_of_order_in_a_flow_list_are_sorted_or_the_reason_is_said(project: Project) -> None:
    flow = """events: [{id: e2, type: accepted, on: 2026-01-26, by: o-npc, number: "0099"},
  {id: e1, type: submitted, on: 2026-01-20, by: m-lu-chunyan}]
"""
    project.with_base().write(PLACE, PROPOSAL.split("events:")[0] + flow)
    said = project.huiyin("fmt")
    assert said.code == 0 or "huiyin check" not in said.out


@pytest.mark.parametrize("seed", range(2))
def test_no_layout_that_can_be_read_loses_anything(seed: int, law: Law) -> None:
    """Random pieces of YAML stuck into a file: it is formatted once and for all, or left alone."""
    dice = random.Random(seed)  # noqa: S311 (the same layouts on every run)
    base = (EXAMPLES / "fmt" / "comments-quotes-and-blocks-stay" / "before.yaml").read_text(encoding="utf-8")
    pieces = [*SHAPES, "\t# c", " # c", "# c\n", "\n\n", "note: x\n", "  "]
    formatted = 0
    for _ in range(1200):
        text = base
        for _ in range(dice.randint(1, 3)):
            at = dice.randrange(len(text) + 1)
            text = text[:at] + dice.choice(pieces) + text[at + dice.choice([0, 0, 1, 4]) :]
        document = yamltext.read(text)
        if yamltext.decode(text.encode())[1] or document.faults:
            continue
        if law.shapes.findings("proposal", document.data, Source("x.yaml", text)):
            continue
        once = edit.format_text(text, SCHEMA, FIRST_LINE)
        if once is None:
            continue
        formatted += 1
        assert data_of(once) == {**document.data, "events": edit.by_day(document.data["events"])}
        assert comments_of(once) == comments_of(text)
        assert edit.format_text(once, SCHEMA, FIRST_LINE) == once
    assert formatted > 100


# ------------------------------------------------------------------------------------------ new files


AWKWARD = "yes no null true ~ 1 1.0 -0 007 1e5 0x1f 2026-03-05 12:30 = << ... --- None"
TEXT = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")), max_size=20),
    st.text(alphabet="ab 路:#-'\"\\{}[],&*!|>%@`\n\t?~1.0e+《“", max_size=12),
    st.sampled_from(AWKWARD.split(" ")),
    st.sampled_from(["", "a: b", "a #b", "- a", "? a", "a\nb", "a\n\n b\n", "\ta", "a\r\nb", "路\n---\n路"]),
)
"""Texts that a registry file may hold, the awkward ones more often."""
NUMBERS = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(-(10**6), 10**6).map(lambda n: n / 100),
)
KEYS = st.sampled_from(["id", "title", "text", "events", "note", "a_b", "x1"])
VALUES = st.recursive(
    st.one_of(TEXT, st.booleans(), st.none(), NUMBERS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=8,
)


@settings(max_examples=600)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
def test_what_is_composed_reads_back_the_same(data: dict[str, Any]) -> None:
    text = edit.compose(data, FIRST_LINE, "# 一行说明")
    raw, faults = yamltext.decode(text.encode())
    assert faults == []
    document = yamltext.read(raw)
    assert document.faults == []
    assert document.data == data
    assert text.startswith(f"{FIRST_LINE}\n# 一行说明\n")
    assert text.endswith("\n")


def submitted(number: int, day: date, note: str) -> dict[str, Any]:
    return {"id": f"e{number}", "type": "submitted", "on": str(day), "by": "m-a", "note": note}


EVENTS = st.lists(st.builds(submitted, st.integers(1, 99), st.dates(), TEXT), min_size=1, max_size=4)


def whole(title: str, situation: str, claims: list[str], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A proposal with its keys in the order of the schema, its events still in any order."""
    head = {"id": "2026-aaaaa", "kind": "suggestion", "title": title, "status": "submitted", "situation": situation}
    evidence = {"evidence": [{"claim": claim, "source": claim} for claim in claims]} if claims else {}
    return {**head, **evidence, "events": rows}


@settings(max_examples=150)
@given(TEXT, TEXT, st.lists(TEXT, max_size=3), EVENTS)
def test_formatting_leaves_composed_text_unchanged(
    title: str, situation: str, claims: list[str], rows: list[dict[str, Any]]
) -> None:
    data = whole(title, situation, claims, edit.by_day(rows))
    text = edit.compose(data, FIRST_LINE)
    assert edit.format_text(text, SCHEMA, FIRST_LINE, "submitted") == text


@settings(max_examples=150)
@given(st.data(), TEXT, TEXT, st.lists(TEXT, max_size=3), EVENTS)
def test_formatting_twice_changes_nothing_and_loses_nothing(
    data: st.DataObject, title: str, situation: str, claims: list[str], rows: list[dict[str, Any]]
) -> None:
    """Keys and events in any order, comments on their own lines, another status."""
    raw = whole(title, situation, claims, rows)
    keys = data.draw(st.permutations(sorted(raw)))
    text = edit.compose({key: raw[key] for key in keys}, FIRST_LINE).split("\n", 1)[1]
    for n, key in enumerate(keys):
        if data.draw(st.booleans()):
            text = re.sub(rf"^{key}:", f"# 说明{n}\n{key}:", text, count=1, flags=re.MULTILINE)
    once = edit.format_text(text, SCHEMA, FIRST_LINE, "accepted")
    assert edit.format_text(once, SCHEMA, FIRST_LINE, "accepted") == once
    assert data_of(once) == {**raw, "status": "accepted", "events": edit.by_day(rows)}
    assert [key for key in SCHEMA["properties"] if key in raw] == list(data_of(once))
    assert re.findall(r"^# 说明\d$", text, re.MULTILINE) <= sorted(re.findall(r"^# 说明\d$", once, re.MULTILINE))


def test_events_of_one_day_keep_their_order_and_undated_ones_their_place() -> None:
    rows = [
        {"id": "e1", "on": "2026-03-01"},
        {"id": "e2", "undated": "不详"},
        {"id": "e3", "on": "2026-01-20"},
        {"id": "e4", "on": "2026-03-01"},
        {"id": "e5", "on": "2026-01-20"},
        {"id": "e6", "undated": "不详"},
    ]
    assert [row["id"] for row in edit.by_day(rows)] == ["e3", "e5", "e6", "e1", "e2", "e4"]
    assert edit.by_day(edit.by_day(rows)) == edit.by_day(rows)
    assert [row["id"] for row in edit.by_day([{"id": "e1", "undated": "不详"}, {"id": "e2", "on": "2026-01-20"}])] == [
        "e1",
        "e2",
    ]


def test_the_real_files_survive_a_round_trip(law: Law) -> None:
    for path in sorted((ROOT / "registry").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        first_line = text.split("\n", 1)[0]
        kind = first_line.rsplit("/", 1)[-1].removesuffix(".schema.json")
        composed = edit.compose(data_of(text), first_line)
        assert data_of(composed) == data_of(text)
        assert edit.format_text(composed, law.shapes.schemas[kind], first_line) == composed
