"""Writing an import: into a folder of its own, whole files only, registry.yaml last, nothing twice.

While it writes, a folder `.importing` stands in the target. A killed run leaves it there: `huiyin check` then reports a
file that does not belong, and the next import of the same source carries on.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from huiyin.ledger.events import CHANNEL
from huiyin.ledger.outcomes import LedgerError
from huiyin.ledger.plan import SETTINGS, PlannedFile
from huiyin.yamltext import read as read_yaml

UNFINISHED = ".importing"
"""The folder that stands in the target while an import writes; it names the source and holds the file being written."""
_WRITTEN_BY = re.compile(r"# .*written by huiyin import \(([a-z0-9]{2,12})\)\.$")


@dataclass(frozen=True)
class Changes:
    """What writing would do: files that are not there yet, files whose text differs, files that stay as they are."""

    new: tuple[PlannedFile, ...]
    changed: tuple[PlannedFile, ...]
    same: int

    @property
    def to_write(self) -> tuple[PlannedFile, ...]:
        """The files to write, registry.yaml last."""
        both = [*self.new, *self.changed]
        return (*(f for f in both if f.path != SETTINGS), *(f for f in both if f.path == SETTINGS))


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
    return _written_by(into / SETTINGS)


def _written_by(path: Path) -> str | None:
    if path.is_symlink() or not path.is_file():
        return None
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n", 2)
    match = _WRITTEN_BY.match(lines[1]) if len(lines) > 1 else None
    return match[1] if match else None


def compare(into: Path, files: Sequence[PlannedFile]) -> Changes:
    """Return what writing `files` would change; raises LedgerError where it would lose what people added since."""
    new, changed, same = [], [], 0
    for file in files:
        path = into / file.path
        if not path.exists():
            new.append(file)
        elif path.read_bytes() == file.text.encode("utf-8"):
            same += 1
        else:
            changed.append(file)
    _refuse_leftovers(into, files)
    continued = [file.path for file in changed if file.kind == "proposal" and _continued(into / file.path)]
    if continued:
        raise LedgerError(
            f"{len(continued)} 件在导入之后又登记了节点（如 {continued[0]}），重新导入会丢掉它们。请导入到另一个文件夹",
            f"{len(continued)} proposals got events after the import (for example {continued[0]}); importing again "
            "would lose them. Import into another folder",
        )
    return Changes(tuple(new), tuple(changed), same)


def _refuse_leftovers(into: Path, files: Iterable[PlannedFile]) -> None:
    """An import never deletes: files that it would not write any more are for people to decide on."""
    planned = {file.path for file in files}
    there = (path.relative_to(into).as_posix() for path in sorted(into.rglob("*.yaml")))
    left = [path for path in there if path not in planned]
    if left:
        raise LedgerError(
            f"{into} 里有 {len(left)} 个文件这次不再写出（如 {left[0]}）：映射或台账改过了。导入从不删除文件；"
            "请先移走这个文件夹，或换一个文件夹",
            f"{len(left)} files in {into} would not be written any more (for example {left[0]}): mapping or ledger "
            "changed. An import never deletes: move the folder away first, or choose another",
        )


def _continued(path: Path) -> bool:
    data = read_yaml(path.read_text(encoding="utf-8", errors="replace")).data
    events = data.get("events") if isinstance(data, dict) else None
    if not isinstance(events, list):
        return True
    return any(not isinstance(event, dict) or event.get("channel") != CHANNEL for event in events)


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
