"""Importing again: what a changed ledger adds, and what people wrote in the meantime."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from huiyin.yamltext import read
from tests.ledger.conftest import Attempt

FIRST: dict[str, Any] = {"n": 1, "title": "关于修路的建议", "who": "甲某", "agency": "住建局", "number": "1"}
OTHER: dict[str, Any] = {"n": 2, "title": "关于路灯的建议", "who": "乙某", "agency": "住建局", "number": "2"}
ANSWER = {"reply": "已经修好。", "answered": "2025-04-20"}


def only(attempt: Attempt, title: str = "关于修路的建议") -> dict[str, Any]:
    found = [data for data in attempt.data("proposals") if data["title"] == title]
    assert len(found) == 1
    return found[0]


def path_of(attempt: Attempt, identifier: str) -> Path:
    return next(path for path in attempt.files("proposals") if path.stem == identifier)


def types(data: dict[str, Any]) -> list[str]:
    return [event["type"] for event in data["events"]]


def test_a_reply_that_came_in_since_is_a_new_event(attempt: Attempt, assert_sound: Any):
    attempt(FIRST, OTHER)
    before = only(attempt)
    said = attempt({**FIRST, **ANSWER}, OTHER)
    after = only(attempt)
    assert after["id"] == before["id"]
    assert after["events"][:-1] == before["events"]
    assert types(after)[-1] == "replied"
    assert after["status"] == "replied"
    assert "有变化 1" in said.out
    assert "未变 1" in said.out
    assert "新增节点 1 个" in said.out
    row = next(row for row in attempt.table() if row["row"] == "1")
    assert (row["change"], row["events"]) == ("changed", "replied")
    assert_sound(attempt.folder)


def test_the_changed_ledger_imported_twice_changes_nothing_more(attempt: Attempt):
    attempt(FIRST, OTHER)
    attempt({**FIRST, **ANSWER}, OTHER)
    before = {path: path.read_bytes() for path in attempt.folder.rglob("*.yaml")}
    said = attempt.again()
    assert "新写 0 个文件，改写 0" in said.out
    assert {path: path.read_bytes() for path in attempt.folder.rglob("*.yaml")} == before


def test_an_event_that_the_ledger_now_tells_otherwise_is_corrected_and_stays(attempt: Attempt, assert_sound: Any):
    attempt({**FIRST, **ANSWER})
    before = only(attempt)
    attempt({**FIRST, **ANSWER, "answered": "2025-04-21"})
    after = only(attempt)
    assert [event for event in after["events"] if event["type"] != "corrected"] == before["events"]
    corrected = next(event for event in after["events"] if event["type"] == "corrected")
    replied = next(event for event in before["events"] if event["type"] == "replied")
    assert corrected["event"] == replied["id"]
    assert "2025-04-20" in corrected["text"]
    assert "2025-04-21" in corrected["text"]
    assert_sound(attempt.folder)
    content = path_of(attempt, after["id"]).read_bytes()
    attempt.again()
    assert path_of(attempt, after["id"]).read_bytes() == content


EXTENDED = """steps:
  - type: extended
    when: {column: until}
    set: {due: {column: until}, reason: {always: 台账没有写}}
    day: {unknown: 台账没有写}
