"""The same work on many things, in as many processes as there are processors, where that pays."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

from huiyin.collector import frozen

CHUNK = 100
"""Things that a process takes at once."""
Made = TypeVar("Made")


class _Shared:
    """The work: processes begin with a copy of this one's memory, so that nothing has to be handed over."""

    work: Callable[[int], Any] | None = None
    count = 0
    chunk = CHUNK
    threads = False


def spread(work: Callable[[int], Made], count: int, worth: int, chunk: int = CHUNK) -> list[Made]:
    """Return `work` of each number below `count`, in order; from `worth` things on in several processes.

    A process takes `chunk` things at once: one, where each takes seconds. Results must be picklable. Raises what the
    work raises. Not to be called by the work itself.
    """
    if not _pays(count, worth):
        return [work(number) for number in range(count)]
    _Shared.work, _Shared.count, _Shared.chunk = work, count, chunk
    try:
        with frozen(), workers(os.cpu_count() or 1, "fork") as pool:
            return [made for made_at_once in pool.map(_chunk, range(0, count, chunk)) for made in made_at_once]
    finally:
        _Shared.work, _Shared.count = None, 0


def workers(count: int, method: str | None = None) -> ProcessPoolExecutor:
    """Return so many processes for work, started by `method` or as the system does it.

    They end when this process does, even where it is killed: left alone they would wait for work for ever, and hold
    the locks that they began with.
    """
    return ProcessPoolExecutor(count, multiprocessing.get_context(method), _end_with, (os.getpid(),))


def _end_with(parent: int) -> None:
    """End this process within a second after its parent has ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def stay_one() -> None:
    """Say that a library now has threads of its own here, which Python does not count.

    A copy of this process would not have them and could wait for them forever: `spread` starts no more of them.
    """
    _Shared.threads = True


def _chunk(start: int) -> list[Any]:
    work = _Shared.work
    assert work is not None  # noqa: S101 (set before the processes begin)
    return [work(number) for number in range(start, min(start + _Shared.chunk, _Shared.count))]


def _pays(count: int, worth: int) -> bool:
    """Whether to start processes: they take this one's memory as it is, which a process with threads must not do."""
    alone = threading.active_count() == 1 and not _Shared.threads
    able = alone and "fork" in multiprocessing.get_all_start_methods()
    return able and count >= worth and (os.cpu_count() or 1) > 1
