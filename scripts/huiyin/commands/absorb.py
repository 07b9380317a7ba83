"""`huiyin absorb`: a request on the public side becomes a branch of the private one, to be judged and landed there."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from huiyin.commands.context import UsageError, language
from huiyin.commands.guard import folder_of, open_repository
from huiyin.disclosure import DisclosureError
from huiyin.findings import Text
from huiyin.guard import Reader
from huiyin.history import Objects, diff
from huiyin.history.writing import checked_out, fetched, merge_base, publish, write_blob, write_commit, write_tree
from huiyin.landing.absorbing import absorb
from huiyin.landing.reapply import ConflictError
from huiyin.report import visible

SUMMARY = "把公开仓库的请求收进内部登记册 / take a public request into the private registry"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--from", dest="source", required=True, metavar="REPO", help="请求所在的公开仓库 / public side")
    parser.add_argument("--request", required=True, metavar="REF", help="请求的分支，例如 refs/pull/7/head / its ref")
    parser.add_argument("--onto", default="main", metavar="REF", help="公开仓库的主线，默认 main / public main line")
    parser.add_argument("--base", default="HEAD", metavar="REV", help="内部的主线，默认 HEAD / the private tip")
    parser.add_argument("--branch", required=True, metavar="NAME", help="内部的新分支 / the branch to make here")


def run(arguments: argparse.Namespace) -> int:
    """Make the branch and say what is on it; nothing is made when the request holds more than additions."""
    repository, lang = open_repository(), language(arguments)
    if checked_out(repository, arguments.branch):
        raise UsageError(
            f"{arguments.branch} 正被检出；换一个分支名", f"{arguments.branch} is checked out; name another branch"
        )
    source = Path(arguments.source)
    named = str(source.resolve()) if source.is_dir() else arguments.source
    tip, head = fetched(repository, named, arguments.onto), fetched(repository, named, arguments.request)
    base = repository.commit(arguments.base)
    start = merge_base(repository, head, tip)
    with Objects(repository) as objects:
        try:
            files = absorb(Reader(objects, folder_of(arguments)), repository.tree(base), diff(repository, start, head))
        except (DisclosureError, ConflictError) as error:
            raise UsageError(*error.words) from None
        nodes = {one.path: write_blob(repository, one.text.encode()) for one in files}
        tree = write_tree(objects, repository.tree(base), nodes)
    message = f"Absorb {head[:12]}\n"
    commit = write_commit(repository, tree, base, message, _moment(repository.ask("log", "-1", "--format=%ct", base)))
    if not publish(repository, arguments.branch, commit, None, worktree=None):
        raise UsageError(
            f"已经有分支 {arguments.branch}；换一个名字", f"the branch {arguments.branch} exists; name another"
        )
    for one in files:
        print(visible(Text(f"{one.path}：{one.events} 条节点", f"{one.path}: {one.events} events").say(lang)))
    print(
        Text(
            f"分支 {arguments.branch}：{commit[:12]}。和别的改动一样检查、批准、合入；提交人写公开请求的作者",
            f"branch {arguments.branch}: {commit[:12]}. Judge, approve and land it like any change; who acts is the "
            "author of the public request",
        ).say(lang)
    )
    return 0


def _moment(seconds: bytes) -> datetime:
    """The moment of the private tip: what is absorbed twice gives the same commit."""
    return datetime.fromtimestamp(int(seconds), UTC)
