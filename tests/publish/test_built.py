"""The built site: links lead somewhere, nothing is fetched from elsewhere, sources stay out of it."""

from __future__ import annotations

import posixpath
from pathlib import Path

import pytest

from tests.built import build
from tests.publish.links import Links

HERE = "https://huiyin.example/"
BASE = f"api/v1/openapi.json: {HERE}api/v1"
"""What the addresses of the interface begin with: no link, though it is written like one."""


@pytest.fixture(scope="module")
def links(site: Path) -> Links:
    return Links(site, HERE)


def test_every_link_leads_to_something_and_every_anchor_to_its_place(links: Links) -> None:
    kinds = {Path(file).suffix for file, _ in links.links()}
    assert kinds >= {"", ".atom", ".html", ".ics", ".json", ".xml"}
    assert list(links.broken()) == [BASE]


def test_a_link_or_an_anchor_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(f"""<title>x</title><meta content="{HERE}card.png"><p id=here><a href=a/>a</a>
      <a href=a/#there>a</a><a href="#here">a</a><a href=b/>b</a><a href=https://example.org/>c</a><img src=d.png>""")
    (tmp_path / "a/index.html").write_text("<a href=../#here>home</a><a href=..>home</a><h2 id=elsewhere>a</h2>")
    (tmp_path / "all.ics").write_bytes(f"URL:{HERE}a/\r\nDESCRIPTION:{HERE}\r\n a/\\n{HERE}p/\r\n".encode())
    assert list(Links(tmp_path, HERE).broken()) == [
        f": {HERE}a/#there",
        f": {HERE}b/",
        f": {HERE}d.png",
        f": {HERE}card.png",
        f"all.ics: {HERE}p/",
    ]


def test_nothing_is_fetched_from_another_host(links: Links) -> None:
    assert list(links.fetched()) == []


def test_sources_templates_and_overrides_are_not_published(site: Path) -> None:
    names = {posixpath.basename(path.as_posix()) for path in site.rglob("*")}
    assert not names & {"macros.html", "proposal.html", "main.html", "mkdocs.yml", "templates", "overrides"}
    assert not [name for name in names if name.endswith((".md", ".yaml"))]


def test_the_build_stops_with_the_findings_when_the_registry_is_not_sound(tmp_path: Path) -> None:
    (tmp_path / "registry").mkdir()
    (tmp_path / "registry" / "registry.yaml").write_text("name: x\n", encoding="utf-8")
    done = build(tmp_path / "site", str(tmp_path / "registry"))
    assert done.returncode == 1
    assert "shape-missing" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.prove
def test_building_twice_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    done = build(tmp_path / "again")
    assert done.returncode == 0, done.stderr
    for path in sorted(site.rglob("*")):
        if path.is_file() and ".huiyin" not in path.parts:
            again = tmp_path / "again" / path.relative_to(site)
            assert path.read_bytes() == again.read_bytes(), path
