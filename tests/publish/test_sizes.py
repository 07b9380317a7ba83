"""No page is too large for a phone: of the demonstration, of a generated registry, and a proposal's with its gzip."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

from huiyin.publish import drafts
from tests.generate import write_registry
from tests.publish.conftest import make

PAGE, FRAME = 100_000, 12_000
"""Bytes of a page; bytes of it that its shell may take."""
PROPOSAL, ZIPPED = 40_000, 10 * 1024
USUAL = 16
"""Events of a proposal whose page is held to that; a longer history has its own length."""


def test_no_page_of_the_demonstration_takes_more_than_100_kb(site: Path) -> None:
    sizes = {path.relative_to(site).as_posix(): path.stat().st_size for path in site.rglob("*.html")}
    assert len(sizes) > 300
    assert {name: size for name, size in sizes.items() if size > PAGE} == {}


def test_the_page_of_a_proposal_takes_40_kb_and_zipped_10_kb(site: Path) -> None:
    pages = {path.parent.name: path.read_bytes() for path in (site / "p").glob("*/index.html")}
    usual = {name: page for name, page in pages.items() if page.count(b'<li id="e') <= USUAL}
    assert len(usual) >= 50
    assert {name: len(page) for name, page in usual.items() if len(page) > PROPOSAL} == {}
    zipped = {name: len(gzip.compress(page)) for name, page in usual.items()}
    assert {name: size for name, size in zipped.items() if size > ZIPPED} == {}


def test_no_page_of_a_generated_registry_takes_more_than_100_kb(tmp_path: Path) -> None:
    write_registry(tmp_path / "registry", 1500)
    made = make(tmp_path / "registry", date(2026, 11, 20))
    frame = {
        draft.path: len(draft.make().article.encode()) for draft in drafts(made) if not draft.path.startswith("p/")
    }
    assert {path: size for path, size in frame.items() if size + FRAME > PAGE} == {}
    assert any(path.startswith("s/npc-17-1/2/") for path in frame), "lists are paged"
