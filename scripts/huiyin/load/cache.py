"""Data of sound files, kept by the digest of their bytes, so that each is read and judged once.

What is kept is plain data in JSON, under a key of the program, the schemas and the file's bytes, each row with a digest
of its own. A row that does not fit, or a file that is no such table, is as if it were not there. Schemas judge what
comes from here like what comes from a file. Guard and landing never ask.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from huiyin.digests import digest

WORTH = 300
"""Files from which on keeping them pays."""
AT_ONCE = 500
"""Keys in one question to the table."""


class Cache:
    """A table of data by key, in one file; whatever is wrong with the file, it only costs time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def get(self, keys: Iterable[str]) -> dict[str, Any]:
        """Return the data of those keys that are there and whole."""
        wanted, found = list(keys), {}
        with contextlib.suppress(sqlite3.Error, OSError), self._open() as table:
            for start in range(0, len(wanted), AT_ONCE):
                some = wanted[start : start + AT_ONCE]
                marks = ",".join("?" * len(some))
                for key, text, check in table.execute(f"SELECT * FROM kept WHERE key IN ({marks})", some):  # noqa: S608
                    if digest(key, text) == check:
                        found[key] = json.loads(text)
        return found

    def put(self, rows: Mapping[str, Any], used: int) -> None:
        """Keep these data; when most of what is kept is of no more use, only they stay."""
        lines = []
        for key, data in rows.items():
            text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
            with contextlib.suppress(UnicodeEncodeError):  # half a character, which the table cannot hold
                text.encode()
                lines.append((key, text, digest(key, text)))
        try:
            self._put(lines, used)
        except sqlite3.Error:  # not a table, or cut off
            with contextlib.suppress(sqlite3.Error, OSError):
                self.path.unlink(missing_ok=True)
                self._put(lines, used)
        except OSError:
            return

    def _put(self, lines: list[tuple[str, str, str]], used: int) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as table, table:
            count = table.execute("SELECT count(*) FROM kept").fetchone()[0]
            if count > 3 * max(used, WORTH):
                table.execute("DELETE FROM kept")
            table.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", lines)

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        table = sqlite3.connect(self.path, timeout=10)
        try:
            table.execute("PRAGMA synchronous = OFF")  # it is a cache: rows carry their own check
            table.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, text TEXT, digest TEXT)")
            yield table
        finally:
            table.close()
