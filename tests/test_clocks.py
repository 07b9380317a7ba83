"""Deadlines: what starts them, which law counts, how they stand on a day, and what explains them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from huiyin.cases import Case
from huiyin.clocks import ClockState, Deadline, Reckoning, deadlines
from huiyin.lifecycle import standing
from huiyin.load import Law
from huiyin.wording import deadline_chip, due_day
from huiyin.wording.counted import explain
from tests.story import proposal

Row = dict[str, Any]
NEAR = 20


def row(kind: str, on: str | None = None, **more: Any) -> Row:
    return {"type": kind, **({"on": on} if on else {}), **more}


def assigned(on: str | None, **more: Any) -> list[Row]:
    return [row("submitted", "2015-01-01"), row("accepted", "2015-01-02"), row("assigned", on, **more)]


ON_9_FEBRUARY = assigned("2026-02-09")
"""Three months end on Saturday 9 May 2026, which is a make-up workday."""
SEPARATE = assigned("2026-02-09", separate=["a-lead", "a-other"])


def reply(law: Law, rows: list[Row], as_of: str, pack: str = "cn-suggestion") -> Deadline:
    """Return the reply deadline of a proposal with these events."""
    rules, day = law.packs[pack], date.fromisoformat(as_of)
    one = proposal(rows, rules)
    stand = standing(one, rules, day)
    found = deadlines(one, stand.refused, Reckoning(rules, law.calendar, day, NEAR))
    deadline = Case(one, rules, stand, found).reply_deadline
    assert deadline
    return deadline


STATES: dict[str, tuple[list[Row], str, ClockState, int, str]] = {
    "it does not run before it is assigned": (
        [row("submitted", "2026-01-20")],
        "2026-06-30",
        ClockState.NOT_STARTED,
        0,
        "",
    ),
    "it runs with more days left than count as near": (
        ON_9_FEBRUARY,
        "2026-04-18",
        ClockState.RUNNING,
        21,
        "还有 21 天",
    ),
    "it is near twenty days before": (
        ON_9_FEBRUARY,
        "2026-04-19",
        ClockState.NEAR,
        20,
        "临近期限 · 还有 20 天",
    ),
    "it is due today on its last day": (ON_9_FEBRUARY, "2026-05-09", ClockState.NEAR, 0, "今天到期"),
    "it is overdue from the day after": (ON_9_FEBRUARY, "2026-05-10", ClockState.OVERDUE, 1, "逾期 1 天"),
    "and counts calendar days from then on": (ON_9_FEBRUARY, "2026-06-30", ClockState.OVERDUE, 52, "逾期 52 天"),
    "an early reply meets it": (
        [*ON_9_FEBRUARY, row("replied", "2026-04-24")],
        "2026-06-30",
        ClockState.MET,
        15,
        "提前 15 天答复",
    ),
    "a reply on the last day meets it": (
        [*ON_9_FEBRUARY, row("replied", "2026-05-09")],
        "2026-06-30",
        ClockState.MET,
        0,
        "按期答复",
    ),
    "a reply on the day after is late": (
        [*ON_9_FEBRUARY, row("replied", "2026-05-10")],
        "2026-06-30",
        ClockState.LATE,
        1,
        "逾期 1 天答复",
    ),
    "a reply that is still to come does not count": (
        [*ON_9_FEBRUARY, row("replied", "2026-05-10")],
        "2026-05-09",
        ClockState.NEAR,
        0,
        "今天到期",
    ),
    "a second reply does not make the first one late": (
        [*ON_9_FEBRUARY, row("replied", "2026-04-24"), row("replied", "2026-06-01")],
        "2026-06-30",
        ClockState.MET,
        15,
        "提前 15 天答复",
    ),
    "an extension moves it": (
        [*ON_9_FEBRUARY, row("extended", "2026-05-06", due="2026-06-09")],
        "2026-06-09",
        ClockState.NEAR,
        0,
        "今天到期",
    ),
    "an extension that is still to come does not": (
        [*ON_9_FEBRUARY, row("extended", "2026-05-12", due="2026-06-09")],
        "2026-05-11",
        ClockState.OVERDUE,
        2,
        "逾期 2 天",
    ),
    "an extension never shortens it": (
        [*ON_9_FEBRUARY, row("extended", "2026-04-01", due="2026-04-15")],
        "2026-05-09",
        ClockState.NEAR,
        0,
        "今天到期",
    ),
    "of two extensions the last one holds": (
        [
            *ON_9_FEBRUARY,
            row("extended", "2026-05-06", due="2026-06-09"),
            row("extended", "2026-06-01", due="2026-07-09"),
        ],
        "2026-07-10",
        ClockState.OVERDUE,
        1,
        "逾期 1 天",
    ),
    "a reply within the extension meets it": (
        [*ON_9_FEBRUARY, row("extended", "2026-05-06", due="2026-06-09"), row("replied", "2026-06-09")],
        "2026-06-30",
        ClockState.MET,
        0,
        "按期答复",
    ),
    "a request for more time changes nothing": (
        [*ON_9_FEBRUARY, row("extension_requested", "2026-05-06", due="2026-06-09")],
        "2026-05-10",
        ClockState.OVERDUE,
        1,
        "逾期 1 天",
    ),
    "an undated start counts nothing": (assigned(None), "2026-06-30", ClockState.UNDATED, 0, ""),
    "an undated reply is neither early nor late": (
        [*ON_9_FEBRUARY, row("replied")],
        "2026-06-30",
        ClockState.UNDATED,
        0,
        "",
    ),
    "it is void once withdrawn": (
        [*ON_9_FEBRUARY, row("withdrawn", "2026-03-01")],
        "2026-06-30",
        ClockState.VOID,
        0,
        "不再计算",
    ),
    "a withdrawal that is still to come leaves it running": (
        [*ON_9_FEBRUARY, row("withdrawn", "2026-05-20")],
        "2026-05-10",
        ClockState.OVERDUE,
        1,
        "逾期 1 天",
    ),
    "of separate agencies the first reply does not end it": (
        [*SEPARATE, row("replied", "2026-04-24", by="a-lead")],
        "2026-05-10",
        ClockState.OVERDUE,
        1,
        "逾期 1 天",
    ),
    "the last one does": (
        [*SEPARATE, row("replied", "2026-04-24", by="a-lead"), row("replied", "2026-05-08", by="a-other")],
        "2026-06-30",
        ClockState.MET,
        1,
        "提前 1 天答复",
    ),
    "and makes it late for all": (
        [*SEPARATE, row("replied", "2026-04-24", by="a-lead"), row("replied", "2026-05-11", by="a-other")],
        "2026-06-30",
        ClockState.LATE,
        2,
        "逾期 2 天答复",
    ),
    "two replies of one agency are not the other's": (
        [*SEPARATE, row("replied", "2026-04-24", by="a-lead"), row("replied", "2026-05-01", by="a-lead")],
        "2026-05-10",
        ClockState.OVERDUE,
        1,
        "逾期 1 天",
    ),
    "a reassigned item keeps its first start": (
        [*ON_9_FEBRUARY, row("reassigned", "2026-04-01", lead="a-other")],
        "2026-05-10",
        ClockState.OVERDUE,
        1,
        "逾期 1 天",
    ),
    "a returned and reassigned one too": (
        [
            *ON_9_FEBRUARY,
            row("return_requested", "2026-02-12"),
            row("return_granted", "2026-02-25"),
            row("reassigned", "2026-04-01", lead="a-other"),
        ],
        "2026-05-10",
        ClockState.OVERDUE,
        1,
        "逾期 1 天",
    ),
    "a complex item has six months": (
        assigned("2026-02-09", lead="a-lead", complexity="complex"),
        "2026-08-10",
        ClockState.NEAR,
        0,
        "今天到期",
    ),
    "a second assignment that the state table does not allow makes nothing complex": (
        [*ON_9_FEBRUARY, row("assigned", "2026-04-01", lead="a-lead", complexity="complex")],
        "2026-05-10",
        ClockState.OVERDUE,
        1,
        "逾期 1 天",
    ),
    "an item that becomes complex when reassigned too": (
        [*ON_9_FEBRUARY, row("reassigned", "2026-04-01", lead="a-other", complexity="complex")],
        "2026-08-11",
        ClockState.OVERDUE,
        1,
        "逾期 1 天",
    ),
}


@pytest.mark.parametrize("sentence", STATES)
def test_a_reply_deadline_stands_as_the_law_counts(sentence: str, law: Law) -> None:
    rows, as_of, state, days, chip = STATES[sentence]
    deadline = reply(law, rows, as_of)
    assert (deadline.state, deadline.days) == (state, days)
    said = deadline_chip(deadline)
    assert (said.words.zh if said else "") == chip
    assert explain(deadline, law.vocabulary)


def test_every_state_of_a_clock_has_an_example() -> None:
    assert {state for _, _, state, _, _ in STATES.values()} == set(ClockState)


# ---------------------------------------------------------------------------------- which law was in force


@pytest.mark.parametrize(
    ("start", "due", "article"),
    [
        ("2015-08-29", "2015-11-30", None),
        ("2025-03-11", "2025-06-11", None),
        ("2025-03-12", "2025-06-12", "第五十一条第二款"),
        ("2026-02-09", "2026-05-09", "第五十一条第二款"),
    ],
)
def test_the_term_in_force_on_the_first_day_counts(start: str, due: str, article: str | None, law: Law) -> None:
    deadline = reply(law, assigned(start), start)
    assert deadline.term
    assert deadline.latest == date.fromisoformat(due)
    assert deadline.term.source.article == article


@pytest.mark.parametrize("start", ["2015-08-28", "2009-03-05"])
def test_no_term_is_invented_for_days_before_the_first_text(start: str, law: Law) -> None:
    deadline = reply(law, assigned(start), "2026-06-30")
    assert (deadline.state, deadline.term, deadline.latest) == (ClockState.VOID, None, None)
    assert "没有写明当日适用的期限" in explain(deadline, law.vocabulary)[0].zh
    assert due_day(deadline).zh == "不计算"


def test_every_day_since_2015_has_exactly_one_term_for_each_case(law: Law) -> None:
    clock = law.packs["cn-suggestion"].clocks["reply"]
    for case in ("ordinary", "complex"):
        day = date(2015, 8, 29)
        while day.year < 2028:
            assert sum(term.case == case and term.in_force(day) for term in clock.terms) == 1, day
            day += timedelta(days=1)


def test_packs_without_a_statutory_term_have_no_clock(law: Law) -> None:
    assert {name for name, pack in law.packs.items() if not any(clock.terms for clock in pack.clocks.values())} == {
        "base",
        "class-scheme-abc",
        "class-scheme-abcd",
        "class-scheme-abcd-plan",
        "cn-cppcc",
        "cn-motion",
        "cn-opinion-report",
        "demo-assessment",
        "imported",
    }


# ---------------------------------------------------------------------------------- explanations


def said(deadline: Deadline, law: Law, lang: str) -> list[str]:
    return [step.say(lang) for step in explain(deadline, law.vocabulary)]


def test_an_explanation_names_start_rule_citation_and_roll_over(law: Law) -> None:
    deadline = reply(law, assigned("2026-07-01"), "2026-09-30")
    assert said(deadline, law, "zh") == [
        "2026年7月1日交办，当日不计。",
        "一般件期限3个月，届满为2026年10月1日。依据：《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》"
        "（2025-03-11）第五十一条第二款。",
        "10月1日至7日为国庆节假期，顺延至首个工作日2026年10月8日。依据：《中华人民共和国民法典》（2020-05-28）第二百零三条。",
    ]
    assert said(deadline, law, "en") == [
        "Assignment on 2026-07-01; that day is day zero.",
        "The term for ordinary items is 3 months: it ends on 2026-10-01. Source: "
        "《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》（2025-03-11）第五十一条第二款.",
        "The last day is a day off (7 days skipped): it moves to 2026-10-08. "
        "Source: 《中华人民共和国民法典》（2020-05-28）第二百零三条.",
    ]


def test_an_explanation_names_every_extension_and_the_first_due_day(law: Law) -> None:
    rows = [
        *ON_9_FEBRUARY,
        row("extended", "2026-05-06", due="2026-06-09", proposer_told_on="2026-05-07"),
        row("extended", "2026-06-01", due="2026-07-09"),
    ]
    deadline = reply(law, rows, "2026-06-30")
    assert deadline.original
    assert deadline.original.latest == date(2026, 5, 9)
    assert said(deadline, law, "zh")[-2:] == [
        "2026年5月6日批准延期至2026年6月9日，2026年5月7日告知提出人。原期限2026年5月9日。",
        "2026年6月1日批准延期至2026年7月9日。原期限2026年5月9日。",
    ]


def test_an_explanation_says_what_a_year_not_yet_announced_leaves_open(law: Law) -> None:
    deadline = reply(law, assigned("2026-11-06"), "2026-11-20")
    assert deadline.provisional
    assert due_day(deadline).zh == "2027-02-09 至 2027-02-15（暂定）"
    assert said(deadline, law, "zh")[-1] == (
        "2027年的放假安排尚未公布：期限在2027年2月9日至2027年2月15日之间，通知公布后自动确定。"
    )
    single = reply(law, assigned("2026-12-16"), "2026-12-20")
    assert due_day(single).en == "2027-03-16 (provisional)"
    assert said(single, law, "en")[-1] == (
        "The holidays of 2027 are not announced yet: 2027-03-16 for now; it settles when they are."
    )


def test_a_clock_is_not_due_today_while_it_may_be_due_later(law: Law) -> None:
    for day in ("2027-02-09", "2027-02-12"):
        chip = deadline_chip(reply(law, assigned("2026-11-06"), day))
        assert chip
        assert chip.words.en != "due today"


def test_a_days_count_never_goes_backwards_in_time(law: Law) -> None:
    """From day to day a running clock loses a day, then an overdue one gains a day."""
    start = date(2026, 2, 9)
    before = None
    for n in range(200):
        deadline = reply(law, ON_9_FEBRUARY, (start + timedelta(days=n)).isoformat())
        left = -deadline.days if deadline.state == ClockState.OVERDUE else deadline.days
        assert before is None or left == before - 1
        before = left


def test_a_clock_ends_when_the_state_says_that_all_have_replied(law: Law) -> None:
    rows = [
        *SEPARATE,
        row("replied", "2026-03-01", by="a-lead"),
        row("reassigned", "2026-03-05", separate=["a-lead", "a-third"]),
        row("replied", "2026-04-01", by="a-third"),
    ]
    rules = law.packs["cn-suggestion"]
    answered = standing(proposal(rows, rules), rules).state == "replied"
    assert (reply(law, rows, "2026-04-02").state == ClockState.MET) == answered
