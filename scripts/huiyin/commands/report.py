"""`huiyin report`: the annual report of a session, as a Word document and as a page of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from huiyin.annual.word import word
from huiyin.annual.write import write
from huiyin.commands.context import UsageError, add_day, demand_pages, gather, session, tell_unread
from huiyin.findings import Text
from huiyin.publish import Site
from huiyin.publish.page import environment
from huiyin.publish.reports import report_alone, report_of

SUMMARY = "写一个届次的办理情况报告 / write the annual report of a session"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--session", metavar="SESSION", required=True, help="届次，例如 npc-17-5 / the session")
    parser.add_argument("--to", metavar="DIR", help="写到哪个文件夹，默认 build/report/ / the folder to write to")
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write both files and say where they are."""
    context = gather(arguments)
    demand_pages(context.root, context.folder)
    tell_unread(context)
    name = session(context, arguments.session)
    site = Site(
        registry=context.registry,
        cases=context.cases,
        vocabulary=context.law.vocabulary,
        as_of=context.as_of,
        templates=environment(str(context.root / "site" / "templates")),
        examples={},
        coverage=(),
    )
    report = report_of(site, name)
    folder = Path(arguments.to).absolute() if arguments.to else context.root / "build" / "report"
    for target, content in (
        (folder / f"{name}.docx", word(report, context.as_of)),
        (folder / f"{name}.html", report_alone(site, report).encode()),
    ):
        try:
            write(target, content)
        except OSError as error:
            raise UsageError(
                f"写不到 {target}：{error.strerror}", f"cannot write to {target}: {error.strerror}"
            ) from None
        print(Text(f"{target}，截至 {context.as_of}", f"{target}, as of {context.as_of}").say(context.lang))
    return 0
