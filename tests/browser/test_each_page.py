"""One page of each type, opened once: large and small, light and dark, in Chinese and in English.

Whatever is wrong with a page is gathered and told together, since opening it is what takes the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Browser, BrowserContext, Page, expect

from huiyin import yamltext
from tests.browser.conftest import watch
from tests.browser.pages import PAGES
from tests.project import ROOT

OPENED = {**PAGES, "guide-members": "guide/members/"}
DESKTOP, PHONE = {"width": 1200, "height": 900}, {"width": 390, "height": 844}
AXE = "axe.run({resultTypes: ['violations']})"
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
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


class Visit:
    """A page while it is looked at, and what is wrong with it."""

    def __init__(self, page: Page, found: list[str]) -> None:
        self.page = page
        self.found = found

    def seen(self, how: str, size: Any, scheme: Any) -> None:
        """Look at the page at a size in a colour scheme: nothing wider than the screen, nothing that axe finds."""
        self.page.set_viewport_size(size)
        self.page.emulate_media(color_scheme=scheme)
        wide = self.page.evaluate(WIDE)
        if wide > 0:
            self.found.append(f"{how}: {wide} pixels wider than the screen")
        results = AxeResults(self.page.evaluate(AXE))
        if results.violations_count:
            self.found.append(f"{how}: {results.generate_report()}")

    def labels(self, written: list[str]) -> None:
        """Look for labels in which Chinese remains once what records hold and the places of articles are taken out."""
        for label in self.page.evaluate(LABELS):
            rest = " ".join(label.split())
            for text in written:
                rest = rest.replace(text, "")
            if HAN.search(PLACED.sub("", rest)):
                self.found.append(f"in Chinese: {label}")


@pytest.fixture(scope="module")
def visitor(started: Browser) -> Iterator[tuple[BrowserContext, list[str]]]:
    """One context for all pages, which keeps what they share as a reader's browser does; and what pages did wrong."""
    found: list[str] = []
    context = watch(started.new_context(locale="zh-CN"), found)
    yield context, found
    context.close()


@pytest.mark.parametrize("path", OPENED.values(), ids=OPENED)
def test_a_page_can_be_read_by_everybody_everywhere_in_both_languages(
    visitor: tuple[BrowserContext, list[str]], address: str, path: str, written: list[str]
) -> None:
    context, found = visitor
    found.clear()
    page = context.new_page()
    visit = Visit(page, found)
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".hy-banner")).to_contain_text("演示数据")
    expect(page.locator(".hy-footer")).to_contain_text("虚构")
    page.evaluate(AXE_SCRIPT)
    visit.seen("large, light", DESKTOP, "light")
    visit.seen("small, dark", PHONE, "dark")
    page.locator("[data-hy-language]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_load_state("networkidle")
    if not path.startswith("developers/"):  # in English anyway, and quotes Chinese
        visit.labels(written)
    visit.seen("small, light, in English", PHONE, "light")
    visit.seen("large, dark, in English", DESKTOP, "dark")
    page.evaluate("localStorage.clear()")
    page.close()
    assert found == []
