"""What stands in a built site and from what each file was made. It is written last, and before anything is touched.

The file has one line a published file, a first line with its version and whether the build came to its end, and a last
line with a digest of all others: what was cut off or changed is not trusted, and everything is made anew.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from huiyin.digests import digest

STATE = ".huiyin"
"""The folder in a built site where its state stands; web servers and uploads leave out names with a dot."""
VERSION = "huiyin manifest 1"
COMPLETE, UNFINISHED = "complete", "unfinished"
OPEN = "-"
"""What stands for the key of a file that was about to be written or removed when the build stopped."""


class Entry(NamedTuple):
    """One published file: from what it was made, what it holds, and how it looked on disk when it was written."""

    key: str
    content: str
    size: int
    changed: int
    """Nanoseconds, as the file system says it."""


@dataclass(frozen=True)
class Manifest:
    """Entries by name, and whether they are all."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    complete: bool = False


def read(site: Path) -> Manifest | None:
    """Return the manifest of a built site; None when there is none that can be trusted."""
    try:
        text = (site / STATE / "manifest").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    body, _, check = text.rpartition("\n")
    if digest(body) != check:
        return None
    head, *lines = body.split("\n")
    version, _, state = head.rpartition(" ")
    if version != VERSION:
        return None
    entries = {}
    for line in lines:
        name, key, content, size, changed = line.split("\t")
        entries[name] = Entry(key, content, int(size), int(changed))
    return Manifest(entries, state == COMPLETE)


def write(site: Path, manifest: Manifest) -> None:
    """Put a manifest in the place of the older one at once; raises OSError."""
    lines = [f"{VERSION} {COMPLETE if manifest.complete else UNFINISHED}"]
    lines += ["\t".join(map(str, (name, *entry))) for name, entry in sorted(manifest.entries.items())]
    body = "\n".join(lines)
    part = site / STATE / "manifest.part"
    with part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f"{body}\n{digest(body)}")
        file.flush()
        os.fsync(file.fileno())
    part.replace(site / STATE / "manifest")


def intact(site: Path, name: str, entry: Entry) -> bool:
    """Whether a file still looks as it did when it was written."""
    try:
        found = os.lstat(f"{site}/{name}")
    except OSError:
        return False
    return found.st_size == entry.size and found.st_mtime_ns == entry.changed
