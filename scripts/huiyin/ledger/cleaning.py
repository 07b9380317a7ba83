"""What may not enter a registry is taken out of cells and counted: hidden characters and personal data."""

from __future__ import annotations

import unicodedata

from huiyin.ledger.outcomes import Care
from huiyin.load.personal import cover, personal_data

_BREAKS = str.maketrans(dict.fromkeys("\x0b\x0c\x85\u2028\u2029", "\n"))
"""Characters that end a line in some programs and are invisible in others."""


def clean(raw: str, *, mask: bool = True) -> tuple[str, Care]:
    """Return `raw` fit for a registry file, and what was taken out of it.

    Control, bidirectional and zero-width characters go (those that end a line become line breaks), personal data is
    masked unless `mask` is False (a column of amounts). Blanks at the ends of lines and empty lines around the text go
    too; nobody can miss those.
    """
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    odd = set() if text.isprintable() else {c for c in set(text) if not c.isprintable() and _is_hidden(c)}
    removed = sum(text.count(char) for char in odd)
    if odd:
        text = text.translate(_BREAKS)
        text = "".join(char for char in text if char not in odd)
    masked = sum(1 for _ in personal_data(text)) if mask else 0
    if masked:
        text = cover(text)
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return text, Care(removed, masked)


def _is_hidden(char: str) -> bool:
    if char in "\n\t":
        return False
    unassigned = char in "\ufffe\uffff\u2065" or 0xE0000 <= ord(char) <= 0xE007F
    return unassigned or unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
