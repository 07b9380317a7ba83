"""Which ids and numbers a tree holds already: paths tell the ids, and files of one session are scanned for numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from huiyin.guard.given_numbers import written
from huiyin.history import FileChange


class Index:
    """The proposals of one tree by id, and by number for the sessions whose numbers were asked for.

    It keeps rows of a listing as git writes them and takes one apart when somebody asks for it: a guard of one change
    among a hundred thousand files looks at a few. `advance` brings it to the next tree of an audit.
    """

    def __init__(self, folder: str, rows: Iterable[bytes], read: Callable[[str], bytes]) -> None:
        """Take the rows "mode type id TAB path" of the files below `folder`, with `read` to get contents by id."""
        self._prefix = folder.encode()
        self._read = read
        self._rows = {_stem(row): row for row in rows}
        self._numbers: dict[str, dict[str, set[str]]] = {}

    def path(self, name: str) -> str | None:
        """Return the path of the proposal of that id, whatever the case of its letters."""
        row = self._rows.get(name.lower().encode("utf-8", "surrogateescape"))
        return self._path(row) if row is not None else None

    def _path(self, row: bytes) -> str:
        return (self._prefix + row.partition(b"\t")[2]).decode("utf-8", "surrogateescape")

    def knows(self, session: str) -> bool:
        """Whether the numbers of a session are known already."""
        return session in self._numbers

    def holders(self, session: str, number: str) -> set[str]:
        """Return the paths of a session's files in which that number stands; the first call reads them all."""
        if session not in self._numbers:
            table: dict[str, set[str]] = {}
            below = f"\t{session}/".encode()
            for row in self._rows.values():
                if below in row:
                    for found in written(self._read(row[:100].split(b" ")[2].partition(b"\t")[0].decode())):
                        table.setdefault(found, set()).add(self._path(row))
            self._numbers[session] = table
        return self._numbers[session].get(number, set())

    def given(self, session: str) -> Iterable[str]:
        """Return every number that stands in the files of a session."""
        self.holders(session, "")
        return self._numbers[session]

    def advance(self, files: Iterable[FileChange]) -> None:
        """Take up the changes of a step."""
        prefix = self._prefix.decode()
        for file in files:
            if not file.path.startswith(prefix):
                continue
            below = file.path.removeprefix(prefix)
            name = below.encode("utf-8", "surrogateescape")
            if file.after is None:
                self._rows.pop(_stem(b"\t" + name), None)
                continue
            self._rows[_stem(b"\t" + name)] = f"{file.after.mode} blob {file.after.oid}\t".encode() + name
            session = below.split("/")[0]
            if session in self._numbers:
                for found in written(self._read(file.after.oid)):
                    self._numbers[session].setdefault(found, set()).add(file.path)


def _stem(row: bytes) -> bytes:
    """The name of a file without folders and ending, in small letters."""
    return row[max(row.rfind(b"/"), row.find(b"\t")) + 1 :].removesuffix(b".yaml").lower()


def identifier(path: str) -> str:
    """Return the id that a path of a registry file stands for: its name without the ending."""
    return path.rpartition("/")[2].removesuffix(".yaml")
