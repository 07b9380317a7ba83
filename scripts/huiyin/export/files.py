"""Writing an export: whole or not at all, the same bytes for the same registry and day."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from huiyin.export.forms import TABLE_FORMS, WHOLE_FORMS
from huiyin.export.package import MADE_BY, describe, parts
from huiyin.export.rows import Scope
from huiyin.export.tables import TABLES

MARK = "datapackage.json"
"""The file that says what a folder of an export holds, and that an export wrote it."""
STYLES = (*TABLE_FORMS, *WHOLE_FORMS)
"""The forms of an export; the first three are folders with a file a table, the others one file."""
_MAGIC = {"xlsx": b"PK\x03\x04", "sqlite": b"SQLite format 3"}


class ExportError(Exception):
    """The target cannot be written: it holds something that is not an export."""


def write(scope: Scope, style: str, target: Path) -> Mapping[str, int]:
    """Write the export to `target` and return the number of rows of each table.

    Raises ExportError when `target` exists and is not an export of the same form, OSError when it cannot be written.
    """
    counts = {}
    if style in WHOLE_FORMS:
        with _file(target, _MAGIC[style]) as fresh, fresh.open("wb") as file:
            return WHOLE_FORMS[style](scope, file)
    with _folder(scope, style, target) as folder:
        for table in TABLES:
            with (folder / f"{table.name}.{style}").open("wb") as file:
                counts[table.name] = TABLE_FORMS[style](table, scope, file)
    return counts


@contextmanager
def _folder(scope: Scope, style: str, target: Path) -> Iterator[Path]:
    """A fresh folder beside the target that takes its place when everything is written."""
    if target.exists() and not _ours(target) and (not target.is_dir() or any(target.iterdir())):
        raise ExportError(str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    try:
        yield fresh
        text = json.dumps(describe(scope, parts(style)), ensure_ascii=False, indent=2)
        (fresh / MARK).write_text(f"{text}\n", encoding="utf-8")
        fresh.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)
        fresh.rename(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _ours(target: Path) -> bool:
    """Whether an export wrote a folder: others describe their data in a file of that name too."""
    try:
        return bool(json.loads((target / MARK).read_text(encoding="utf-8")).get("created_by") == MADE_BY)
    except (OSError, ValueError, AttributeError):
        return False


@contextmanager
def _file(target: Path, magic: bytes) -> Iterator[Path]:
    """A fresh file beside the target that takes its place when everything is written."""
    if target.is_dir() or (target.is_file() and target.stat().st_size and not _begins(target, magic)):
        raise ExportError(str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
        fresh = Path(folder) / target.name
        yield fresh
        fresh.replace(target)


def _begins(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic
