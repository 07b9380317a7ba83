"""The bar of stages and the lists of the home page, against what the events of the registry say."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

from huiyin.publish import Page, Site, pages
from huiyin.publish.paging import newest
from huiyin.publish.stages import steps
from huiyin.publish.watching import WEEK, answered
from tests.publish.conftest import DAY


def home(site: Site) -> Page:
    return next(page for page in pages(site) if page.path == "")


def lines(site: Site, identifier: str) -> dict[str, tuple[str, ...]]:
    return {step.title: step.lines for step in steps(site.cases[identifier], site.as_of)}


def test_each_stage_says_its_day_and_how_long_it_took(demonstration: Site) -> None:
    """2026-k7f2q: submitted 10 August, accepted 17, assigned 28, signed for 31, first contact 16 September."""
    assert lines(demonstration, "2026-k7f2q") == {
        "提出": ("8月10日", "历时 7 天"),
        "受理": ("8月17日", "历时 11 天"),
        "交办": ("8月28日", "历时 3 天"),
        "会商": ("9月16日 · 2 次", "历时 16 天"),
        "办理": ("进行中 · 第 65 天",),
        "答复": ("应于 11月30日前",),
        "评估": (),
    }


def test_a_closed_proposal_is_in_no_stage_and_a_year_is_said_where_it_is_another(demonstration: Site) -> None:
    shown = steps(demonstration.cases["2025-h3v7n"], DAY)
    assert "current" not in {step.position for step in shown}
    assert "进行中" not in " ".join(line for step in shown for line in step.lines)
    assert lines(demonstration, "2025-h3v7n")["评估"][0] == "2025年8月15日 · 4 次"
    assert lines(demonstration, "2025-9x5cb")["评估"] == ("无记录",)


def test_days_of_a_stage_add_up_to_the_time_from_one_act_to_the_next(demonstration: Site) -> None:
    seen = 0
    for case in demonstration.cases.values():
        days = [event.on for event in case.events if event.type in ("submitted", "accepted") and event.on]
        if [event.type for event in case.events[:2]] == ["submitted", "accepted"] and len(days) == 2:
            spent = (days[1] - days[0]).days
            wanted = f"历时 {spent} 天" if spent else "当天办完"
            assert lines(demonstration, case.proposal.id)["提出"][-1] == wanted
            seen += 1
    assert seen > 30


def test_home_tells_what_became_late_and_what_is_due_in_the_order_of_days(demonstration: Site) -> None:
    article = home(demonstration).article
    found = re.findall(r'aria-labelledby="(\w+)"', article)
    assert found[:3] == ["late", "replied", "due"]
    late, _, due = (unescape(part) for part in re.split(r"<section", article)[1:4])
    assert {int(days) for days in re.findall(r"逾期 (\d+) 天", late)} <= set(range(1, WEEK + 1))
    assert re.search("▲", late)
    left = [0 if said == "今天到期" else int(said) for said in re.findall(r"(今天到期|(?<=还有 )\d+)", due)]
    assert left == sorted(left) != []


def test_answered_within_a_week_are_the_replies_of_its_days(demonstration: Site) -> None:
    cases = demonstration.cases.values()
    for weeks in range(1, 30):
        after = DAY - timedelta(days=WEEK * weeks)
        wanted = {
            case.proposal.id
            for case in cases
            if (days := [event.on for event in case.events if event.type == "replied" and event.on])
            if days[-1] > after
        }
        rows = answered(cases, after)
        assert {case.proposal.id for case, _ in rows} == wanted
        assert [reply.on for _, reply in rows] == sorted((reply.on for _, reply in rows if reply.on), reverse=True)
    assert wanted


def test_nothing_without_a_day_is_among_the_newest(demonstration: Site) -> None:
    some = [case for case in demonstration.cases.values() if case.first_day]
    undated = [
        case._replace(standing=case.standing._replace(events=())) for case in list(demonstration.cases.values())[:9]
    ]
    assert newest([*undated, *some], 100) == newest(some, 100)
    assert len(newest(undated, 5)) == 0
