"""`huiyin guard`: whether the change from one commit to another is legal, by the rules and roles of the first."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from huiyin.commands.context import UsageError, add_day, day_argument, day_of, language
from huiyin.findings import Severity
from huiyin.guard import KINDS, Asked, Change, Reader, judge
from huiyin.history import HistoryError, Objects, Repository, diff
from huiyin.report import FORMATS, report

SUMMARY = "检查一次改动是否合规 / judge a change between two commits"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--base", required=True, metavar="REV", help="要合入的主线 / the tip it would land on")
    parser.add_argument("--head", required=True, metavar="REV", help="改动 / the change")
    parser.add_argument("--actor", required=True, type=account, metavar="ID", help="提交人的账号编号 / who acts")
    add_request(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="输出格式 / output format")
    add_day(parser)


def add_request(parser: argparse.ArgumentParser) -> None:
    """Add what is known of a request: its kind, when it was opened, who wrote and who approved it."""
    parser.add_argument("--kind", choices=KINDS, default=KINDS[0], help="步骤的性质 / kind of step")
    parser.add_argument("--opened", type=day_argument, metavar="DATE", help="申请日期 / when the request was opened")
    parser.add_argument("--approved-by", type=account, action="append", metavar="ID", help="批准人 / who approved it")
    parser.add_argument("--author", type=account, action="append", metavar="ID", help="写改动的人 / who wrote it")


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; return 1 when one of them is an error."""
    repository = open_repository()
    with Objects(repository) as objects:
        change = gather_change(arguments, repository, Reader(objects, folder_of(arguments)))
        found = judge(change)
    print(report(found, arguments.format, language(arguments), len(change.files)))
    return 1 if any(finding.severity == Severity.ERROR for finding in found) else 0


def open_repository() -> Repository:
    """Return the repository at the working folder, with all of its history."""
    repository = Repository(Path.cwd())
    repository.demand_whole()
    return repository


def folder_of(arguments: argparse.Namespace) -> str:
    """Return where the registry stands in the repository, ending in a slash."""
    named = arguments.registry or os.environ.get("HUIYIN_REGISTRY") or "registry"
    path = Path(named)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise UsageError(
            f"{named} 应是仓库里的文件夹，例如 registry", f"{named} should be a folder of the repository, like registry"
        )
    return f"{path.as_posix()}/"


def gather_change(arguments: argparse.Namespace, repository: Repository, reader: Reader) -> Change:
    """Return the change that the arguments name; raises UsageError when git or the base cannot say what is needed."""
    base, head = repository.commit(arguments.base), repository.commit(arguments.head)
    tree = repository.tree(base)
    frame = reader.frame(tree, reader.law(tree)).registry
    if frame is None:
        raise HistoryError(
            f"基准提交里没有可用的 {reader.folder}registry.yaml", f"the base has no sound {reader.folder}registry.yaml"
        )
    asked = Asked(
        actor=arguments.actor,
        day=day_of(frame, arguments.as_of),
        opened=arguments.opened,
        approvers=tuple(arguments.approved_by) if arguments.approved_by else None,
        authors=tuple(arguments.author or ()),
        kind=arguments.kind,
    )
    return reader.change(tree, repository.tree(head), diff(repository, base, head), asked)


def account(text: str) -> int:
    """Return the number of an account on the git host."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:20]) <= 999_999_999_999:
        raise argparse.ArgumentTypeError(
            f"{text[:40]!r}: 写账号编号，是一个整数 / write the number of an account, not its handle"
        )
    return int(text)
