"""`huiyin fmt`: canonical order and style, and the derived `status`, in every registry file."""

from __future__ import annotations

import argparse
import difflib
import os
import tempfile
from pathlib import Path
from typing import Any

from huiyin import edit
from huiyin.commands.context import Context, gather, named, places
from huiyin.findings import Source, Text
from huiyin.lifecycle import standing
from huiyin.load import Entry, nouns
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
                print(_difference(visible(entry.name), before, after), end="")
            else:
                _replace(entry.path, after)
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
    status = _status(context, data, source) if entry.kind == "proposal" else None
    first_line = schema_line(entry.path, context.law.shapes.path(entry.kind))
    after = edit.format_text(source.text, context.law.shapes.schemas[entry.kind], first_line, status)
    return source.text, after, FORMATTED if after is not None else PECULIAR


def _status(context: Context, data: dict[str, Any], source: Source) -> str:
    """The derived state, from the events in the order in which they will be written."""
    if context.loaded.registry is None:
        return str(data["status"])
    ordered = {**data, "events": edit.by_day(data["events"])}
    proposal = nouns.proposal(ordered, source)
    pack = context.registry.pack_of(proposal)
    state = standing(proposal, pack).state if pack else "none"
    return str(data["status"]) if state == "none" else state


def _difference(name: str, before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), name, f"{name} (huiyin fmt)")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _replace(path: Path, text: str) -> None:
    """Write whole or not at all: a killed run leaves the old file."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(path.stat().st_mode & 0o777)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
