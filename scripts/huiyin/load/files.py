"""Finding and reading files: which files a registry folder holds, of which kind, and their text."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from huiyin import yamltext
from huiyin.findings import Finding, Place, Severity, Source, Text, rule

FOLDERS = {
    "sessions": "session",
    "members": "member",
    "groups": "group",
    "agencies": "agency",
    "proposals": "proposal",
    "signals": "signals",
    "topics": "topic",
    "scores": "score",
    "research": "research",
    "policies": "policy",
    "exemplars": "exemplar",
}
"""Which kind of noun each folder of a registry holds; the registry has them under the name of the folder."""
SCHEMA_LINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")
"""The first line of a file, which tells editors which schema it follows."""

SYMLINK = rule(
    "file-symlink",
    Severity.ERROR,
    """符号链接 / Symbolic link

    登记册里不能有符号链接：它可能指向仓库之外的文件。

    A registry has no symbolic links: they may point outside the repository.""",
)
UNEXPECTED = rule(
    "file-unexpected",
    Severity.ERROR,
    """不该在这里的文件 / File in the wrong place

    登记册里只有 registry.yaml 和各个文件夹里的 .yaml 文件；文件夹和扩展名写错的文件不会被读取，所以算错误。

    A registry holds registry.yaml and .yaml files in its folders. A file in the wrong folder or with the wrong ending
    would not be read, so it is an error.""",
)
UNREADABLE = rule(
    "file-unreadable",
    Severity.ERROR,
    """文件无法读取 / File cannot be read

    文件不是普通文件，或者没有读取权限；文件夹没有读取权限也一样。

    It is not a regular file, or may not be read; a folder that may not be listed neither.""",
)
TOO_LARGE = rule(
    "file-too-large",
    Severity.ERROR,
    """文件过大 / File too large

    登记册文件不超过 1 MiB。附件请放在别处，文件里写明文号。

    A registry file has at most 1 MiB. Keep attachments elsewhere and name the document here.""",
)


@dataclass(frozen=True)
class Entry:
    """One file to read: its path on disk, its name in messages, and the kind of noun it should hold.

    What does not come from disk, but from a commit, brings its contents with it: `raw`, and `size` where that was cut.
    """

    path: Path
    name: str
    kind: str
    raw: bytes | None = None
    size: int = 0


def kind_of(relative: tuple[str, ...]) -> str | None:
    """Return the kind of noun that a file should hold, from the parts of its path in the registry folder.

    None for a file that is not read.
    """
    if relative == ("registry.yaml",):
        return "registry"
    if len(relative) > 1 and relative[0] in FOLDERS and relative[-1].endswith(".yaml"):
        return FOLDERS[relative[0]]
    return None


def gather(root: Path, base: Path) -> tuple[list[Entry], list[Finding]]:
    """Return the files of the registry folder `root`, sorted, and what does not belong there.

    Names in messages are relative to `base` where they can be.
    """
    entries: list[Entry] = []
    findings: list[Finding] = []
    for path, relative, linked, regular in _walk(root):
        name = shown(path, base)
        if linked:
            findings.append(symlink(name))
        elif not regular:
            findings.append(_unreadable(name, "不是普通文件，或不能列出", "not a regular file, or may not be listed"))
        elif kind := kind_of(relative):
            entries.append(Entry(path, name, kind))
        elif not kept_aside(relative) and not left_behind(path):
            findings.append(unexpected(name))
    return entries, findings


def loose(paths: Iterable[Path], base: Path) -> tuple[list[Entry], list[Finding]]:
    """Return files outside the registry folder that are to be checked as if they stood in it."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    for start in paths:
        inside = start.is_dir() and not start.is_symlink()
        for path in [found.path for found in _walk(start)] if inside else [start]:
            name = shown(path, base)
            if path.is_symlink():
                findings.append(symlink(name))
            elif not path.is_file():
                findings.append(
                    _unreadable(name, "不是普通文件，或不能列出", "not a regular file, or may not be listed")
                )
            elif path.suffix in (".yaml", ".yml"):
                entries.append(Entry(path, name, _guess(path)))
            elif path == start or not (kept_aside(path.parts) or left_behind(path)):
                findings.append(unexpected(name))
    return entries, findings


