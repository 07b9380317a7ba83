"""Making files in the stage, in several processes where it pays; nothing of the published site is touched."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from huiyin.press.digest import digest

WORTH_PROCESSES = 300
"""Files from which on a second process pays."""
CHUNK = 100
"""Files that a process makes before it asks for more."""


@dataclass(frozen=True)
class Item:
    """A file to be published: its name below the root, a digest of all it is made from, and how it is made."""

    name: str
    key: str
    make: Callable[[], bytes]


class Printed(NamedTuple):
    """A file that was made: its item's place, the digest of its content, and where it is staged with size and time.

    `staged` is empty where the published file has that content already.
    """

    place: int
    content: str
    staged: str
    size: int
    changed: int


class _Work:
    """What the processes share: a copy of memory each, made when they begin."""

    items: Sequence[Item] = ()
    there: Mapping[str, str] = {}
    stage: Path = Path()


def print_all(items: Sequence[Item], there: Mapping[str, str], stage: Path) -> list[Printed]:
    """Make every item and write it to the folder `stage`, but for those whose content is `there` already, by name.

    Raises OSError when the stage cannot be written, and what making raises.
    """
    _Work.items, _Work.there, _Work.stage = items, there, stage
    starts = range(0, len(items), CHUNK)
    try:
        if not _pays(len(items)):
            return [printed for start in starts for printed in _chunk(start)]
        gc.freeze()  # the processes share memory as long as nobody counts its references
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(os.cpu_count(), context) as pool:
            return [printed for chunk in pool.map(_chunk, starts) for printed in chunk]
    finally:
        gc.unfreeze()
        _Work.items, _Work.there = (), {}


def _pays(count: int) -> bool:
    """Whether to start processes: they take this one's memory as it is, which a process with threads must not do."""
    able = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    return able and count >= WORTH_PROCESSES and (os.cpu_count() or 1) > 1


def _chunk(start: int) -> list[Printed]:
    made = []
    for place in range(start, min(start + CHUNK, len(_Work.items))):
        item = _Work.items[place]
        content = item.make()
        found = digest(content)
        if _Work.there.get(item.name) == found:
            made.append(Printed(place, found, "", 0, 0))
            continue
        staged = f"{_Work.stage}/{place}"
        with open(staged, "xb", buffering=0) as file:  # noqa: PTH123 (a hundred thousand of them)
            if file.write(content) != len(content):
                raise OSError(28, "No space left on device", staged)
            seen = os.fstat(file.fileno())
        made.append(Printed(place, found, staged, seen.st_size, seen.st_mtime_ns))
    return made
