"""Rows to proposals: what comes in, what is out of scope, what is rejected and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin import yamltext
from huiyin.ledger.assemble import Assembly
from huiyin.ledger.convert import convert
from huiyin.ledger.known import Known, Matcher
from huiyin.ledger.mapping_file import typed
from huiyin.ledger.outcomes import Draft, Record, Refusal
from huiyin.ledger.rows import Row
from huiyin.load import Law
from huiyin.today import today
from tests.ledger.conftest import SMALL, Attempt

WHOLE: dict[str, Any] = {
    "title": "关于延长开放时间的建议",
    "who": "甲某",
    "category": "交通",
    "handed_in": "2025/1/14",
    "number": "0001",
    "agency": "文旅局",
    "co": "财政局、住建局",
    "reply": "已延长。",
    "answered": "2025-04-20",
}


def test_a_whole_row_becomes_a_sound_proposal(attempt: Attempt, assert_sound: Any):
    assert attempt(WHOLE).code == 0
    (proposal,) = attempt.data("proposals")
    assert [(event["type"], event.get("on")) for event in proposal["events"]] == [
        ("submitted", "2025-01-14"),
        ("accepted", None),
        ("assigned", None),
        ("replied", "2025-04-20"),
    ]
    assert {event["channel"] for event in proposal["events"]} == {"import"}
    assert proposal["status"] == "replied"
    assert proposal["events"][3]["class"] == "not_stated"
    assert len(proposal["events"][2]["co"]) == 2
    assert proposal["source"]["row"] == 1
    assert_sound(attempt.folder)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "title-empty"),
        ({"title": "长" * 401}, "schema-size"),
        ({"reply": "长" * 50_001}, "schema-size"),
        ({"number": "长" * 41}, "schema-size"),
        ({"who": ""}, "proposer-missing"),
        ({"who": "甲某？"}, "name-odd"),
        ({"who": "无"}, "name-odd"),
        ({"who": "甲某等12人"}, None),
        ({"agency": ""}, "reply-without-agency"),
        ({"agency": "单" * 81}, "schema-size"),
        ({"handed_in": "2025-05-01", "answered": "2025-04-20"}, "events-out-of-order"),
        ({"co": "139", "reply": "电话"}, None),
    ],
)
def test_a_row_is_rejected_for_its_reason_and_the_others_come_in(attempt: Attempt, change: Any, code: str | None):
    said = attempt({**WHOLE, "number": "1"}, {**WHOLE, **change}, {**WHOLE, "number": "3"})
    assert said.code == 0, said.err
    assert attempt.rejected() == ({2: code} if code else {})
    assert len(attempt.files("proposals")) == (2 if code else 3)


def test_the_first_of_two_rows_with_one_number_keeps_it(attempt: Attempt):
    attempt(WHOLE, {**WHOLE, "title": "另一件"}, {**WHOLE, "title": "没有编号", "number": ""})
    assert attempt.rejected() == {2: "number-taken"}
    assert [proposal["source"]["row"] for proposal in attempt.data("proposals")] == [1, 3]


def test_a_rejected_row_does_not_take_its_number_away(attempt: Attempt):
    attempt({**WHOLE, "title": ""}, WHOLE)
    assert attempt.rejected() == {1: "title-empty"}


@pytest.mark.parametrize(
    ("cell", "undated"),
    [
        ("", "台账没有写"),
        ("2025年1月", "台账没有写（原文：2025年1月）"),
        ("2025-02-30", "台账没有写（原文：2025-02-30）"),
        ("2199-01-01", "台账没有写（原文：2199-01-01）"),
    ],
)
def test_a_day_that_is_none_is_undated_with_what_the_ledger_says(attempt: Attempt, cell: str, undated: str):
    attempt({**WHOLE, "handed_in": cell})
    assert attempt.data("proposals")[0]["events"][0]["undated"] == undated


@pytest.mark.parametrize("cell", ["", "2025年1月", "2199-01-01"])
def test_a_day_that_has_to_be_there_rejects_the_row(attempt: Attempt, cell: str):
    change = (("form: [iso, western], otherwise: 台账没有写", "form: [iso, western]"),)
    attempt(WHOLE, {**WHOLE, "number": "2", "handed_in": cell}, change=change)
    assert attempt.rejected() == {2: "day-unreadable"}


def test_a_value_that_the_table_lacks_takes_the_default_and_is_told(attempt: Attempt):
    said = attempt({**WHOLE, "category": "天文"})
    assert "category“天文” 1" in said.out
    assert attempt.data("proposals")[0]["category"] == "other"


def test_without_a_default_the_row_is_rejected(attempt: Attempt):
    change = (("values: {交通: transport}, default: other", "values: {交通: transport}"),)
    attempt(WHOLE, {**WHOLE, "number": "2", "category": "天文"}, change=change)
    assert attempt.rejected() == {2: "value-unknown"}


def test_rows_out_of_scope_carry_the_reason_of_the_mapping(attempt: Attempt):
    scope = "scope:\n  - {column: kind, one_of: [建议], reason: '是{kind} / it is {kind}'}\nbody:"
    change = (("body: {always", scope + " {always"),)
    said = attempt({**WHOLE, "kind": "建议"}, {**WHOLE, "kind": "询问"}, change=change, lang="en")
    assert "it is 询问  1 (rows 2)" in said.out


def test_hidden_characters_and_personal_data_are_taken_out_and_counted(attempt: Attempt, assert_sound: Any):
    said = attempt({**WHOLE, "title": "关于\u200b修路\u202e的建议", "reply": "请联系 13912345678"})
    assert "删去看不见的字符 2 个" in said.out
    assert "遮盖个人信息 1 处" in said.out
    proposal = attempt.data("proposals")[0]
    assert proposal["title"] == "关于修路的建议"
    assert proposal["events"][3]["text"] == f"请联系 {'＊' * 11}"
    assert_sound(attempt.folder)


def test_amounts_get_a_unit_and_are_not_taken_for_telephones(attempt: Attempt, assert_sound: Any):
    particulars = (
        "particulars: [{label: 金额, column: sum, unit: 元}, {label: 同意, column: agreed, unit: 元}]\nevents:"
    )
    change = (("  category: {column", f"  {particulars.removesuffix('events:')}  category: {{column"),)
    attempt({**WHOLE, "sum": 15000000000.0, "agreed": "1234.50"}, change=change)
    texts = [row["text"] for row in attempt.data("proposals")[0]["particulars"]]
    assert texts == ["15,000,000,000 元", "1,234.5 元"]
    assert_sound(attempt.folder)


def test_an_agency_written_in_several_ways_is_one_agency_with_aliases(attempt: Attempt, assert_sound: Any):
    change = (
        ("level: city, office", "level: city, place: 某市, office"),
        ("fields:", "agencies:\n  npc: {文化和旅游局: [文旅局, 文 旅 局]}\nfields:"),
    )
    rows = [
        {**WHOLE, "number": str(n), "agency": name} for n, name in enumerate(["文旅局", "文 旅 局", "某市文化和旅游局"])
    ]
    attempt(*rows, change=change)
    leads = [agency for agency in attempt.data("agencies") if "aliases" in agency]
    assert [(row["name"], row["short"], row["aliases"]) for row in leads] == [
        ("某市文化和旅游局", "文化和旅游局", ["文 旅 局", "文旅局"])
    ]
    assert_sound(attempt.folder)


SECOND_BODY = (
    "office: 代表工委}]",
    "office: 代表工委}, {id: qu, kind: congress, name: {zh: 区人大}, level: county, office: 区代表工委}]",
)


def test_the_same_name_in_two_bodies_is_two_members_and_two_agencies(attempt: Attempt, assert_sound: Any):
    change = (
        (
            "office: 代表工委}]",
            "office: 代表工委}, {id: qu, kind: congress, name: {zh: 区人大}, level: county, office: 办}]",
        ),
        ("body: {always: npc}", "body: {column: body, values: {市: npc, 区: qu}}"),
        ("id: npc-1", 'id: "{body}-1"'),
    )
    attempt({**WHOLE, "body": "市"}, {**WHOLE, "body": "区"}, change=change)
    assert len(attempt.files("members")) == len(attempt.files("sessions")) == 2
    assert len(attempt.files("agencies")) == 6
    assert_sound(attempt.folder)


def test_one_session_id_for_two_bodies_is_refused(attempt: Attempt):
    change = (
        (
            "office: 代表工委}]",
            "office: 代表工委}, {id: qu, kind: congress, name: {zh: 区人大}, level: county, office: 办}]",
        ),
        ("body: {always: npc}", "body: {column: body, values: {市: npc, 区: qu}}"),
    )
    attempt({**WHOLE, "body": "市"}, {**WHOLE, "body": "区"}, change=change)
    assert attempt.rejected() == {2: "session-shared"}


SESSION = (
    (
        "  id: npc-1\n  title: {zh: 一次会议}",
        "  column: sitting\n  form: 第{term}屆 第{number}次 {meeting}\n"
        "  words: {定期大會: regular}\n  id: 's-{term}-{number}-{meeting}'\n"
        "  title: {zh: '第{term}屆第{number}次{meeting}'}",
    ),
)


@pytest.mark.parametrize("cell", ["第17屆 第3次 定期大會", "第17屆第3次定期大會", "第１７屆  第 3 次 定期大會"])
def test_a_session_is_read_by_its_form(attempt: Attempt, cell: str, assert_sound: Any):
    attempt({**WHOLE, "sitting": cell}, change=SESSION)
    (session,) = attempt.data("sessions")
    assert session == {
        "id": "s-17-3-regular",
        "body": "npc",
        "term": 17,
        "number": 3,
        "title": {"zh": "第17屆第3次定期大會"},
    }
    assert attempt.data("members")[0]["terms"] == [17]
    assert_sound(attempt.folder)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("", "session-missing"),
        ("十七屆", "session-unreadable"),
        ("第17屆 第3次 臨時大會", "session-id"),
        ("第17屆 第3次 " + "長" * 300, "session-unreadable"),
    ],
)
def test_a_session_that_cannot_be_read_rejects_the_row(attempt: Attempt, cell: str, code: str):
    attempt({**WHOLE, "sitting": "第17屆 第3次 定期大會"}, {**WHOLE, "number": "2", "sitting": cell}, change=SESSION)
    assert attempt.rejected() == {2: code}


def test_without_an_id_a_session_gets_one(attempt: Attempt, assert_sound: Any):
    attempt(WHOLE, change=(("  id: npc-1\n", ""),))
    (session,) = attempt.data("sessions")
    assert session["id"].startswith("tst-s-")
    assert_sound(attempt.folder)


def test_closing_and_withdrawing_stand_where_the_mapping_says_when(attempt: Attempt, assert_sound: Any):
    more = (
        "  closed:\n    when: {column: state, one_of: [办结]}\n    day: {unknown: 台账没有写}\n"
        "  withdrawn:\n    when: {column: state, one_of: [撤回]}\n    day: {unknown: 台账没有写}\n  replied:"
    )
    rows = [
        {**WHOLE, "state": "办结"},
        {**WHOLE, "number": "2", "state": "撤回", "reply": "", "answered": ""},
        {**WHOLE, "number": "3", "state": "办结", "reply": "", "answered": ""},
    ]
    attempt(*rows, change=(("  replied:", more),))
    # Ledgers often say that an item is closed and not how it was answered.
    assert [proposal["status"] for proposal in attempt.data("proposals")] == ["closed", "withdrawn", "closed"]
    assert_sound(attempt.folder)


RATED = """  rated:
    attitude: {column: mark, values: {满意: satisfied, 不满意: dissatisfied}}
    result: {column: mark, values: {满意: satisfied, 不满意: dissatisfied}}
    day: {unknown: 台账没有写}
  replied:"""


def test_no_row_is_lost_for_a_reason_that_the_ledger_does_not_have(attempt: Attempt, assert_sound: Any):
    rows = [
        {**WHOLE, "mark": "不满意"},
        {**WHOLE, "number": "2", "mark": "满意", "reply": "", "answered": ""},
    ]
    attempt(*rows, change=(("  replied:", RATED),))
    dissatisfied, unanswered = attempt.data("proposals")
    assert [event.get("reasons") for event in dissatisfied["events"] if event["type"] == "rated"] == ["台账没有写"]
    assert [event["type"] for event in unanswered["events"]][-1] == "rated"
    assert "reasons" not in unanswered["events"][-1]
    assert_sound(attempt.folder)


TYPED = typed(
    yamltext.read(SMALL).data,
    frozenset(["title", "who", "category", "agency", "co", "reply", "handed_in", "answered", "number"]),
)
ANY = st.text(max_size=60) | st.sampled_from(
    ["甲某", "2025-01-14", "0", "文旅局、财政局", "13912345678", "#", "- a", "no"]
)


@given(st.dictionaries(st.sampled_from(sorted(TYPED.columns)), ANY), st.integers(1, 9))
def test_whatever_a_row_says_it_becomes_a_sound_proposal_or_a_reason(law: Law, cells: dict[str, str], number: int):
    row = Row(number, {column: (text,) for column, text in cells.items()}, "r000000000000000", 1)
    drafted = convert(row, TYPED, today("Asia/Shanghai"))
    assert isinstance(drafted, Draft | Refusal)
    known = Known(Path())
    (outcome,) = Assembly(TYPED, law, known, Matcher(known, ())).outcomes([drafted])
    if isinstance(outcome, Record):
        read = yamltext.read(outcome.text)
        assert read.faults == []
        assert read.data["title"] == drafted.data["title"]
    else:
        assert outcome.reason.words.zh
