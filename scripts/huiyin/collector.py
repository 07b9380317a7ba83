"""Python's search for objects that refer to one another in a circle, put off while very many are made or shared.

The records of a registry live until the program ends, and none of them stands in a circle. The collector cannot know
that: it looks through all of them again and again while there are more and more, for a third of the time.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def paused(make: Callable[P, R]) -> Callable[P, R]:
    """Return `make` as a function during which the collector rests; it goes on afterwards if it was on."""

    @wraps(make)
    def resting(*args: P.args, **kwargs: P.kwargs) -> R:
        working = gc.isenabled()
        gc.disable()
        try:
            return make(*args, **kwargs)
        finally:
            if working:
                gc.enable()

    return resting


@contextmanager
def frozen() -> Iterator[None]:
    """Leave everything that there is alone: memory stays shared with processes as long as nobody counts references."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
