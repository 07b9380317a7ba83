"""The chain of a projection: one line a run, each with the digest of the line before and the tree that it made. Pure.

Whoever kept a line, or its digest, can tell later whether anything that was public has been rewritten since.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import date

CHAIN = "projection.jsonl"
"""The file of a projection that holds its chain, at the top."""
FIRST = "0" * 64
"""Stands before the first run."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TREE = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True)
class Run:
    """One run: its number from 1, its day, the tree of everything but the chain, and the digest of the run before.

    `restarted` says that the history before it was purged: its commits are not there any more, its lines are.
    """

    run: int
    day: str
    tree: str
    previous: str
    restarted: bool = False

    @property
    def line(self) -> str:
        """The run as it stands in the chain."""
        told = {key: value for key, value in asdict(self).items() if value is not False}
        return json.dumps(told, separators=(", ", ": "))

    @property
    def digest(self) -> str:
        """The digest that the next run names."""
        return hashlib.sha256(self.line.encode()).hexdigest()


def read_chain(text: str) -> list[Run] | None:
    """Return the runs of a chain; None when a line is not what we write, or does not name the one before."""
    runs: list[Run] = []
    for line in text.splitlines():
        try:
            run = Run(**json.loads(line))
            date.fromisoformat(run.day)
        except (ValueError, TypeError):
            return None
        previous = runs[-1].digest if runs else FIRST
        shaped = isinstance(run.tree, str) and _TREE.fullmatch(run.tree) and _DIGEST.fullmatch(str(run.previous))
        if run.line != line or run.previous != previous or run.run != len(runs) + 1 or not shaped:
            return None
        if runs and run.day < runs[-1].day:
            return None
        runs.append(run)
    return runs if runs and text == written(runs) else None


def written(runs: list[Run]) -> str:
    """Return the text of a chain."""
    return "".join(f"{run.line}\n" for run in runs)


def following(runs: list[Run], day: date, tree: str, *, restarted: bool = False) -> Run:
    """Return the run that comes after these."""
    return Run(len(runs) + 1, day.isoformat(), tree, runs[-1].digest if runs else FIRST, restarted)
