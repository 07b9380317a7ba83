"""One spelling for many: full-width forms, characters nobody sees, and escapes of YAML and of links."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_WIDE = "\u0660-\u0669\u06f0-\u06f9\uff10-\uff19\uff20\uff21-\uff3a\uff41-\uff5a\U0001d7ce-\U0001d7ff"
_ODD = re.compile(
    rf"[{_UNSEEN}]|(?P<wide>[{_WIDE}])|\\(?:x(?P<x>[0-9A-Fa-f]{{2}})|u(?P<u>[0-9A-Fa-f]{{4}})"
    r"|U0000(?P<U>[0-9A-Fa-f]{4})|(?P<white>[nrtN_L ])|\r?\n[ \t]{0,80})|%(?P<link>[2-7][0-9A-Fa-f])"
)


@dataclass(frozen=True)
class Folded:
    """A text in the one spelling; `at` tells where each of its characters began in the other, None when all did."""

    text: str
    at: list[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the start and the end of a stretch in the text as it was written."""
        return (start, end) if self.at is None else (self.at[start], self.at[end - 1 : end + 1][-1])


def fold(text: str) -> Folded:
    """Return `text` in the one spelling; most texts are in it already."""
    match = _ODD.search(text)
    if match is None:
        return Folded(text, None)
    parts: list[str] = []
    at: list[int] = []
    done = 0
    while match:
        parts += [text[done : match.start()], said := _said(match)]
        at += [*range(done, match.start()), *[match.start()] * len(said)]
        done = match.end()
        match = _ODD.search(text, done)
    parts.append(text[done:])
    at += range(done, len(text) + 1)
    return Folded("".join(parts), at)


def _said(match: re.Match[str]) -> str:
    """Return the character that is meant, or nothing."""
    if match["wide"]:
        return unicodedata.normalize("NFKC", match["wide"])
    if code := match["x"] or match["u"] or match["U"] or match["link"]:
        char = chr(int(code, 16))
        return "" if re.fullmatch(f"[{_UNSEEN}]", char) else unicodedata.normalize("NFKC", char)[:1]
    return " " if match["white"] else ""
