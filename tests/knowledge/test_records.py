"""Research and policies as files: what they name, who may change them, what is public, found and downloaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from huiyin.cases import cases
from huiyin.export.gathered import signals as signal_rows
from huiyin.follow.suggested import suggested_feeds
from huiyin.load import load_law, load_registry
from huiyin.press.digest import shared
from huiyin.publish import Site
from huiyin.search import facets, records
from tests.bare import HOUSING, MEMBER, NPC, OTHER_MEMBER, TRANSPORT, Bare
from tests.knowledge.written import cells, files
from tests.project import EXAMPLES, ROOT, Project
from tests.publish.conftest import DAY
from tests.publish.conftest import demonstration as demonstration

RESEARCH = (EXAMPLES / "rules" / "research-changed" / "base" / "research" / "r-night-buses.yaml").read_text("utf-8")
NAME = "registry/research/r-night-buses.yaml"
POLICY = """# yaml-language-server: $schema=../../schema/policy.schema.json
id: pol-night-buses
title: 夜间公交最低服务标准
category: transport
lead: a-transport
summary: 建成区夜间公交末班不早于22时，客流少的改为预约车。
stages:
  - stage: pilot
    on: 2026-04-01
looked_back:
  - on: 2026-05-20
    by: m-lu-chunyan
    verdict: holds
    text: 三个晚上乘车，末班准点。
proposals:
  - 2026-m4t7k
commitments:
  - proposal: 2026-m4t7k
    commitment: c1
"""
ANSWER = """    answer:
      on: 2026-03-24
      given: given
      text: 提供了2025年全年数据。
