"""`huiyin export`: the registry as tables for other programs, and as the ledger that offices keep."""

from __future__ import annotations

import argparse
from pathlib import Path

from huiyin.commands.context import UsageError, add_day, gather, tell_unread
from huiyin.export.files import STYLES, ExportError, write
from huiyin.export.rows import Scope
from huiyin.findings import Text

SUMMARY = "导出为表格 / export as tables"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--format", choices=STYLES, required=True, help="格式 / form")
    parser.add_argument(
        "--to",
        metavar="PATH",
        help="写到哪里：csv、jsonl、parquet 是文件夹，xlsx、sqlite 是文件；默认在 build/export/ / where to write it",
    )
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the export and say what it holds."""
    context = gather(arguments)
    tell_unread(context)
    style = arguments.format
    name = f"huiyin.{style}" if style in ("xlsx", "sqlite") else style
    target = Path(arguments.to).absolute() if arguments.to else context.root / "build" / "export" / name
    scope = Scope(context.registry, context.cases, context.law.vocabulary, context.as_of)
    try:
        counts = write(scope, style, target)
    except ExportError:
        raise UsageError(
            f"{target} 已有别的内容，不覆盖。请换一个地方，或先移走它",
            f"{target} holds something that no export wrote; name another place or move it away",
        ) from None
    except OSError as error:
        raise UsageError(f"写不到 {target}：{error.strerror}", f"cannot write to {target}: {error.strerror}") from None
    rows = sum(counts.values())
    print(
        Text(
            f"{target}：{len(counts)} 张表，{rows:,} 行，截至 {context.as_of}",
            f"{target}: {len(counts)} tables, {rows:,} rows, as of {context.as_of}",
        ).say(context.lang)
    )
    return 0
