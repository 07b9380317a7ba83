"""Personal data in a text: what it is, where it stands, and how the text reads without it.

Knows nothing of files and rules. All of it is linear in the length of the text: every search starts at a sign of its
own and looks a bounded way left and right of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from huiyin.personal import digits, homes, mails, papers, plates
from huiyin.personal.folding import fold
from huiyin.personal.kinds import Kind, Piece
from huiyin.personal.redaction import redact

__all__ = ["Kind", "Piece", "cover", "find", "redacted"]

_SHOWN = re.compile(r"(\r?\n[ \t]*)|.")
_SEARCHES: tuple[Callable[[str], Iterable[Piece]], ...] = (
    digits.find,
    mails.find,
    papers.find,
    plates.find,
    homes.find,
)
"""In the order in which they may claim a stretch of text: the surest first."""


def find(text: str) -> list[Piece]:
    """Return the pieces of personal data in `text`, in their order; none overlaps another."""
    folded = fold(text)
    pieces = [piece for search in _SEARCHES for piece in search(folded.text)]
    if not pieces:
        return []
    taken = bytearray(len(folded.text))
    kept = []
    for start, end, kind in pieces:
        if not any(taken[start:end]):
            taken[start:end] = b"x" * (end - start)
            kept.append(Piece(*folded.span(start, end), kind))
    return sorted(kept)


def redacted(text: str, piece: Piece) -> str:
    """Return how a piece of `text` may be written instead, for example "138****5678"."""
    return redact(fold(text[piece.start : piece.end]).text, piece.kind)


def cover(text: str, pieces: Iterable[Piece]) -> str:
    """Return `text` with every character of the pieces covered; its length, lines and indentation stay."""
    parts, done = [], 0
    for start, end, _ in pieces:
        hidden = _SHOWN.sub(lambda match: match[1] or "＊", text[start:end])
        parts += [text[done:start], hidden]
        done = end
    return "".join([*parts, text[done:]])
