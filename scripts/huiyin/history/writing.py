"""Writing git objects with plumbing: nothing is seen before a ref moves, and a ref moves once or not at all."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from huiyin.history import signing
from huiyin.history.objects import TREE, Node, Objects
from huiyin.history.repository import HistoryError, Repository, failed, pipes

PLAIN = "100644"
"""The mode of a plain file."""
LANDER = ("Huiyin", "land@huiyin.invalid")
"""Who commits a landing: a program. The people stand in the trailers."""


def write_blob(repository: Repository, contents: bytes) -> Node:
    """Store the contents of a file and return what a tree calls it."""
    return Node(PLAIN, repository.ask("hash-object", "-w", "--stdin", given=contents).decode().strip())


def blob_id(contents: bytes, width: int) -> str:
    """Return the id that git gives to the contents of a file, in a repository whose ids have `width` digits."""
    new = hashlib.sha256 if width == 64 else partial(hashlib.sha1, usedforsecurity=False)
    return new(b"blob %d\0" % len(contents) + contents).hexdigest()


def write_blobs(repository: Repository, files: Iterable[bytes]) -> None:
    """Store the contents of many files, from one process; `blob_id` says what they are called."""
    process = repository.start("fast-import", "--quiet", "--done")
    given, told = pipes(process)
    for contents in files:
        given.write(b"blob\ndata %d\n" % len(contents) + contents + b"\n")
    given.write(b"done\n")
    given.close()
    told.read()
    told.close()
    if process.wait():
        raise failed("fast-import", str(repository.path))


def write_tree(objects: Objects, tree: str, files: Mapping[str, Node | None]) -> str:
    """Store the tree `tree` with these files put in, by path, or taken out (None); return its id.

    Only the folders above the files are read and written, however large the rest is.
    """
    entries = dict(objects.entries(tree)) if tree else {}
    below: dict[str, dict[str, Node | None]] = {}
    for path, node in files.items():
        name, _, rest = path.partition("/")
        if rest:
            below.setdefault(name, {})[rest] = node
        elif node is None:
            entries.pop(name, None)
        else:
            entries[name] = node
    for name, inner in below.items():
        there = entries.get(name)
        written = write_tree(objects, there.oid if there and there.mode == TREE else "", inner)
        if written:
            entries[name] = Node(TREE, written)
        else:
            entries.pop(name, None)
    if not entries:
        return ""
    rows = [
        f"{node.mode} {_kind(node)} {node.oid}\t{name}".encode("utf-8", "surrogateescape")
        for name, node in entries.items()
    ]
    return objects.repository.ask("mktree", "-z", given=b"".join(row + b"\0" for row in rows)).decode().strip()


def _kind(node: Node) -> str:
    return {TREE: "tree", "160000": "commit"}.get(node.mode, "blob")


def write_commit(
    repository: Repository,
    tree: str,
    parent: str | None,
    message: str,
    at: datetime,
    by: tuple[str, str] = LANDER,
    key: Ed25519PrivateKey | None = None,
) -> str:
    """Store a commit, signed where there is a key, and return its id; nothing points to it yet."""
    who = f"{by[0]} <{by[1]}> {int(at.timestamp())} {at:%z}"
    parents = f"parent {parent}\n" if parent else ""
    text = f"tree {tree}\n{parents}author {who}\ncommitter {who}\n\n{message}"
    commit = (text if text.endswith("\n") else f"{text}\n").encode("utf-8", "replace")
    whole = signing.signed(commit, key) if key else commit
    return repository.ask("hash-object", "-t", "commit", "-w", "--stdin", given=whole).decode().strip()


def move(repository: Repository, branch: str, new: str, old: str) -> bool:
    """Move a branch of this repository from one commit to another; False when it stands elsewhere by now."""
    try:
        repository.ask("update-ref", "-m", "huiyin land", f"refs/heads/{branch}", new, old)
    except HistoryError:
        return False
    return True


def publish(repository: Repository, branch: str, new: str, old: str | None, *, worktree: Path | None) -> bool:
    """Move or make a branch without a trace of who did it and when; False when it stands elsewhere by now.

    A clean working folder that stands on the branch is brought to the new commit.
    """
    quiet = ("-c", "core.logAllRefUpdates=false")
    try:
        repository.ask(*quiet, "update-ref", f"refs/heads/{branch}", new, old or "0" * len(new))
    except HistoryError:
        return False
    if worktree:
        repository.ask(*quiet, f"--work-tree={worktree}", "read-tree", "--reset", "-u", new)
    return True


def stand_on(repository: Repository, branch: str) -> None:
    """Let an empty repository stand on a branch that is about to be made: clones of it then show that branch."""
    repository.ask("symbolic-ref", "HEAD", f"refs/heads/{branch}")


def push(repository: Repository, remote: str, branch: str, new: str, old: str) -> bool:
    """Push a commit to a branch of a remote that must still stand at `old`; False when it does not.

    Raises HistoryError when the push fails for another reason.
    """
    reference = f"refs/heads/{branch}"
    try:
        repository.ask("push", "--porcelain", f"--force-with-lease={reference}:{old}", remote, f"{new}:{reference}")
    except HistoryError:
        if remote_tip(repository, remote, branch) != old:
            return False
        raise
    return True


def remote_tip(repository: Repository, remote: str, branch: str) -> str:
    """Fetch a branch of a remote and return the commit that it stands at."""
    repository.ask(
        "fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--end-of-options", remote, f"refs/heads/{branch}"
    )
    return repository.commit("FETCH_HEAD")


def fetched(repository: Repository, remote: str, reference: str) -> str:
    """Fetch any reference of a remote, such as that of a request, and return its commit; no branch here moves.

    Raises HistoryError when it cannot be had.
    """
    name = reference if reference.startswith("refs/") else f"refs/heads/{reference}"
    try:
        repository.ask("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--end-of-options", remote, name)
    except HistoryError:
        raise HistoryError(
            f"从 {remote} 取不到 {name}；核对仓库的地址、请求的编号和网络",
            f"{name} cannot be fetched from {remote}; check the address, the number of the request and the network",
        ) from None
    return repository.commit("FETCH_HEAD")


def checked_out(repository: Repository, branch: str) -> bool:
    """Whether a working folder of this repository stands on the branch: moving it would leave the folder behind."""
    if repository.ask("rev-parse", "--is-bare-repository").strip() == b"true":
        return False
    listed = repository.ask("worktree", "list", "--porcelain").decode("utf-8", "replace")
    return f"branch refs/heads/{branch}" in listed.splitlines()


def merge_base(repository: Repository, one: str, other: str) -> str:
    """Return where two commits parted; raises HistoryError when they have no common ancestor."""
    try:
        return repository.ask("merge-base", one, other).decode().split()[0]
    except HistoryError:
        raise HistoryError(
            f"{other[:12]} 与主线没有共同的历史", f"{other[:12]} shares no history with the branch"
        ) from None


@contextlib.contextmanager
def landing_lock(repository: Repository) -> Iterator[None]:
    """Hold the lock of landings; raises HistoryError when another holds it, or nothing can be written there.

    A killed process lets it go.
    """
    try:
        opened = (repository.path / "huiyin-land.lock").open("w")
    except OSError as error:
        raise HistoryError(
            f"{repository.path} 不能写入（{error.strerror}）；换有写入权限的账号，或换一个位置",
            f"{repository.path} cannot be written ({error.strerror}); use an account that may write there, or "
            "another place",
        ) from None
    with opened as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise HistoryError(
                "另一个合入正在进行，等它结束再试", "another landing is under way; try again when it ends"
            ) from None
        yield
