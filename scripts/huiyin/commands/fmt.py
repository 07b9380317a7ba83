"""`huiyin fmt`: canonical order and style, and the derived `status`, in every registry file."""

from __future__ import annotations

import argparse

from huiyin import edit
from huiyin.commands.context import Context, gather, named, places
from huiyin.commands.writing import difference, replace
from huiyin.draft.entry import status_of
from huiyin.findings import Text
from huiyin.load import Entry
from huiyin.load.files import read
from huiyin.load.registry import schema_line
from huiyin.report import visible
from huiyin.yamltext import read as read_yaml

FORMATTED = Text("已整理", "formatted")
UNSOUND = Text("有错误，没有整理；先运行 huiyin check", "has errors and was left alone; run huiyin check first")
PECULIAR = Text(
    "写法特别（例如节点写在一行的括号里），没有整理；请手工排好次序",
    "is written in a way of its own (events in brackets, say) and was left alone; put it in order by hand",
)

SUMMARY = "整理文件：次序、写法和办理状态 / bring files into canonical form"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="只整理这些文件或文件夹 / only these files or folders")
    parser.add_argument(
        "--check", action="store_true", help="只显示差异，不写文件 / print the difference, write nothing"
    )


def run(arguments: argparse.Namespace) -> int:
    """Format the files; return 1 when some are not in form (with --check) or cannot be formatted."""
    paths = named(arguments.paths)
    _, folder = places(arguments)
    context = gather(arguments, [path for path in paths if not path.is_relative_to(folder)])
    changed = broken = 0
    for entry in context.loaded.entries:
        if paths and not any(entry.path.is_relative_to(path) for path in paths):
            continue
        before, after, why = formatted(context, entry)
        if after is None:
            broken += 1
            print(visible(f"{entry.name}: {why.say(context.lang)}"))
        elif after != before:
            changed += 1
            if arguments.check:
                print(difference(visible(entry.name), before, after, "huiyin fmt"), end="")
            else:
                replace({entry.path: after})
                print(visible(f"{entry.name}: {FORMATTED.say(context.lang)}"))
    return 1 if broken or (changed and arguments.check) else 0


def formatted(context: Context, entry: Entry) -> tuple[str, str | None, Text]:
    """Return the text of a file and its canonical form; None, and why, where it cannot be formatted."""
    source, encoding, findings = read(entry)
    document = read_yaml(source.text)
    if findings or encoding or document.faults or not isinstance(document.data, dict):
        return source.text, None, UNSOUND
    data = document.data
    if entry.kind == "proposal":
        data = {"status": "submitted", **data}  # a missing status is what this verb is for
    if context.law.shapes.findings(entry.kind, data, source):
        return source.text, None, UNSOUND
    derives = entry.kind == "proposal" and context.loaded.registry is not None
    status = status_of(context.registry, data) if derives else None
    first_line = schema_line(entry.path, context.law.shapes.path(entry.kind))
    after = edit.format_text(source.text, context.law.shapes.schemas[entry.kind], first_line, status)
    return source.text, after, FORMATTED if after is not None else PECULIAR
