"""The demonstration site, built by the real command and opened in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
def started() -> Iterator[Browser]:
    with chromium.browser() as started:
        yield started


def watch(context: BrowserContext, complaints: list[str]) -> BrowserContext:
    """Have whatever pages of the context do that none may do told in `complaints`; return the context."""
    context.add_init_script(REPORT)
    context.on("request", lambda sent: complaints.append(f"fetched: {sent.url}") if _elsewhere(sent.url) else None)
    context.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda thrown: complaints.append(f"thrown: {thrown.error}"))
    return context


@pytest.fixture
def complaints() -> list[str]:
    """What pages did that none may do; a test that provokes one looks at it and clears it."""
    return []


@pytest.fixture
def browser(started: Browser, complaints: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """A browser each of whose pages is watched.

    A request to another host, a breach of the page's policy, an error on the console or one that no script caught
    fails the test.
    """
    plain = started.new_context

    def watched(**options: Any) -> BrowserContext:
        return watch(plain(**options), complaints)

    monkeypatch.setattr(started, "new_context", watched)
    monkeypatch.setattr(started, "new_page", lambda **options: watched(**options).new_page())
    before = set(started.contexts)
    yield started
    for context in set(started.contexts) - before:
        context.close()
    assert complaints == []


def _elsewhere(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:"))


@pytest.fixture(params=[(1200, 900), (390, 844)], ids=["desktop", "phone"])
def context(request: pytest.FixtureRequest, browser: Browser) -> BrowserContext:
    """A fresh context at each width."""
    width, height = request.param
    return browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
