"""Reading git objects: one `git cat-file --batch` process answers all questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import NamedTuple

from huiyin.history.repository import HistoryError, Repository, pipes

TREE = "40000"
"""The mode of a folder."""
KEPT = 64
"""Trees that are kept: one step after another asks for the same few."""
AHEAD = 64
"""Objects that are asked for at once: the questions fit into a pipe, and the answers into little memory."""


class Node(NamedTuple):
    """A file or folder as a tree names it: its mode and the id of its contents."""

    mode: str
    oid: str


class Objects:
    """The contents of blobs and trees of a repository, by id. Use it in a `with` statement."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self._kept: dict[str, dict[str, Node]] = {}
        self._process = repository.start("cat-file", "--batch")
        self._asked, self._answered = pipes(self._process)

    def __enter__(self) -> Objects:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._asked.close()
        self._answered.close()
        self._process.wait()

    def read(self, oid: str, most: int | None = None) -> tuple[bytes, int]:
        """Return the contents of an object, cut after `most` bytes, and its size in bytes.

        Raises HistoryError when it is not there: the clone is broken or partial.
        """
        self._asked.write(oid.encode() + b"\n")
        self._asked.flush()
        return self._answer(oid, most)

    def each(self, oids: Sequence[str], most: int | None = None) -> Iterator[tuple[bytes, int]]:
        """Yield the contents and sizes of many objects as `read` does, without waiting for an answer a question."""
        for start in range(0, len(oids), AHEAD):
            span = oids[start : start + AHEAD]
            self._asked.write(b"".join(oid.encode() + b"\n" for oid in span))
            self._asked.flush()
            yield from [self._answer(oid, most) for oid in span]  # all of them, since others may ask in between

    def _answer(self, oid: str, most: int | None) -> tuple[bytes, int]:
        header = self._answered.readline().split()
        if len(header) != 3:
            raise HistoryError(
                f"仓库里缺对象 {oid}；重新克隆", f"the object {oid} is missing from the repository; clone it anew"
            )
        size = int(header[2])
        kept = self._answered.read(size if most is None else min(size, most))
        left = size - len(kept) + 1
        while left:
            left -= len(self._answered.read(min(left, 1 << 20)))
        return kept, size

    def entries(self, tree: str) -> dict[str, Node]:
        """Return what a tree holds, by name; names that are not UTF-8 keep their bytes as surrogates."""
        if tree in self._kept:
            return self._kept[tree]
        raw, _ = self.read(tree)
        width = len(tree) // 2
        found, at = {}, 0
        while at < len(raw):
            head, _, _ = raw[at : at + 4096 + 8].partition(b"\0")
            mode, _, name = head.partition(b" ")
            at += len(head) + 1
            found[name.decode("utf-8", "surrogateescape")] = Node(mode.decode(), raw[at : at + width].hex())
            at += width
        if len(self._kept) >= KEPT:
            self._kept.clear()
        self._kept[tree] = found
        return found

    def files(self, tree: str, prefix: str = "") -> Iterator[tuple[str, Node]]:
        """Yield every file below a tree with its path, folders opened one by one: for trees that are not large."""
        for name, node in sorted(self.entries(tree).items()):
            if node.mode == TREE:
                yield from self.files(node.oid, f"{prefix}{name}/")
            else:
                yield f"{prefix}{name}", node

    def blob(self, tree: str, path: str) -> Node | None:
        """Return what stands at a path of a tree; None when nothing does."""
        node: Node | None = Node(TREE, tree)
        for name in path.split("/"):
            node = self.entries(node.oid).get(name) if node and node.mode == TREE else None
        return node

    def listing(self, tree: str) -> list[bytes]:
        """Return a row "mode type id TAB path" for every file below a tree, from one process: for large trees."""
        return self.repository.ask("ls-tree", "-r", "-z", "--full-tree", tree).split(b"\0")[:-1]

    def holding(self, tree: str, folder: str, text: str) -> list[str]:
        """Return the paths of the files below a folder of a tree in which a text stands, from one process."""
        options = ("-l", "-z", "-F", "-a", "--no-color", "-e", text)
        out = self.repository.ask("grep", *options, tree, "--", f":(literal){folder}", fine=(0, 1))  # 1: there is none
        return [row.partition(b":")[2].decode("utf-8", "surrogateescape") for row in out.split(b"\0")[:-1]]
