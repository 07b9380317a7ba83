"""The second line of an imported file: where it comes from, and a seal that shows whether people changed it since.

The seal is a digest of all that stands below the line. An import rewrites a file only where its own seal still holds:
what people wrote is theirs.
"""

from __future__ import annotations

import hashlib
import re

from huiyin.ledger.mapping import SourceSpec

_LINE = re.compile(r"(# .*written by huiyin import \(([a-z0-9]{2,12})\))(?: ([0-9a-f]{12}))?\.")


def comment(source: SourceSpec) -> str:
    """Return the second line of every file of a source, not yet sealed."""
    where = f"，{source.address}" if source.address else ""
    return (
        f"# 来源：{source.name}（{source.licence}{where}）。 / "
        f"Source: {source.name}, written by huiyin import ({source.code})."
    )


def sealed(text: str) -> str:
    """Return `text`, whose second line is the comment, with the seal of what follows in it."""
    first, line, rest = text.split("\n", 2)
    return "\n".join([first, _LINE.sub(rf"\1 {_digest(rest)}.", line), rest])


def holds(text: str) -> bool:
    """Whether an import wrote `text` and nobody changed it since."""
    match = _match(text)
    return match is not None and match[3] == _digest(text.split("\n", 2)[2])


def owner(text: str) -> str | None:
    """Return the code of the source whose import wrote `text`; None when none did."""
    match = _match(text)
    return match[2] if match else None


def _match(text: str) -> re.Match[str] | None:
    lines = text.split("\n", 2)
    return _LINE.fullmatch(lines[1]) if len(lines) > 2 else None


def _digest(rest: str) -> str:
    return hashlib.sha256(rest.encode("utf-8", "surrogatepass")).hexdigest()[:12]
