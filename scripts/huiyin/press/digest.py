"""What pages are made from, as short digests: the program and its tables, and the records that all pages share."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

from huiyin.digests import digest, files, program
from huiyin.load.files import FOLDERS
from huiyin.model import Proposal, Registry

LIBRARIES = ("altair", "jinja2", "markdown-it-py", "markupsafe", "nh3", "vl-convert-python")
"""Libraries whose version shows in pages."""


def engine(root: Path) -> str:
    """Return a digest of all that makes pages but records: program, templates, rules, calendars, failing examples."""
    tables = (root / "schema", root / "site" / "templates", root / "tests" / "examples" / "rules")
    versions = (f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    return digest(program(), *versions, *map(files, tables))


def shared(registry: Registry) -> str:
    """Return a digest of what every page may show: the settings and all nouns but proposals."""
    nouns = chain.from_iterable(getattr(registry, folder).values() for folder in FOLDERS if folder != "proposals")
    return digest(registry.settings.source.digest, *(noun.source.digest for noun in nouns))


def of_proposals(proposals: Mapping[str, Proposal]) -> dict[str, str]:
    """Return a digest of each proposal: its file's place below `proposals/`, and its text."""
    return {
        identifier: digest(item.source.file.rpartition("proposals/")[2], item.source.digest)
        for identifier, item in proposals.items()
    }
