"""Mapping files: every mistake is found at its place, and nothing is written then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from huiyin import yamltext
from huiyin.ledger.mapping_file import read_mapping
from huiyin.load import Law
from huiyin.report import report
from tests.golden import kept
from tests.ledger.conftest import SMALL, Attempt, Run
from tests.project import ROOT
from tests.schema_places import all_places, broken, met

HERE = ROOT / "tests" / "ledger" / "mappings"
VALID = [
    *sorted((ROOT / "tests" / "mappings").glob("*.yaml")),
    HERE / "workbook.yaml",
    *sorted(HERE.glob("everything*.yaml")),
]
INVALID = sorted(HERE.glob("wrong-*.yaml"))

ROW = {"title": "关于修路的建议", "who": "甲某"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("title: title", "title: tittle", "是不是想写“title”？"),
        ("交通: transport", "交通: transports", "没有类别 transports"),
        ("always: npc", "always: npx", "没有机构 npx"),
        ("Asia/Shanghai", "Asia/Beijing", "没有时区 Asia/Beijing"),
        ('"{number}"', '"{number"', "花括号没有成对"),
        ('"{number}"', '"{}"', "花括号没有成对"),
        ("  id: npc-1", "  form: 第{term}次\n  id: npc-1", "不知道是哪一栏的写法"),
        ("  id: npc-1", "  column: who\n  form: 第{Term}次\n  id: npc-1", "部分的名字不对"),
        ("otherwise: 台账没有写}\n  accepted", "otherwise: 没有, letter: true}\n  accepted", "以下几组选一组"),
        ("{unknown: 台账没有写}\n  assigned", "{letter: true, otherwise: 没有}\n  assigned", "没有 document.letter_in"),
        (
            "  assigned:\n    lead: {column: agency}\n    co: [co]\n    day: {unknown: 台账没有写}\n",
            "",
            "没有 assigned",
        ),
        ("{type: jsonl,", '{type: jsonl, delimiter: ",",', "只用于 csv"),
        ("{type: jsonl,", "{type: jsonl, header: 2,", "header 只用于 csv、xlsx"),
        ("{type: jsonl,", "{type: jsonl, sheets: all,", "sheets 只用于 xlsx"),
        ("{type: jsonl,", "{type: xlsx, encoding: utf-8,", "encoding 只用于 csv、jsonl"),
        ("{type: jsonl,", "{sheets: some,", "以下几组选一组"),
        ("fields:", "agencies: {npx: {甲: [乙]}}\nfields:", "没有机构 npx"),
        ("fields:", "agencies: {npc: {甲: [丙], 乙: [丙]}}\nfields:", "“丙”既算 甲 又算 乙"),
        ("licence: CC0", "licence: 请联系 13912345678", "这里有手机号码"),
        ("source: {code", "sources: {code", "没有“sources”这个栏目"),
        ("  id: npc-1", "  otherwise: {id: x, title: {zh: 一}}\n  id: npc-1", "otherwise 只在写了 column 时有用"),
        ("form: [iso, western]", "form: [month_day]", "month_day 和 year 要一起写"),
        ("form: [iso, western]", 'form: [iso], year: "2025"', "month_day 和 year 要一起写"),
        ("  category:", "  occasion: {always: in-session}\n  category:", "只能是：between_sessions、in_session"),
    ],
)
def test_a_mistake_in_the_mapping_is_told_and_nothing_is_written(attempt: Attempt, old: str, new: str, said: str):
    told = attempt(ROW, change=((old, new),))
    assert told.code == 2
    assert said in told.err
    assert "map.yaml:" in told.err
    assert told.out == ""
    assert not attempt.folder.exists()


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("type: reminded, set: {agencies: {column: agency}}", "是不是想写“agency”？"),
        ("type: reassigned, set: {co: {column: co}}", "没有内容 co"),
        ("type: contacted, set: {how: {always: fax}}", "没有代号 fax"),
        ("type: contacted, set: {text: {column: co}}", "contacted 缺少 how（沟通方式）"),
        ("type: contacted, set: {how: {always: visit}}, by: agency", "没有写是哪一栏的单位"),
        ("type: fulfilled", "不在允许的取值之内"),
    ],
)
def test_a_mistake_in_a_step_is_told(attempt: Attempt, step: str, said: str):
    steps = f"steps:\n  - {{{step}, when: {{column: kind}}, day: {{unknown: 没有写}}}}\nevents:"
    told = attempt(ROW, change=(("events:", steps),))
    assert told.code == 2
    assert said in told.err
    assert not attempt.folder.exists()


def test_a_missing_column_is_told_once_where_it_stands_first(attempt: Attempt):
    change = (("title: title", "title: 案由"), ("fields:", "corrections: {案由: {a: b}}\nfields:"))
    told = attempt(ROW, change=change)
    assert told.err.count("台账里没有“案由”这一栏") == 1


def test_columns_that_may_be_absent_are_no_mistake(attempt: Attempt):
    assert attempt(ROW).code == 0


def test_where_no_row_becomes_a_proposal_nothing_is_written(attempt: Attempt):
    told = attempt({**ROW, "title": ""})
    assert told.code == 2
    assert "标题是空的" in told.out
    assert "什么也没有写" in told.err
    assert not attempt.folder.exists()


@pytest.mark.parametrize("missing", ["ledger", "map.yaml"])
def test_a_file_that_is_not_there_is_one_message(attempt: Attempt, missing: str):
    attempt(ROW)
    (attempt.base / missing).unlink()
    told = attempt.again()
    assert told.code == 2
    assert missing in told.err


@pytest.mark.parametrize("text", ["", "[]", "a: b: c", "\x00", SMALL * 2])
def test_no_text_of_a_mapping_makes_it_fail_in_another_way(tmp_path: Any, law: Law, text: str):
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    read = read_mapping(path, law, tmp_path)
    assert read.mapping is None
    assert read.findings


def test_messages_speak_english_too(attempt: Attempt):
    told = attempt(ROW, change=(("title: title", "title: tittle"),), lang="en")
    assert 'the ledger has no column "tittle"' in told.err


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_the_mappings_of_this_repository_are_sound(law: Law, path: Any):
    assert read_mapping(path, law, ROOT).findings == ()


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_a_wrong_mapping_gives_the_report_beside_it(law: Law, path: Any):
    text = report(read_mapping(path, law, ROOT).findings, "text", "zh", 1) + "\n"
    assert text == kept(path.with_suffix(".expected.txt"), text)


CLASSES = ("partly_resolved", "scheduled", "reference", "infeasible", "escalated")
STEPS = (
    *("refused", "reassigned", "signed_for", "return_requested", "return_granted", "return_refused", "objected"),
    *("contacted", "co_opinion", "extension_requested", "extended", "extension_refused", "replied", "rated"),
    *("rehandling_ordered", "reminded", "supervised", "key_supervised", "listed", "progressed", "followed_up"),
    *("looked_back", "evaluated", "closed", "reopened"),
)
FRAGMENTS: list[Any] = [
    *({"steps": [{"type": name}]} for name in STEPS),
    *({"steps": [{"by": name}]} for name in ("proposer", "handlers", "body_office", "government_office")),
    *({"format": {"encoding": name}} for name in ("gb18030", "big5", "utf-16")),
    {"format": {"sheets": "all"}},
    {"registry": {"locale": "en", "intake": "private"}},
    {"kind": {"always": "opinion_report"}},
    *({"proposers": {"middle_dot": dot}} for dot in ("．", "・")),
    {"events": {"assigned": {"by": "body_office"}}},
    *({"events": {"replied": {"class": {"default": name}}}} for name in CLASSES),
]
"""What one mapping cannot say beside another value of the same key."""


def read(path: Path) -> Any:
    return yamltext.read(path.read_text("utf-8")).data


def test_the_mappings_of_this_repository_show_everything_that_the_schema_has(law: Law):
    schema = law.shapes.schemas["mapping"]
    shown = set().union(*(met(schema, data) for data in [*map(read, VALID), *FRAGMENTS]))
    kinds = ("property", "enum", "const", "pattern")
    assert sorted(place for place in all_places(schema) - shown if place.kind in kinds) == []


def spoilt(data: Any, node: Any) -> Iterator[Any]:
    """Yield `data` with one thing in it made wrong, at every place: another type, a key too few, a key too many."""
    if isinstance(node, dict):
        node["Nonsense"] = 1
        yield data
        del node["Nonsense"]
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        value = node[key]
        for wrong in (7.5, False, "\n", ""):
            node[key] = wrong
            yield data
        if isinstance(node, dict):
            items = list(node.items())
            del node[key]
            yield data
            node.clear()
            node.update(items)
        node[key] = value
        if isinstance(value, (dict, list)):
            yield from spoilt(data, value)


def test_everything_that_the_schema_says_is_broken_by_one_wrong_value(law: Law):
    schema = law.shapes.schemas["mapping"]
    hit = set()
    some = (ROOT / "tests" / "mappings" / "hlcc.yaml", HERE / "workbook.yaml", *sorted(HERE.glob("everything*.yaml")))
    for data in map(read, some):
        assert broken(schema, data) == set()
        for wrong in spoilt(data, data):
            hit |= broken(schema, wrong)
    assert [place.pointer for place in sorted(all_places(schema) - hit)] == []


def test_every_key_of_the_schema_has_a_title_in_both_languages(law: Law):
    waiting: list[Any] = [law.shapes.schemas["mapping"]]
    while waiting:
        node = waiting.pop()
        for key, child in node.get("properties", {}).items():
            assert "$ref" in child or " / " in child.get("title", ""), key
        waiting.extend(child for group in ("properties", "$defs") for child in node.get(group, {}).values())
        waiting.extend(node[key] for key in ("items", "additionalProperties") if isinstance(node.get(key), dict))


def test_a_workbook_imports_with_its_worksheets_names_and_titles(huiyin: Run, tmp_path: Any, assert_sound: Any):
    ledger = tmp_path / "台账.xlsx"
    with xlsxwriter.Workbook(str(ledger)) as book:
        for year in ("2025年", "2026年"):
            sheet = book.add_worksheet(year)
            sheet.merge_range("A1:E1", f"{year}建议办理情况")
            sheet.merge_range("A2:A3", "编号")
            sheet.merge_range("B2:B3", "案由")
            sheet.merge_range("C2:D2", "办理单位")
            sheet.merge_range("E2:E3", "领衔\n代表")
            sheet.write_row("C3", ["主办", "协办"])
            sheet.write_row("A4", ["0042", f"关于修路的建议（{year}）", "住建局", "城管局", "方若兰"])
            sheet.write_row("A5", ["合计", "1 件"])
    told = huiyin("import", ledger, "--mapping", HERE / "workbook.yaml", "--into", tmp_path / "out")
    assert told.code == 0, told.err
    assert told.out.startswith("共 2 行\n  导入 2\n")
    assert_sound(tmp_path / "out")
    found = [path.read_text("utf-8") for path in (tmp_path / "out" / "proposals").rglob("*.yaml")]
    assert sorted("session: npc-2025" in text for text in found) == [False, True]


def test_a_mapping_that_uses_everything_imports(huiyin: Run, tmp_path: Any, assert_sound: Any):
    ledger = HERE / "everything.csv"
    told = huiyin("import", ledger, "--mapping", HERE / "everything.yaml", "--into", tmp_path / "out")
    assert told.code == 0, told.err
    assert_sound(tmp_path / "out")
    texts = {path.name: path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.yaml")}
    whole = "".join(texts[name] for name in sorted(texts))
    for piece in ("type: rated", "type: closed", "type: withdrawn", "by: o-gov", "letter: A", "reasons: 太慢。"):
        assert piece in whole, piece
