"""What most verbs need before they decide anything: the folders, the law, the registry, the day, the language."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from huiyin.cases import Case, cases
from huiyin.findings import Finding, Text, did_you_mean
from huiyin.load import Law, Loaded, load_law, load_registry
from huiyin.model import Registry
from huiyin.report import visible
from huiyin.today import today


class UsageError(Exception):
    """The command line asks for something that is not there; `words` say what and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Text(zh, en)


class GivenError(Exception):
    """What a file or standard input gives cannot be read; `findings` say where."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings


@dataclass(frozen=True)
class Context:
    """The project a command works in."""

    root: Path
    folder: Path
    law: Law
    loaded: Loaded
    lang: str
    asked_day: date | None

    @property
    def registry(self) -> Registry:
        """The registry; raises UsageError when its settings could not be read."""
        if self.loaded.registry is None:
            raise UsageError(
                f"{self.folder} 里的 registry.yaml 无法使用，请先运行 huiyin check",
                f"registry.yaml in {self.folder} cannot be used; run huiyin check first",
            )
        return self.loaded.registry

    @cached_property
    def as_of(self) -> date:
        """The day that counts as today: asked for, or pinned by the registry, or the real one in its time zone."""
        return day_of(self.registry, self.asked_day)

    @cached_property
    def cases(self) -> dict[str, Case]:
        """Every proposal as it stands on the day."""
        return dict(cases(self.registry, self.as_of))


def day_of(registry: Registry, asked: date | None) -> date:
    """Return the day that counts as today: asked for, or pinned by the registry, or the real one in its time zone."""
    settings = registry.settings
    try:
        return asked or settings.as_of or today(settings.timezone)
    except (KeyError, ValueError, OSError):
        raise UsageError(
            f"没有时区 {settings.timezone}，请改正 registry.yaml",
            f"there is no time zone {settings.timezone}; correct registry.yaml",
        ) from None


def gather(arguments: argparse.Namespace, also: Iterable[Path] = ()) -> Context:
    """Read the law and the registry that the arguments name.

    Raises UsageError when there is no such folder, LawError when the tables in `schema/` are wrong.
    """
    root, folder = places(arguments)
    law = load_law(root / "schema", Path.cwd())
    loaded = load_registry(folder, law, Path.cwd(), also, root / "build" / "cache" / "records.sqlite")
    return Context(root, folder, law, loaded, language(arguments), getattr(arguments, "as_of", None))


def places(arguments: argparse.Namespace) -> tuple[Path, Path]:
    """Return the project's root, which holds `schema/`, and the registry folder."""
    here = Path.cwd()
    root = next((path for path in (here, *here.parents) if (path / "schema" / "proposal.schema.json").is_file()), None)
    if root is None:
        raise UsageError(
            "这里不是回音的项目文件夹（找不到 schema/），请进入项目文件夹再运行",
            "this is not a folder of a Huiyin project (no schema/ here or above); change to one",
        )
    named = arguments.registry or os.environ.get("HUIYIN_REGISTRY")
    folder = Path(named).absolute() if named else root / "registry"
    if not folder.is_dir():
        raise UsageError(f"没有登记册文件夹 {folder}", f"there is no registry folder {folder}")
    return root, folder


def demand_pages(root: Path, folder: Path) -> None:
    """Raise UsageError where the project has no templates, as the repository of a projection has none."""
    if not (root / "site" / "templates").is_dir():
        raise UsageError(
            f"这里没有网页模板（site/templates/），公开投影的仓库只放登记册。"
            f"请到回音程序的文件夹里运行，加上 --registry {folder}",
            f"there are no templates of pages here (site/templates/): the repository of a projection holds only "
            f"the registry. Run this in the folder of the program, with --registry {folder}",
        )


def language(arguments: argparse.Namespace) -> str:
    """Return the language of messages: as asked for, or HUIYIN_LANG, or Chinese."""
    asked = arguments.lang or os.environ.get("HUIYIN_LANG", "zh")
    return "en" if asked == "en" else "zh"


def add_day(parser: argparse.ArgumentParser) -> None:
    """Add the option --as-of to a verb."""
    parser.add_argument(
        "--as-of",
        type=day_argument,
        metavar="DATE",
        help="把这一天当作今天，例如 2026-11-20 / take this day for today",
    )


def tell_unread(context: Context) -> None:
    """Say on standard error which files could not be read and are not counted; silence would look like none."""
    unread = sorted(context.registry.unreadable)
    if unread:
        names = "、".join(unread[:5]) + ("……" if len(unread) > 5 else "")
        words = Text(
            f"注意：{len(unread)} 个文件有错误，没有计入：{names}。请运行 huiyin check",
            f"Note: {len(unread)} files have errors and are not counted: {names}. Run huiyin check",
        )
        print(visible(words.say(context.lang)), file=sys.stderr)


def named(paths: Iterable[str]) -> list[Path]:
    """Return the files and folders of a command line as absolute paths; raises UsageError for one that is not there."""
    found = []
    for name in paths:
        path = Path(os.path.abspath(name))  # noqa: PTH100 (resolve would follow links)
        try:
            there = path.is_symlink() or path.exists()
        except (OSError, ValueError):  # a name that no file can have
            there = False
        if not there:
            shown = name if len(name) <= 200 else f"{name[:200]}…"
            raise UsageError(f"没有 {shown!r} 这个文件或文件夹", f"there is no file or folder {shown!r}")
        found.append(path)
    return found


def find(context: Context, identifier: str) -> Case:
    """Return the case of that id or official number; raises UsageError, with the nearest id, when there is none."""
    known = context.cases
    if identifier in known:
        return known[identifier]
    numbered = [case for case in known.values() if case.standing.number == identifier]
    if len(numbered) == 1:
        return numbered[0]
    if numbered:
        ids = "、".join(case.proposal.id for case in numbered)
        raise UsageError(
            f"编号 {identifier} 有几件：{ids}，请写受理编号", f"several have the number {identifier}: {ids}"
        )
    if identifier in context.registry.unreadable:
        raise UsageError(
            f"{identifier} 的文件有错误，读不懂，请先运行 huiyin check",
            f"the file of {identifier} has errors and cannot be read; run huiyin check first",
        )
    hint = did_you_mean(identifier, known) or Text("", "")
    raise UsageError(f"没有 {identifier}。{hint.zh}", f"there is no {identifier}. {hint.en}".rstrip())


def session(context: Context, name: str) -> str:
    """Return the session of that id; raises UsageError, with the nearest id, when there is none."""
    known = context.registry.sessions
    if name not in known:
        hint = did_you_mean(name, known) or Text("", "")
        listed = ", ".join(sorted(known))
        raise UsageError(
            f"没有届次 {name!r}。{hint.zh}已有：{listed.replace(', ', '、')}",
            f"there is no session {name!r}. {hint.en} Known: {listed}".replace("  ", " "),
        )
    return name


def day_argument(text: str) -> date:
    """Return the day that an option names; raises ArgumentTypeError for what is none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: 日期写成 2026-11-20 / write a day like 2026-11-20") from None
    if not 1900 <= day.year <= 2199:
        raise argparse.ArgumentTypeError(f"{text!r}: 年份在 1900 至 2199 之间 / a year from 1900 to 2199")
    return day
