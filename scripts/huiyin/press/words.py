"""What a site builder made: pages by hand, files, and shells. Kept until something that it was made from changes."""

from __future__ import annotations

import importlib.metadata
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from huiyin.digests import digest, files
from huiyin.model import Settings
from huiyin.press.prepare import Prepared
from huiyin.publish import ALONE, KINDS
from huiyin.stamp import Shell, split

SHELLS = "shell/"
"""Where in a builder's site the shells of kinds of pages stand, each in a folder of its own; not published."""
BUILDER = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "pygments")
"""Libraries whose version shows in what the builder makes."""
KEPT = 4
"""How many results of the builder are kept: one a registry, language or address that somebody works with."""
GENERATED = ("sitemap.xml", "sitemap.xml.gz")
"""Files of the builder that know nothing of the stamped pages; ours take their place."""


@dataclass(frozen=True)
class Words:
    """Shells by kind or, where a page is its own, by path; other pages, of which only the day is open; files."""

    shells: Mapping[str, Shell]
    pages: Mapping[str, Shell]
    files: Mapping[str, bytes]


def shell_path(kind: str) -> str:
    """Return the path below the root at which the builder makes the shell of a kind of pages."""
    return f"{SHELLS}{kind}/"


def read_words(folder: Path, address: str) -> Words:
    """Read what a builder wrote; `address` is the site's, with a slash at its end.

    Raises ShellError when a shell lacks a slot that its pages need, OSError when a file cannot be read.
    """
    shells: dict[str, Shell] = {}
    for kind in KINDS:
        path = shell_path(kind)
        html = (folder / path / "index.html").read_text(encoding="utf-8")
        needs = ("title", "description", "canonical", "base", "crumbs", "article", "data", "links", "day")
        shells[kind] = split(html, address + path, path.count("/"), needs)
    pages: dict[str, Shell] = {}
    others: dict[str, bytes] = {}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if not file.is_file() or name.startswith(SHELLS) or name in GENERATED:
            continue
        path = name.removesuffix("index.html")
        if file.suffix != ".html":
            others[name] = file.read_bytes()
        elif path in ALONE:
            html = file.read_text(encoding="utf-8")
            shells[path] = split(html, needs=("description", "crumbs", "article", "data", "links", "day"))
        else:
            pages[name] = split(file.read_text(encoding="utf-8"))
    return Words(shells, pages, others)


def words_key(root: Path, prepared: Prepared, address: str) -> str:
    """Return a digest of everything that the builder's result depends on."""
    settings: Settings = prepared.site.registry.settings
    told = (
        f"{settings.name}{settings.place}{settings.demonstration}{settings.timezone}{settings.as_of is None}{address}"
        f"{settings.intake}{settings.projection}"
    )
    versions = (f"{name} {importlib.metadata.version(name)}" for name in BUILDER)
    by_hand = files(root / "site", ("templates",))
    return digest(prepared.engine, told, (root / "mkdocs.yml").read_bytes(), by_hand, *versions)


def _store(root: Path) -> Path:
    return root / "build" / "cache" / "words"


def kept(root: Path, key: str, address: str) -> Words | None:
    """Return what the builder made from the same things before; None when it is not there or not whole."""
    try:
        return read_words(_store(root) / key, address)
    except (OSError, UnicodeDecodeError):
        return None


def keep(root: Path, key: str, folder: Path) -> None:
    """Keep what a builder wrote to `folder`, which moves away from there; the oldest of what was kept goes."""
    store = _store(root)
    store.mkdir(parents=True, exist_ok=True)
    target = store / key
    if target.exists():
        shutil.rmtree(folder, ignore_errors=True)
        return
    try:
        folder.rename(target)
    except OSError:  # somebody else was first
        shutil.rmtree(folder, ignore_errors=True)
    others = sorted((path for path in store.iterdir() if path != target), key=lambda path: path.lstat().st_mtime)
    for old in others[: max(0, len(others) - KEPT + 1)]:
        shutil.rmtree(old, ignore_errors=True)
