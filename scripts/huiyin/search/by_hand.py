"""From the HTML of a page written by hand to a document: its first heading, and the words of its article. Pure."""

from __future__ import annotations

from html.parser import HTMLParser

from huiyin.search.document import Document

PAGE = "page"
"""The kind of pages written by hand."""
LAST = "~~"
"""Their session; it sorts behind all others, so that a change of a page leaves the segments of records alone."""
SKIPPED = frozenset({"script", "style", "nav", "svg", "form"})
BROKEN = frozenset({"p", "li", "td", "th", "h1", "h2", "h3", "h4", "dt", "dd", "pre", "tr", "br", "div"})
"""Elements that end a line of text."""
VOID = frozenset({"br", "img", "input", "hr", "meta", "link", "wbr"})


def written(url: str, html: str, facets: int) -> Document | None:
    """Return the document of a page at `url`, with a kind in the second of `facets` columns; None without an article.

    Only what stands in the element `article` is taken, and of it neither menus nor scripts.
    """
    parser = _Article()
    parser.feed(html)
    parser.close()
    title = " ".join("".join(parser.title).split())
    text = "\n".join(line for line in (" ".join(row.split()) for row in "".join(parser.text).split("\n")) if line)
    if not title:
        return None
    columns = tuple((PAGE,) if place == 1 else () for place in range(facets))
    return Document(url, LAST, url, "", title, "", text, None, columns)


class _Article(HTMLParser):
    """Gathers the first heading and all words of the article."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.text: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and (self._open or tag == "article"):
            permalink = tag == "a" and "headerlink" in (dict(attrs).get("class") or "")
            self._open.append("nav" if permalink else tag)
        if tag in BROKEN:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == "a" and self._open[-1] == "nav":
            self._open.pop()
        elif tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag in BROKEN:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._open or SKIPPED & set(self._open):
            return
        if "h1" in self._open:
            self.title.append(data)
        else:
            self.text.append(data)
