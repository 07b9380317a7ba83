"""What is due of topics, research and policies: by the files, on the board, on agencies' pages and in calendars."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from huiyin.follow.calendars import calendars
from huiyin.knowledge.duties import Kind, duties
from huiyin.publish import Page, Site, drafts
from tests.built import ROOT
from tests.knowledge.written import files
from tests.publish.conftest import DAY, make
from tests.publish.conftest import demonstration as demonstration

ADDRESS = "https://huiyin.example/"


@pytest.fixture(scope="module")
def made(demonstration: Site) -> dict[str, Page]:
    wanted = ("topics/", "research/", "policies/", "due/records/", "due/look-back/", "a/", "signals/", "m/")
    return {draft.path: draft.make() for draft in drafts(demonstration) if draft.path.startswith(wanted)}


def text(page: Page) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", page.article).split()))


def test_every_request_for_data_is_due_on_the_day_that_it_names(demonstration: Site) -> None:
    wanted = {
        (f"{name}/{row['id']}", row["to"], row["needed_by"], row.get("answer", {}).get("on"))
        for name, data in files("research").items()
        for row in data.get("requests", ())
        if row["asked"] <= DAY.isoformat()
    }
    found = {
        (one.key, one.who, one.due.isoformat(), one.done.isoformat() if one.done else None)
        for one in duties(demonstration.registry, DAY)
        if one.kind == Kind.DATA
    }
    assert found == wanted
    assert len(found) >= 4


def test_a_day_knows_nothing_later(demonstration: Site) -> None:
    early = {one.key: one for one in duties(demonstration.registry, date(2026, 10, 20))}
    assert "r-parking-demand/d3" not in early
    assert early["r-parking-demand/d2"].done is None
    assert not early["r-parking-demand/d2"].overdue(date(2026, 10, 30))
    assert early["r-parking-demand/d2"].overdue(date(2026, 10, 31))


def test_what_is_overdue_stands_on_the_board_on_the_page_of_the_agency_and_of_the_research(
    made: dict[str, Page],
) -> None:
    for path in ("due/records/", "a/a-traffic-police/", "research/r-parking-demand/", "research/"):
        assert "逾期 21 天" in text(made[path]), path
    assert "提前 2 天完成" in text(made["research/r-parking-demand/"])
    assert "逾期 14 天完成" in text(made["research/r-waterlogging-register/"])
    assert "市交警支队" in text(made["due/records/"])
    assert "公共场所文明健身公约" in text(made["due/look-back/"])
    assert "临近期限 · 还有 20 天" in text(made["due/look-back/"])


def test_each_open_duty_stands_on_the_board_once(demonstration: Site, made: dict[str, Page]) -> None:
    rows = re.findall(r"<tr><td data-label=\"期限\".*?</tr>", made["due/records/"].article, re.DOTALL)
    assert len(rows) == sum(one.done is None for one in duties(demonstration.registry, DAY)) == 5


def test_calendars_hold_what_is_due_and_say_when_it_was_done(demonstration: Site) -> None:
    found = {one.path: one.make().decode().replace("\r\n ", "") for one in calendars(demonstration.scope, ADDRESS)}
    for path in ("calendars/all.ics", "calendars/a-traffic-police.ics"):
        assert "UID:r-parking-demand.d1@huiyin.example" in found[path], path
        assert "SUMMARY:提供数据：老城区停车诉求为什么一年比一年多" in found[path], path
    assert "SUMMARY:提供数据（已完成）：" in found["calendars/a-city-management.ics"]
    assert "SUMMARY:政策回头看：公共场所文明健身公约" in found["calendars/a-city-management.ics"]
    assert "pol-school-gates.2027-05-12@" in found["calendars/a-education.ics"]


def test_pages_lead_from_proposals_research_and_topics_to_policies_and_back(made: dict[str, Page]) -> None:
    policy = made["policies/pol-waterlogging/"].article
    for path in ("p/2025-1d6rw/", "research/r-waterlogging-register/", "topics/t-taoxi-underpass/", "signals/water/"):
        assert f'href="../../{path}"' in policy, path
    assert 'href="../../policies/pol-waterlogging/"' in made["topics/t-taoxi-underpass/"].article
    assert 'href="../../research/r-waterlogging-register/"' in made["topics/t-taoxi-underpass/"].article
    assert 'href="../../policies/pol-waterlogging/"' in made["research/r-waterlogging-register/"].article
    assert 'href="../../research/r-parking-demand/"' in made["m/m-qiu-zhaohui/"].article
    assert 'href="../../m/m-qiu-zhaohui/suggested/"' in made["m/m-qiu-zhaohui/"].article
    assert "印发内涝点汛后实测销号办法" in text(made["policies/pol-waterlogging/"])


def test_a_page_of_an_earlier_day_tells_nothing_later() -> None:
    early = make(ROOT / "registry", date(2025, 8, 1))
    pages = {draft.path: draft for draft in drafts(early)}
    assert "policies/pol-waterlogging/" in pages
    said = text(pages["policies/pol-waterlogging/"].make())
    assert "31处按新办法重新核对" not in said
    assert "还没有开始施行" in said
    assert "research/r-parking-demand/" not in pages
    topic = text(pages["topics/t-taoxi-underpass/"].make())
    assert "新泵站投入运行" not in topic
    assert "办结" not in topic.partition("相关建议")[0]
    assert "2025-08" not in text(pages["signals/water/"].make())


def test_what_a_page_shows_is_in_what_it_is_made_from(demonstration: Site, made: dict[str, Page]) -> None:
    plans = {draft.path: draft for draft in drafts(demonstration)}
    for path, page in made.items():
        shows = plans[path].shows
        named = set(re.findall(r'href="(?:\.\./)+p/([^/]+)/"', page.article))
        assert shows is None or named <= set(shows), path


def test_numbers_of_complaints_on_pages_are_released_ones(made: dict[str, Page]) -> None:
    from tests.knowledge.written import cells

    known = cells()
    rows = re.findall(r'<th scope="row">(20\d\d-\d\d)</th>((?:<td>[^<]*</td>)+)', made["signals/water/"].article)
    assert len(rows) == 31
    for month, row in rows:
        numbers = re.findall(r"<td>([^<]*)</td>", row)
        wanted = [
            known[month, "water", area] if (month, "water", None) in known else 0
            for area in (None, "dongwan", "nanpu", "xiling")
        ]
        assert numbers == ["不公布，以免认出来电人" if n is None else str(n) for n in wanted], month
