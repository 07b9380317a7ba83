"""Writing a report: each file whole or not at all."""

from __future__ import annotations

import tempfile
from pathlib import Path


def write(target: Path, content: bytes) -> None:
    """Write `content` to `target`, making its folder; raises OSError when it cannot, leaving what was there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
        fresh = Path(folder) / target.name
        fresh.write_bytes(content)
        fresh.replace(target)