"""


def test_the_examples_are_sound(project: Project) -> None:
    project.with_base().write(NAME, RESEARCH)
    project.write("registry/policies/pol-night-buses.yaml", POLICY.partition("commitments:")[0])
    said = project.huiyin("check")
    assert said.code == 0, said.out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lead: a-transport", "lead: a-nobody"),
        ("by: m-lu-chunyan", "by: m-nobody"),
        ("category: transport", "category: nothing"),
        ("  - 2026-m4t7k\n", "  - 2026-zzzzz\n"),
        ("    on: 2026-04-01\n", "    on: 2026-04-01\n    areas:\n      - nowhere\n"),
        ("proposals:\n", "topics:\n  - t-nothing\nproposals:\n"),
        ("proposals:\n", "research:\n  - r-nothing\nproposals:\n"),
        ("commitment: c1", "commitment: c99"),
        ("proposal: 2026-m4t7k", "proposal: 2026-zzzzz"),
    ],
)
def test_what_a_policy_names_must_be_there(project: Project, old: str, new: str) -> None:
    whole = POLICY if old.startswith(("commitment", "proposal: ")) else POLICY.partition("commitments:")[0]
    project.with_base().write("registry/policies/pol-night-buses.yaml", whole.replace(old, new))
    said = project.huiyin("check")
    assert said.code == 1
    assert "reference-unknown" in said.out
    (wrong,) = {*new.split()} & {
        "a-nobody",
        "m-nobody",
        "nothing",
        "2026-zzzzz",
        "nowhere",
        "t-nothing",
        "r-nothing",
        "c99",
    }
    assert wrong in said.out


@pytest.mark.parametrize(
    ("old", "new"),
    [("by: [m-lu-chunyan]", "by: [g-nobody]"), ("to: a-transport", "to: a-nobody")],
)
def test_what_research_names_must_be_there(project: Project, old: str, new: str) -> None:
    project.with_base().write(NAME, RESEARCH.replace(old, new))
    said = project.huiyin("check")
    assert said.code == 1
    assert "reference-unknown" in said.out


def _written(text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / "registry" / "research").mkdir(exist_ok=True)
        (root / NAME).write_text(text, encoding="utf-8")

    return change


@pytest.mark.parametrize(("who", "may"), [(MEMBER, True), (NPC, True), (OTHER_MEMBER, False), (HOUSING, False)])
def test_research_is_recorded_by_whose_it_is_or_by_an_office(project: Project, who: int, may: bool) -> None:
    bare = Bare(project)
    said = bare.guard(bare.submit(_written(RESEARCH)), who)
    assert ("error[record-not-theirs]" not in said.out) == may
    assert (said.code == 0) == may, said.out


@pytest.mark.parametrize(
    ("who", "text", "may"),
    [
        (TRANSPORT, RESEARCH + ANSWER, True),
        (HOUSING, RESEARCH + ANSWER, False),
        (TRANSPORT, RESEARCH.replace("r-night-buses\ntitle: ", "r-night-buses\ntitle: 重新看") + ANSWER, False),
        (MEMBER, RESEARCH + ANSWER, True),
    ],
)
def test_an_agency_records_its_own_answer_and_nothing_else(project: Project, who: int, text: str, may: bool) -> None:
    project.with_base().write(NAME, RESEARCH)
    bare = Bare(project)
    said = bare.guard(bare.submit(_written(text)), who)
    assert ("error[record-not-theirs]" not in said.out) == may, said.out


@pytest.mark.parametrize("kind", ["research", "policy"])
def test_schemas_of_an_earlier_day_know_neither(project: Project, kind: str) -> None:
    project.with_base().write(NAME, RESEARCH)
    project.write("registry/policies/pol-night-buses.yaml", POLICY.partition("commitments:")[0])
    (project.root / "schema" / f"{kind}.schema.json").unlink()
    said = project.huiyin("check")
    assert said.code == 1
    assert "file-unexpected" in said.out


def test_a_change_of_any_record_is_a_change_of_what_all_pages_share(demonstration: Site) -> None:
    registry = demonstration.registry
    before = shared(registry)
    for folder in ("topics", "research", "policies", "signals", "scores", "members"):
        held = dict(getattr(registry, folder))
        held.popitem()
        fewer = {folder: held}
        assert shared(replace(registry, **fewer)) != before, folder  # type: ignore[arg-type]


def test_they_are_found_with_their_facets_and_nothing_of_a_later_day(demonstration: Site) -> None:
    registry, words = demonstration.registry, demonstration.vocabulary
    found = {one.id: one for one in records(registry, demonstration.cases, DAY)}
    assert set(found) == {*registry.topics, *registry.research, *registry.policies}
    policy = found["pol-school-gates"]
    assert (policy.url, policy.facets["kind"], policy.facets["stage"]) == (
        "policies/pol-school-gates/", ("policy",), ("policy-standing",),
    )  # fmt: skip
    assert policy.facets["lead"] == ("a-education",)
    assert "望教〔2025〕96号" in policy.text
    values = {facet.id: facet.values for facet in facets(registry, demonstration.cases, words)}
    for one in found.values():
        for facet, ids in one.facets.items():
            assert set(ids) <= set(values[facet]), (one.id, facet)
    early = {one.id: one for one in records(registry, cases(registry, date(2025, 8, 1)), date(2025, 8, 1))}
    assert early["pol-school-gates"].facets["stage"] == ("policy-pilot",)
    assert "96号" not in early["pol-school-gates"].text
    assert "r-parking-demand" not in early


def test_the_table_of_signals_holds_what_the_files_hold(demonstration: Site) -> None:
    rows = list(signal_rows(demonstration.scope))
    assert {(month, category, area): tickets for _, month, category, area, _, tickets, _, _ in rows} == cells()
    assert {(state, tickets is None) for _, _, _, _, state, tickets, _, _ in rows} == {
        ("counted", False), ("suppressed", True),
    }  # fmt: skip


def test_each_member_has_a_feed_of_what_the_page_tells(demonstration: Site) -> None:
    made = {one.path: one.make() for one in suggested_feeds(demonstration.scope, "https://huiyin.example/")}
    assert set(made) == {f"feeds/m/{name}/suggested.atom" for name in files("members")}
    root = ElementTree.fromstring(made["feeds/m/m-qiu-zhaohui/suggested.atom"])  # noqa: S314 (our own)
    space = {"a": "http://www.w3.org/2005/Atom"}
    entries = root.findall("a:entry", space)
    assert [one.findtext("a:title", "", space) for one in entries] == ["诉求上升、诉求多：交通出行", "诉求多：生态环境"]
    assert "65 件；上年同月 38 件" in entries[0].findtext("a:content", "", space)
    assert entries[0].findtext("a:updated", "", space).startswith("2026-11-01")
    assert len({one.findtext("a:id", "", space) for one in entries}) == len(entries)


def test_a_registry_without_any_of_them_is_sound(project: Project) -> None:
    project.with_base()
    law = load_law(ROOT / "schema", ROOT)
    registry = load_registry(project.root / "registry", law, project.root).registry
    assert registry
    assert list(records(registry, cases(registry, DAY), DAY)) == []