def read(entry: Entry) -> tuple[Source, list[yamltext.Fault], list[Finding]]:
    """Return the text of a file, the faults of its encoding, and findings when it cannot be read at all."""
    raw = entry.raw
    if raw is None:
        try:
            with entry.path.open("rb") as file:
                raw = file.read(yamltext.LARGEST + 1)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return Source(entry.name, ""), [], [_unreadable(entry.name, reason, reason)]
    if len(raw) > yamltext.LARGEST:
        size = entry.size or entry.path.stat().st_size
        finding = TOO_LARGE.finding(
            Place(entry.name),
            Text(f"文件有 {size:,} 字节", f"the file has {size:,} bytes"),
            Text("把附件移出登记册，只写文号", "move attachments out of the registry and name the document"),
            Text(f"不超过 {yamltext.LARGEST:,} 字节", f"at most {yamltext.LARGEST:,} bytes"),
        )
        return Source(entry.name, ""), [], [finding]
    text, faults = yamltext.decode(raw)
    return Source(entry.name, text), faults, []


def shown(path: Path, base: Path) -> str:
    """Return the name of `path` in messages: relative to `base` when it lies below it, with forward slashes."""
    absolute, folder = os.path.abspath(path), str(base)  # noqa: PTH100 (resolve would follow links)
    name = "." if absolute == folder else absolute.removeprefix(f"{folder.rstrip(os.sep)}{os.sep}")
    return name.replace(os.sep, "/")


class _Found(NamedTuple):
    """Something below a folder that is no folder itself: its path, the parts of it from there, and what it is."""

    path: Path
    relative: tuple[str, ...]
    linked: bool
    regular: bool


def _walk(root: Path) -> Iterator[_Found]:
    """Yield what is below a folder, by name, each folder's own before what is in the folders of it.

    The listing of a folder says what things are; asking the disk for each takes longer than reading it.
    """
    closed: list[_Found] = []
    waiting: list[tuple[str, tuple[str, ...]]] = [(str(root), ())]
    while waiting:
        folder, above = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                things = sorted(listing, key=lambda thing: thing.name)
        except OSError:
            closed.append(_Found(Path(folder), above, linked=False, regular=False))
            continue
        folders = []
        for thing in things:
            below = (*above, thing.name)
            if thing.is_dir(follow_symlinks=False):
                folders.append((thing.path, below))
            else:
                yield _Found(Path(thing.path), below, thing.is_symlink(), thing.is_file(follow_symlinks=False))
        waiting.extend(reversed(folders))
    yield from closed  # folders that may not be listed: what is in them would be passed over in silence


def kept_aside(relative: tuple[str, ...]) -> bool:
    """Files that people keep beside records and that nothing reads: notes and editor settings."""
    return relative[-1] in ("README.md", "README.zh-CN.md", "LICENSE", ".gitkeep", ".gitignore")


def left_behind(path: Path) -> bool:
    """What editors and desktops leave in folders: nobody sees it on a disk, and git is told to pass it over."""
    return path.name in (".DS_Store", "Thumbs.db", "desktop.ini") or path.name.endswith((".swp", ".swo", "~"))


def _guess(path: Path) -> str:
    if path.name == "registry.yaml":
        return "registry"
    try:
        with path.open("rb") as file:
            first = file.readline(400).decode("utf-8", "replace")
    except OSError:
        first = ""
    match = SCHEMA_LINE.match(first)
    named = match[1].rsplit("/", 1)[-1].removesuffix(".schema.json") if match else ""
    if named in FOLDERS.values():
        return named
    return next((kind for folder, kind in FOLDERS.items() if folder in path.parts), "proposal")


def symlink(name: str) -> Finding:
    """Return the finding for a symbolic link."""
    return SYMLINK.finding(
        Place(name),
        Text("这是一个符号链接", "this is a symbolic link"),
        Text("换成文件本身", "put the file itself here"),
    )


def _unreadable(name: str, zh: str, en: str) -> Finding:
    return UNREADABLE.finding(
        Place(name),
        Text(f"无法读取：{zh}", f"cannot be read: {en}"),
        Text("检查文件和权限", "look at the file and its permissions"),
    )


def unexpected(name: str) -> Finding:
    """Return the finding for a file in the registry folder that would not be read."""
    folders = "、".join(f"{folder}/" for folder in FOLDERS), ", ".join(f"{folder}/" for folder in FOLDERS)
    return UNEXPECTED.finding(
        Place(name),
        Text("这个文件不会被读取", "this file would not be read"),
        Text(
            "移到对应的文件夹，扩展名用 .yaml；不需要就删去",
            "move it to its folder and name it .yaml, or remove it",
        ),
        Text(f"registry.yaml 和 {folders[0]} 中的 .yaml 文件", f"registry.yaml and .yaml files in {folders[1]}"),
    )


@cache
def same(path: str, schema: Path) -> bool:
    """Whether a schema is a copy of ours, as that in the clone of a projection is; a folder has a few of them."""
    return Path(path).read_bytes() == schema.read_bytes()
