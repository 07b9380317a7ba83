"""No type of page is forgotten by the tests in a browser and by the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from huiyin.publish import Site, drafts
from tests.browser.pages import PAGES
from tests.built import ROOT

Kind = tuple[str, int, str]
"""The first folder of an address, how deep it is, and the template of its article: what makes a type of page."""


def _made(demonstration: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Kind]]:
    used: dict[str, str] = {}

    def render(_: Site, template: str, path: str, **values: Any) -> str:
        used[path] = template
        return ""

    monkeypatch.setattr(Site, "render", render)
    for draft in drafts(demonstration):
        draft.make()
        yield draft.path, _kind(draft.path, used[draft.path])


def _written() -> Iterator[tuple[str, Kind]]:
    for folder in ("guide", "developers"):
        for file in (ROOT / "site" / folder).rglob("*.md"):
            name = file.relative_to(ROOT / "site").with_suffix("").as_posix()
            path = f"{name.removesuffix('index')}".rstrip("/") + "/"
            yield path, _kind(path, "")
    yield "404.html", _kind("404.html", "")


def _kind(path: str, template: str) -> Kind:
    return path.split("/")[0], path.count("/"), template


def test_each_type_of_page_is_opened_by_the_tests(demonstration: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = dict([*_made(demonstration, monkeypatch), *_written()])
    opened = {address.split("?")[0] for address in PAGES.values()}
    assert opened <= kinds.keys()
    missing: dict[Kind, str] = {}
    for path, kind in kinds.items():
        missing.setdefault(kind, path)
    for path in opened:
        missing.pop(kinds[path], None)
    assert missing == {}, "name one page of each in tests/browser/pages.py"
