"""Whole ways through the site, as readers, deputies and clerks go them, on a desk and on a phone."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import feedparser
import openpyxl
import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

CROSSING = "关于在沿江大道增设行人二次过街设施的建议"


def test_a_reader_finds_what_is_overdue_at_one_agency_and_sends_the_address_to_another(
    page: Page, browser: Browser, address: str
) -> None:
    page.goto(address)
    page.get_by_role("link", name="逾期未答复").first.click()
    page.goto(f"{address}browse/?f.deadline=overdue&sort=due")
    status = page.locator("[data-hy-results] [role=status]")
    expect(status).to_have_text(re.compile(r"找到 \d+ 件。"))
    if page.locator(".hy-narrowing").get_attribute("open") is None:
        page.locator(".hy-narrowing > summary").click()
    page.locator("[data-facet=lead] summary").click()
    row = page.locator("[data-facet=lead] li").filter(has_text="市交警支队")
    row.locator("a").click()
    expect(page).to_have_url(re.compile(r"f\.lead=a-traffic-police"))
    expect(page.locator(".hy-hits > li")).to_have_count(1)
    expect(page.locator(".hy-hits > li")).to_contain_text(CROSSING)
    other = browser.new_page(locale="zh-CN")
    other.goto(page.url)
    expect(other.locator(".hy-hits > li")).to_have_count(1)
    expect(other.locator(".hy-hits > li")).to_contain_text("逾期 31 天")


def test_a_reader_asks_how_a_day_was_counted_and_reads_the_rule(page: Page, address: str) -> None:
    page.goto(f"{address}p/2026-k7f2q/")
    count = page.locator(".hy-count").first
    if count.get_attribute("open") is None:
        count.locator("summary").click()
    expect(count.locator("ol")).to_be_visible()
    expect(count).to_contain_text(re.compile(r"《.+》（\d{4}-\d\d-\d\d）第.+条"))
    count.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/packs/[\w-]+/"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("path", ["p/2026-k7f2q/", "a/a-housing/", "m/m-fang-ruolan/", "due/"])
def test_a_reader_subscribes_and_feed_and_calendar_can_be_read(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    head = page.locator('link[rel~="alternate"]')
    found = {one.get_attribute("type"): urljoin(page.url, str(one.get_attribute("href"))) for one in head.all()[::-1]}
    feed = feedparser.parse(page.request.get(found["application/atom+xml"]).body())
    assert not feed.bozo
    assert feed.entries
    calendar = Calendar.from_ical(page.request.get(found["text/calendar"]).body())
    assert [event["UID"] for event in calendar.walk("VEVENT")]


def test_the_link_to_the_feed_of_a_proposal_stands_on_its_page(page: Page, address: str) -> None:
    page.goto(f"{address}p/2026-k7f2q/")
    link = page.get_by_role("link", name="办理进展（Atom 订阅）")
    feed = feedparser.parse(page.request.get(urljoin(page.url, str(link.get_attribute("href")))).body())
    assert not feed.bozo
    assert feed.feed.link == "https://huiyin.example/p/2026-k7f2q/"


def test_a_clerk_downloads_the_ledger_of_a_session_and_opens_it(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(address)
    page.get_by_role("link", name="全部目录").first.click()
    page.get_by_role("link", name="市十七届人大五次会议").first.click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="下载台账（Excel）").click()
    downloading.value.save_as(tmp_path / "ledger.xlsx")
    book = openpyxl.load_workbook(tmp_path / "ledger.xlsx")
    titles = [cell.value for row in book.worksheets[0].iter_rows() for cell in row]
    book.close()
    assert CROSSING in titles


def test_a_reader_switches_to_dark_and_back_and_the_choice_stays(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_title("切换到深色").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(f"{address}p/2026-k7f2q/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    ink, paper = page.evaluate(
        "[getComputedStyle(document.querySelector('h1')).color, getComputedStyle(document.body).backgroundColor]"
    )
    assert sum(map(int, re.findall(r"\d+", ink)[:3])) > sum(map(int, re.findall(r"\d+", paper)[:3]))
    page.get_by_title("切换到浅色").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_the_keyboard_alone_leads_from_the_home_page_to_an_answer(page: Page, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("过街设施")
    page.keyboard.press("Enter")
    expect(page.locator(".hy-hits > li").first).to_be_visible()
    _tab_to(page, f"a:has-text('{CROSSING}')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(CROSSING)
    _tab_to(page, ".hy-count summary")
    was = page.locator(".hy-count").first.get_attribute("open")
    page.keyboard.press("Enter")
    assert page.locator(".hy-count").first.get_attribute("open") != was


def test_without_scripts_everything_can_be_read_and_downloaded(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-CN", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address)
    page.get_by_role("link", name="逾期未答复").first.click()
    page.get_by_role("link", name=CROSSING).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(CROSSING)
    count = page.locator(".hy-count").first
    if count.get_attribute("open") is None:
        count.locator("summary").click()
    expect(count.locator("ol")).to_be_visible()
    page.goto(f"{address}s/npc-17-5/")
    expect(page.get_by_role("link", name="下载台账（Excel）")).to_be_visible()
    page.goto(f"{address}figures/charts/")
    expect(page.locator("svg[role=img], .hy-chart svg, figure svg").first).to_be_visible()
    context.close()


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the first element that matches has the focus; fail where the keyboard does not reach it."""
    wanted = page.locator(selector).first
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")
