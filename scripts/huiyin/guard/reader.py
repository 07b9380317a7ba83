"""Gathering what guard judges: both sides of a change from git objects, and no more of them than it takes.

Settings, people and rules are read whole; of the proposals only those that changed, those that they name, and those
that hold the same number. What steps have in common is kept, so that an audit reads each version once.
"""

from __future__ import annotations

import tempfile
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from huiyin.checks.references import gathered_proposals, other_proposals
from huiyin.guard.change import MIGRATE, Accounts, Asked, Change, Pair, accounts_of
from huiyin.guard.index import Index, identifier
from huiyin.history import FileChange, HistoryError, Node, Objects
from huiyin.history.checkout import lay
from huiyin.load import Entry, Law, Loaded, from_entries, load_law
from huiyin.load.files import FOLDERS, kept_aside, kind_of, unexpected
from huiyin.model import Proposal, Registry
from huiyin.yamltext import LARGEST

KEPT = 512
"""Versions of proposals that are kept while steps follow one another."""
_PLAIN = "100"


class Reader:
    """Reads the sides of changes from the objects of a repository."""

    def __init__(self, objects: Objects, folder: str = "registry/", schema: str = "schema/") -> None:
        self.objects = objects
        self.folder = folder
        self.schema = schema
        self._laws: dict[str, Law] = {}
        self._frames: OrderedDict[tuple[str, ...], Loaded] = OrderedDict()
        self._versions: OrderedDict[tuple[str, str, str], Loaded] = OrderedDict()
        self._index: tuple[str, Index] | None = None
        self._searched: set[str] = set()
        self._accounts: tuple[Registry, Accounts] | None = None

    def law(self, tree: str) -> Law:
        """Return the law of a tree; raises HistoryError when it has none, LawError when its tables are wrong."""
        node = self.objects.entries(tree).get(self.schema.rstrip("/"))
        if node is None:
            raise HistoryError(
                f"提交里没有 {self.schema}，不知道按什么规则检查",
                f"the commit has no {self.schema}, so there are no rules to judge by",
            )
        if node.oid not in self._laws:
            with tempfile.TemporaryDirectory(prefix="huiyin-") as place:
                folder = Path(place) / self.schema
                lay(self.objects, node.oid, folder)
                self._laws[node.oid] = load_law(folder, Path(place))
        return self._laws[node.oid]

    def frame(self, tree: str, law: Law) -> Loaded:
        """Return everything of a tree's registry but the proposals."""
        top = self.objects.entries(tree).get(self.folder.rstrip("/"))
        parts = self.objects.entries(top.oid) if top else {}
        nouns = {name: node for name, node in parts.items() if name != "proposals"}
        key = (str(law.shapes.folder), *(f"{name} {node.oid}" for name, node in sorted(nouns.items())))
        if key not in self._frames:
            entries = [
                self.entry(f"{self.folder}{path}", blob, law)
                for name, node in sorted(nouns.items())
                for path, blob in self._below(name, node)
                if blob.mode.startswith(_PLAIN) and kind_of(tuple(path.split("/")))
            ]
            self._frames[key] = from_entries(entries, law)
            while len(self._frames) > 4:
                self._frames.popitem(last=False)
        self._frames.move_to_end(key)
        return self._frames[key]

    def _below(self, name: str, node: Node) -> Iterable[tuple[str, Node]]:
        return self.objects.files(node.oid, f"{name}/") if node.mode == "40000" else [(name, node)]

    def entry(self, path: str, blob: Node, law: Law) -> Entry:
        """Return a file of a tree as the loader takes it, its contents with it."""
        return self._entry(path, law, self.objects.read(blob.oid, LARGEST + 1))

    def each_entry(self, files: Sequence[tuple[str, Node]], law: Law) -> Iterator[Entry]:
        """Yield many files of a tree as `entry` returns one."""
        contents = self.objects.each([blob.oid for _, blob in files], LARGEST + 1)
        for (path, _), read in zip(files, contents, strict=True):
            yield self._entry(path, law, read)

    def _entry(self, path: str, law: Law, read: tuple[bytes, int]) -> Entry:
        kind = kind_of(tuple(path.removeprefix(self.folder).split("/"))) or "proposal"
        return Entry(law.shapes.folder.parent / path, path, kind, *read)

    def version(self, path: str, blob: Node, law: Law, frame: Registry) -> Loaded:
        """Return one version of a proposal with what reading it found."""
        key = (path, blob.oid, str(law.shapes.folder))
        if key not in self._versions:
            self._versions[key] = from_entries([self.entry(path, blob, law)], law, _bare(frame))
            while len(self._versions) > KEPT:
                self._versions.popitem(last=False)
        self._versions.move_to_end(key)
        return self._versions[key]

    def proposals(self, tree: str, law: Law) -> Mapping[str, Proposal]:
        """Return every proposal of a tree that can be read, by id: for comparing, since judging needs few."""
        frame = self.frame(tree, law).registry
        top = self.objects.entries(tree).get(self.folder.rstrip("/"))
        node = self.objects.entries(top.oid).get("proposals") if top else None
        if frame is None or node is None:
            return {}
        entries = [
            self.entry(f"{self.folder}{path}", blob, law)
            for path, blob in self._below("proposals", node)
            if blob.mode.startswith(_PLAIN) and kind_of(tuple(path.split("/")))
        ]
        read = from_entries(entries, law, _bare(frame)).registry
        return read.proposals if read else {}

    def index(self, tree: str) -> Index:
        """Return the ids and numbers of a tree; `advance` brings it on without reading the next tree."""
        if self._index is None or self._index[0] != tree:
            top = self.objects.entries(tree).get(self.folder.rstrip("/"))
            node = self.objects.entries(top.oid).get("proposals") if top else None
            rows = self.objects.listing(node.oid) if node else []
            self._index = (tree, Index(f"{self.folder}proposals/", rows, lambda oid: self.objects.read(oid)[0]))
        return self._index[1]

    def advance(self, before: str, after: str, files: Sequence[FileChange]) -> None:
        """Bring the index, where there is one, from one tree to the next."""
        if self._index and self._index[0] == before:
            self._index[1].advance(files)
            self._index = (after, self._index[1])

    def change(self, base: str, head: str, files: Sequence[FileChange], asked: Asked) -> Change:
        """Return the change from the tree `base` to the tree `head`, whose differing files are given.

        Raises HistoryError when the base has no registry, LawError when its rules are wrong.
        """
        law = self.law(base)
        before = self.frame(base, law).registry
        if before is None:
            raise HistoryError(
                f"基准提交的 {self.folder}registry.yaml 无法使用",
                f"{self.folder}registry.yaml of the base cannot be used",
            )
        head_law = self.law(head) if asked.kind == MIGRATE else law
        loaded = self.frame(head, head_law)
        after = loaded.registry or before
        found = [*loaded.findings]
        pairs, unread, changed = [], set(), {}
        old_places = _moves(self.folder, files)
        for file in files:
            parts = tuple(file.path.removeprefix(self.folder).split("/"))
            if not file.path.startswith(self.folder) or file in old_places.values():
                continue
            if kind_of(parts) != "proposal":
                if file.after and not kind_of(parts) and not kept_aside(parts):
                    found.append(unexpected(shown(file.path)))
                continue
            origin = old_places.get(file.path, file)
            old = self._side(origin.path, origin.before, law, before)
            new = self._side(file.path, file.after, head_law, after)
            found.extend(new.findings if new else ())
            if proposal := _only(new):
                changed[identifier(file.path)] = proposal
            if origin.before and _only(old) is None:
                unread.add(file.path)
            else:
                pairs.append(Pair(file.path, _only(old), _only(new)))
        return Change(
            files=tuple(files),
            folder=self.folder,
            base=self._with(before, base, {p.before.id: p.before for p in pairs if p.before}, law),
            head=self._with(after, base, changed, head_law, pairs, self._gathered(after, files)),
            found=tuple(dict.fromkeys(found)),
            pairs=tuple(pairs),
            asked=asked,
            accounts=self._accounts_of(before),
            taken=self._taken(base, files),
            unread=frozenset(unread),
        )

    def _accounts_of(self, frame: Registry) -> Accounts:
        if self._accounts is None or self._accounts[0] is not frame:
            self._accounts = (frame, accounts_of(frame))
        return self._accounts[1]

    def _side(self, path: str, blob: Node | None, law: Law, frame: Registry) -> Loaded | None:
        return self.version(path, blob, law, frame) if blob and blob.mode.startswith(_PLAIN) else None

    def _taken(self, base: str, files: Sequence[FileChange]) -> dict[str, str]:
        """For each new proposal the path at which the base has its id."""
        prefix = f"{self.folder}proposals/"
        new = [file.path for file in files if file.before is None and file.path.startswith(prefix)]
        found = {path: self.index(base).path(identifier(path)) for path in new}
        seen: dict[str, str] = {}
        for path in new:  # two new ones may be twins too
            first = seen.setdefault(identifier(path).casefold(), path)
            if first != path:
                found[path] = found[path] or first
        return {path: there for path, there in found.items() if there}

    def _gathered(self, head: Registry, files: Sequence[FileChange]) -> list[str]:
        """The proposals that changed files of other kinds name: topics."""
        changed = {file.path for file in files}
        return [name for source, _, name in gathered_proposals(head) if source.file in changed]

    def _with(
        self,
        frame: Registry,
        base: str,
        proposals: dict[str, Proposal],
        law: Law,
        pairs: Sequence[Pair] = (),
        gathered: Sequence[str] = (),
    ) -> Registry:
        """The frame with these proposals, those that are named, and those that hold a number which they were given."""
        found, there = dict(proposals), set[str]()
        waiting = list(proposals.values())
        for pair in pairs:
            given = [event.number for _, event in pair.added if event.number]
            session = pair.after.session if pair.after else ""
            for path in sorted({path for number in given for path in self._holders(base, session, number)}):
                self._take(path, base, frame, law, found, waiting)
        named = list(gathered)
        while (named or waiting) and len(found) < KEPT:
            named = named or [other for _, other in other_proposals(waiting.pop())]
            for other in named:
                there_at = None if other in found or other in there else self.index(base).path(other)
                if there_at and identifier(there_at) == other:
                    there.add(other)
                    self._take(there_at, base, frame, law, found, waiting)
            named = []
        return replace(frame, proposals=found, unreadable=frame.unreadable | (there - set(found)))

    def _holders(self, base: str, session: str, number: str) -> Iterable[str]:
        """The files of a session in which a number stands: for one number by search, for more from a table of all."""
        if session in self._searched or (self._index and self._index[1].knows(session)):
            return self.index(base).holders(session, number)
        self._searched.add(session)
        return self.objects.holding(base, f"{self.folder}proposals/{session}/", number)

    def _take(
        self, path: str, base: str, frame: Registry, law: Law, found: dict[str, Proposal], waiting: list[Proposal]
    ) -> None:
        node = self.objects.blob(base, path)
        if node is None or identifier(path) in found:
            return
        loaded = self.version(path, node, law, frame)
        for proposal in loaded.registry.proposals.values() if loaded.registry else ():
            found[proposal.id] = proposal
            waiting.append(proposal)


def _moves(folder: str, files: Sequence[FileChange]) -> dict[str, FileChange]:
    """For each proposal that came to a new path, the file that went away with the same id."""
    gone = {identifier(file.path).casefold(): file for file in files if file.after is None}
    return {
        file.path: gone[identifier(file.path).casefold()]
        for file in files
        if file.before is None
        and file.path.startswith(f"{folder}proposals/")
        and identifier(file.path).casefold() in gone
    }


def _only(loaded: Loaded | None) -> Proposal | None:
    """The one proposal that a version holds; None where it could not be read."""
    return next(iter(loaded.registry.proposals.values()), None) if loaded and loaded.registry else None


def shown(path: str) -> str:
    """Return a path as messages show it: bytes that are not UTF-8 are escaped."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _bare(frame: Registry) -> Registry:
    """The frame without its nouns: a version of a proposal is the same whatever stands beside it."""
    nothing: dict[str, Any] = {folder: {} for folder in FOLDERS}
    return replace(frame, unreadable=frozenset(), **nothing)
