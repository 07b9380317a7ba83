"""Landing requests one after another on the tip: reapplied, settled, judged, committed; no ref moves here."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from huiyin.audit.step import ACTOR, APPROVED, AUTHOR, HEAD, OPENED, REQUEST, STEP, trailer_lines
from huiyin.findings import Finding, Severity, Text
from huiyin.guard import CHANGE, MIGRATE, Asked, Change, Reader, judge
from huiyin.history import FileChange, Node, Repository, diff
from huiyin.history.writing import merge_base, write_blob, write_commit, write_tree
from huiyin.landing.reapply import ConflictError, new_events, next_number
from huiyin.landing.requests import Request
from huiyin.landing.settle import data_of, numbered, settled, sound, with_events
from huiyin.load import Law
from huiyin.load.files import kind_of
from huiyin.model import Registry
from huiyin.yamltext import LARGEST, decode

_OF_THE_REQUEST = ("event-changed", "event-missing", "event-moved", "record-moved", "record-deleted")
"""Rules that the request itself must keep: reapplying its new events would hide that it broke them."""


@dataclass(frozen=True)
class Outcome:
    """What became of a request: the commit that it landed as, or why not."""

    request: Request
    commit: str | None = None
    findings: tuple[Finding, ...] = ()
    conflict: Text | None = None
    already: bool = False

    @property
    def refused(self) -> bool:
        """Whether it did not land."""
        return self.commit is None and not self.already


class Lander:
    """Lands requests on a tip that only it knows of; whoever called moves the branch to `tip` in the end."""

    def __init__(
        self, repository: Repository, reader: Reader, tip: str, at: datetime, key: Ed25519PrivateKey | None = None
    ) -> None:
        self.repository = repository
        self.reader = reader
        self.tip = tip
        self._tree = repository.tree(tip)
        self._at = at
        self._key = key

    def land(self, request: Request) -> Outcome:
        """Bring one request to the tip, or say why it cannot be; a refused one leaves the tip as it was.

        Raises HistoryError when git cannot read the request or the tip.
        """
        head = self.repository.commit(request.head)
        fork = merge_base(self.repository, self.tip, head)
        asked = Asked(
            request.actor, self._at.date(), request.opened, request.approved_by, request.authors, request.kind, True
        )
        files = diff(self.repository, fork, head)
        broken = self._broken(fork, head, files, asked)
        if broken:
            return Outcome(request, findings=tuple(broken))
        try:
            placed = self._placed(files, asked)
        except ConflictError as conflict:
            return Outcome(request, conflict=conflict.words)
        tree = write_tree(self.reader.objects, self._tree, placed) if placed else self._tree
        changes = diff(self.repository, self._tree, tree) if placed else ()
        if files and not changes:
            return Outcome(request, already=True)
        change = self.reader.change(self._tree, tree, changes, asked)
        errors = [finding for finding in judge(change) if finding.severity == Severity.ERROR]
        if errors or not changes:
            return Outcome(request, findings=tuple(errors))
        message = _message(request, head, change)
        self.tip = write_commit(self.repository, tree, self.tip, message, self._at, key=self._key)
        self.reader.advance(self._tree, tree, changes)
        self._tree = tree
        return Outcome(request, self.tip)

    def _broken(self, fork: str, head: str, files: Sequence[FileChange], asked: Asked) -> list[Finding]:
        if asked.kind == MIGRATE or not files:
            return []
        change = self.reader.change(self.repository.tree(fork), self.repository.tree(head), files, asked)
        return [finding for finding in judge(change) if finding.rule.id in _OF_THE_REQUEST]

    def _placed(self, files: Sequence[FileChange], asked: Asked) -> dict[str, Node | None]:
        """What the tip's tree gets at each path; raises ConflictError when others changed the same in the meantime."""
        law = self.reader.law(self._tree)
        frame = self.reader.frame(self._tree, law).registry
        assert frame is not None  # noqa: S101 (the reader judged the request by this law and frame)
        given: dict[tuple[str, str], list[str]] = {}
        placed: dict[str, Node | None] = {}
        for file in files:
            tip = self.reader.objects.blob(self._tree, file.path)
            inside = file.path.startswith(self.reader.folder)
            parts = tuple(file.path.removeprefix(self.reader.folder).split("/"))
            settles = inside and kind_of(parts) == "proposal" and asked.kind == CHANGE and file.after is not None
            if settles and file.after and file.after.mode == "100644":
                placed[file.path] = self._proposal(file, tip, law, frame, given)
            elif tip in (file.before, file.after):
                placed[file.path] = file.after
            else:
                raise ConflictError(
                    f"{file.path} 在主线上已经被别人改过；请在最新的主线上重做",
                    f"{file.path} was changed on the branch in the meantime; make the change anew on its tip",
                )
        return placed

    def _text(self, path: str, node: Node) -> str:
        raw, _ = self.reader.objects.read(node.oid, LARGEST + 1)
        text, faults = decode(raw)
        if faults:
            raise ConflictError(f"{path} 不是可用的文本文件", f"{path} is not a text that can be used")
        return text

    def _proposal(
        self, file: FileChange, tip: Node | None, law: Law, frame: Registry, given: dict[tuple[str, str], list[str]]
    ) -> Node:
        path = file.path
        assert file.after is not None  # noqa: S101 (the caller asked)
        text = self._text(path, file.after)
        data = sound(text, path, law)
        if tip != file.before and file.before is not None and tip is not None:
            base, head = data_of(self._text(path, file.before), path), data
            text = self._text(path, tip)
            rows = new_events(base, head, data_of(text, path))
            if not rows:
                return tip
            text = with_events(text, rows, path)
        elif tip != file.before:
            if tip == file.after:
                return tip
            raise ConflictError(
                f"{path} 在主线上已经有了，或者被删除了；换一个编号",
                f"{path} is on the branch already, or was taken out; take another id",
            )
        data = data_of(text, path)
        for n, row in enumerate(data["events"]):
            if row["type"] == "accepted" and "number" not in row:
                key = (data["session"], data["kind"])
                number = next_number([*self._numbers(*key, law, frame), *given.setdefault(key, [])])
                given[key].append(number)
                text = numbered(text, n, number, path)
        first = f"# yaml-language-server: $schema={_up(path)}{self.reader.schema}proposal.schema.json"
        return write_blob(self.repository, settled(text, path, law, frame, first).encode())

    def _numbers(self, session: str, kind: str, law: Law, frame: Registry) -> list[str]:
        """The largest official number of a session and kind: the largest that stands in a file which was given it."""
        index = self.reader.index(self._tree)
        found = sorted((n for n in index.given(session) if n.isascii() and n.isdigit()), key=int, reverse=True)
        for number in found:
            for path in sorted(index.holders(session, number)):
                node = self.reader.objects.blob(self._tree, path)
                loaded = self.reader.version(path, node, law, frame) if node else None
                for proposal in loaded.registry.proposals.values() if loaded and loaded.registry else ():
                    if proposal.number == number and proposal.kind == kind:
                        return [number]
        return []


