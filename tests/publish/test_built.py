"""The built site: links lead somewhere, nothing is fetched from elsewhere, sources stay out of it."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from tests.built import build

HERE = "https://huiyin.example/"
FETCHED = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src")}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.add(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        alone = tag == "link" and values.get("rel") in ("canonical", "prev", "next", "alternate")
        self.fetched.extend(values[name] for kind, name in FETCHED if kind == tag and name in values and not alone)


def _read(site: Path) -> dict[str, _Reader]:
    found = {}
    for path in site.rglob("*.html"):
        reader = _Reader()
        reader.feed(path.read_text(encoding="utf-8"))
        found[path.relative_to(site).as_posix().removesuffix("index.html")] = reader
    return found


def test_every_link_of_the_site_leads_to_a_page_and_every_anchor_to_its_place(site: Path) -> None:
    pages = _read(site)
    broken = []
    for address, reader in pages.items():
        if address == "404.html":
            continue
        for link in reader.links:
            if link.startswith(("javascript:", "mailto:")):
                continue
            target, anchor = urldefrag(urljoin(HERE + address, link))
            if not target.startswith(HERE):
                continue
            path = unquote(urlsplit(target).path).removeprefix("/")
            if path in pages:
                if anchor and unquote(anchor) not in pages[path].ids and not anchor.startswith("__"):
                    broken.append(f"{address}: #{anchor} of {path}")
            elif not (site / path).is_file():
                broken.append(f"{address}: {link}")
    assert broken == []


def test_nothing_is_fetched_from_another_host(site: Path) -> None:
    for address, reader in _read(site).items():
        strangers = [urlsplit(link).netloc for link in reader.fetched if urlsplit(link).netloc]
        assert strangers == [], address


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
