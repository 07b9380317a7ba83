"""A registry full of markup, built and opened: nothing of it runs, in no page's head, in no search result."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import chromium
from tests.built import build
from tests.publish.hostile import hostile_registry

PAGES = ["", "p/2026-k7f2q/", "a/a-housing/", "m/m-ma-licheng/", "s/npc-17-5/", "browse/", "due/", "commitments/"]


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    assert hostile_registry(folder / "registry") > 1000
    done = build(folder / "site", str(folder / "registry"))
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


def test_no_text_of_a_registry_runs_on_any_page_or_in_the_search(hostile_site: Path, browser: Browser) -> None:
    with chromium.served(hostile_site) as address:
        page = browser.new_page()
        ran: list[str] = []
        page.on("dialog", lambda dialog: (ran.append(page.url), dialog.dismiss()))
        fetched: list[str] = []
        page.on("request", lambda sent: fetched.append(sent.url) if sent.url.endswith("/x") else None)
        for path in PAGES:
            page.goto(address + path)
            page.wait_for_load_state("networkidle")
            assert "onerror" in page.content(), path
        page.goto(f"{address}browse/?q=建议")
        expect(page.locator(".hy-snippet mark").first).to_be_attached()
        page.locator("#hy-find").fill("onerror=alert")
        expect(page.locator("#hy-options [role=option]").first).to_be_visible()
        page.wait_for_timeout(500)
        page.close()
    assert ran == []
    assert fetched == []
