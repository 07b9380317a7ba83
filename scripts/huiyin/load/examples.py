"""The failing example of each rule, for its page: what was in the files, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LONGEST = 4000
"""Characters of a file that a rule page shows."""


@dataclass(frozen=True)
class Example:
    """The files of an example by name, and the report that they lead to."""

    files: tuple[tuple[str, str], ...]
    expected: str


def load_examples(folder: Path) -> Mapping[str, Example]:
    """Return the examples in `folder` (one folder a rule), by rule id; none where there is no such folder."""
    found = {}
    for place in sorted(folder.glob("*/expected.txt")):
        files = []
        for path in sorted(place.parent.rglob("*")):
            if path == place or path.is_symlink() or not path.is_file():
                continue
            text = path.read_bytes()[: LONGEST * 4].decode("utf-8", "backslashreplace")
            name = path.relative_to(place.parent).as_posix().removeprefix("input/")
            files.append((name, text if len(text) <= LONGEST else f"{text[:LONGEST]}…"))
        found[place.parent.name] = Example(tuple(files), place.read_text(encoding="utf-8"))
    return found
