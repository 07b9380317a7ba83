"""`huiyin build`: make the site, and only what changed since the last time."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from huiyin.commands.context import UsageError, add_day, demand_pages, places
from huiyin.press import Prepared, PressError, Published, kept, prepare, publish, words_key
from huiyin.report import visible

SUMMARY = "生成网站，只重做有变化的页面 / build the site, only what changed"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--to", metavar="FOLDER", help="网站文件夹，默认 build/site / the folder of the site")
    parser.add_argument("--audit", metavar="FOLDER", help="huiyin audit --into 写的文件夹 / what huiyin audit wrote")
    parser.add_argument(
        "--pages",
        action="store_true",
        help="先只更新网页和搜索，接口、下载和订阅留给下一次 / pages and search now, files for programs the next time",
    )
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Build the site; the pages by hand are rendered again only when something they are made from changed."""
    root, folder = places(arguments)
    demand_pages(root, folder)
    site = Path(arguments.to).absolute() if arguments.to else root / "build" / "site"
    audit = arguments.audit or os.environ.get("HUIYIN_AUDIT")
    day = arguments.as_of.isoformat() if arguments.as_of else os.environ.get("HUIYIN_AS_OF")
    try:
        prepared = prepare(root, folder, day, audit)
        address = f"{prepared.site.registry.settings.address.rstrip('/')}/"
        words = kept(root, words_key(root, prepared, address), address)
        if words is None:
            return _with_mkdocs(root, folder, site, prepared, audit)
        done = publish(prepared, words, site, address, data=not arguments.pages)
    except PressError as error:
        print(visible(str(error)), file=sys.stderr)
        return 1
    print(_told(done, site))
    return 0


def _told(done: Published, site: Path) -> str:
    return (
        f"网站在 {site}：写了 {done.written} 个文件，{done.left} 个没有变，删了 {done.removed} 个 / "
        f"the site is there: {done.written} files written, {done.left} unchanged, {done.removed} removed"
    )


def _with_mkdocs(root: Path, folder: Path, site: Path, prepared: Prepared, audit: str | None) -> int:
    """Have MkDocs render the pages by hand and the shells, and publish."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "HUIYIN_REGISTRY": str(folder)}
    environment["HUIYIN_AS_OF"] = prepared.site.as_of.isoformat()
    if audit:
        environment["HUIYIN_AUDIT"] = str(Path(audit).absolute())
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    done = subprocess.run(command, cwd=root, env=environment, check=False)  # noqa: S603 (our own words)
    if done.returncode:
        raise UsageError("网站没有生成，原因见上", "the site was not built; the reason stands above")
    print(f"网站在 {site} / the site is there")
    return 0
