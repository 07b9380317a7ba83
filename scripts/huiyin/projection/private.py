"""The private side: its records as an audience sees them, each as the file that stands in the projection."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from huiyin import edit
from huiyin.disclosure import AUDIENCES, WHOM, DisclosureError, Projector, Secrecy, can_mean, placeholders, settings
from huiyin.disclosure.frame import NOBODY
from huiyin.findings import Severity, Source
from huiyin.guard import Reader
from huiyin.history import HistoryError, Node
from huiyin.load import nouns
from huiyin.load.files import FOLDERS, Entry, kind_of, read
from huiyin.model import Registry
from huiyin.projection.public import SETTINGS
from huiyin.yamltext import read as read_yaml

File = tuple[str, bytes]
"""A file of a projection: its path and contents."""
_TABLES = {"rules": "rules", "calendar": "calendar", "coverage": "coverage"}
_TABLE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yaml")
_SCHEMA = re.compile(r"[a-z]+\.schema\.json")
AGENCY = AUDIENCES[2]

README = """# 公开投影 / A projection

这里是回音登记册的投影：{zh}能看到的部分。它由工具从内部登记册生成，每次一个提交；不要直接改。没有公开的文字写着“（未公开）”，`taken_out` 写明缘由。

`projection.jsonl` 每次投影一行，每一行带着上一行的摘要：留下任何一行，就能核对以后有没有悄悄改动。运行 `huiyin audit` 核对全部历史。

