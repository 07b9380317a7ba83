"""Where each link of a built site leads: pages, their heads, feeds, calendars, maps of the site and the interface."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

NOT_LINKS = ("data:", "javascript:", "mailto:")
TEXTS = {".atom", ".ics", ".json", ".xml", ".txt"}
"""Files whose links are full addresses anywhere in their text."""


class Links:
    """The links of the site in `folder`, which is made for `address`."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address
        self.full = re.compile(re.escape(address) + r"[^\s\"'<>\\{}|^`，。；：、）》]*(?!\{)")

    @cached_property
    def pages(self) -> dict[str, HtmlElement]:
        """Each page, parsed, by its path below the address."""
        return {
            path.relative_to(self.folder).as_posix().removesuffix("index.html"): document_fromstring(path.read_bytes())
            for path in sorted(self.folder.rglob("*.html"))
        }

    @cached_property
    def places(self) -> dict[str, frozenset[str]]:
        """The places in each page that a link may lead to."""
        return {path: frozenset(page.xpath("//@id | //a/@name")) for path, page in self.pages.items()}

    def links(self) -> Iterator[tuple[str, str]]:
        """Every link: the file that it stands in, and the full address that it leads to."""
        for path, page in self.pages.items():
            found = page.xpath("//@href | //@src | //form/@action | //use/@*[local-name()='href']")
            yield from ((path, urljoin(self.address + path, link.strip())) for link in found if _leads(link))
            for text in page.xpath("//head/meta/@content | //script[@type='application/ld+json']/text()"):
                yield from ((path, link) for link in self.full.findall(text))
        for file in sorted(self.folder.rglob("*")):
            name = file.relative_to(self.folder).as_posix()
            if file.suffix in TEXTS and not name.startswith("."):
                yield from ((name, link) for link in self.in_text(_unfolded(file)))

    def in_text(self, text: str) -> set[str]:
        """The full addresses in a text."""
        plain = html.unescape(text)
        return {link.rstrip(".,;)") for link in self.full.findall(plain)}

    def broken(self) -> Iterator[str]:
        """Each link into the site that leads to no file, or to no place in its page."""
        known: dict[str, bool] = {}
        for file, link in self.links():
            if not link.startswith(self.address):
                continue
            if link not in known:
                known[link] = self.there(link)
            if not known[link]:
                yield f"{file}: {link}"

    def there(self, link: str) -> bool:
        """Whether something is at an address of the site, and its place in it."""
        target, place = urldefrag(link)
        path = unquote(urlsplit(target).path).removeprefix(urlsplit(self.address).path)
        if path in self.places:
            return not place or unquote(place) in self.places[path]
        return (self.folder / path).is_file()

    def fetched(self) -> Iterator[str]:
        """What pages have a browser fetch from another host."""
        for path, page in self.pages.items():
            links: Iterable[etree._ElementUnicodeResult] = page.xpath(
                "//script/@src | //img/@src | //iframe/@src | //source/@src | "
                "//link[not(contains('canonical prev next alternate', @rel))]/@href"
            )
            yield from (f"{path}: {link}" for link in links if urlsplit(link).netloc)


def _unfolded(file: Path) -> str:
    """The text of a file; calendars fold their long lines."""
    text = file.read_text(encoding="utf-8")
    return text.replace("\n ", "") if file.suffix == ".ics" else text


def _leads(link: str) -> bool:
    return not link.strip().startswith(NOT_LINKS)
