"""`huiyin verify`: whether a published site's data follow from the repository, byte by byte."""

from __future__ import annotations

import argparse
from pathlib import Path

from huiyin.audit import FILES, write
from huiyin.commands.audit import audited, last_audit
from huiyin.commands.context import UsageError, language
from huiyin.commands.guard import folder_of, open_repository
from huiyin.findings import Text
from huiyin.report import visible

SUMMARY = "核对网站数据与仓库是否一致 / compare a site's data with the repository"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("site", metavar="SITE", help="网站所在的文件夹 / the folder of the site")


def run(arguments: argparse.Namespace) -> int:
    """Make the data files anew and compare their bytes; return 1 when one differs."""
    site = Path(arguments.site)
    published = last_audit(arguments.site)
    if published is None:
        raise UsageError(
            f"{arguments.site} 里没有 {FILES[0]}；写网站所在的文件夹",
            f"there is no {FILES[0]} in {arguments.site}; name the folder of a site",
        )
    repository = open_repository()
    until = repository.commit(published.until)
    result = audited(repository, until, folder_of(arguments), published.start, None)
    differing = [name for name, contents in write(result).items() if (site / name).read_bytes() != contents]
    for name in differing:
        words = Text(f"{name}：与仓库不一致", f"{name}: differs from the repository")
        print(visible(words.say(language(arguments))))
    told = (
        Text(f"数据与提交 {until[:12]} 不一致", f"the data do not follow from the commit {until[:12]}")
        if differing
        else Text(f"数据与提交 {until[:12]} 一致", f"the data follow from the commit {until[:12]}")
    )
    print(told.say(language(arguments)))
    return 1 if differing else 0
