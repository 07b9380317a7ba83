"""Making files in the stage, in several processes where it pays; nothing of the published site is touched."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path
from typing import NamedTuple

from huiyin.digests import digest
from huiyin.processes import spread

WORTH_PROCESSES = 300
"""Files from which on a second process pays."""


@dataclass(frozen=True)
class Item:
    """A file to be published: its name below the root, a digest of all it is made from, and how it is made."""

    name: str
    key: str
    make: Callable[[], bytes]
    heavy: bool = False
    """Whether making it takes seconds, so that a process should take it alone."""
    data: bool = False
    """Whether it is for programs: the interface, downloads, feeds and calendars."""


class Printed(NamedTuple):
    """A file that was made: the digest of its content, and where it is staged, with size and time.

    `staged` is empty where the published file has that content already.
    """

    content: str
    staged: str = ""
    size: int = 0
    changed: int = 0


def print_all(items: Sequence[Item], there: Mapping[str, str], stage: Path) -> list[Printed]:
    """Make every item and write it to the folder `stage`, but for those whose content is `there` already, by name.

    Raises OSError when the stage cannot be written, and what making raises.
    """

    def make(place: int) -> Printed:
        item = items[place]
        content = item.make()
        found = digest(content)
        return Printed(found) if there.get(item.name) == found else _write(f"{stage}/{place}", content, found)

    heavy = [place for place, item in enumerate(items) if item.heavy]
    light = [place for place, item in enumerate(items) if not item.heavy]
    made = dict(zip(heavy, spread(lambda one: make(heavy[one]), len(heavy), 2, chunk=1), strict=True))
    made |= zip(light, spread(lambda one: make(light[one]), len(light), WORTH_PROCESSES), strict=True)
    return [made[place] for place in range(len(items))]


def _write(staged: str, content: bytes, found: str) -> Printed:
    with open(staged, "xb", buffering=0) as file:  # noqa: PTH123 (a hundred thousand of them)
        if file.write(content) != len(content):
            raise OSError(ENOSPC, os.strerror(ENOSPC), staged)
        seen = os.fstat(file.fileno())
    return Printed(found, staged, seen.st_size, seen.st_mtime_ns)
