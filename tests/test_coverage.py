"""Coverage of the rules: what is wrong with a table, what a key names, and that nothing unread is told as a number."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import huiyin.checks  # noqa: F401 (rules declare themselves when their modules are imported)
from huiyin.coverage import Coverage, Document, has
from huiyin.load import Law, LawError, load_coverage, load_law
from tests.project import ROOT, Project

HENAN = "henan.yaml"
WRONG = {
    "a table whose id is not its file's name": ("id: henan", "id: hainan", "id 应为 henan"),
    "a rule told twice": ("id: return\n", "id: intake\n", "intake 写了两次"),
    "a document that is not listed": ("{document: bf, article: 第三十条}", "{document: by}", "没有文件 by"),
    "a document that nothing cites": ("documents:\n", "documents:\n  none: {title: 无}\n", "没有规定引用文件 none"),
    "a pack that is not there": ("pack: henan-suggestion", "pack: henan", "没有规则包 henan"),
    "a row that the pack has not": ("key: clocks.feedback.any", "key: clocks.feedbak.any", "没有 clocks.feedbak.any"),
    "a case that the clock has not": ("clocks.feedback.any", "clocks.feedback.complex", "没有 clocks.feedback.complex"),
    "a table that packs have not": ("key: clocks.feedback.any", "key: fees", "没有 fees"),
    "a check that is not there": ("not_executed: sanction", "check: no-such-check", "没有检查 no-such-check"),
    "a code that is not one": ("not_executed: sanction", "not_executed: too_hard", "too_hard"),
    "a text that is not YAML": ("rows:\n", "rows: [\n", "yaml-syntax"),
}
"""Mistakes in a table: what stands there, what is written instead, and what is said."""

UNREAD = {"not_seen", "not_verified", "excerpt", "superseded", "house_rule", "place_unknown"}
AMOUNT = re.compile(r"[0-9一二三四五六七八九十]+(个)?(日|天|周|星期|月|工作日)内")


@pytest.fixture(scope="module")
def places(law: Law) -> tuple[Coverage, ...]:
    return load_coverage(ROOT / "schema", law, ROOT)


@pytest.mark.parametrize("mistake", WRONG)
def test_a_wrong_table_is_told_with_its_place(mistake: str, project: Project) -> None:
    right, wrong, words = WRONG[mistake]
    path = project.root / "schema" / "coverage" / HENAN
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    law = load_law(project.root / "schema", project.root)
    with pytest.raises(LawError) as caught:
        load_coverage(project.root / "schema", law, project.root)
    told = [f"{finding.rule.id} {finding.found.zh}" for finding in caught.value.findings]
    assert any(words in line for line in told), told
    assert {finding.place.file for finding in caught.value.findings} == {f"schema/coverage/{HENAN}"}
    assert all(finding.place.line > 1 for finding in caught.value.findings)


def test_a_project_without_such_tables_has_no_coverage(law: Law, tmp_path: Path) -> None:
    assert load_coverage(tmp_path, law, tmp_path) == ()


def test_a_key_names_a_table_a_row_or_a_case(law: Law) -> None:
    pack = law.packs["sichuan-cppcc"]
    keys = ("id", "clocks", "clocks.reply", "clocks.reply.in_session", "refusal_grounds.empty", "classes.resolved")
    assert [key for key in keys if not has(pack, key)] == []
    others = ("id.more", "clocks.reply.ordinary", "clocks.assign", "gaps", "fees", "refusal_grounds.full")
    assert [key for key in others if has(pack, key)] == []


def test_every_rule_that_was_read_stands_once_and_is_counted(places: tuple[Coverage, ...]) -> None:
    anchors = [f"{place.id}-{row.id}" for place in places for row in place.rows]
    assert len(set(anchors)) == len(anchors) >= 400
    for place in places:
        assert place.executed == sum(row.reason is None for row in place.rows)


def test_what_was_not_read_in_full_is_told_without_a_number(places: tuple[Coverage, ...]) -> None:
    rows = [row for place in places for row in place.rows if row.reason in UNREAD]
    assert [row.what.zh for row in rows if AMOUNT.search(row.what.zh)] == []
    assert len(rows) >= 60


def test_every_local_pack_is_named_by_a_rule(places: tuple[Coverage, ...], law: Law) -> None:
    named = {row.pack for place in places for row in place.rows}
    assert set(law.packs) - named == {"demo-assessment", "demo-cppcc", "imported"}


def test_a_citation_has_book_marks_only_around_a_title() -> None:
    assert Document("某市办法", "2020-01-10").say("第六条") == "《某市办法》（2020-01-10）第六条"
    assert Document("某市的一次通知", described=True).say() == "某市的一次通知"
