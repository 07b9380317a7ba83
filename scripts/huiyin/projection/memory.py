"""What a private repository remembers of its runs: which of its commits became which public one, and where.

It stands beside the private objects, is not pushed with them, and may be lost: without it everything is made anew,
with the same result. One repository may be projected into several, to try things out, say; each is known by its path.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from huiyin.history import Repository

FORM = 2
"""Raised whenever the same records would give other bytes: what is remembered from before counts no more."""
MOST = 20
"""Repositories that are remembered for an audience: where each run has a folder of its own, old ones are forgotten."""


@dataclass(frozen=True)
class Memory:
    """Which private commit a run projected, as which public one, and into which repository of this machine."""

    private: str
    public: str
    target: str


def remembered(repository: Repository, audience: str) -> tuple[Memory, ...]:
    """Return what the last run into each repository left, the latest run last; nothing when that is of no use."""
    try:
        told = json.loads(_file(repository, audience).read_text(encoding="utf-8"))
        return tuple(Memory(**row) for row in told["runs"]) if told["form"] == FORM else ()
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def remember(repository: Repository, audience: str, memory: Memory) -> None:
    """Keep what a run did, in the place of the run before into the same repository."""
    others = [one for one in remembered(repository, audience) if one.target != memory.target]
    told = {"form": FORM, "runs": [asdict(one) for one in (*others, memory)[-MOST:]]}
    _file(repository, audience).write_text(f"{json.dumps(told)}\n", encoding="utf-8")


def _file(repository: Repository, audience: str) -> Path:
    return repository.path / f"huiyin-projection-{audience}.json"
