"""The tables in `schema/`: what is inherited, what is wrong with them, and where they come from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from huiyin.load import Law, LawError, load_law
from tests.project import ROOT, Project

MOTION, BASE, YEAR = "rules/cn-motion.yaml", "rules/base.yaml", "calendar/2026.yaml"
WEIGHTS = "rules/demo-assessment.yaml"
SUGGESTION, DEMO, IMPORTED = "rules/cn-suggestion.yaml", "rules/demo-cppcc.yaml", "rules/imported.yaml"
SOURCE_2025 = (
    "        source: {document: 中华人民共和国全国人民代表大会和地方各级人民代表大会代表法, article: 第五十一条第二款, "
    "date: 2025-03-11}\n"
)
A_TERM = "    terms:\n      - {value: 1, unit: month, from: 2020-01-01, source: {document: 办法, date: 2020-01-01}}\n"
ROLLS = (
    "counting: {rollover: false, source: {document: 办法, date: 2020-01-01}}\nclocks:\n  reply:\n    rollover: true\n"
)
NEW_YEAR = "first: 2026-01-01, last: 2026-01-03"
WRONG = {
    "a pack that extends one that is not there": (MOTION, "extends: base", "extends: bse", "没有规则包 bse"),
    "packs that extend one another in a circle": (BASE, "abstract: true", "extends: cn-motion", "继承成环"),
    "a pack whose id is not its file's name": (MOTION, "id: cn-motion", "id: motion", "id 应为 cn-motion"),
    "a class scheme that is not there": (
        MOTION,
        "extends: base",
        "extends: base\nclass_scheme: abc",
        "没有类别方案 abc",
    ),
    "a state of a stage that is not there": (BASE, "stage: reply,", "stage: replies,", "没有阶段 replies"),
    "a move from a state that is not there": (BASE, "from: [return_pending]", "from: [returned]", "没有状态 returned"),
    "a move to a state that is not there": (BASE, "[closed], to: handling", "[closed], to: open", "没有状态 open"),
    "waiting in a state that is not there": (BASE, "until_all: handling", "until_all: waiting", "没有状态 waiting"),
    "a key that no pack has": (MOTION, "jurisdiction", "juristiction", "没有“juristiction”这个栏目"),
    "a pack that is not YAML": (MOTION, "id: cn-motion", "id: [cn-motion", "yaml-syntax"),
    "a span that ends before it begins": (YEAR, NEW_YEAR, "first: 2026-01-03, last: 2026-01-01", "有误"),
    "a span of another year": (YEAR, NEW_YEAR, "first: 2028-01-01, last: 2028-01-03", "有误"),
    "a day that is closed and worked": (YEAR, "first: 2026-01-04", "first: 2026-01-03", "2026-01-03 写了两次"),
    "a make-up day on a weekday": (
        YEAR,
        "first: 2026-01-04, last: 2026-01-04",
        "first: 2026-01-05, last: 2026-01-05",
        "2026-01-05 是平日",
    ),
    "a day that no year has": (YEAR, "first: 2026-01-04", "first: 2026-02-30", "2026-02-30"),
    "a state that is never reached": (BASE, "  closed:\n    by", "  closes:\n    by", "closes"),
    "a state that nothing leaves": (
        BASE,
        "moves: [{from: [submitted], to: accepted}]",
        "moves: [{from: [submitted], to: same}]",
        "状态 accepted 到不了",
    ),
    "a final state that is none": (
        BASE,
        "stage: submission, final: true",
        "stage: submission",
        "状态 withdrawn 出不去",
    ),
    "two terms at once": (SUGGESTION, "until: 2025-03-11", "until: 2025-03-12", "期限同时有效"),
    "a term that ends before it begins": (SUGGESTION, "until: 2025-03-11", "until: 2015-03-11", "止于生效之前"),
    "a number without a source": (SUGGESTION, SOURCE_2025, "", "缺少 source"),
    "a cap of what cannot be extended": (DEMO, "    extendable: true\n", "", "写了最长，却不能延期"),
    "a clock that nothing starts": (
        SUGGESTION,
        "{law: assignment, on: [assigned]}",
        "{law: assignment}",
        "没有起算节点",
    ),
    "a commitment with a term": (BASE, "    void_on: [dropped]\n", A_TERM, "per 和 terms 不相配"),
    "a promise of an agency": (BASE, "per: commitment", "per: event", "不相配"),
    "a new start without a source": (
        SUGGESTION,
        "    extendable: true\n",
        "    restarts_on: [reassigned]\n",
        "重新起算没有出处",
    ),
    "a roll-over without a source": (SUGGESTION, "clocks:\n  reply:\n", ROLLS, "顺延没有出处"),
    "a row that is not inherited": (
        IMPORTED,
        "without: {clocks: [commitment]}",
        "without: {clocks: [reply]}",
        "所继承的没有 reply",
    ),
    "an item of assessment without clocks": (WEIGHTS, "    clocks: [look_back]\n", "", "没有写全"),
    "an item of assessment of nobody": (WEIGHTS, "    of: government_office\n", "", "没有写全"),
    "a duty that is another's": (WEIGHTS, "of: agency\n    measure: asks", "of: proposer\n    measure: asks", "不考核"),
    "an item of assessment twice": (WEIGHTS, "- id: result\n", "- id: attitude\n", "项目 attitude 重复"),
    "a category without a name": ("categories.yaml", "title: {zh: 其他,", "title: {", "缺少 zh"),
}
"""Mistakes in tables: in which file, what stands there, what is written instead, and what is said."""


@pytest.mark.parametrize("mistake", WRONG)
def test_a_wrong_table_stops_every_command_and_says_where(mistake: str, project: Project) -> None:
    name, right, wrong, words = WRONG[mistake]
    path = project.with_base().root / "schema" / name
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    said = project.huiyin("check")
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert f"--> schema/{name}:" in said.err
    with pytest.raises(LawError) as caught:
        load_law(project.root / "schema", project.root)
    assert caught.value.findings


def test_all_tables_are_looked_at_before_it_stops(project: Project) -> None:
    for name in ("rules/cn-motion.yaml", "calendar/2009.yaml", "categories.yaml"):
        (project.root / "schema" / name).write_text("[\n", encoding="utf-8")
    with pytest.raises(LawError) as caught:
        load_law(project.root / "schema", project.root)
    assert {finding.place.file for finding in caught.value.findings} == {
        "schema/rules/cn-motion.yaml",
        "schema/calendar/2009.yaml",
        "schema/categories.yaml",
    }


def test_a_pack_takes_over_a_class_scheme_as_a_whole_and_still_writes_rows_of_its_own(project: Project) -> None:
    project.write(
        "schema/rules/city.yaml",
        "# yaml-language-server: $schema=../rules.schema.json\n"
        "id: city\ntitle: {zh: 某市（虚构）}\nextends: cn-suggestion\nas_of: 2026-06-30\n"
        "class_scheme: class-scheme-abcd-plan\n"
        'classes:\n  reference: {title: {zh: 供研究}, letter: E, mark: "○", tone: plain}\n',
    )
    pack = load_law(project.root / "schema", project.root).packs["city"]
    letters = {code: kind.letter for code, kind in pack.classes.items()}
    assert letters == {
        "resolved": "A",
        "in_progress": "B",
        "scheduled": "C",
        "infeasible": "D",
        "reference": "E",
        "not_stated": None,
    }
    assert set(pack.clocks) == {"reply", "commitment"}


def test_without_a_folder_there_is_no_law(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_law(tmp_path / "schema", tmp_path)


def test_a_pack_has_everything_of_those_it_extends_and_its_own_rows_go_before(law: Law) -> None:
    base, imported = law.packs["base"], law.packs["imported"]
    assert set(imported.states) == set(base.states)
    assert imported.classes == base.classes
    assert imported.events["reminded"] == base.events["reminded"]
    assert imported.events["replied"] != base.events["replied"]
    assert imported.disclosure_grounds == base.disclosure_grounds
    assert base.abstract
    assert not imported.abstract


def test_every_number_from_law_has_a_document_a_date_and_an_order_of_days(law: Law) -> None:
    for pack in law.packs.values():
        grounds = (*pack.refusal_grounds, *pack.disclosure_grounds)
        cited = [ground.source for ground in grounds] + [term.source for c in pack.clocks.values() for term in c.terms]
        for source in cited:
            assert source.document
            assert source.date <= pack.as_of
        for clock in pack.clocks.values():
            assert clock.rollover_source or not clock.rollover
            assert all(term.until is None or term.start <= term.until for term in clock.terms)


def test_stages_and_states_have_both_languages_and_every_state_is_reached(law: Law) -> None:
    base = law.packs["base"]
    reached = {move.target for rule in base.events.values() for move in rule.moves}
    assert set(base.states) <= reached
    for noun in (*base.stages, *base.states.values(), *base.classes.values()):
        assert noun.title.zh != noun.title.en
    assert len(base.stages) == 7


def test_words_stand_for_every_code(law: Law) -> None:
    words = law.vocabulary
    assert set(words.events) == set(law.packs["base"].events)
    roles = {role for rule in law.packs["base"].events.values() for role in (*rule.by, *(rule.recorded_by or ()))}
    assert roles <= set(words.roles)
    for name, table in vars(words).items():
        for code, said in table.items():
            assert said.zh, (name, code)
            assert said.en, (name, code)


def test_calendars_name_the_notice_that_they_follow() -> None:
    for path in sorted((ROOT / "schema" / "calendar").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert ("notices: []" in text) == ("closed: []" in text), path.name
        if "notices: []" not in text:
            assert "gov.cn/" in text


def test_rules_of_an_older_commit_whose_schema_lacks_a_word_are_read(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "schema", tmp_path / "schema")
    path = tmp_path / "schema/proposal.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    del schema["properties"]["taken_out"]
    path.write_text(json.dumps(schema), encoding="utf-8")
    vocabulary = load_law(tmp_path / "schema", tmp_path).vocabulary
    assert vocabulary.taken_out == {}
    assert vocabulary.kinds
