"""What commits changed: between two of them, and along the first parents of a branch in one streamed pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from huiyin.history.objects import Node
from huiyin.history.repository import Repository, failed, lines, pipes

_RAW = ("--raw", "-r", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", "--ignore-submodules=none")
_TRAILER = re.compile(r"([A-Za-z][A-Za-z0-9-]*): (.+)")


@dataclass(frozen=True)
class FileChange:
    """One file that differs: its path in the repository, and what it was and is (None: not there)."""

    path: str
    before: Node | None
    after: Node | None


@dataclass(frozen=True)
class Step:
    """A commit on the first-parent line: what was there before, what it changed, and what its message states.

    `at` is when it was committed, in UTC. `trailers` are the lines `Key: value` that close its message.
    """

    commit: str
    parent: str | None
    tree: str
    at: datetime
    title: str
    trailers: Mapping[str, tuple[str, ...]]
    changes: tuple[FileChange, ...]

    def trailer(self, key: str) -> str | None:
        """Return the value of a trailer that stands once; None when it is absent, or stands several times."""
        values = self.trailers.get(key, ())
        return values[0] if len(values) == 1 else None


def diff(repository: Repository, base: str, head: str) -> tuple[FileChange, ...]:
    """Return the files that differ between two commits or trees, by path; both names are full ids."""
    parts = iter(repository.ask("diff-tree", *_RAW, base, head).split(b"\0"))
    changes = [_change(part, next(parts)) for part in parts if part]
    return tuple(sorted(changes, key=lambda change: change.path))


def steps(repository: Repository, until: str, after: str | None = None) -> Iterator[Step]:
    """Yield the first-parent steps from behind `after` (or from the first commit) up to `until`, the oldest first.

    One process is read as it runs, so memory stays flat however long the history is.
    """
    process = repository.start(
        "log", "--first-parent", "--diff-merges=first-parent", "--reverse", *_RAW,
        "--format=%H%n%P%n%T%n%ct%n%B", "--end-of-options", f"{after}..{until}" if after else until, "--",
    )  # fmt: skip
    _, told = pipes(process)
    try:
        yield from _steps(lines(told))
        if process.wait():
            raise failed("log", f"{after or ''}..{until}")
    finally:  # whoever has seen enough leaves a process that still writes
        process.kill()
        process.communicate()


def _steps(parts: Iterator[bytes]) -> Iterator[Step]:
    header: bytes | None = None
    changes: list[FileChange] = []
    for part in parts:
        row = part.lstrip(b"\n")
        if row.startswith(b":"):
            changes.append(_change(row, next(parts)))
        elif row:
            if header is not None:
                yield _step(header, changes)
            header, changes = row, []
    if header is not None:
        yield _step(header, changes)


def _change(row: bytes, path: bytes) -> FileChange:
    old_mode, new_mode, old, new, _ = row.removeprefix(b":").decode("ascii").split(" ")
    return FileChange(path.decode("utf-8", "surrogateescape"), _blob(old_mode, old), _blob(new_mode, new))


def _blob(mode: str, oid: str) -> Node | None:
    return None if mode == "000000" else Node(mode, oid)


def _step(header: bytes, changes: list[FileChange]) -> Step:
    commit, parents, tree, seconds, message = header.decode("utf-8", "replace").split("\n", 4)
    return Step(
        commit=commit,
        parent=parents.split(" ")[0] or None,
        tree=tree,
        at=datetime.fromtimestamp(int(seconds), UTC),
        title=message.split("\n", 1)[0],
        trailers=trailers(message),
        changes=tuple(sorted(changes, key=lambda change: change.path)),
    )


def trailers(message: str) -> Mapping[str, tuple[str, ...]]:
    """Return the trailers of a commit's message: its last paragraph, when every line of that is `Key: value`."""
    paragraphs = [part for part in re.split(r"\n[ \t]*\n", message.strip()) if part.strip()]
    if len(paragraphs) < 2:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for line in paragraphs[-1].split("\n"):
        match = _TRAILER.fullmatch(line.rstrip())
        if match is None:
            return {}
        found[match[1]] = (*found.get(match[1], ()), match[2])
    return found
