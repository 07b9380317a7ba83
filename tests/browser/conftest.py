"""The demonstration site, built by the real command and opened in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import chromium
from tests.built import site as site


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = pytest.mark.skip(reason=f"no Chromium here; install it: {chromium.INSTALL}")
    for item in items:
        if Path(item.fspath).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            if chromium.find() is None:
                item.add_marker(missing)


REPORT = """addEventListener("securitypolicyviolation",
  (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));"""
"""Says on the console whatever the page's content security policy refuses."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with chromium.served(site) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium.browser() as started:
        yield started


@pytest.fixture(params=[(1200, 900), (390, 844)], ids=["desktop", "phone"])
def context(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A fresh browser context; any request to another host, and any error on the console, fails the test."""
    width, height = request.param
    opened = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    opened.add_init_script(REPORT)
    strangers: list[str] = []
    opened.on("request", lambda sent: strangers.append(sent.url) if _elsewhere(sent.url, address) else None)
    yield opened
    opened.close()
    assert strangers == []


def _elsewhere(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:"))


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield opened
    assert errors == []
