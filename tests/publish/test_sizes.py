"""No page is too large for a phone: of the demonstration, of a generated registry, and a proposal's with its gzip."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from huiyin.model import Group
from huiyin.opendata import assets
from huiyin.publish import Page, Site, drafts
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


def test_no_page_of_a_generated_registry_takes_more_than_100_kb(tmp_path: Path, demonstration: Site) -> None:
    made = large(tmp_path / "registry", demonstration)
    pages = {draft.path: draft.make() for draft in drafts(made) if not draft.path.startswith("p/")}
    frame = {path: len(page.article.encode()) for path, page in pages.items()}
    assert {path: size for path, size in frame.items() if size + FRAME > PAGE} == {}
    for path in ("s/npc-17-1/2/", "figures/by-agency/10/", "a/a-000/below/2/", "g/g-all/members/2/"):
        assert path in pages, "lists are paged"
    for path in ("topics/3/", "research/3/", "policies/3/", "due/records/3/"):
        assert path in pages, "lists of what is gathered are paged"

    rows = [row for path in by_agency(pages) for row in re.findall('<th scope="row">([^<]*)', pages[path].article)]
    groups = made.scope.groups["agency"]
    assert rows == [group.name.zh for group in groups]
    assert len(rows) > 900
    files = {asset.path: asset for asset in assets(made.scope, "https://huiyin.example/")}
    told = json.loads(files["api/v1/figures/agency.json"].make())
    assert [group["key"] for group in told["groups"]] == [group.key for group in groups]


def by_agency(pages: Mapping[str, Page]) -> Iterator[str]:
    """The pages of the table, each found from the one before."""
    path: str | None = "figures/by-agency/"
    while path:
        yield path
        path = dict(pages[path].links).get("next")


def large(folder: Path, demonstration: Site) -> Site:
    """A registry with many of everything that a page lists: 1,000 agencies below one, a group of 3,000 people."""
    write_registry(folder, 1500, 1000)
    made, some = make(folder, date(2026, 11, 20)), demonstration.registry
    own = made.registry
    return replace(
        made,
        registry=replace(
            own,
            agencies={name: replace(one, parent="a-000") for name, one in own.agencies.items()},
            groups={"g-all": Group("g-all", "甲", "npc", "delegation", own.agencies["a-000"].source)},
            members={name: replace(one, groups=("g-all",)) for name, one in own.members.items()},
            topics=many(some.topics, proposals=()),
            research=many(some.research, proposals=()),
            policies=many(some.policies, proposals=(), commitments=()),
        ),
    )


Kept = TypeVar("Kept")


def many(records: Mapping[str, Kept], **changes: tuple[()]) -> dict[str, Any]:
    """The first of the records 250 times, under ids of their own."""
    one: Any = replace(next(iter(records.values())), **changes)  # type: ignore[type-var]
    return {f"{one.id}-{n}": replace(one, id=f"{one.id}-{n}") for n in range(250)}
