"""What things are made from, as short digests: the program and its tables, the records that all pages share."""

from __future__ import annotations

import importlib.metadata
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from huiyin.model import Agency, Group, Member, Proposal, Registry, Session

PACKAGE = Path(__file__).parents[1]
LIBRARIES = ("jinja2", "markupsafe")
"""Libraries whose version shows in pages."""


def digest(*parts: str | bytes) -> str:
    """Return one digest of several texts, which cannot run into one another."""
    made = blake2b(digest_size=16)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(raw).to_bytes(8, "big"))
        made.update(raw)
    return made.hexdigest()


def files(folder: Path, leave_out: Iterable[str] = ()) -> str:
    """Return a digest of every file below a folder, names included, but for the folders in it that are left out."""
    out = {folder / name for name in leave_out}
    parts: list[str | bytes] = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and not out & set(path.parents):
            parts += [path.relative_to(folder).as_posix(), path.read_bytes()]
    return digest(*parts)


@cache
def _package() -> str:
    """The program as it runs: what is changed while it runs does not count."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES]
    return digest(f"{sys.version_info[:2]}", *versions, files(PACKAGE))


def engine(root: Path) -> str:
    """Return a digest of all that makes pages but records: program, templates, rules, calendars, failing examples."""
    tables = (root / "schema", root / "site" / "templates", root / "tests" / "examples" / "rules")
    return digest(_package(), *map(files, tables))


def shared(registry: Registry) -> str:
    """Return a digest of what every page may show: the settings, sessions, members, groups and agencies."""
    nouns: Iterable[Session | Member | Group | Agency] = chain(
        registry.sessions.values(), registry.members.values(), registry.groups.values(), registry.agencies.values()
    )
    return digest(registry.settings.source.text, *(noun.source.text for noun in nouns))


def of_proposals(proposals: Mapping[str, Proposal]) -> dict[str, str]:
    """Return a digest of each proposal: its file's place below `proposals/`, and its text."""
    return {
        identifier: digest(item.source.file.rpartition("proposals/")[2], item.source.text)
        for identifier, item in proposals.items()
    }
