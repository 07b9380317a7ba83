"""From the HTML of a page written by hand to a document: its first heading, and the words of its article. Pure."""

from __future__ import annotations

from html.parser import HTMLParser

from huiyin.search.document import Document

PAGE = "page"
"""The kind of pages written by hand."""
LAST = "~~"
"""Their session; it sorts behind all others."""
SKIPPED = frozenset({"script", "style", "nav", "svg", "form"})
BROKEN = frozenset({"p", "li", "td", "th", "h1", "h2", "h3", "h4", "dt", "dd", "pre", "tr", "br", "div"})
"""Elements that end a line of text."""
VOID = frozenset({"br", "img", "input", "hr", "meta", "link", "wbr"})


def written(url: str, html: str) -> Document | None:
    """Return the document of a page at `url`; None where there is no article with a heading.

    Only what stands in the element `article` is taken, and of it neither menus nor scripts.
    """
    parser = _Article()
    parser.feed(html)
    parser.close()
    title = " ".join("".join(parser.title).split())
    text = "\n".join(line for line in (" ".join(row.split()) for row in "".join(parser.text).split("\n")) if line)
    if not title:
        return None
    return Document(url, LAST, url, "", title, "", text, None, {"kind": (PAGE,)})


class _Article(HTMLParser):
    """Gathers the first heading and all words of the article."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.text: list[str] = []
        self._open: list[tuple[str, bool]] = []  # elements, and whether their text is taken

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and (self._open or tag == "article"):
            permalink = "headerlink" in (dict(attrs).get("class") or "")
            within = not self._open or self._open[-1][1]
            self._open.append((tag, within and not permalink and tag not in SKIPPED))
        if tag in BROKEN:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass
        if tag in BROKEN:
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._open or not self._open[-1][1]:
            return
        heading = any(name == "h1" for name, _ in self._open)
        (self.title if heading else self.text).append(data)
