"""A page that any site builder made once, cut at its sentinels, from which every page of its kind is stamped. Pure.

The builder renders one shell with a sentinel wherever a page differs from its neighbours; what a builder does beside
(a theme, a menu, a footer) is kept as it is. Nothing here knows which builder that was: a sentinel is a word of plain
letters, which survives Markdown, templates and minifiers, and links that lead up to the root are known by their steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TEXTS = ("title", "description", "canonical", "edit", "day")
"""Slots inside a text or an attribute: what fills them is escaped for both."""
BLOCKS = ("crumbs", "article")
"""Slots that stand for whole elements; a paragraph that a builder put around one goes."""
HEADS = ("data", "links")
"""Slots of the head, each a `meta` whose content is the sentinel: JSON-LD, and further links of the page."""
BASE = "base"
"""The way up to the root, without a slash at its end: `..` and so on, `.` at the root itself."""
SLOTS = (*TEXTS, *BLOCKS, *HEADS, BASE)


_BARE = re.compile(r"\s[\w:-]+=\Z")
"""An attribute from which a minifier took the quotes, which the values that fill it need."""


class ShellError(Exception):
    """A shell lacks a sentinel that every page needs; `missing` names the slots."""

    def __init__(self, name: str, missing: tuple[str, ...]) -> None:
        super().__init__(f"{name}: {', '.join(missing)}")
        self.name = name
        self.missing = missing


def sentinel(slot: str) -> str:
    """Return the word that stands for a slot in a shell; raises KeyError for a slot that does not exist."""
    if slot not in SLOTS:
        raise KeyError(slot)
    return f"huiyinslot{slot}slotend"


@dataclass(frozen=True)
class Shell:
    """A page in pieces: texts that stay, and between each two the slot that is filled."""

    texts: tuple[str, ...]
    slots: tuple[str, ...]

    def fill(self, values: Mapping[str, str]) -> bytes:
        """Return the page with these values in its slots, as UTF-8; a slot without a value stays empty.

        Values are put in as they are and never looked through for sentinels.
        """
        parts = [self.texts[0]]
        for slot, text in zip(self.slots, self.texts[1:], strict=True):
            parts.append(values.get(slot, ""))
            parts.append(text)
        return "".join(parts).encode("utf-8")


def split(html: str, address: str = "", steps: int = 0, needs: Iterable[str] = ()) -> Shell:
    """Cut a built page at its sentinels.

    `address` is the page's own full address where the builder wrote one: it becomes the slot `canonical`. `steps` is
    how many folders below the root the shell was built: each link with as many steps up gets the slot `base`. A shell
    that stays at its own address needs neither. Raises ShellError when a slot of `needs` is not there.
    """
    alternatives = [f"(?P<{slot}>{sentinel(slot)})" for slot in TEXTS if slot != "canonical"]
    alternatives += [rf"(?P<{slot}>(?:<p>\s*)?{sentinel(slot)}(?:\s*</p>)?)" for slot in BLOCKS]
    alternatives += [rf"(?P<{slot}><meta\b[^<>]*{sentinel(slot)}[^<>]*>)" for slot in HEADS]
    own = f"|{re.escape(address)}(?![\\w/?#-])" if address else ""
    alternatives.append(f"(?P<canonical>{sentinel('canonical')}{own})")
    if steps:
        up = re.escape("/".join([".."] * steps))
        alternatives.append(rf"""(?P<base>(?<=["'=(]){up}(?=[/"'\s>)?#])(?!/\.\.))""")
    texts, slots, end, quote = [], [], 0, ""
    for match in re.finditer("|".join(alternatives), html):
        slot = str(match.lastgroup)
        behind = html[match.end() : match.end() + 1]
        bare = slot in TEXTS and behind in " \t\n>/" and _BARE.search(html, end, match.start())
        text = quote + html[end : match.start()]
        quote = '"' if bare else ""
        texts.append(text + quote)
        slots.append(slot)
        end = match.end()
    texts.append(quote + html[end:])
    missing = tuple(sorted(set(needs) - set(slots)))
    if missing:
        raise ShellError(address, missing)
    return Shell(tuple(texts), tuple(slots))


def way_up(path: str) -> str:
    """Return what fills the slot `base` of the page at `path`, an address below the root such as `p/2026-k7f2q/`."""
    return "/".join([".."] * path.count("/")) or "."
