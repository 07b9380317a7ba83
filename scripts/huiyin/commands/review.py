"""`huiyin review`: a change between two commits in plain words, for a comment or for a program."""

from __future__ import annotations

import argparse
import sys

from huiyin.commands.context import add_day, language
from huiyin.commands.guard import account, add_request, folder_of, gather_change, open_repository
from huiyin.guard import Reader, judge
from huiyin.history import Objects
from huiyin.review import as_json, as_markdown, review

SUMMARY = "用平常的话说明一次改动 / a change in plain words"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--base", required=True, metavar="REV", help="要合入的主线 / the tip it would land on")
    parser.add_argument("--head", required=True, metavar="REV", help="改动 / the change")
    parser.add_argument("--actor", required=True, type=account, metavar="ID", help="提交人的账号编号 / who acts")
    add_request(parser)
    parser.add_argument("--format", choices=("markdown", "json"), default="markdown", help="输出格式 / output format")
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the review; return 0 whether or not the change may land: `huiyin guard` says that."""
    repository = open_repository()
    with Objects(repository) as objects:
        reader = Reader(objects, folder_of(arguments))
        change = gather_change(arguments, repository, reader)
        tree = repository.tree(repository.commit(arguments.base))
        law = reader.law(tree)
        new = any(pair.before is None for pair in change.pairs)
        told = review(change, judge(change), law.vocabulary, reader.proposals(tree, law) if new else None)
    site = change.base.settings.address
    sys.stdout.write(as_json(told) if arguments.format == "json" else as_markdown(told, language(arguments), site))
    return 0
