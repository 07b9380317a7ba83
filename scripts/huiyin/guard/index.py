"""Which ids and numbers a tree holds already: paths tell the ids, and files of one session are scanned for numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from huiyin.guard.given_numbers import written
from huiyin.history import FileChange, Node

Read = Callable[[str], bytes]


class Index:
    """The proposals of one tree by id, and by number once a session's numbers were asked for.

    `advance` brings it to the next tree of an audit; nothing but paths, object ids and numbers is kept.
    """

    def __init__(self, folder: str, listing: Iterable[tuple[str, Node]], read: Read) -> None:
        self._folder = folder
        self._read = read
        self._nodes: dict[str, Node] = {}
        self._paths: dict[str, str] = {}
        self._numbers: dict[str, dict[str, set[str]]] = {}
        for path, node in listing:
            self._add(path, node)

    def _add(self, path: str, node: Node) -> None:
        self._nodes[path] = node
        self._paths[identifier(path).casefold()] = path

    def path(self, name: str) -> str | None:
        """Return the path of the proposal of that id, whatever the case of its letters."""
        return self._paths.get(name.casefold())

    def node(self, path: str) -> Node | None:
        """Return what stands at a path."""
        return self._nodes.get(path)

    def holders(self, session: str, number: str) -> set[str]:
        """Return the paths of a session's files in which that number stands."""
        if session not in self._numbers:
            prefix = f"{self._folder}proposals/{session}/"
            table: dict[str, set[str]] = {}
            for path, node in self._nodes.items():
                if path.startswith(prefix):
                    for found in written(self._read(node.oid)):
                        table.setdefault(found, set()).add(path)
            self._numbers[session] = table
        return self._numbers[session].get(number, set())

    def given(self, session: str) -> Iterable[str]:
        """Return every number that stands in the files of a session."""
        self.holders(session, "")
        return self._numbers[session]

    def advance(self, files: Iterable[FileChange]) -> None:
        """Take up the changes of a step."""
        prefix = f"{self._folder}proposals/"
        for file in files:
            if not file.path.startswith(prefix):
                continue
            session = file.path.removeprefix(prefix).split("/")[0]
            if file.after is None:
                self._nodes.pop(file.path, None)
                self._paths.pop(identifier(file.path).casefold(), None)
                continue
            self._add(file.path, Node(*file.after))
            if session in self._numbers:
                for found in written(self._read(file.after.oid)):
                    self._numbers[session].setdefault(found, set()).add(file.path)


def identifier(path: str) -> str:
    """Return the id that a path of a registry file stands for: its name without the ending."""
    return path.rpartition("/")[2].removesuffix(".yaml")