This repository is made from a private registry by a program, a commit a run: what {en} may see. Texts that are not public read “（未公开）”, and `taken_out` says why. Every line of `projection.jsonl` holds the digest of the line before; `huiyin audit` verifies it all. Requests sent here are taken into the private registry and come back with the next run.
"""  # noqa: E501 (paragraphs of Markdown)
IGNORE = "/build/\n"
"""What the verbs leave behind in a clone: neither a change of the projection, nor ever to be committed to it."""


class Private:
    """The private registry in one commit, for one audience. Raises DisclosureError for what cannot be projected."""

    def __init__(self, reader: Reader, tree: str, audience: str) -> None:
        self._reader = reader
        self._tree = tree
        self._law = reader.law(tree)
        frame = reader.frame(tree, self._law)
        node = reader.objects.blob(tree, f"{reader.folder}registry.yaml")
        if frame.registry is None or node is None:
            raise HistoryError(
                f"提交里的 {reader.folder}registry.yaml 无法使用", f"{reader.folder}registry.yaml cannot be used"
            )
        wrong = [finding for finding in frame.findings if finding.severity == Severity.ERROR]
        if wrong:
            place, found = wrong[0].place, wrong[0].found
            raise DisclosureError(f"{place.file}:{place.line} {found.zh}", f"{place.file}:{place.line} {found.en}")
        self._registry: Registry = frame.registry
        self._projector = Projector(self._law.shapes.schemas, audience)
        self._raw = self._data(f"{reader.folder}registry.yaml", node, "registry")
        self._settings = settings(self._raw, self._projector)
        self.timezone = str(self._raw["timezone"])
        self.as_of = nouns.day(self._raw, "as_of")
        self.key: str | None = self._settings["projection"].get("key")

    def frame(self) -> Iterator[File]:
        """Yield everything but proposals: words for readers, settings, people, signals and topics, and the law."""
        yield "README.md", README.format(**WHOM[self._projector.audience]._asdict()).encode()
        yield ".gitignore", IGNORE.encode()
        yield SETTINGS, self._text(SETTINGS, "registry", self._settings)
        for identifier, data in placeholders(self._raw).items():
            path = f"registry/members/{identifier}.yaml"
            yield path, self._text(path, "member", data)
        objects, folder = self._reader.objects, self._reader.folder
        top = objects.entries(objects.entries(self._tree)[folder.rstrip("/")].oid)
        for name in (name for name in FOLDERS if name != "proposals"):
            for below, node in objects.files(top[name].oid, f"{name}/") if name in top else ():
                kind = kind_of(tuple(below.split("/")))
                if kind:
                    data = self._data(folder + below, node, kind)
                    path = f"registry/{name}/{data['id']}.yaml"
                    yield path, self._text(path, kind, self._projector.record(kind, data))
        yield from self._schema()

    def _schema(self) -> Iterator[File]:
        """Formats as they are, and tables as the formats let everybody see them: without comments."""
        objects = self._reader.objects
        for below, node in objects.files(objects.entries(self._tree)[self._reader.schema.rstrip("/")].oid):
            folder, _, name = below.rpartition("/")
            kind = "categories" if below == "categories.yaml" else _TABLES.get(folder)
            if _SCHEMA.fullmatch(below):
                yield f"schema/{below}", objects.read(node.oid)[0]
            elif kind and (_TABLE.fullmatch(name)):
                data = self._data(f"schema/{below}", node, kind)
                yield f"schema/{below}", self._text(f"schema/{below}", kind, self._projector.record(kind, data))

    def proposals(self, only: Sequence[tuple[str, Node]]) -> Iterator[File]:
        """Yield the files of these proposals, given by their paths in the private registry."""
        for (path, _), entry in zip(only, self._reader.each_entry(only, self._law), strict=True):
            data = self._data_of(path, entry, "proposal")
            self._grounded(path, data)
            path = proposal_path(data)
            yield path, self._text(path, "proposal", self._projector.record("proposal", data, self._secrecy(data)))

    def everything(self) -> list[tuple[str, Node]]:
        """Return every proposal of the registry with its path."""
        objects, folder = self._reader.objects, self._reader.folder
        node = objects.entries(objects.entries(self._tree)[folder.rstrip("/")].oid).get("proposals")
        found = []
        for row in objects.listing(node.oid) if node else ():
            head, _, name = row.partition(b"\t")
            mode, _, oid = head.decode().split(" ")
            path = f"proposals/{name.decode('utf-8', 'surrogateescape')}"
            if kind_of(tuple(path.split("/"))):
                found.append((folder + path, Node(mode, oid)))
        return found

    def secretive(self) -> list[tuple[str, Node]]:
        """Return the proposals with confidential proposers: what they show depends on names of members."""
        objects, folder = self._reader.objects, f"{self._reader.folder}proposals/"
        paths = objects.holding(self._tree, folder, "confidential:")
        return [(path, node) for path in paths if (node := objects.blob(self._tree, path))]

    def data(self, contents: bytes) -> dict[str, Any]:
        """Return the data of a proposal's file that this made."""
        data: dict[str, Any] = read_yaml(contents.decode()).data
        return data

    def _data(self, path: str, node: Node, kind: str) -> dict[str, Any]:
        return self._data_of(path, self._reader.entry(path, node, self._law), kind)

    def _data_of(self, path: str, entry: Entry, kind: str) -> dict[str, Any]:
        source, encoding, unreadable = read(entry)
        document = read_yaml(source.text)
        faults = [*encoding, *document.faults]
        wrong = unreadable or ([] if faults else self._law.shapes.findings(kind, document.data, source))
        if faults or wrong:
            line = faults[0].line if faults else wrong[0].place.line
            raise DisclosureError(
                f"{path}:{line} 有错误，不能投影；先运行 huiyin check 改正",
                f"{path}:{line} has errors and cannot be projected; run huiyin check and correct it first",
            )
        data: dict[str, Any] = document.data
        return data

    def _grounded(self, path: str, data: Mapping[str, Any]) -> None:
        """Raise DisclosureError where something is withheld without a ground, or on one that the pack does not list."""
        blocks = [data.get("disclosure", {}), *(event.get("disclosure", {}) for event in data["events"])]
        grounds = [(block.get("ground"), block.get("level") == "withheld") for block in blocks]
        events = {event["id"] for event in data["events"]}
        for event in data["events"]:
            unknown = [name for name in event.get("fields", ()) if not can_mean(name, events)]
            if event["type"] == "withheld" and unknown:
                raise DisclosureError(
                    f"{path}：withheld 写的栏目 {unknown[0]} 不存在；写 situation、text、e3.text 这样的名字",
                    f"{path}: `withheld` names {unknown[0]}, which does not exist; write one like situation, text or "
                    "e3.text. Nothing is written",
                )
        grounds += [(event["ground"], True) for event in data["events"] if event["type"] == "withheld"]
        if not any(ground or needed for ground, needed in grounds):
            return
        pack = self._registry.pack_of(nouns.proposal(data, Source(path, "")))
        listed = [ground.id for ground in pack.disclosure_grounds] if pack else []
        for ground, needed in grounds:
            if (needed and ground is None) or (ground is not None and ground not in listed):
                allowed = "、".join(listed), ", ".join(listed)
                raise DisclosureError(
                    f"{path}：不予公开的理由 {ground or '（没有写）'} 不在规则包的理由表里（{allowed[0]}）",
                    f"{path}: the ground {ground or '(none)'} is not one that the pack lists ({allowed[1]}); "
                    "nothing is written",
                )

    def _secrecy(self, data: Mapping[str, Any]) -> Secrecy:
        asked = data.get("confidential", ())
        session = self._registry.sessions.get(data["session"])
        if not asked or session is None or self._projector.audience == AGENCY:
            return Secrecy()
        known = [self._registry.members[member].name for member in asked if member in self._registry.members]
        return Secrecy(dict.fromkeys(asked, f"{NOBODY}{session.body}"), tuple(known))

    def _text(self, path: str, kind: str, data: Mapping[str, Any]) -> bytes:
        ordered = edit.arranged(data, self._law.shapes.schemas[kind])
        up = os.path.relpath("schema", os.path.dirname(path)).replace(os.sep, "/")  # noqa: PTH120 (a path of git)
        return edit.compose(ordered, f"# yaml-language-server: $schema={up}/{kind}.schema.json").encode()


def proposal_path(data: Mapping[str, Any]) -> str:
    """Return where a proposal stands in a projection: never where it stands in the private registry.

    The two letters spread the files over folders, so that none grows large; they follow from the id alone.
    """
    spread = hashlib.sha256(str(data["id"]).encode()).hexdigest()[:2]
    return f"registry/proposals/{data['session']}/{spread}/{data['id']}.yaml"
