"""What a public history still holds after a text was withheld: told before it happens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.findings import Text
from huiyin.history import Repository

RUNBOOK = Text("指南“公开和投影”的“撤下已经公开的内容”", "“撤下已经公开的内容” in the guide on disclosure")
"""Where it stands how a history is purged, and what that breaks."""


def holding(repository: Repository, tip: str | None, path: str) -> int:
    """Return how many versions of a file the history up to `tip` holds; after a withholding all of them are old."""
    if tip is None:
        return 0
    listed = repository.ask("rev-list", "--count", "--first-parent", tip, "--", f":(literal){path}")
    return int(listed.decode().strip())


def withdrawn(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields whose text one state of a projected proposal shows and the next one does not."""
    said = {name for row in before.get("taken_out", ()) for name in row["fields"]}
    now = {name for row in after.get("taken_out", ()) for name in row["fields"]}
    new = {event["id"] for event in after["events"]} - {event["id"] for event in before["events"]}
    return tuple(sorted(name for name in now - said if name.split(".")[0] not in new))


def still_held(identifier: str, fields: tuple[str, ...], held: int | None) -> Text:
    """Return the warning that what is withheld from now on stays in so many earlier versions; None: nobody knows."""
    zh, en = "、".join(fields), ", ".join(fields)
    old = (
        Text("公开仓库的旧版本含有它", "Earlier versions in the public repository")
        if held is None
        else Text(f"公开仓库还有 {held} 个旧版本含有它", f"{held} earlier versions in the public repository")
    )
    return Text(
        f"{identifier}：{zh} 不再公开。{old.zh}，别人的克隆、分叉和缓存也有；要从历史里清除，见{RUNBOOK.zh}",
        f"{identifier}: {en} is withheld from now on. {old.en} still hold it, and so do clones, forks and caches; "
        f"how to purge it: {RUNBOOK.en}",
    )
