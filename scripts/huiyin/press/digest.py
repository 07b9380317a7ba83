"""What pages are made from, as short digests: the program and its tables, and the records that all pages share."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from huiyin.digests import digest, files, program
from huiyin.model import Agency, Group, Member, Proposal, Registry, Session

LIBRARIES = ("altair", "jinja2", "markdown-it-py", "markupsafe", "nh3", "vl-convert-python")
"""Libraries whose version shows in pages."""


def engine(root: Path) -> str:
    """Return a digest of all that makes pages but records: program, templates, rules, calendars, failing examples."""
    tables = (root / "schema", root / "site" / "templates", root / "tests" / "examples" / "rules")
    versions = (f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    return digest(program(), *versions, *map(files, tables))


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
