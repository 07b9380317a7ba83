"""What may not enter a registry is taken out of cells and counted: hidden characters and personal data."""

from __future__ import annotations

import unicodedata

from huiyin.ledger.outcomes import Care
from huiyin.personal import Piece, cover, find

_BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"))
"""Characters that end a line in some programs and are invisible in others."""


def clean(raw: str, *, mask: bool = True) -> tuple[str, Care]:
    """Return `raw` fit for a registry file, and what was taken out of it.

    Control, bidirectional and zero-width characters go (those that end a line become line breaks), personal data is
    masked unless `mask` is False (a column of amounts); landlines and names are not, since they may be meant for the
    public: `huiyin check` points at them. Blanks at the ends of lines and empty lines around the text go
    too; nobody can miss those.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    odd = set() if text.isprintable() else {c for c in set(text) if not c.isprintable() and _is_hidden(c)}
    removed = sum(text.count(char) for char in odd)
    if odd:
        text = text.translate(_BREAKS)
        text = "".join(char for char in text if char not in odd)
    masked = 0
    while mask and (pieces := _never_needed(text)):  # without one, its neighbour may read otherwise
        masked, text = masked + len(pieces), cover(text, pieces)
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return text, Care(removed, masked)


def _never_needed(text: str) -> list[Piece]:
    return [piece for piece in find(text) if piece.kind.sure]


def _is_hidden(char: str) -> bool:
    if char in "\n\t":
        return False
    unassigned = char in "\ufffe\uffff\u2065" or 0xE0000 <= ord(char) <= 0xE007F
    return unassigned or unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
