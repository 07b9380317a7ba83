"""Ids and digests that follow from content alone: the same ledger gives the same ids on every machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Digits and lower-case letters without i, l, o and u, which are misread."""
LENGTH = 8
"""Characters of a short id: 40 bits."""
LONGEST = 12
"""Characters that the second part of a proposal's id may have."""


def short(*parts: str, length: int = LENGTH) -> str:
    """Return `length` characters that follow from `parts`; a longer one begins with the shorter ones."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()
    number = int.from_bytes(digest, "big")
    return "".join(ALPHABET[number >> (256 - 5 * (n + 1)) & 31] for n in range(length))


def digest(cells: Mapping[str, Sequence[str]]) -> str:
    """Return the digest of a row's content, r and 15 hexadecimal digits; empty cells and column order do not matter."""
    content = {column: list(texts) for column, texts in cells.items() if any(texts)}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"r{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:15]}"
