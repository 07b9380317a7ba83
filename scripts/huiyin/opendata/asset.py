"""What a site offers to programs: a file, how it is made, and from what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Asset:
    """A file below the root of the site ("api/v1/index.json"), and how it is made.

    `shows` are the ids of the proposals that it tells anything of, None for all of them; `also` is what else it takes
    from beyond the settings, the other nouns, the rules and the day. A `heavy` one takes seconds in a large registry,
    and should have a process to itself.
    """

    path: str
    make: Callable[[], bytes]
    shows: tuple[str, ...] | None = ()
    also: str = ""
    heavy: bool = False
