"""Short digests that say whether two things are the same: texts, folders, the program itself."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).parent


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
def program() -> str:
    """Return a digest of the program as it runs: what is changed while it runs does not count."""
    return digest(f"{sys.version_info[:2]}", files(PACKAGE))
