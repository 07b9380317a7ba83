"""The site in English: labels change, records stay as they were written, and Chinese comes back."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from huiyin.findings import Text
from huiyin.signals.series import Point, Series, State
from huiyin.topics.complaints import Complaints
from huiyin.wording.topics import complained

SHIFT = """new Promise((done) => {
  const sum = (list) => done(list.getEntries().reduce((all, one) => all + one.value, 0));
  new PerformanceObserver(sum).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(0), 300);
})"""
"""How far what was already painted has moved since."""


def in_english(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    page.evaluate("localStorage.setItem('huiyin.language', 'en')")
    page.goto(address + path)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_load_state("networkidle")


def test_chinese_comes_back_as_it_was(page: Page, address: str) -> None:
    page.goto(f"{address}p/2025-h3v7n/")
    was = page.evaluate("document.body.innerHTML")
    switch = page.get_by_role("button", name="English")
    switch.click()
    expect(page.get_by_role("heading", name="Asks and answers")).to_be_visible()
    expect(page).to_have_title(re.compile("Huiyin"))
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", name="诉求与答复")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    assert page.evaluate("document.body.innerHTML") == was


def test_the_choice_is_remembered_and_the_keyboard_makes_it(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(address)
    switch = page.locator("[data-hy-language]")
    switch.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Answered this week")).to_be_visible()
    page.goto(f"{address}due/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deadlines")
    switch.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("时限")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("时限")
    context.close()


def test_it_works_for_those_who_allow_no_storage(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="en-GB")
    context.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('none'); }})")
    page = context.new_page()
    page.goto(f"{address}tables/")
    page.locator("[data-hy-language]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Exported tables")
    context.close()


def test_without_scripts_the_switch_leads_to_the_guide_in_english(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}p/2025-h3v7n/")
    page.locator("[data-hy-language]").click()
    expect(page).to_have_url(f"{address}guide/#in-english")
    context.close()


def test_a_proposal_says_in_english_whose_turn_it_is_and_how_its_day_was_counted(page: Page, address: str) -> None:
    in_english(page, address, "p/2026-k7f2q/")
    expect(page.locator(".hy-turn__who")).to_have_text("It is the turn of 市教育局: Reply")
    count = page.locator(".hy-count")
    expect(count).to_contain_text("Assignment on 2026-08-28; that day is day zero.")
    expect(count).to_contain_text("The last day is a day off (28 Nov to 29: weekend): it moves to 2026-11-30.")


def test_what_somebody_wrote_stays_as_it_was_written(browser: Browser, address: str) -> None:
    path, own = "p/2025-h3v7n/", "h1, .hy-reply details p, .hy-ask p:not([class], .hy-none)"
    texts_of = f"[...document.querySelectorAll('{own}')].map((element) => element.textContent)"
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + path)
    was = page.evaluate(texts_of)
    in_english(page, address, path)
    assert page.evaluate(texts_of) == was
    assert len(was) > 10
    context.close()


def test_an_address_that_does_not_exist_is_told_in_both_languages(page: Page, address: str) -> None:
    page.goto(f"{address}404.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有这个页面")
    expect(page.get_by_text("There is no such page.")).to_be_visible()
    expect(page.locator('meta[name="robots"]')).to_have_attribute("content", "noindex")
    page.locator("#hy-q").fill("过街设施")
    page.get_by_role("button", name="查询").click()
    expect(page).to_have_url(re.compile(r"/browse/\?q="))


def test_results_of_a_search_are_in_english_too(page: Page, address: str) -> None:
    in_english(page, address, "browse/?q=过街设施")
    expect(page.locator(".hy-total")).to_have_text(re.compile(r"^\d+ proposals? found(, and [ \w,]+)?\.$"))
    expect(page.locator(".hy-hits .hy-chip").first).to_contain_text("In consultation")
    page.get_by_role("searchbox").first.press("/")
    page.locator("#hy-find").fill("停车")
    expect(page.locator("#hy-found")).to_contain_text("All results and filters")


def test_a_page_of_the_guide_shows_its_summary_and_the_chinese_one_click_away(page: Page, address: str) -> None:
    in_english(page, address, "guide/deadlines/")
    rules = page.get_by_role("heading", name="六条规则")
    expect(rules).to_be_hidden()
    expect(page.get_by_role("heading", name="In English")).to_be_visible()
    page.get_by_role("button", name="The whole page, in Chinese").click()
    expect(rules).to_be_visible()


def test_readers_of_chinese_fetch_nothing_of_it_and_the_page_does_not_move(browser: Browser, address: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    fetched: list[str] = []
    page.on("request", lambda sent: fetched.append(sent.url))
    page.goto(f"{address}p/2025-h3v7n/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) < 0.01
    context.close()
    assert [url.rsplit("/", 1)[-1] for url in fetched if "/english/" in url] == ["switch.js"]


@pytest.mark.parametrize("name", ["labels.json", "records.json", "reference.json", "page.js", "words.js", "switch.js"])
def test_nothing_that_english_needs_is_larger_than_fourteen_kilobytes(site: Path, name: str) -> None:
    assert len(gzip.compress((site / "assets" / "english" / name).read_bytes(), 9)) <= 14 * 1024


def test_what_is_made_of_numbers_and_names_is_said_in_english(page: Page, address: str) -> None:
    points = [Point(f"2026-0{month}", State.COUNTED, tickets) for month, tickets in enumerate((9, 10, 12, 13), 1)]
    hotline = Text("望澜市 12345 热线（虚构）", "Wanglan 12345 hotline (invented)")
    series = Series("hotline", hotline, "floods", "west", Text("西岭区", "Xiling"), tuple(points), ())
    sentence = complained(Complaints(series, tuple(points[:2]), tuple(points[2:]))).zh
    page.goto(f"{address}topics/t-taoxi-underpass/")
    said = page.evaluate(
        """async ([address, texts]) => {
          const [{ Words }, ...parts] = await Promise.all([
            import(`${address}assets/english/words.js`),
            ...["labels", "records"].map(async (name) => (await fetch(`${address}assets/english/${name}.json`)).json()),
          ]);
          const words = new Words(parts);
          return texts.map((text) => words.text(text));
        }""",
        [address, [sentence, "找到 1 件，另有代表和委员 1 人、单位 2 个。", "找到单位 1 个。"]],
    )
    assert said == [
        "Complaints of the same category in Xiling were 12, 13 in Mar 2026, Apr 2026, no fewer than 9.5 in an average"
        " month of the 2 before the reply (Wanglan 12345 hotline (invented); they need not be about the same matter).",
        "1 proposal found, and 1 person, 2 agencies.",
        "1 agency found.",
    ]
