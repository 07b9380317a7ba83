"""Writing the index into a folder: only segments that changed, and the header last."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from huiyin.processes import spread
from huiyin.search.document import Document, Facet
from huiyin.search.plan import header, names, plan
from huiyin.search.segment import segment, shown

ROW = "segment.json"
UNFINISHED = ".part"
WORTH_PROCESSES = 4_000
"""Changed documents from which on a second process pays."""


def write(documents: Iterable[Document], facets: Sequence[Facet], folder: Path) -> None:
    """Write the index of `documents` into `folder`, which is the index's own.

    A segment's folders are called after their content and get their names once complete: what is there is not made
    again, and whoever reads while this runs finds what the header names. Raises OSError when the folder cannot be
    written; the index that was there stays readable.
    """
    folder.mkdir(parents=True, exist_ok=True)
    named = {names(held, facets): held for held in plan(documents)}
    wanted = {name for pair in named for name in pair}
    for path in folder.glob(f"*{UNFINISHED}"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    old = tuple(sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in wanted))
    for (_, called), held in named.items():
        if not (folder / called).is_dir():
            _write_folder(folder / called, shown(held, facets), old)
    missing = [(folder / said, held, old) for (said, _), held in named.items() if not (folder / said).is_dir()]
    worth = 2 if sum(len(held) for _, held, _ in missing) >= WORTH_PROCESSES else len(missing) + 1
    spread(lambda place: _write_segment(*missing[place]), len(missing), worth, chunk=1)
    rows: list[dict[str, Any]] = []
    for said, called in named:
        rows.append({"path": said, "shown": called, **json.loads((folder / said / ROW).read_bytes())})
    for file, content in header(rows, facets).items():
        _replace(folder / file, content)
    for path in old:
        shutil.rmtree(path)


def _write_segment(target: Path, documents: Sequence[Document], old: tuple[Path, ...]) -> None:
    files, row = segment(documents)
    _write_folder(target, {**files, ROW: json.dumps(row).encode()}, old)


def _write_folder(target: Path, files: Mapping[str, bytes], old: tuple[Path, ...]) -> None:
    part = target.with_name(target.name + UNFINISHED)
    part.mkdir()
    for file, content in files.items():
        if not any(_taken_over(path / file, part / file, content) for path in old):
            (part / file).write_bytes(content)
    part.rename(target)


def _taken_over(source: Path, target: Path, content: bytes) -> bool:
    """Whether a file of an older segment has the same content and could be linked, which is cheaper than writing."""
    try:
        if source.read_bytes() != content:
            return False
        target.hardlink_to(source)
    except OSError:
        return False
    return True


def _replace(path: Path, content: bytes) -> None:
    """Put a file in the place of an older one at once; one that is the same is left alone."""
    if path.is_file() and path.read_bytes() == content:
        return
    part = path.with_name(path.name + UNFINISHED)
    part.write_bytes(content)
    part.replace(path)
