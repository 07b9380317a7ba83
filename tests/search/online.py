"""Queries in Chromium, on a built site with another index: what is loaded and how long it takes until results show."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Response

from tests.browser.chromium import browser, served
from tests.built import build

SLOW = {"offline": False, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8, "latency": 150}
"""A slow phone: 1.6 Mbit/s down, 150 ms for each answer."""
OURS = ("/search/", "/assets/search/")
"""What belongs to search: the index, and its scripts."""
SNIPPETS = re.compile(r"/t\d+\.bin$")
"""Texts from which snippets are cut."""


class Asked(NamedTuple):
    """One query: milliseconds from the key to the first result; bytes of search for the results, and with snippets.

    Bytes are those of bodies, scripts included, as a host sends them that compresses nothing. Snippets are fetched for
    the results in view, once those stand.
    """

    milliseconds: float
    first: int
    all: int
    found: int


def lay(index: Path, site: Path) -> None:
    """Build the demonstration site into `site` and put this index into it; AssertionError when it cannot be built."""
    done = build(site)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(site / "search")
    shutil.copytree(index, site / "search")


@contextmanager
def opened(site: Path) -> Iterator[tuple[Browser, str]]:
    """Serve a site and start Chromium."""
    with served(site) as address, browser() as started:
        yield started, address


def ask(started: Browser, address: str, queries: Sequence[str], slow: bool) -> Iterator[Asked]:
    """Ask each query on the page of results, each time as somebody who has never been here; `slow` throttles."""
    for query in queries:
        context = started.new_context(locale="zh-CN", viewport={"width": 1200, "height": 900})
        page = context.new_page()
        if slow:
            session = context.new_cdp_session(page)
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", SLOW)
        answers: list[Response] = []
        page.on("response", lambda answer, kept=answers: kept.append(answer))
        page.goto(f"{address}browse/", wait_until="networkidle")
        page.locator("#hy-q").fill(query)
        started_at = time.perf_counter()
        page.keyboard.press("Enter")
        page.locator(".hy-hits li").first.wait_for(timeout=60_000)
        took = (time.perf_counter() - started_at) * 1000
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(600)
        status = page.locator("[data-hy-results] [role=status]").inner_text()
        found = int("".join(filter(str.isdigit, status)) or 0)
        first = sum(_size(answer) for answer in answers if not SNIPPETS.search(answer.url))
        yield Asked(took, first, sum(map(_size, answers)), found)
        context.close()


def _size(answer: Response) -> int:
    return int(answer.headers["content-length"]) if any(part in answer.url for part in OURS) else 0
