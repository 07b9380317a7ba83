"""The menu says on every page below which of its entrances the page stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.pages import PAGES

ENTRANCES = {
    "查询": ["browse/", "p/", "a/", "m/", "g/", "s/", "c/", "state/", "month/"],
    "时限": ["due/"],
    "承诺": ["commitments/"],
    "议题": ["topics/", "signals/", "research/", "policies/"],
    "统计": ["figures/", "reports/", "assessment/"],
    "指南": ["guide/", "developers/", "packs/", "coverage/", "rules/", "tables/", "trust/", "quality/", "exemplars/"],
}
HERE = re.compile(r'<li><a href="[^"]*" aria-current="(page|true)">([^<]+)</a>')


def expected(path: str) -> list[str]:
    if path == "figures/definitions/":
        return ["指南"]
    return [name for name, below in ENTRANCES.items() if path.startswith(tuple(below))]


@pytest.mark.parametrize("path", sorted({path.split("?")[0] for path in PAGES.values()}))
def test_the_menu_says_where_a_page_stands(site: Path, path: str) -> None:
    html = (site / path / ("" if path.endswith(".html") else "index.html")).read_text(encoding="utf-8")
    found = {name: how for how, name in HERE.findall(html)}
    assert list(found) == expected(path)
    assert all(how == ("page" if path == ENTRANCES[name][0] else "true") for name, how in found.items())
