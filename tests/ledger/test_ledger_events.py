# ruff: noqa: E501 (steps are written in one line, as a mapping may have them)
"""The parts of a mapping beyond the plain ledger: steps, separate replies, commitments, keys, sessions, conditions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ledger.conftest import Attempt

Change = tuple[tuple[str, str], ...]
ROW: dict[str, Any] = {
    "title": "关于修路的建议",
    "who": "甲某",
    "handed_in": "2025-01-14",
    "number": "0001",
    "agency": "住建局",
    "reply": "已修。",
    "answered": "2025-04-20",
}


def steps(*written: str) -> Change:
    return (("events:", "steps:\n" + "".join(f"  - {{{step}}}\n" for step in written) + "events:"),)


def events(attempt: Attempt, row: int = 1) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = next(p for p in attempt.data("proposals") if p["source"]["row"] == row)["events"]
    return found


def types(attempt: Attempt) -> list[str]:
    return [event["type"] for event in events(attempt)]


UNKNOWN = "day: {unknown: 台账没有写}"


def test_steps_stand_by_their_days_and_by_their_turn(attempt: Attempt, assert_sound: Any):
    change = steps(
        "type: contacted, when: {column: met}, set: {how: {always: visit}, text: {column: met}}, "
        "day: {column: met, form: [month_day], year: '{year}', inside: first}",
        f"type: reminded, each: {{column: urged}}, set: {{text: {{column: '@entry'}}}}, {UNKNOWN}",
        "type: extended, when: {column: until}, set: {due: {column: until, form: [compact]}, reason: {always: 来函申请}}, "
        + UNKNOWN,
        "type: rehandling_ordered, when: {column: again}, set: {round: {always: '2'}, reason: {text: '第{n}件：{again}'}}, "
        "day: {column: again_on, form: [iso]}",
        "type: replied, when: {column: second}, set: {class: {column: letter, values: {Ａ: resolved}}, text: {column: second}}, "
        "day: {column: second_on, form: [iso], otherwise: 台账没有写}",
        f"type: rated, when: {{column: second}}, set: {{attitude: {{always: satisfied}}, result: {{always: satisfied}}}}, {UNKNOWN}",
        f"type: closed, when: {{column: second}}, {UNKNOWN}",
    )
    more = {"met": "3月10日面商", "year": "2025", "urged": "三月催办；四月催办", "until": "20250510"}
    again = {
        "again": "不满意",
        "again_on": "2025-05-01",
        "second": "又修了。",
        "second_on": "2025-06-01",
        "letter": "A",
    }
    assert attempt({**ROW, "n": 1, **more, **again}, change=change).code == 0
    found = events(attempt)
    assert types(attempt) == [
        *("submitted", "accepted", "assigned", "contacted", "reminded", "reminded", "extended", "replied"),
        *("rehandling_ordered", "replied", "rated", "closed"),
    ]
    lead = found[2]["lead"]
    assert found[3] == {
        "id": "e4",
        "type": "contacted",
        "on": "2025-03-10",
        "by": lead,
        "channel": "import",
        "how": "visit",
        "text": "3月10日面商",
    }
    assert [event["text"] for event in found[4:6]] == ["三月催办", "四月催办"]
    assert (found[6]["due"], found[6]["by"]) == ("2025-05-10", "o-npc")
    assert (found[8]["round"], found[8]["reason"]) == (2, "第1件：不满意")
    assert (found[9]["class"], found[9]["by"]) == ("resolved", lead)
    assert found[10]["recorded_by"] == "o-npc"
    assert attempt.data("proposals")[0]["status"] == "closed"
    assert_sound(attempt.folder)


def test_a_step_without_a_day_comes_before_the_reply_and_not_behind_it(attempt: Attempt, assert_sound: Any):
    extended = (
        f"type: extended, when: {{column: until}}, set: {{due: {{column: until}}, reason: {{always: 申请}}}}, {UNKNOWN}"
    )
    attempt({**ROW, "until": "2025-05-10"}, change=steps(extended))
    assert types(attempt) == ["submitted", "accepted", "assigned", "extended", "replied"]
    assert_sound(attempt.folder)


def test_a_step_of_an_agency_names_it_and_one_of_nobody_rejects_the_row(attempt: Attempt, assert_sound: Any):
    change = steps(
        f"type: contacted, when: {{column: met}}, agency: met_by, set: {{how: {{always: phone}}}}, {UNKNOWN}",
        f"type: reassigned, when: {{column: moved}}, set: {{lead: {{column: moved}}}}, {UNKNOWN}",
    )
    attempt(
        {**ROW, "met": "是", "met_by": "交通局", "moved": "城管局"}, {**ROW, "number": "2", "met": "是"}, change=change
    )
    assert attempt.rejected() == {2: "actor-missing"}
    names = {agency["id"]: agency["name"] for agency in attempt.data("agencies")}
    by_type = {event["type"]: event for event in events(attempt)}
    assert names[by_type["contacted"]["by"]] == "交通局"
    assert names[by_type["reassigned"]["lead"]] == "城管局"
    assert_sound(attempt.folder)


@pytest.mark.parametrize(("cell", "code"), [("2025-13-01", "day-unreadable"), ("", "schema-missing")])
def test_a_due_day_that_is_none_rejects_the_row(attempt: Attempt, cell: str, code: str):
    extended = (
        f"type: extended, when: {{column: ext}}, set: {{due: {{column: until}}, reason: {{column: ext}}}}, {UNKNOWN}"
    )
    good = {**ROW, "ext": "申请", "until": "2025-05-10"}
    attempt(good, {**good, "number": "2", "until": cell}, change=steps(extended))
    assert list(attempt.rejected()) == [2]
    assert attempt.rejected()[2].split(":")[0] == code


SEPARATE: Change = (("    lead: {column: agency}\n    co: [co]\n", "    separate: [agency]\n"),)


def test_agencies_that_answer_separately(attempt: Attempt, assert_sound: Any):
    change = (*SEPARATE, ("    text: reply\n", "    text: reply\n    by: from\n"))
    several = {**ROW, "agency": "住建局、财政局"}
    attempt({**several, "from": "财政局"}, {**several, "number": "2"}, {**ROW, "number": "3"}, change=change)
    assert attempt.rejected() == {2: "reply-without-agency"}
    names = {agency["id"]: agency["name"] for agency in attempt.data("agencies")}
    _, _, assigned, replied = events(attempt)
    assert ("lead" in assigned, [names[one] for one in assigned["separate"]]) == (False, ["住建局", "财政局"])
    assert names[replied["by"]] == "财政局"
    assert names[events(attempt, 3)[3]["by"]] == "住建局"
    assert_sound(attempt.folder)


def test_one_cell_is_the_answer_of_each_agency_where_the_mapping_says_so(attempt: Attempt, assert_sound: Any):
    change = (
        *SEPARATE,
        ("    text: reply\n", "    text: reply\n    by_handlers: true\n    commitment: {text: promise}\n"),
        *steps(f"type: contacted, when: {{column: met}}, by: handlers, set: {{how: {{always: phone}}}}, {UNKNOWN}"),
    )
    several = {**ROW, "agency": "住建局、财政局", "met": "是", "promise": "年底前完工"}
    attempt(several, {**several, "number": "2", "agency": "住建局"}, change=change)
    assert attempt.rejected() == {}
    names = {agency["id"]: agency["name"] for agency in attempt.data("agencies")}
    by = [(event["type"], names[event["by"]]) for event in events(attempt)[3:]]
    assert by == [("contacted", "住建局"), ("contacted", "财政局"), ("replied", "住建局"), ("replied", "财政局")]
    owners = [event["commitments"][0]["owner"] for event in events(attempt)[5:]]
    assert [names[owner] for owner in owners] == ["住建局", "财政局"]
    assert [names[event["by"]] for event in events(attempt, 2)[3:]] == ["住建局", "住建局"]
    assert_sound(attempt.folder)


RATED: Change = (
    (
        "  replied:",
        "  rated:\n    attitude: {column: rate, values: {满意: satisfied}}\n"
        f"    result: {{column: rate, values: {{满意: satisfied}}}}\n    {UNKNOWN}\n  replied:",
    ),
)


def test_answers_in_columns_of_their_own_come_before_the_rating(attempt: Attempt, assert_sound: Any):
    change = (
        ("    lead: {column: agency}\n    co: [co]\n", "    separate: [agency, co]\n"),
        *RATED,
        *steps(
            *(
                f"type: replied, when: {{column: {column}}}, by: agency, agency: {agency}, "
                f"set: {{class: {{always: not_stated}}, text: {{column: {column}}}}}, {UNKNOWN}"
                for agency, column in (("agency", "one"), ("co", "two"))
            ),
            f"type: followed_up, when: {{column: after}}, set: {{text: {{column: after}}}}, {UNKNOWN}",
        ),
    )
    row = {**ROW, "reply": "", "answered": "", "rate": "满意", "co": "财政局"}
    attempt({**row, "one": "已修。", "two": "已拨款。", "after": "又坏了"}, change=change)
    assert types(attempt)[3:] == ["replied", "replied", "rated", "followed_up"]
    assert_sound(attempt.folder)


@pytest.mark.parametrize(
    ("due", "kept", "text"),
    [
        ("2025/9/30", "2025-09-30", "年底前完工"),
        ("年底", None, "年底前完工（期限原文：年底）"),
        ("", None, "年底前完工"),
    ],
)
def test_a_commitment_is_kept_with_its_due_day(
    attempt: Attempt, due: str, kept: str | None, text: str, assert_sound: Any
):
    change = (("    text: reply\n", "    text: reply\n    commitment: {text: promise, due: due}\n"),)
    attempt({**ROW, "promise": "年底前完工", "due": due}, change=change)
    (commitment,) = events(attempt)[3]["commitments"]
    assert (commitment["text"], commitment.get("due"), commitment["owner"]) == (text, kept, events(attempt)[3]["by"])
    assert_sound(attempt.folder)


def test_a_constant_stands_where_a_column_is_absent_or_a_cell_empty(attempt: Attempt):
    change = (("body: {always", "constants: {category: 交通, place: 某市}\nbody: {always"),)
    attempt(ROW, {**ROW, "number": "2", "category": "别的"}, change=change)
    assert [proposal["category"] for proposal in attempt.data("proposals")] == ["transport", "other"]


KEY: Change = (("licence: CC0", "licence: CC0, key: [number]"),)


def test_a_key_keeps_the_id_when_other_cells_change(attempt: Attempt):
    attempt(ROW, change=KEY)
    (before,) = attempt.data("proposals")
    said = attempt({**ROW, "title": "关于修两条路的建议"}, change=KEY)
    assert "有变化 1" in said.out
    (after,) = attempt.data("proposals")
    assert (after["id"], after["title"]) == (before["id"], "关于修两条路的建议")


def test_a_key_must_be_there_and_must_be_its_own(attempt: Attempt):
    attempt(ROW, {**ROW, "number": ""}, {**ROW, "title": "另一件"}, change=KEY)
    assert attempt.rejected() == {2: "key-empty", 3: "key-taken"}


SESSIONS: Change = (
    (
        "  id: npc-1\n  title: {zh: 一次会议}",
        "  column: sitting\n  form: ['{term}届{number}次', '{term}届人大第{number}次会议']\n"
        "  words: {十七: '17', 四: '4'}\n  id: 's-{term}-{number}'\n  title: {zh: '{term}届{number}次'}\n"
        "  otherwise: {id: none, title: {zh: 台账没有写届次}}",
    ),
)


def test_a_session_written_in_several_ways_is_one_and_an_empty_cell_has_its_own(attempt: Attempt, assert_sound: Any):
    cells = ["十七届四次", "十七届人大第四次会议", "", "第四次"]
    attempt(*({**ROW, "number": str(n), "sitting": cell} for n, cell in enumerate(cells)), change=SESSIONS)
    assert attempt.rejected() == {4: "session-unreadable"}
    assert [proposal["session"] for proposal in attempt.data("proposals")] == ["s-17-4", "s-17-4", "none"]
    assert_sound(attempt.folder)


@pytest.mark.parametrize(
    ("cell", "asks"),
    [
        ("一、修路。二、种树。", ["修路。", "种树。"]),
        ("1.修路；2.种1.5公里树", ["修路；", "种1.5公里树"]),
        ("（一）修路\n（二）种树", ["修路", "种树"]),
        ("①修路；②种树", ["修路；", "种树"]),
        ("建议修路。", ["建议修路。"]),
        ("请做好：一、修路。二、种树。", ["请做好：一、修路。", "种树。"]),
    ],
)
def test_numbered_asks_are_one_each(attempt: Attempt, cell: str, asks: list[str]):
    attempt({**ROW, "asks": cell}, change=(("events:", "  asks: [asks]\n  asks_numbered: true\nevents:"),))
    assert [ask["text"] for ask in attempt.data("proposals")[0]["asks"]] == asks


def test_occasion_and_origin_come_from_tables(attempt: Attempt, assert_sound: Any):
    fields = (
        "  occasion: {column: at, values: {大会: in_session, 闭会: between_sessions}}\n"
        "  origin: {column: from, values: {热线: hotline}, default: other}\nevents:"
    )
    said = attempt(
        {**ROW, "at": "闭 会", "from": "热线"}, {**ROW, "number": "2", "at": "别的"}, change=(("events:", fields),)
    )
    (proposal,) = attempt.data("proposals")
    assert (proposal["occasion"], proposal["origin"]) == ("between_sessions", "hotline")
    assert attempt.rejected() == {2: "value-unknown"}
    assert said.code == 0
    assert_sound(attempt.folder)


def test_a_number_that_is_taken_can_be_left_out_with_a_note(attempt: Attempt, assert_sound: Any):
    change = (('number: "{number}"', 'number: "{number}"\n    if_taken: without_number'),)
    attempt(ROW, {**ROW, "title": "另一件"}, change=change)
    assert attempt.rejected() == {}
    assert [event["type"] for event in events(attempt, 2)] == ["submitted", "assigned", "replied"]
    assert events(attempt, 2)[0]["note"] == "台账写的编号 0001 已给了第 1 行"
    assert_sound(attempt.folder)


@pytest.mark.parametrize(
    ("when", "held"),
    [
        ("{column: state}", [True, True, True, False]),
        ("{column: state, one_of: [办结]}", [True, False, False, False]),
        ("{column: state, none_of: [办结]}", [False, True, True, False]),
        ("{column: state, starts_with: [已, 办]}", [True, True, False, False]),
        ("{any: [{column: state, one_of: [办结]}, {column: other}]}", [True, False, False, True]),
    ],
)
def test_conditions_of_an_event(attempt: Attempt, when: str, held: list[bool]):
    change = (("  replied:", f"  closed:\n    when: {when}\n    {UNKNOWN}\n  replied:"),)
    states = [{"state": "办结"}, {"state": "已办"}, {"state": "在办"}, {"other": "x"}]
    attempt(
        *({**ROW, "number": str(n), "state": "", "other": "", **state} for n, state in enumerate(states)), change=change
    )
    assert [proposal["status"] == "closed" for proposal in attempt.data("proposals")] == held


def test_a_table_is_looked_up_without_blanks_and_widths(attempt: Attempt):
    said = attempt({**ROW, "category": "交 通"}, {**ROW, "number": "2", "category": "　交通"})
    assert [proposal["category"] for proposal in attempt.data("proposals")] == ["transport", "transport"]
    assert "默认值" not in said.out


def test_handlers_of_one_cell_are_lead_and_co(attempt: Attempt, assert_sound: Any):
    change = (("    lead: {column: agency}\n    co: [co]\n", "    handlers: {column: agency}\n"),)
    attempt({**ROW, "agency": "主办：住建局；会办：财政局、交通局"}, change=change)
    names = {agency["id"]: agency["name"] for agency in attempt.data("agencies")}
    assigned = events(attempt)[2]
    assert names[assigned["lead"]] == "住建局"
    assert [names[one] for one in assigned["co"]] == ["财政局", "交通局"]
    assert_sound(attempt.folder)


WITHIN: Change = (
    (
        "values: {交通: transport}, default: other",
        "values: {交通: transport, 公交: transport, 供水: water}, default: other, within: true",
    ),
)


@pytest.mark.parametrize(
    ("cell", "category", "told"),
    [
        ("城市 交通", "transport", False),
        ("交通与公交", "transport", False),
        ("城市供水、交通", "other", True),
        ("其他", "other", True),
    ],
)
def test_a_word_of_the_table_within_the_cell_counts_unless_another_says_otherwise(
    attempt: Attempt, cell: str, category: str, told: bool
):
    said = attempt({**ROW, "category": cell}, change=WITHIN)
    assert attempt.data("proposals")[0]["category"] == category
    assert ("取了默认值 1" in said.out) is told


def test_a_longer_word_of_the_table_hides_a_shorter_one_in_it(attempt: Attempt):
    step = "type: rated, when: {column: again}, set: {attitude: {TABLE}, result: {TABLE}}, " + UNKNOWN
    table = "column: again, values: {满意: satisfied, 不满意: dissatisfied}, within: true"
    attempt({**ROW, "again": "代表表示不满意"}, change=steps(step.replace("TABLE", table)))
    assert events(attempt)[-1]["attitude"] == "dissatisfied"


def test_what_took_the_default_in_a_step_is_told(attempt: Attempt):
    how = "{column: '@entry', values: {电话: phone, 实地: visit}, default: meeting, within: true}"
    step = f"type: contacted, each: {{column: met}}, set: {{how: {how}}}, {UNKNOWN}"
    said = attempt({**ROW, "met": "3月5日电话沟通；3月20日实地查看；见面"}, change=steps(step))
    assert [event["how"] for event in events(attempt) if event["type"] == "contacted"] == ["phone", "visit", "meeting"]
    assert "取了默认值 1（@entry“见面” 1）" in said.out


def test_what_stands_for_an_empty_cell_is_one(attempt: Attempt, assert_sound: Any):
    change = (
        ("format: {type: jsonl,", "format: {type: jsonl, blanks: [/, 无],"),
        ("    co: [co]\n", "    co: [co]\n    document: {column: doc}\n"),
    )
    row = {**ROW, "reply": "/", "answered": "/", "co": " 无 ", "doc": "无/"}
    attempt(row, change=change)
    assert types(attempt) == ["submitted", "accepted", "assigned"]
    assert events(attempt)[2]["document"] == {"number": "无/"}
    assert "co" not in events(attempt)[2]
    assert_sound(attempt.folder)


def test_words_of_the_id_also_stand_for_whole_columns(attempt: Attempt, assert_sound: Any):
    session = "  words: {第20届: '20', 第一次定期会: '1'}\n  id: 's-{term}-{meeting}'\n  title: {zh: '{term}{meeting}'}"
    change = (("  id: npc-1\n  title: {zh: 一次会议}", session),)
    rows = [{**ROW, "term": "第20届", "meeting": meeting} for meeting in ("第一次定期会", "第二次定期会")]
    attempt(*rows, change=change)
    (proposal,) = attempt.data("proposals")
    assert proposal["session"] == "s-20-1"
    assert attempt.rejected() == {2: "session-id"}
    assert_sound(attempt.folder)


def test_a_refusal_has_the_ledgers_reason_on_the_one_ground_of_imported_records(attempt: Attempt, assert_sound: Any):
    refused = f"type: refused, when: {{column: why}}, set: {{reason: {{column: why}}}}, {UNKNOWN}"
    change = (*steps(refused), ('    number: "{number}"', '    number: "{number}"\n    when: {column: taken}'))
    row = {"title": ROW["title"], "who": "甲某", "number": "", "taken": "", "why": "不属于本级职权"}
    attempt(row, change=change)
    assert types(attempt) == ["submitted", "refused"]
    assert (events(attempt)[1]["ground"], events(attempt)[1]["reason"]) == ("as-stated", "不属于本级职权")
    assert_sound(attempt.folder)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"handed_in": "2025-05-01"}, "状态“未提出”时不能有“答复”（replied）"),
        ({"gone": "是"}, "状态“已答复”时不能有“撤回”（withdrawn）"),
    ],
)
def test_an_order_that_is_not_allowed_is_told_in_words(attempt: Attempt, change: dict[str, str], words: str):
    withdrawn = (("  replied:", f"  withdrawn:\n    when: {{column: gone}}\n    {UNKNOWN}\n  replied:"),)
    attempt({**ROW, "gone": ""}, {**ROW, "number": "2", "gone": "", **change}, change=withdrawn)
    (row,) = [row for row in attempt.table() if row["outcome"] == "rejected"]
    assert words in row["zh"]
