"""Golden files: what was printed, kept beside what was put in.

`HUIYIN_GOLDEN=write pytest tests/…` writes them anew; look at the difference in git before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path


def kept(path: Path, text: str) -> str:
    """Return what `path` holds, to compare `text` with; writes it there first when the environment asks for that."""
    if os.environ.get("HUIYIN_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8", newline="\n")
    return path.read_bytes().decode("utf-8") if path.is_file() else f"there is no {path.name}"
