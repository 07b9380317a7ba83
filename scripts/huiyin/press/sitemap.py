"""The map of a site for search engines: parts of a bounded size, and one file that names them."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

MOST = 20_000
"""Addresses in one part; the protocol allows 50,000 and 50 MB (sitemaps.org)."""
SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemaps(paths: Sequence[str], address: str) -> dict[str, bytes]:
    """Return `sitemap.xml` and the parts that it names for these paths below `address`."""
    parts = [paths[start : start + MOST] for start in range(0, len(paths), MOST)]
    files = {
        f"sitemap-{number}.xml": _file("urlset", "url", [address + path for path in part])
        for number, part in enumerate(parts, start=1)
    }
    return {**files, "sitemap.xml": _file("sitemapindex", "sitemap", [address + name for name in files])}


def _file(root: str, row: str, addresses: Sequence[str]) -> bytes:
    rows = "".join(f"<{row}><loc>{escape(one)}</loc></{row}>\n" for one in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{SPACE}">\n{rows}</{root}>\n'.encode()
