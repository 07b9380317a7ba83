"""The public side: where a projection stands, and that nobody but a projection has changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from huiyin.disclosure import DisclosureError
from huiyin.findings import Text
from huiyin.history import HistoryError, Node, Objects, Repository
from huiyin.history.objects import TREE
from huiyin.projection.chain import CHAIN, Run, read_chain
from huiyin.projection.sealed import is_sealed
from huiyin.yamltext import decode, read

SETTINGS = "registry/registry.yaml"
"""Where the settings of a projection stand: its folders have fixed names."""


@dataclass(frozen=True)
class Public:
    """The tip of a projection: its commit and the runs so far; both empty before the first run."""

    tip: str | None
    tree: str
    runs: tuple[Run, ...]


def stands(repository: Repository, objects: Objects, branch: str, audience: str) -> Public:
    """Return where the projection on a branch stands.

    Raises DisclosureError when what stands there is no projection for that audience, or was changed by others.
    """
    heads = repository.ask("for-each-ref", "--format=%(refname)", "refs/heads/").decode().split()
    if f"refs/heads/{branch}" not in heads:
        if heads:
            raise DisclosureError(
                f"公开仓库没有分支 {branch}，却有 {len(heads)} 个别的分支；改正 --branch，或者用空仓库",
                f"the public repository lacks {branch} and has other branches; correct --branch, or take an empty one",
            )
        return Public(None, "", ())
    tip = repository.commit(f"refs/heads/{branch}")
    tree = repository.tree(tip)
    told = settings_in(objects, tree)
    runs = runs_in(objects, tree)
    if told is None or runs is None or "projection" not in told:
        raise DisclosureError(
            f"{repository.path} 的 {branch} 不是投影（没有完好的 {CHAIN} 和 registry.yaml）；没有写任何东西",
            f"{branch} of {repository.path} is no projection: it lacks a sound {CHAIN} or registry.yaml. "
            "Nothing is written",
        )
    if told["projection"].get("audience") != audience:
        other = str(told["projection"].get("audience"))
        raise DisclosureError(
            f"公开仓库里是给 {other} 的投影，不是给 {audience} 的；没有写任何东西",
            f"the public repository holds the projection for {other}, not for {audience}; nothing is written",
        )
    day = date.fromisoformat(runs[-1].day)
    if runs[-1].tree != without_chain(objects, tree) or not is_sealed(objects.read(tip)[0], day, told["timezone"]):
        raise DisclosureError(
            f"公开仓库的 {tip[:12]} 不是投影写的：有人直接改了它。查明以后退回上一次投影的提交，再运行",
            f"{tip[:12]} of the public repository was not written by a projection: somebody changed it directly. "
            "Find out who, go back to the last commit of a projection, and run this again",
        )
    return Public(tip, tree, tuple(runs))


def demand_settled(repository: Repository, branch: str, tip: str | None) -> Path | None:
    """Return the working folder that stands on the branch, None without one.

    Raises DisclosureError when the folder holds changes, a remote's branch has commits that this one lacks, or the
    repository borrows objects from another.
    """
    if (repository.path / "objects" / "info" / "alternates").is_file():
        raise DisclosureError(
            "公开仓库借用了另一个仓库的对象（alternates）；用完整的克隆",
            "the public repository borrows objects of another one (alternates); use a full clone",
        )
    pattern = f"refs/remotes/*/{branch}"
    for remote in repository.ask("for-each-ref", "--format=%(objectname)", pattern).decode().split():
        if tip is None or not repository.descends(tip, remote):
            raise DisclosureError(
                f"远端的 {branch} 有这里没有的提交；先取回（git pull --ff-only），再运行",
                f"the remote's {branch} has commits that are missing here; pull them first (git pull --ff-only)",
            )
    if repository.ask("rev-parse", "--is-bare-repository").strip() == b"true":
        return None
    try:
        standing = repository.ask("symbolic-ref", "--quiet", "HEAD").decode().strip()
    except HistoryError:  # detached
        return None
    if tip is not None and standing != f"refs/heads/{branch}":  # an empty one will stand on the branch
        return None
    folder = repository.path.parent
    if repository.path.name != ".git":
        raise DisclosureError(
            f"{repository.path} 的工作区在别处；用普通的克隆，或者用裸仓库",
            f"the working folder of {repository.path} is elsewhere; use a plain clone, or a bare repository",
        )
    changed = repository.ask(f"--work-tree={folder}", "status", "--porcelain", "-uall")
    if changed:
        rows = [row[3:] for row in changed.decode("utf-8", "replace").splitlines()]
        more = Text(f" 等 {len(rows)} 个文件", f" and {len(rows) - 1} more") if len(rows) > 1 else Text("", "")
        raise DisclosureError(
            f"公开仓库的工作区有没有提交的改动（{rows[0]}{more.zh}）；清理以后再运行，或者用裸仓库",
            f"the working folder of the public repository holds changes ({rows[0]}{more.en}); clean it up, or use a "
            "bare repository",
        )
    return folder


def settings_in(objects: Objects, tree: str) -> Mapping[str, Any] | None:
    """Return the data of the settings of a projection's tree; None where there are none to be used."""
    data = data_in(objects, tree, SETTINGS)
    return (
        data
        if data and isinstance(data.get("projection", {}), dict) and isinstance(data.get("timezone"), str)
        else None
    )


def data_in(objects: Objects, tree: str, path: str) -> dict[str, Any] | None:
    """Return the data of a file of a tree; None when it is not there, or cannot be read."""
    node = objects.blob(tree, path)
    return data_of(objects, node) if node and node.mode != TREE else None


def data_of(objects: Objects, node: Node) -> dict[str, Any] | None:
    """Return the data of a file; None when it cannot be read."""
    text, faults = decode(objects.read(node.oid)[0])
    document = read(text)
    return None if faults or document.faults or not isinstance(document.data, dict) else document.data


def runs_in(objects: Objects, tree: str) -> list[Run] | None:
    """Return the runs of the chain of a tree; None when there is no sound one."""
    node = objects.blob(tree, CHAIN)
    return read_chain(objects.read(node.oid)[0].decode("utf-8", "replace")) if node else None


def without_chain(objects: Objects, tree: str) -> str:
    """Return the id of a tree with the chain taken out, which need not be stored."""
    raw = objects.read(tree)[0]
    entry = f"100644 {CHAIN}\0".encode()
    at = raw.find(entry)
    rest = raw if at < 0 else raw[:at] + raw[at + len(entry) + len(tree) // 2 :]
    return objects.repository.ask("hash-object", "-t", "tree", "--stdin", given=rest).decode().strip()
