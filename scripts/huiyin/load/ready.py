"""The fast way through a large registry: what is sound is read once, in several processes, and kept by its digest.

Only what nothing is wrong with comes this way. Every other file is left to the way that says what is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from huiyin.digests import digest, program
from huiyin.findings import Source
from huiyin.load import personal
from huiyin.load.cache import WORTH, Cache
from huiyin.load.files import Entry, read
from huiyin.load.law import Law
from huiyin.processes import spread
from huiyin.yamltext import read as read_yaml

WORTH_PROCESSES = 200
"""Files from which on a second process pays."""


class Sound(NamedTuple):
    """A file that nothing is wrong with: its text and its data."""

    source: Source
    data: Any


def sound(entries: Sequence[Entry], law: Law, kept: Path) -> dict[str, Sound]:
    """Return those of the files that are sound, by name; `kept` is the file of the cache. Few files are none."""
    if len(entries) < WORTH:
        return {}
    salt = digest(program(), *(path.read_bytes() for path in sorted(law.shapes.folder.glob("*.schema.json"))))
    sources = [_source(entry) for entry in entries]
    keys = [digest(salt, entry.kind, source.text) for entry, source in zip(entries, sources, strict=True)]
    cache = Cache(kept)
    known = cache.get(keys)
    missing = [place for place, key in enumerate(keys) if key not in known]
    data = spread(lambda number: _data(entries[missing[number]], law), len(missing), WORTH_PROCESSES)
    new = {keys[place]: found for place, found in zip(missing, data, strict=True) if found is not None}
    if new:
        cache.put(new, len(entries))
    found = {}
    for entry, source, key in zip(entries, sources, keys, strict=True):
        one = new.get(key, known.get(key))
        if one is not None and (key in new or law.shapes.allows(entry.kind, one)):
            found[entry.name] = Sound(source, one)
    return found


def _source(entry: Entry) -> Source:
    source, faults, findings = read(entry)
    return Source(entry.name, "") if faults or findings else source


def _data(entry: Entry, law: Law) -> Mapping[str, Any] | None:
    """The data of a file that nothing is wrong with; None for any other."""
    source, faults, findings = read(entry)
    if faults or findings:
        return None
    document = read_yaml(source.text)
    if document.faults or not isinstance(document.data, dict) or not law.shapes.allows(entry.kind, document.data):
        return None
    return None if personal.look(source).pieces else document.data
