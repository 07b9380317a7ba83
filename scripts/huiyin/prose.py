"""The few marks that texts of records may hold: strong words, links, lists with dashes, tables. Pure.

A line without a mark is a paragraph exactly as it was written. Numbered lines stay as they are, since the number is a
part of what an agency wrote, and a single `*`, `_`, `#` or `>` is a sign like any other. Strong words need a space or a
punctuation mark around their signs, so that names with hidden letters (张**) and sizes (3*4*5) keep theirs.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from itertools import groupby

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block
from markdown_it.rules_inline import StateInline
from markupsafe import Markup, escape

MARKS = re.compile(r"\*\*|\]\(https://|^ *- |^\|", re.MULTILINE)
"""What every text with marks has somewhere; most texts have none of it."""
ITEM, ROW = re.compile(r" *- \S"), re.compile(r"\|.*\|\s*$")
RULER = re.compile(r"\|[ :|-]*-[ :|-]*\|\s*$")
"""The second line of a table."""
STRONG = re.compile(r"\*\*(?![\s*])([^\n]{1,300}?)(?<![\s*])\*\*(?!\*)")
TAGS = {"p", "ul", "li", "strong", "a", "table", "thead", "tbody", "tr", "th", "td"}
"""All markup that a text can become."""
ENDS, CELLS = re.compile(r"</(?:p|li|tr)>|<ul>"), re.compile(r"</t[hd]>\n?")
SCROLLED = '<div class="hy-scroll" role="region" aria-label="表格" tabindex="0">'
"""What keeps a wide table from widening a phone's page."""
LARGEST = 10_000
"""Characters of a block of marks; a longer one is shown as it was written."""


def prose(text: str | None) -> Markup:
    """Return a text as HTML; nothing of it can be markup but what its marks mean."""
    if not text or not MARKS.search(text):
        made = (f"<p>{line}</p>\n" for line in str(escape(text or "")).split("\n") if line.strip())
    else:
        made = (_block(kind, list(lines)) for kind, lines in groupby(text.split("\n"), _kind))
    return Markup("".join(made))  # noqa: S704 (escaped here, or cleaned below)


def plain(text: str | None) -> str:
    """Return the words of a text without its marks, for search, summaries and previews."""
    if not text or not MARKS.search(text):
        return text or ""
    html = CELLS.sub(" ", ENDS.sub("\n", prose(text)))
    lines = unescape(re.sub("<[^>]*>", "", html)).split("\n")
    return "\n".join(line.rstrip(" ") for line in lines if line.strip())


def _kind(line: str) -> str:
    return "list" if ITEM.match(line) else "table" if ROW.match(line) else ""


def _block(kind: str, lines: list[str]) -> str:
    """A run of lines of one kind."""
    whole = "\n".join(lines)
    if kind == "list" and len(whole) <= LARGEST:
        return _CLEANER.clean(_READER.render(whole))
    if kind == "table" and len(whole) <= LARGEST and len(lines) > 1 and RULER.match(lines[1]):
        return f"{SCROLLED}{_CLEANER.clean(_READER.render(whole))}</div>\n"
    return "".join(f"<p>{_line(line)}</p>\n" for line in lines if line.strip())


def _line(line: str) -> str:
    marked = MARKS.search(line) and len(line) <= LARGEST
    return _CLEANER.clean(_READER.renderInline(line)) if marked else escape(line)


def _dashes(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lists whose items have dashes, and no others."""
    first = state.bMarks[start] + state.tShift[start]
    return state.src[first : first + 1] == "-" and list_block(state, start, end, silent)


def _strong(state: StateInline, silent: bool) -> bool:
    """Strong words between two pairs of asterisks; what surrounds them is neither letter nor digit."""
    found = STRONG.match(state.src, state.pos, state.posMax)
    if not found or _letter(state.src[: state.pos][-1:]) or _letter(state.src[found.end() : found.end() + 1]):
        return False
    if not silent:
        rest, end = state.posMax, found.end()
        state.push("strong_open", "strong", 1)
        state.pos, state.posMax = found.start(1), found.end(1)
        state.md.inline.tokenize(state)
        state.push("strong_close", "strong", -1)
        state.posMax, state.pos = rest, end
    else:
        state.pos = found.end()
    return True


def _letter(character: str) -> bool:
    return character == "*" or (bool(character) and unicodedata.category(character)[0] in "LMN")


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 (the library's name)
        """Whether an address may be a link: https and nothing else."""
        return url.startswith("https://")


_READER = _Reader("zero", {"maxNesting": 8}).enable(["list", "table", "link"])
_READER.block.ruler.at("list", _dashes, {"alt": ["paragraph"]})
_READER.inline.ruler.before("link", "strong", _strong)
_CLEANER = nh3.Cleaner(
    tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https"}, link_rel="nofollow noopener", strip_comments=True
)
