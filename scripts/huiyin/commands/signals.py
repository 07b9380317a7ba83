"""`huiyin signals`: an export of complaints into released counts, from which nobody can be told."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from datetime import date
from pathlib import Path

from huiyin import edit
from huiyin.commands.context import Context, GivenError, UsageError, add_day, gather
from huiyin.commands.writing import replace
from huiyin.findings import Text
from huiyin.load.registry import schema_line
from huiyin.tickets.counting import Count, count
from huiyin.tickets.mapping import ExportMap, read_mapping
from huiyin.tickets.opening import ExportError
from huiyin.tickets.release import Month, release
from huiyin.tickets.troubles import blocking

SUMMARY = "汇总诉求工单 / count complaints"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "action",
        choices=("ingest",),
        help="ingest：汇总成 registry/signals/ 里的文件 / aggregate into registry/signals/",
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="导出：CSV、Excel、Parquet 或 Open311 的 JSON / the export"
    )
    parser.add_argument(
        "--mapping", type=Path, metavar="MAP.yaml", required=True, help="映射文件 / what its columns and words mean"
    )
    parser.add_argument(
        "--from", dest="first", type=_month, metavar="MONTH", required=True,
        help="第一个月，例如 2026-01；导出要含整月 / the first month, which the export holds as a whole",
    )  # fmt: skip
    parser.add_argument(
        "--to", dest="last", type=_month, metavar="MONTH", required=True, help="最后一个月 / the last month"
    )
    parser.add_argument(
        "--leave-out",
        action="store_true",
        help="有不能计的行也公布，缺的以后补不上 / release although rows cannot be counted: they lack for good",
    )
    parser.add_argument("--dry-run", action="store_true", help="只说会怎样，什么也不写 / write nothing")
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Ingest an export; return 0 when it was done, 1 when rows cannot be counted and nothing was written for that."""
    context = gather(arguments)
    mapping, found = read_mapping(arguments.mapping, context.law, Path.cwd())
    if mapping is None:
        raise GivenError(found)
    _check_months(arguments.first, arguments.last, context.as_of)
    try:
        with tempfile.TemporaryDirectory(prefix="huiyin-") as folder:
            counted = count(arguments.file, mapping, Path(folder), context.as_of, context.registry.settings.timezone)
    except ExportError as error:
        raise UsageError(*error.words) from None
    _tell(counted, context.lang)
    if blocking(counted.troubles) and not arguments.leave_out:
        print(
            Text(
                "有行不能计，什么也没有写：公布以后不能再改。改正导出或映射再运行；确实不要这些行，加 --leave-out",
                "Rows cannot be counted, so nothing was written: what is released does not change any more. Correct "
                "export or mapping and run this again; to do without these rows, add --leave-out",
            ).say(context.lang),
            file=sys.stderr,
        )
        return 1
    there = {*context.registry.signals, *context.registry.unreadable}
    months = release(counted, mapping, arguments.first, arguments.last, there)
    if not arguments.dry_run:
        _write(months, mapping, context)
    print("\n".join(_words(month, arguments.dry_run).say(context.lang) for month in months))
    return 0


def _check_months(first: str, last: str, as_of: date) -> None:
    if first > last:
        raise UsageError(f"--from {first} 在 --to {last} 之后", f"--from {first} lies after --to {last}")
    if last >= as_of.isoformat()[:7]:
        raise UsageError(
            f"{last} 还没有过完（今天 {as_of}）；只公布过完的月份",
            f"{last} is not over (today is {as_of}); only months that are over are released",
        )


def _tell(counted: Count, lang: str) -> None:
    words = Text(
        f"读了 {counted.rows:,} 行，计 {counted.counted:,} 件", f"{counted.rows:,} rows, {counted.counted:,} tickets"
    )
    print(words.say(lang))
    for trouble in counted.troubles:
        print(trouble.say(lang))


def _write(months: list[Month], mapping: ExportMap, context: Context) -> None:
    folder, texts = context.folder / "signals", {}
    for month in months:
        if month.data:
            path = folder / f"{mapping.feed}-{month.month}.yaml"
            texts[path] = edit.compose(month.data, schema_line(path, context.law.shapes.path("signals")))
    if texts:
        folder.mkdir(exist_ok=True)
        replace(texts)


def _words(month: Month, dry: bool) -> Text:
    if month.released_before:
        return Text(f"{month.month}：以前已经公布，不再改动", f"{month.month}: released before, and stays as it is")
    if month.data is None:
        return Text(f"{month.month}：没有工单，不写", f"{month.month}: no tickets, nothing written")
    n, shown, hidden = len(month.data["rows"]), month.shown, month.hidden
    return Text(
        f"{month.month}：{'可以公布' if dry else '写了'} {n} 类，公布 {shown} 个数，不公布 {hidden} 个",
        f"{month.month}: {'would write' if dry else 'wrote'} {n} categories, {shown} counts shown, {hidden} hidden",
    )


def _month(text: str) -> str:
    if not re.fullmatch("20[0-9]{2}-(0[1-9]|1[0-2])", text):
        raise argparse.ArgumentTypeError(f"{text!r}: 月份写成 2026-05 / write a month like 2026-05")
    return text
