"""The site in English: labels change, records stay as they were written, and Chinese comes back."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from huiyin import yamltext
from tests.browser.pages import PAGES
from tests.project import ROOT

OPENED = [*(path for path in PAGES.values() if not path.startswith("developers/")), "guide/members/"]
"""Pages for developers are in English anyway, and quote Chinese."""
LABELS = """() => {
  const not_ours = "[data-hy-language], code, pre, svg, .hy-often, .hy-hits a, .hy-snippet, .hy-cite";
  const shown = (element) => element.checkVisibility() && !element.closest(not_ours);
  const found = [];
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    if (shown(node.parentElement)) found.push(node.data.trim());
  }
  for (const name of ["aria-label", "placeholder", "title"]) {
    const all = [...document.querySelectorAll(`[${name}]`)].filter(shown);
    found.push(...all.map((element) => element.getAttribute(name)));
  }
  return [document.title, ...new Set(found)].filter((text) => /[\u3400-\u9fff]/.test(text));
}"""
"""All that a reader sees or hears in which there is Chinese."""
PLACED = re.compile(
    r"《[^》]*》|（[-\d年]+(介绍)?）|第[一二三四五六七八九十百零]+[条款项]|附件[一二三四]"
    r"|for example: .*|至|、|[^，]+ \d+ 人"
)
"""A document, its date, its articles; and how many of whom took part."""
HAN = re.compile(r"[\u3400-\u9fff]")


SHIFT = """new Promise((done) => {
  const sum = (list) => done(list.getEntries().reduce((all, one) => all + one.value, 0));
  new PerformanceObserver(sum).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(0), 300);
})"""
"""How far what was already painted has moved since."""


def texts(thing: Any) -> Iterator[str]:
    """Every text in some data."""
    if isinstance(thing, dict):
        for value in thing.values():
            yield from texts(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from texts(value)
    elif isinstance(thing, str):
        yield from filter(None, (" ".join(line.split()) for line in thing.split("\n")))


@pytest.fixture(scope="module")
def written() -> list[str]:
    """What stands in records, and the names of documents and places in rules: all that stays as it was written."""
    found: set[str] = set()
    for folder in (
        *("agencies", "groups", "members", "proposals"),
        *("topics", "research", "policies", "exemplars", "scores"),
    ):
        for file in (ROOT / "registry" / folder).rglob("*.yaml"):
            found.update(texts(yamltext.read(file.read_text(encoding="utf-8")).data))
    settings = yamltext.read((ROOT / "registry" / "registry.yaml").read_text(encoding="utf-8")).data
    offices = [settings["government_office"], *(body["office"] for body in settings["bodies"])]
    found.update(office["name"] for office in offices)
    for file in (ROOT / "schema").rglob("*.yaml"):
        found.update(re.findall(r"^  \w+: \{title: ([^,}]+)", file.read_text(encoding="utf-8"), re.MULTILINE))
        found.update(re.findall(r"^jurisdiction: (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE))
    return sorted((text for text in found if len(text) > 1 and HAN.search(text)), key=len, reverse=True)


def in_english(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    page.evaluate("localStorage.setItem('huiyin.language', 'en')")
    page.goto(address + path)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_load_state("networkidle")


def left(page: Page, written: list[str]) -> list[str]:
    """The labels in which Chinese remains once what is written in records and the places of articles are taken out."""
    found = []
    for label in page.evaluate(LABELS):
        rest = " ".join(label.split())
        for text in written:
            rest = rest.replace(text, "")
        if HAN.search(PLACED.sub("", rest)):
            found.append(label)
    return found


@pytest.mark.parametrize("path", OPENED)
def test_no_label_stays_in_chinese(browser: Browser, address: str, path: str, written: list[str]) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    in_english(page, address, path)
    found = left(page, written)
    context.close()
    assert found == []


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
    expect(count).to_contain_text("Assigned on 2026-08-28; that day is day zero.")
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
    expect(page.locator(".hy-total")).to_have_text(re.compile(r"^\d+ found\.$"))
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


@pytest.mark.parametrize("path", OPENED)
def test_no_page_in_english_is_wider_than_a_phone(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    in_english(page, address, path)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert wide <= 0
