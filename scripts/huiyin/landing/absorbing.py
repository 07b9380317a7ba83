"""A request on the public side, brought to the private one: new proposals and new events, to be landed there.

Only what is added is taken. Texts of the public side are never written over those of the private one, since the public
side holds them without what was taken out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huiyin import edit
from huiyin.disclosure import DisclosureError
from huiyin.disclosure.frame import NOBODY
from huiyin.guard import Reader
from huiyin.history import FileChange, Node
from huiyin.landing.reapply import new_events
from huiyin.landing.settle import sound, with_events
from huiyin.load import Law
from huiyin.projection.public import data_of
from huiyin.yamltext import LARGEST, decode

PROPOSALS = "registry/proposals/"


@dataclass(frozen=True)
class Absorbed:
    """A file of the private side as the request makes it: its path, its text, and how many events are new."""

    path: str
    text: str
    events: int


def absorb(reader: Reader, tree: str, changes: tuple[FileChange, ...]) -> list[Absorbed]:
    """Return the files of the private registry in `tree` as the changes of a public request make them.

    Raises DisclosureError for whatever is neither a new proposal nor a new event, ConflictError for texts that cannot
    be used.
    """
    law = reader.law(tree)
    if not changes:
        raise DisclosureError("这份请求没有改动", "this request changes nothing")
    return [_file(reader, tree, law, change) for change in changes]


def _file(reader: Reader, tree: str, law: Law, change: FileChange) -> Absorbed:
    if not change.path.startswith(PROPOSALS) or not change.path.endswith(".yaml") or change.after is None:
        raise DisclosureError(
            f"{change.path}：公开的请求只能新提建议、追加节点，不能改别的；请在内部登记册里改",
            f"{change.path}: a public request adds proposals and events, and nothing else; change it in the private "
            "registry",
        )
    head = sound(_text(reader, change.after, change.path), change.path, law)
    base = data_of(reader.objects, change.before) if change.before else None
    known = {event["id"] for event in (base or {}).get("events", ())}
    if _names_nobody([event for event in head["events"] if event["id"] not in known]):
        raise DisclosureError(
            f"{change.path}：不能用 {NOBODY}… 作提出人或行为人；写真实的编号，或由办事机构登记",
            f"{change.path}: {NOBODY}… cannot propose or act; write the real id, or let the office record it",
        )
    identifier = str(head["id"])
    there = reader.index(tree).path(identifier)
    if change.before is None:
        if there:
            raise DisclosureError(
                f"{identifier} 在内部登记册里已经有了；换一个编号", f"{identifier} exists already; take another id"
            )
        path = f"{reader.folder}proposals/{head['session']}/{identifier}.yaml"
        kept = {key: value for key, value in head.items() if key not in ("taken_out", "source", "particulars")}
        up = "../" * path.count("/")
        line = f"# yaml-language-server: $schema={up}{reader.schema}proposal.schema.json"
        return Absorbed(path, edit.compose(kept, line), len(head["events"]))
    node = reader.objects.blob(tree, there) if there else None
    if node is None or there is None or base is None:
        raise DisclosureError(
            f"{identifier} 不在内部登记册里；先重新投影",
            f"{identifier} is not in the private registry; project anew first",
        )
    text = _text(reader, node, there)
    rows = new_events(_without_marks(base), _without_marks(head), sound(text, there, law))
    return Absorbed(there, with_events(text, rows, there) if rows else text, len(rows))


def _names_nobody(data: Any) -> bool:
    if isinstance(data, Mapping):
        return any(map(_names_nobody, data.values()))
    if isinstance(data, list):
        return any(map(_names_nobody, data))
    return isinstance(data, str) and data.startswith(NOBODY)


def _without_marks(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "taken_out"}


def _text(reader: Reader, node: Node, path: str) -> str:
    raw, size = reader.objects.read(node.oid, LARGEST + 1)
    text, faults = decode(raw)
    if faults or size > LARGEST or not node.mode.startswith("100"):
        raise DisclosureError(f"{path} 不是可用的文本文件", f"{path} is not a text that can be used")
    return text
