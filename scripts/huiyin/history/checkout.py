"""Laying a tree of a commit into a folder, for what can only be read from disk: the tables in `schema/`."""

from __future__ import annotations

from pathlib import Path

from huiyin.history.objects import TREE, Objects


def lay(objects: Objects, tree: str, folder: Path) -> None:
    """Write the plain files of a tree into `folder`, with its folders; links and submodules are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, node in objects.entries(tree).items():
        if name in (".", "..") or "/" in name or "\\" in name:
            continue  # git refuses to make such entries, but whoever writes objects by hand can
        if node.mode == TREE:
            lay(objects, node.oid, folder / name)
        elif node.mode.startswith("100"):
            raw, _ = objects.read(node.oid)
            (folder / name).write_bytes(raw)
