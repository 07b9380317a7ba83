"""The reader's scripts as they are published: without comments and indentation, which a phone need not download."""

from __future__ import annotations

import re
from pathlib import Path

COMMENT = re.compile(r"//.*|/\*\*.*\*/")


def thin(text: str) -> str:
    """Return a script without empty lines, indentation and lines that are a comment as a whole.

    Scripts have no comment over several lines and no text over several lines; a test holds them to that.
    """
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not COMMENT.fullmatch(line))


def thin_scripts(folder: Path) -> None:
    """Thin every script of a published folder."""
    for path in sorted(folder.glob("*.js")):
        path.write_text(thin(path.read_text(encoding="utf-8")), encoding="utf-8")
