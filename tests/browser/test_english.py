"""The site in English: labels change, records stay as they were written, and Chinese comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from huiyin import yamltext
from tests.browser.test_site import KINDS_OF_PAGE
from tests.project import ROOT

PAGES = [*KINDS_OF_PAGE, "browse/?q=停车", "guide/members/", "404.html"]
LABELS = """() => {
  const within = "nav, h1, h2, h3, th, dt, summary, legend, label, button, figcaption, caption, footer, .hy-chip, .hy-meta,"
    + ".hy-tiles, .hy-lead, .hy-more, .hy-stage, .hy-turn, .hy-header, .hy-small, .hy-none";
  const shown = (element) => element.checkVisibility() && !element.closest("[data-hy-language], code, pre");
  const found = [];
  for (const element of document.querySelectorAll(within)) {
    if (!shown(element)) continue;
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.data.trim());
  }
  for (const name of ["aria-label", "placeholder", "title"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) if (shown(element)) found.push(element.getAttribute(name));
  }
  return [...new Set(found)].filter((text) => /[\\u3400-\\u9fff]/.test(text));
}"""
"""The labels that still have Chinese in them."""
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
    """What stands in records, and the names of laws and places in rules: all that stays as it was written."""
    found: set[str] = set()
    for folder in ("agencies", "groups", "members", "proposals"):
        for file in (ROOT / "registry" / folder).rglob("*.yaml"):
            found.update(texts(yamltext.read(file.read_text(encoding="utf-8")).data))
    settings = yamltext.read((ROOT / "registry" / "registry.yaml").read_text(encoding="utf-8")).data
    offices = [settings["government_office"], *(body["office"] for body in settings["bodies"])]
    found.update(office["name"] for office in offices)
    return sorted((text for text in found if len(text) > 1 and HAN.search(text)), key=len, reverse=True)


def in_english(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    page.evaluate("localStorage.setItem('huiyin.language', 'en')")
    page.goto(address + path)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_load_state("networkidle")


def left(page: Page, written: list[str]) -> list[str]:
    """The labels in which Chinese remains once what is written in records is taken out."""
    found = []
    for label in page.evaluate(LABELS):
        rest = re.sub(r"《[^》]*》(（[-\d]+）)?(第[^，。；]*[条款项])?", "", " ".join(label.split()))
        for text in written:
            rest = rest.replace(text, "")
        if HAN.search(rest):
            found.append(label)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_no_label_stays_in_chinese(browser: Browser, address: str, path: str, written: list[str]) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    in_english(page, address, path)
    found = left(page, written)
    context.close()
    assert found == []
