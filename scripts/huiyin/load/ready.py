"""The fast way through a large registry: what is sound is read once, in several processes, and kept by its digest.

Only what nothing is wrong with comes this way. Every other file is left to the way that says what is wrong. Files are
taken some thousand at a time, so that their data do not all stand in memory beside the records made from them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

from huiyin.digests import digest, program
from huiyin.findings import Source
from huiyin.load import personal
from huiyin.load.cache import WORTH, Cache
from huiyin.load.files import Entry, read
from huiyin.load.law import Law
from huiyin.processes import spread
from huiyin.yamltext import decode
from huiyin.yamltext import read as read_yaml

WORTH_PROCESSES = 200
"""Files from which on a second process pays."""
AT_ONCE = 4_000
"""Files that are taken at a time."""


class SourceOnDisk(Source):
    """The text of a sound file of a large registry: it stays on disk, and is read again when a finding needs it.

    `digest` is that of the text when it was read. A file that is gone in the meantime has an empty text, and one that
    was changed its new text: what is found is still found, its place may be a line off.
    """

    def __init__(self, file: str, path: Path, digest: str) -> None:
        for name, value in (("file", file), ("_path", path), ("_digest", digest)):
            object.__setattr__(self, name, value)

    _path: Path
    _digest: str

    @property
    def digest(self) -> str:
        """A digest of the text that the records were made from."""
        return self._digest

    @property
    def text(self) -> str:
        """The text as it is now."""
        try:
            return decode(self._path.read_bytes())[0]
        except OSError:
            return ""


class Sound(NamedTuple):
    """A file that nothing is wrong with: its source, its first line, and its data."""

    source: Source
    first: str
    data: Any


def sound(entries: Sequence[Entry], law: Law, kept: Path) -> Iterator[Sound | None]:
    """Yield for each file, in order, what it holds if it is sound; `kept` is the file of the cache. Few files are none.

    The cache knows a file by its bytes; data from there are judged by their schema again.
    """
    if len(entries) < WORTH:
        yield from repeat(None, len(entries))
        return
    salt = digest(program(), *(path.read_bytes() for path in sorted(law.shapes.folder.glob("*.schema.json"))))
    cache = Cache(kept)
    for start in range(0, len(entries), AT_ONCE):
        yield from _some(entries[start : start + AT_ONCE], law, cache, salt, len(entries))


def _some(entries: Sequence[Entry], law: Law, cache: Cache, salt: str, total: int) -> Iterator[Sound | None]:
    looks = [_look(entry) for entry in entries]
    keys = [digest(salt, entry.kind, look.digest) for entry, look in zip(entries, looks, strict=True)]
    known = cache.get(keys)
    missing = [place for place, key in enumerate(keys) if key not in known]
    data = spread(lambda number: _data(entries[missing[number]], law), len(missing), WORTH_PROCESSES)
    new = {keys[place]: found for place, found in zip(missing, data, strict=True) if found is not None}
    if new:
        cache.put(new, total)
    for entry, look, key in zip(entries, looks, keys, strict=True):
        one = known.pop(key, None)
        if one is not None and not law.shapes.allows(entry.kind, one):
            one = None
        one = new.get(key) if one is None else one
        yield Sound(SourceOnDisk(entry.name, entry.path, look.digest), look.first, one) if one else None


class _Look(NamedTuple):
    """How the bytes of a file look: their digest, and the first line, or nothing where they cannot be read."""

    digest: str
    first: str


def _look(entry: Entry) -> _Look:
    try:
        with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123 (a hundred thousand of them)
            raw = file.read()
    except OSError:
        return _Look("", "")
    return _Look(digest(raw), raw.partition(b"\n")[0].decode("utf-8", "replace"))


def _data(entry: Entry, law: Law) -> Mapping[str, Any] | None:
    """The data of a file that nothing is wrong with; None for any other."""
    source, faults, findings = read(entry)
    if faults or findings:
        return None
    document = read_yaml(source.text)
    if document.faults or not isinstance(document.data, dict) or not law.shapes.allows(entry.kind, document.data):
        return None
    return None if personal.look(source).pieces else document.data
