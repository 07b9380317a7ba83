"""Writing an import: into a folder of its own, whole files only, registry.yaml last, nothing twice.

While it writes, a folder `.importing` stands in the target. A killed run leaves it there: `huiyin check` then reports a
file that does not belong, and the next import of the same source carries on.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from huiyin.ledger import seal
from huiyin.ledger.known import SETTINGS
from huiyin.ledger.outcomes import LedgerError
from huiyin.ledger.plan import PlannedFile

UNFINISHED = ".importing"
"""The folder that stands in the target while an import writes; it names the source and holds the file being written."""


def check_target(into: Path, code: str) -> None:
    """Raise LedgerError unless `into` is new, empty, or the folder of an import of the source `code`."""
    if into.is_symlink() or (into.exists() and not into.is_dir()):
        raise LedgerError(f"{into} 不是文件夹", f"{into} is not a folder")
    if not into.exists() or not any(into.iterdir()):
        return
    owner = _owner(into)
    if owner is None:
        raise LedgerError(
            f"{into} 里已有别的文件，而且不是 huiyin import 写的登记册。请换一个空文件夹",
            f"{into} has files in it that no import of ours wrote. Choose an empty folder",
        )
    if owner != code:
        raise LedgerError(
            f"{into} 是从另一个来源（{owner}）导入的，这次的来源是 {code}。请换一个文件夹",
            f"{into} was imported from another source ({owner}); this one is {code}. Choose another folder",
        )


def _owner(into: Path) -> str | None:
    """The code of the source whose import wrote the folder, or began to."""
    unfinished = into / UNFINISHED / "source"
    if unfinished.is_file():
        return unfinished.read_text(encoding="utf-8").strip()
    path = into / SETTINGS
    if path.is_symlink() or not path.is_file():
        return None
    return seal.owner(path.read_text(encoding="utf-8", errors="replace"))


def write(into: Path, code: str, files: Iterable[PlannedFile]) -> None:
    """Write `files` in their order, each whole or not at all; raises OSError when the disk refuses."""
    unfinished = into / UNFINISHED
    unfinished.mkdir(parents=True, exist_ok=True)
    (unfinished / "source").write_text(f"{code}\n", encoding="utf-8")
    for file in files:
        path = into / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, file.text.encode("utf-8"), unfinished / "file")
    shutil.rmtree(unfinished)


def replace(path: Path, content: bytes, temporary: Path) -> None:
    """Put `content` at `path` by way of `temporary`, which lies on the same disk."""
    temporary.write_bytes(content)
    temporary.replace(path)
