"""A site that was not built anew for more than two days says so; a demonstration, whose day is pinned, never does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect

from huiyin.load.registry import schema_line
from tests.browser import chromium
from tests.built import build
from tests.project import BASE, lay


@pytest.fixture(scope="module")
def unpinned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("unpinned")
    lay(BASE, folder / "registry")
    settings = folder / "registry" / "registry.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("as_of: 2026-06-30\n", ""), encoding="utf-8")
    for path in (folder / "registry").rglob("*.yaml"):
        path.write_text(_with_schema(path), encoding="utf-8")
    done = build(folder / "site", str(folder / "registry"), HUIYIN_AS_OF="2026-06-30")
    assert done.returncode == 0, done.stdout + done.stderr
    with chromium.served(folder / "site") as address:
        yield address


def _with_schema(path: Path) -> str:
    """The text of a file whose first line leads to the schemas of this repository from where it now lies."""
    kind, rest = path.read_text(encoding="utf-8").split(".schema.json\n", 1)
    root = Path(__file__).parents[2]
    return f"{schema_line(path, root / 'schema' / (kind.rsplit('/', 1)[-1] + '.schema.json'))}\n{rest}"


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2026, 6, 30, 12, tzinfo=ZoneInfo("Asia/Shanghai")), False),
        (datetime(2026, 7, 2, 23, 59, tzinfo=ZoneInfo("Asia/Shanghai")), False),
        (datetime(2026, 7, 3, 0, 1, tzinfo=ZoneInfo("Asia/Shanghai")), True),
        (datetime(2027, 1, 1, 0, 0, tzinfo=ZoneInfo("America/New_York")), True),
    ],
    ids=str,
)
def test_a_site_says_when_it_is_older_than_two_days(
    moment: datetime, told: bool, unpinned: str, browser: Browser
) -> None:
    page = browser.new_page(timezone_id="America/New_York")
    page.clock.set_fixed_time(moment)
    for path in ("", "p/2026-m4t7k/"):
        page.goto(unpinned + path)
        notice = page.locator(".hy-stale")
        expect(notice).to_be_visible(visible=told)
        expect(notice).to_contain_text("数据截至 2026-06-30")
    page.close()


def test_a_demonstration_never_says_so(address: str, browser: Browser) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    expect(page.locator(".hy-stale")).to_have_count(0)
    page.close()
    assert errors == []
