"""Nothing on any page keeps anybody from reading or using it, as far as axe can tell."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.pages import PAGES
from tests.browser.test_english import in_english

DESKTOP, PHONE = {"width": 1200, "height": 900}, {"width": 390, "height": 844}


def violations(page: Page, size: Any, scheme: Any) -> str:
    """What axe finds at a size in a colour scheme, as a text; empty when it finds nothing."""
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    found = Axe().run(page)
    return found.generate_report() if found.violations_count else ""


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing_light_or_dark_large_or_small_in_either_language(
    browser: Browser, address: str, path: str
) -> None:
    page = browser.new_page(locale="zh-CN")
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    assert violations(page, DESKTOP, "light") == ""
    assert violations(page, PHONE, "dark") == ""
    in_english(page, address, path)
    assert violations(page, PHONE, "light") == ""
    assert violations(page, DESKTOP, "dark") == ""