events:"""


@pytest.mark.parametrize("mine", [False, True])
def test_an_event_without_a_day_comes_in_where_the_row_has_it(attempt: Attempt, assert_sound: Any, mine: bool):
    row = {**FIRST, **ANSWER, "answered": ""}
    lack = ("may_lack: [n,", "may_lack: [n, until,")
    said = attempt(row, change=(lack,))
    assert said.code == 0, said.err
    path = attempt.files("proposals")[0]
    if mine:
        path.write_text(path.read_text(encoding="utf-8").replace("关于修路", "关于快修路"), encoding="utf-8")
    said = attempt({**row, "until": "2025-06-01"}, change=(lack, ("\nevents:", "\n" + EXTENDED)))
    assert said.code == 0, said.err
    assert [row["change"] for row in attempt.table()] == ["kept" if mine else "changed"]
    assert types(attempt.data("proposals")[0]) == ["submitted", "accepted", "assigned", "extended", "replied"]
    assert_sound(attempt.folder)


def test_a_changed_title_is_written_where_nobody_changed_the_file(attempt: Attempt):
    attempt(FIRST)
    identifier = only(attempt)["id"]
    attempt({**FIRST, "title": "关于修东门路的建议"})
    assert [data["title"] for data in attempt.data("proposals")] == ["关于修东门路的建议"]
    assert [data["id"] for data in attempt.data("proposals")] == [identifier]


def test_what_people_recorded_stays_and_the_row_adds_to_it(attempt: Attempt, assert_sound: Any):
    attempt(FIRST, OTHER)
    path = path_of(attempt, only(attempt)["id"])
    reminded = "  - id: e9\n    type: reminded\n    on: 2025-03-06\n    by: o-npc\n    text: 已催\n"
    mine = path.read_text(encoding="utf-8") + reminded
    path.write_text(mine, encoding="utf-8")
    said = attempt({**FIRST, **ANSWER, "title": "台账里改了标题"}, OTHER)
    assert said.code == 0
    text = path.read_text(encoding="utf-8")
    assert reminded in text
    data = read(text).data
    assert data["title"] == "关于修路的建议"
    assert types(data)[-2:] == ["reminded", "replied"]
    assert len({event["id"] for event in data["events"]}) == len(data["events"])
    assert "有人改过，只添节点 1" in said.out
    row = next(row for row in attempt.table() if row["row"] == "1")
    assert (row["change"], row["events"], row["differing"]) == ("kept", "replied", "title")
    assert_sound(attempt.folder)
    attempt.again()
    assert path.read_text(encoding="utf-8") == text


def test_a_proposal_that_people_went_on_with_is_untouched_while_its_row_stays(attempt: Attempt):
    attempt(FIRST)
    path = attempt.files("proposals")[0]
    path.write_text(path.read_text(encoding="utf-8") + "# 我的注\n", encoding="utf-8")
    before = path.read_bytes()
    assert attempt.again().code == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", ["members", "agencies"])
def test_members_and_agencies_that_people_changed_are_left_alone_and_named(attempt: Attempt, kind: str):
    attempt(FIRST)
    path = attempt.files(kind)[0]
    mine = path.read_text(encoding="utf-8").replace("name: ", "name: 我改的")
    path.write_text(mine, encoding="utf-8")
    said = attempt({**FIRST, **ANSWER})
    assert said.code == 0
    assert path.read_text(encoding="utf-8") == mine
    assert "有人改过、没有覆盖 1" in said.out
    assert path.name in said.out


def test_settings_that_people_changed_are_left_alone(attempt: Attempt):
    attempt(FIRST)
    path = attempt.folder / "registry.yaml"
    mine = path.read_text(encoding="utf-8").replace("登记册", "我的登记册")
    path.write_text(mine, encoding="utf-8")
    said = attempt(FIRST, change=(("name: {zh: 登记册}", "name: {zh: 映射里的新名称}"),))
    assert path.read_text(encoding="utf-8") == mine
    assert "有人改过、没有覆盖 1：registry.yaml" in said.out


def test_changed_settings_that_lack_the_body_are_refused(attempt: Attempt):
    attempt(FIRST)
    path = attempt.folder / "registry.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: npc", "id: other"), encoding="utf-8")
    before = {file: file.read_bytes() for file in attempt.folder.rglob("*.yaml")}
    said = attempt({**FIRST, **ANSWER})
    assert said.code == 2
    assert "里面没有机构 npc" in said.err
    assert {file: file.read_bytes() for file in attempt.folder.rglob("*.yaml")} == before


def test_rows_that_are_gone_are_reported_and_stay(attempt: Attempt):
    attempt(FIRST, OTHER)
    gone = only(attempt, "关于路灯的建议")["id"]
    said = attempt(FIRST)
    assert said.code == 0
    assert f"台账里没有了、登记册里保留 1 件（{gone}）" in said.out
    assert path_of(attempt, gone).exists()


def test_the_ledger_of_the_next_year_comes_beside_the_first(attempt: Attempt, assert_sound: Any):
    attempt(FIRST, {**OTHER, "agency": "住 建 局"})
    attempt({**FIRST, "n": 1, "title": "关于桥的建议", "number": "9", "agency": "住建局"})
    assert len(attempt.data("proposals")) == 3
    assert [data.get("aliases") for data in attempt.data("agencies")] == [["住 建 局"]]
    assert_sound(attempt.folder)


def test_an_event_that_the_row_lost_stays_and_is_not_undone(attempt: Attempt):
    attempt({**FIRST, **ANSWER})
    before = only(attempt)["events"]
    attempt(FIRST)
    assert only(attempt)["events"] == before


def test_a_row_without_a_number_is_known_by_title_and_proposer(attempt: Attempt):
    row = {key: value for key, value in FIRST.items() if key != "number"}
    attempt(row)
    identifier = only(attempt)["id"]
    attempt({**row, **ANSWER})
    assert only(attempt)["id"] == identifier


def test_two_rows_that_look_alike_are_not_confused(attempt: Attempt):
    row = {key: value for key, value in FIRST.items() if key != "number"}
    attempt(row, {**row, "agency": "交通局"})
    attempt(row, {**row, "agency": "交通局", **ANSWER})
    replied = [data for data in attempt.data("proposals") if data["status"] == "replied"]
    assert len(attempt.data("proposals")) == 2
    assert len(replied) == 1


def test_a_key_keeps_the_id_whatever_else_changes(attempt: Attempt):
    change = (("ignore: [n]", "ignore: [n], key: [n]"),)
    attempt(FIRST, OTHER, change=change)
    before = {data["title"]: data["id"] for data in attempt.data("proposals")}
    attempt(OTHER, {**FIRST, "title": "全改了", "who": "丙某", "number": "77"}, change=change)
    after = {data["title"]: data["id"] for data in attempt.data("proposals")}
    assert after == {"全改了": before["关于修路的建议"], "关于路灯的建议": before["关于路灯的建议"]}


def test_a_file_that_is_no_yaml_any_more_stops_the_import(attempt: Attempt):
    attempt(FIRST)
    path = attempt.files("proposals")[0]
    path.write_text(path.read_text(encoding="utf-8") + "\t: [", encoding="utf-8")
    before = path.read_bytes()
    said = attempt({**FIRST, **ANSWER})
    assert said.code == 2
    assert path.name in said.err
    assert path.read_bytes() == before


BROKEN = {
    "a noun that is empty": ("members", lambda text: text[:0]),
    "a noun that is no YAML": ("members", lambda text: text + 'name: "x\n'),
    "settings that are no YAML": ("registry.yaml", lambda text: text + "  foo: [\n"),
    "settings without bodies": ("registry.yaml", lambda text: re.sub(r"(?ms)^bodies:.*?^(?=\w)", "bodies: 3\n", text)),
    "a proposal without events": ("proposals", lambda text: re.sub(r"(?ms)^events:.*", "events: []\n", text)),
    "an event that is a word": ("proposals", lambda text: text + "  - foo\n"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_file_that_people_broke_stops_the_import(attempt: Attempt, what: str):
    attempt(FIRST)
    where, broken = BROKEN[what]
    path = attempt.folder / where if where.endswith(".yaml") else attempt.files(where)[0]
    before = path.read_text(encoding="utf-8")
    path.write_text(broken(before), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != before
    stood = {file: file.read_bytes() for file in attempt.folder.rglob("*") if file.is_file()}
    said = attempt({**FIRST, **ANSWER})
    assert said.code == 2
    assert path.name in said.err
    assert "huiyin check" in said.err
    assert {file: file.read_bytes() for file in attempt.folder.rglob("*") if file.is_file()} == stood


def test_a_dry_run_says_what_would_happen_and_writes_nothing(attempt: Attempt, huiyin: Any):
    attempt(FIRST, OTHER)
    before = {path: path.read_bytes() for path in attempt.base.rglob("*") if path.is_file()}
    rows = [{**FIRST, **ANSWER}, OTHER, {"n": 3, "who": "丙某"}]
    ledger = attempt.base / "next.jsonl"

    ledger.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    said = huiyin("import", ledger, "--mapping", attempt.base / "map.yaml", "--into", attempt.folder, "--dry-run")
    assert said.code == 0
    assert "有变化 1" in said.out
    assert "第 3 行  拒收  标题是空的" in said.out
    assert "who: 丙某" in said.out
    assert "什么也没有写" in said.out
    ledger.unlink()
    assert {path: path.read_bytes() for path in attempt.base.rglob("*") if path.is_file()} == before


def test_a_dry_run_needs_no_folder(attempt: Attempt, huiyin: Any):
    attempt(FIRST)
    said = huiyin("import", attempt.base / "ledger", "--mapping", attempt.base / "map.yaml", "--dry-run")
    assert (said.code, said.err) == (0, "")
    assert "导入 1" in said.out