def _up(path: str) -> str:
    return os.path.relpath(".", PurePosixPath(path).parent).replace(os.sep, "/") + "/"


def _message(request: Request, head: str, change: Change) -> str:
    """The commit's message: what happened, and in the last paragraph who stands behind it."""
    name = change.name_of
    trailers = [
        (STEP, request.kind if request.kind != CHANGE else ""),
        (ACTOR, _stated(request.actor, name(request.actor))),
        *((AUTHOR, _stated(who, name(who))) for who in request.authors),
        *((APPROVED, _stated(who, name(who))) for who in request.approved_by),
        (REQUEST, request.request),
        (OPENED, request.opened.isoformat() if request.opened else ""),
        (HEAD, head),
    ]
    return f"{title(request, change)}\n\n{trailer_lines(trailers)}\n"


def title(request: Request, change: Change) -> str:
    """Return one line that says what a change does; what people wrote stays one line and no trailer."""
    if request.title.strip():
        return " ".join(request.title.split())[:100]
    acts = [f"{pair.after.id} {event.type}" for pair in change.pairs for _, event in pair.added if pair.after]
    more = f" +{len(acts) - 3}" if len(acts) > 3 else ""
    return ", ".join(acts[:3]) + more if acts else f"{request.kind}: {len(change.files)} files"


def _stated(who: int, name: str) -> str:
    return f"{who} {name.partition('（')[0]}" if "（" in name else str(who)
