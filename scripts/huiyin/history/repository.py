"""Finding a repository and asking it short questions; every answer comes from git objects, never from files beside."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from huiyin.findings import Text

_NAME = re.compile(r"[0-9A-Za-z_@{}~^./+-]{1,200}")
"""Characters of a revision that we hand to git; it may not begin like an option."""
_SETTINGS = (
    "core.quotePath=false",
    "core.attributesFile=/dev/null",
    "diff.renames=false",
    "diff.ignoreSubmodules=none",
    "log.showSignature=false",
    "log.mailmap=false",
    "protocol.ext.allow=never",
)
"""What somebody's own configuration must not change in an answer."""
_ENVIRONMENT = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_POINTERS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"})


class HistoryError(Exception):
    """Git cannot answer: no repository, no such revision, a clone that lacks history. `words` say what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Text(zh, en)


class Repository:
    """A git repository, bare or not.

    Replacement objects are ignored, since they would show another history than the one that was published.
    """

    def __init__(self, path: Path) -> None:
        """Open the repository at or above `path`; raises HistoryError when there is none."""
        self._environment = {**_without_git(os.environ), **_ENVIRONMENT}
        try:
            found = subprocess.run(
                ["git", "-C", str(path), "rev-parse", "--absolute-git-dir"],
                env=self._environment,
                capture_output=True,
                check=False,
            )
        except OSError:
            raise HistoryError("找不到 git，请先安装", "git is not installed") from None
        if found.returncode:
            raise HistoryError(f"{path} 不在 git 仓库里", f"{path} is not in a git repository")
        self.path = Path(found.stdout.decode("utf-8", "surrogateescape").strip())

    def name_of(self, path: Path) -> str:
        """Return what trees of this repository call a file of its working folder."""
        done = subprocess.run(
            ["git", "-C", str(path.parent), "rev-parse", "--show-prefix"],
            env=self._environment,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n") + path.name

    def ask(
        self,
        *arguments: str,
        given: bytes = b"",
        fine: tuple[int, ...] = (0,),
        environment: Mapping[str, str] | None = None,
    ) -> bytes:
        """Return what a git command prints; raises HistoryError with its message when its exit code is not `fine`."""
        done = subprocess.run(
            self._command(arguments),
            env={**self._environment, **(environment or {})},
            input=given,
            capture_output=True,
            check=False,
        )
        if done.returncode not in fine:
            lines = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
            raise failed(arguments[0], lines[-1] if lines else "")
        return done.stdout

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a git command with pipes and return its process; the caller reads, and ends it."""
        return subprocess.Popen(
            self._command(arguments),
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=1 << 16,
        )

    def _command(self, arguments: Sequence[str]) -> list[str]:
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        return ["git", f"--git-dir={self.path}", *settings, *arguments]

    def commit(self, name: str) -> str:
        """Return the full id of the commit that `name` means; raises HistoryError when it means none."""
        shown = name if len(name) <= 80 else f"{name[:80]}…"
        if not _NAME.fullmatch(name) or name.startswith("-"):
            raise HistoryError(
                f"{shown!r} 不能作为提交的名字；写分支名或提交编号",
                f"{shown!r} cannot name a commit; write a branch or the id of a commit",
            )
        try:
            found = self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        except HistoryError:
            raise HistoryError(
                f"仓库里没有提交 {shown!r}；先取回它（git fetch），或改正名字",
                f"there is no commit {shown!r} here; fetch it first, or correct the name",
            ) from None
        return found.decode().strip()

    def demand_whole(self) -> None:
        """Raise HistoryError when the clone is shallow: what was cut off cannot be compared with."""
        if self.ask("rev-parse", "--is-shallow-repository").strip() == b"true":
            raise HistoryError(
                "这是浅克隆，历史不全；先运行 git fetch --unshallow",
                "this clone is shallow and lacks history; run git fetch --unshallow first",
            )

    def descends(self, commit: str, ancestor: str) -> bool:
        """Whether `ancestor` is `commit` or one of its ancestors."""
        try:
            self.ask("merge-base", "--is-ancestor", ancestor, commit)
        except HistoryError:
            return False
        return True

    def tree(self, commit: str) -> str:
        """Return the id of the tree of a commit."""
        return self.ask("rev-parse", "--verify", "--end-of-options", f"{commit}^{{tree}}").decode().strip()


def failed(command: str, complaint: str) -> HistoryError:
    """Return the error that says which git command failed, in git's own words."""
    return HistoryError(f"git {command} 没有成功：{complaint}", f"git {command} failed: {complaint}")


def _without_git(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what would point git to another repository: hooks set it."""
    return {key: value for key, value in environment.items() if key not in _POINTERS}


def lines(stream: IO[bytes], end: bytes = b"\0") -> Iterator[bytes]:
    """Yield the parts of a stream that `end` divides, without holding more than a few of them."""
    left = b""
    while block := stream.read(1 << 16):
        *whole, left = (left + block).split(end)
        yield from whole
    if left:
        yield left


def pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    """Return what a started command reads from and writes to."""
    assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 (it was started with pipes)
    return process.stdin, process.stdout
