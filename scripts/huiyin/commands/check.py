"""`huiyin check`: what is wrong with the registry, where, and what to do."""

from __future__ import annotations

import argparse
from pathlib import Path

from huiyin import checks
from huiyin.commands.context import Context, UsageError, add_day, gather, named, places
from huiyin.findings import Finding, Severity
from huiyin.report import FORMATS, report

SUMMARY = "检查登记册 / check the registry"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="只看这些文件或文件夹；在登记册之外的也一并检查 / only these files or folders",
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="输出格式 / output format")
    parser.add_argument("--quiet", action="store_true", help="只列错误，不列提示 / errors only")
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; return 1 when one of them is an error."""
    paths = named(arguments.paths)
    if len(paths) == 1 and (paths[0] / "registry.yaml").is_file() and not arguments.registry:
        arguments.registry, paths = str(paths[0]), []
    _, folder = places(arguments)
    context = gather(arguments, [path for path in paths if not path.is_relative_to(folder)])
    found = findings(context, errors_only=arguments.quiet)
    looked_at = [entry.path for entry in context.loaded.entries]
    if paths:
        here = Path.cwd()
        found = [f for f in found if any((here / f.place.file).is_relative_to(path) for path in paths)]
        looked_at = [entry for entry in looked_at if any(entry.is_relative_to(path) for path in paths)]
        if not looked_at and not found:
            raise UsageError("这里没有可检查的 .yaml 文件", "there is no .yaml file to check here")
    errors = [finding for finding in found if finding.severity == Severity.ERROR]
    print(report(found, arguments.format, context.lang, len(looked_at), errors_only=arguments.quiet))
    return 1 if errors else 0


def findings(context: Context, errors_only: bool = False) -> list[Finding]:
    """Return what loading and every check found, each once; with `errors_only` nothing is looked for but errors."""
    found = list(context.loaded.findings)
    if context.loaded.registry is not None:
        found.extend(checks.run(context.registry, context.as_of, errors_only))
    return [one for one in dict.fromkeys(found) if one.severity == Severity.ERROR or not errors_only]
