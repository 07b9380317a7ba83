"""The queue: approved requests in the order in which they are to land. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from huiyin.findings import Text
from huiyin.guard import CHANGE, KINDS

_KEYS = {"head", "actor", "approved_by", "authors", "request", "opened", "kind", "title"}


@dataclass(frozen=True)
class Request:
    """A change that was approved: which commit, who acts, who approved, and where it was asked for."""

    head: str
    actor: int
    approved_by: tuple[int, ...]
    authors: tuple[int, ...] = ()
    request: str = ""
    opened: date | None = None
    kind: str = CHANGE
    title: str = ""


class QueueError(ValueError):
    """The queue cannot be read; `words` say where and why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Text(zh, en)


def read_queue(text: str) -> list[Request]:
    """Return the requests of a JSON list; raises QueueError when it is not one, or a row is wrong."""
    try:
        rows = json.loads(text)
    except ValueError as error:
        raise QueueError(f"队列不是 JSON：{error}", f"the queue is not JSON: {error}") from None
    if not isinstance(rows, list):
        raise QueueError("队列应是 JSON 列表", "the queue should be a JSON list")
    return [_request(n, row) for n, row in enumerate(rows, start=1)]


def _request(number: int, row: Any) -> Request:
    if not isinstance(row, dict) or not {"head", "actor", "approved_by"} <= set(row) <= _KEYS:
        known = "、".join(sorted(_KEYS)), ", ".join(sorted(_KEYS))
        raise QueueError(
            f"队列第 {number} 项：要有 head、actor、approved_by，只能有 {known[0]}",
            f"row {number} of the queue: it needs head, actor and approved_by, and may have {known[1]}",
        )
    accounts = {
        key: row[key] if isinstance(row[key], list) else [row[key]]
        for key in ("actor", "approved_by", "authors")
        if key in row
    }
    wrong = [key for key, values in accounts.items() if not all(type(who) is int and who > 0 for who in values)]
    wrong += [key for key in ("head", "request", "title") if not isinstance(row.get(key, ""), str)]
    if row.get("kind", CHANGE) not in KINDS:
        wrong.append("kind")
    try:
        opened = date.fromisoformat(row["opened"]) if row.get("opened") else None
    except (TypeError, ValueError):
        wrong.append("opened")
    if wrong or isinstance(row["actor"], list):
        what = "、".join(wrong or ["actor"])
        raise QueueError(f"队列第 {number} 项的 {what} 写得不对", f"row {number} of the queue: {what} is wrong")
    return Request(
        head=row["head"],
        actor=row["actor"],
        approved_by=tuple(accounts["approved_by"]),
        authors=tuple(accounts.get("authors", ())),
        request=row.get("request", ""),
        opened=opened,
        kind=row.get("kind", CHANGE),
        title=row.get("title", ""),
    )
