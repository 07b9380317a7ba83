"""One run: what the public side must become, decided before anything is written, and then one commit.

A run after another looks only at what changed in the private registry since; which commit that was is remembered in
the private repository, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from huiyin.disclosure import DisclosureError, unexplained
from huiyin.disclosure.explained import ADDED, GONE, Unexplained
from huiyin.guard import Reader
from huiyin.history import FileChange, Node, Objects, Repository, diff
from huiyin.history.writing import blob_id, publish, stand_on, write_blob, write_blobs, write_commit, write_tree
from huiyin.load.files import kind_of
from huiyin.processes import workers
from huiyin.projection.chain import CHAIN, following, written
from huiyin.projection.private import Private, proposal_path
from huiyin.projection.public import Public, data_of
from huiyin.projection.sealed import WHO, message, moment
from huiyin.projection.told import withdrawn

Place = Callable[[str], Node | None]
"""What stands at a path of the public side."""
LEAST = 2000
"""Proposals that are worth a process of their own."""


@dataclass
class Plan:
    """What a run will write: files by path, None for those that go; and what it will add and take away."""

    commit: str
    files: dict[str, bytes | None] = field(default_factory=dict)
    records: int = 0
    gone: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    """For each proposal whose text is withheld from now on: its id, path and fields."""


def plan(
    reader: Reader, commit: str, audience: str, public: Public, there: Objects, last: str | None
) -> tuple[Plan, Private]:
    """Return what the public side becomes when `commit` is projected; `last` is the commit of the last run, if known.

    Raises DisclosureError when a record cannot be projected, or public text would change without an event that
    explains it.
    """
    repository = reader.objects.repository
    private = Private(reader, repository.tree(commit), audience)
    changes = diff(repository, last, commit) if last and public.tip else ()
    ours = [c for c in changes if c.path.startswith((reader.folder, reader.schema))]
    proposals = [c for c in ours if c.path.startswith(f"{reader.folder}proposals/")]
    whole = not last or not public.tip or any(c.path.startswith(reader.schema) for c in ours)
    framed = whole or len(proposals) < len(ours)
    wanted = [(c.path, c.after) for c in proposals if c.after and _is_proposal(reader.folder, c.path)]
    if whole:
        wanted = private.everything()
    elif framed:
        wanted = list(dict([*wanted, *private.secretive()]).items())
    files: dict[str, bytes | None] = dict(_projected(repository, reader, commit, audience, private, wanted))
    made = Plan(commit, records=len(files))
    frame = dict(private.frame()) if framed else {}
    old = dict(_listing(there, public.tree)) if framed and public.tip else {}
    kept = () if whole else ("registry/proposals/",)
    files.update(dict.fromkeys(p for p in old if p not in (CHAIN, *files, *frame) and not p.startswith(kept)))
    if not whole:
        files.update(_deleted(reader, public, there, proposals, files))
    place = old.get if framed else partial(there.blob, public.tree)
    if public.tip:
        _compare(made, private, len(public.tip), there, place, files)
    made.files = _differing({**files, **frame}, public, place)
    return made, private


def _is_proposal(folder: str, path: str) -> bool:
    return kind_of(tuple(path.removeprefix(folder).split("/"))) == "proposal"


def _deleted(
    reader: Reader, public: Public, there: Objects, proposals: list[FileChange], files: Mapping[str, bytes | None]
) -> dict[str, None]:
    """The public files of proposals that are in the private registry no more; one that only moved is in `files`."""
    found: dict[str, None] = {}
    for change in proposals:
        if change.after is None and change.before is not None and _is_proposal(reader.folder, change.path):
            before = data_of(reader.objects, change.before)
            path = proposal_path(before) if before and {"id", "session"} <= set(before) else ""
            if path and path not in files and there.blob(public.tree, path):
                found[path] = None
    return found


def _listing(objects: Objects, tree: str) -> Iterable[tuple[str, Node]]:
    for row in objects.listing(tree):
        head, _, name = row.partition(b"\t")
        mode, _, oid = head.decode().split(" ")
        yield name.decode("utf-8", "surrogateescape"), Node(mode, oid)


def _projected(
    repository: Repository,
    reader: Reader,
    commit: str,
    audience: str,
    private: Private,
    wanted: list[tuple[str, Node]],
) -> Iterable[tuple[str, bytes]]:
    parts = max(1, min(2, len(wanted) // LEAST))
    if parts == 1:
        return private.proposals(wanted)
    spans = [wanted[len(wanted) * n // parts : len(wanted) * (n + 1) // parts] for n in range(parts)]
    where = (str(repository.path), reader.folder, commit, audience)
    with workers(parts) as pool:
        return [
            file for made in pool.map(_span, *zip(*((*where, span) for span in spans), strict=True)) for file in made
        ]


def _span(
    path: str, folder: str, commit: str, audience: str, wanted: list[tuple[str, Node]]
) -> list[tuple[str, bytes]]:
    repository = Repository(Path(path))
    with Objects(repository) as objects:
        return list(Private(Reader(objects, folder), repository.tree(commit), audience).proposals(wanted))


def _compare(
    made: Plan, private: Private, width: int, there: Objects, place: Place, files: Mapping[str, bytes | None]
) -> None:
    """Note what text goes, and raise DisclosureError for what no event explains."""
    for path, contents in files.items():
        if not path.startswith("registry/proposals/"):
            continue
        node = place(path)
        if node is None or (contents is not None and node.oid == blob_id(contents, width)):
            continue
        before, after = data_of(there, node), private.data(contents) if contents is not None else None
        found = unexplained(before, after)
        if found:
            raise _refused(path, found)
        if before and after:
            fields = withdrawn(before, after)
            if fields:
                made.gone.append((str(after["id"]), path, fields))


def _refused(path: str, found: list[Unexplained]) -> DisclosureError:
    identifier = path.rpartition("/")[2].removesuffix(".yaml")
    fields = "、".join(one.field for one in found), ", ".join(one.field for one in found)
    if found[0].kind == ADDED:
        return DisclosureError(
            f"{identifier} 的 {fields[0]} 会变成公开，却没有 disclosed 节点；先记一个再投影。没有写任何东西",
            f"{fields[1]} of {identifier} would become public without an event `disclosed`; record one first. "
            "Nothing is written",
        )
    if found[0].kind == GONE:
        return DisclosureError(
            f"{identifier} 的 {fields[0]} 会从公开文件里删去，却没有写明它的 withheld 节点；先记一个。没有写任何东西",
            f"{fields[1]} of {identifier} would be taken from the public without an event `withheld` that names it; "
            "record one first. Nothing is written",
        )
    return DisclosureError(
        f"{identifier} 的 {fields[0]} 与已经公开的不同，没有节点说明；恢复内部登记册的原样。没有写任何东西",
        f"{fields[1]} of {identifier} differs from what is public, and no event explains it; restore the private "
        "registry. Nothing is written",
    )


def _differing(files: Mapping[str, bytes | None], public: Public, place: Place) -> dict[str, bytes | None]:
    """Only those files that are not yet as they should be."""
    if not public.tip:
        return dict(files)
    width = len(public.tip)
    found = {}
    for path, contents in files.items():
        node = place(path)
        if node is None or contents is None or node.oid != blob_id(contents, width) or node.mode != "100644":
            found[path] = contents
    return found


def apply(
    repository: Repository,
    objects: Objects,
    public: Public,
    made: Plan,
    day: date,
    timezone: str,
    branch: str,
    *,
    key: Ed25519PrivateKey | None,
    worktree: Path | None,
    restart: bool = False,
) -> str | None:
    """Write one commit with these files and move the branch to it; None when the branch moved in the meantime."""
    width = len(public.tip) if public.tip else _width(repository)
    contents = [one for one in made.files.values() if one is not None]
    write_blobs(repository, contents)
    nodes: dict[str, Node | None] = {
        path: None if one is None else Node("100644", blob_id(one, width)) for path, one in made.files.items()
    }
    nodes[CHAIN] = None
    tree = write_tree(objects, public.tree, nodes)
    runs = [*public.runs, following(list(public.runs), day, tree, restarted=restart)]
    tree = write_tree(objects, tree, {CHAIN: write_blob(repository, written(runs).encode())})
    parent = None if restart else public.tip
    commit = write_commit(repository, tree, parent, message(day), moment(day, timezone), WHO, key)
    if public.tip is None:
        stand_on(repository, branch)
    return commit if publish(repository, branch, commit, public.tip, worktree=worktree) else None


def _width(repository: Repository) -> int:
    return 64 if repository.ask("rev-parse", "--show-object-format").strip() == b"sha256" else 40
