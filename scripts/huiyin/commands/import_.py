"""`huiyin import`: a ledger and a mapping into a registry folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

from huiyin.commands.context import UsageError, language, places
from huiyin.findings import Text
from huiyin.ledger import plan, rows, summary, write
from huiyin.ledger.assemble import Assembly
from huiyin.ledger.convert import convert
from huiyin.ledger.mapping import LedgerMap
from huiyin.ledger.mapping_file import read_mapping, unknown_columns
from huiyin.ledger.outcomes import LedgerError, Outcome, Record, row_of
from huiyin.load import Law, load_law
from huiyin.load.registry import schema_line
from huiyin.report import report
from huiyin.today import today

SUMMARY = "导入台账 / import a ledger"
REPORT = ".report.csv"
"""What the name of the table of rows ends with; it lies beside the registry folder, never in it."""

T = TypeVar("T")


@dataclass(frozen=True)
class Steps:
    """The bar on the terminal that all steps of an import share."""

    progress: Progress
    lang: str

    def track(self, items: Sequence[T], words: Text) -> Iterable[T]:
        """Yield the items and move the bar."""
        return self.progress.track(items, description=words.say(self.lang))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("file", metavar="FILE", type=Path, help="台账，JSONL 或 CSV / the ledger, JSONL or CSV")
    parser.add_argument(
        "--mapping", metavar="MAP.yaml", type=Path, required=True, help="映射文件 / what its columns mean"
    )
    parser.add_argument(
        "--into",
        metavar="DIR",
        type=Path,
        required=True,
        help="写到哪个文件夹（新的、空的，或同一来源上次导入的）；逐行结果写在旁边的 DIR.report.csv / where to write",
    )


def run(arguments: argparse.Namespace) -> int:
    """Import; return 0 when the registry was written, 2 when the mapping is wrong (nothing is written then)."""
    lang = language(arguments)
    # Any folder does for the registry here: only the project's root is needed.
    root, _ = places(argparse.Namespace(registry=str(Path.cwd())))
    law = load_law(root / "schema", Path.cwd())
    into = arguments.into.resolve()
    try:
        read = read_mapping(arguments.mapping, law, Path.cwd())
        if read.mapping is None:
            print(report(read.findings, "text", lang, 1), file=sys.stderr)
            return 2
        write.check_target(into, read.mapping.source.code)
        _check_table(_beside(into))
        table = rows.read(arguments.file, read.mapping.layout)
        unknown = unknown_columns(read, law, table.columns)
        if unknown:
            print(report(unknown, "text", lang, 1), file=sys.stderr)
            return 2
        return _import(table, read.mapping, law, into, lang)
    except LedgerError as error:
        raise UsageError(*error.words) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"{error.filename}：{reason}", f"{error.filename}: {reason}") from None


def _import(table: rows.Table, mapping: LedgerMap, law: Law, into: Path, lang: str) -> int:
    # On standard error, so that the summary can be piped; nothing at all where nobody looks.
    bar = Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True)
    with bar:
        steps = Steps(bar, lang)
        outcomes = _outcomes(table, mapping, law, steps)
        records = [outcome for outcome in outcomes if isinstance(outcome, Record)]
        if not records:
            print(summary.summary(outcomes, lang))
            raise UsageError(
                "没有一行成为建议，什么也没有写。请对照上面的理由修改映射",
                "not one row became a proposal; nothing was written. See the reasons above and correct the mapping",
            )

        def first_line(path: str, kind: str) -> str:
            return schema_line(into / path, law.shapes.path(kind))

        changes = write.compare(into, plan.files(records, mapping, first_line))
        if changes.to_write:
            to_write = steps.track(changes.to_write, Text("写文件", "writing"))
            write.write(into, mapping.source.code, to_write)
    beside = _beside(into)
    _write_table(beside, summary.table(outcomes))
    print(summary.summary(outcomes, lang))
    new, changed = len(changes.new), len(changes.changed)
    print(
        Text(
            f"{into}：新写 {new:,} 个文件，改写 {changed:,}，未变 {changes.same:,}\n逐行结果：{beside}\n"
            f"下一步：HUIYIN_REGISTRY={into} huiyin check --quiet",
            f"{into}: {new:,} files new, {changed:,} changed, {changes.same:,} as they were\nEvery row: {beside}\n"
            f"Next: HUIYIN_REGISTRY={into} huiyin check --quiet",
        ).say(lang)
    )
    return 0


def _outcomes(table: rows.Table, mapping: LedgerMap, law: Law, steps: Steps) -> list[Outcome]:
    """What becomes of every row, in the order of the ledger."""
    day = today(mapping.registry["timezone"])
    drafts = (convert(row, mapping, day) for row in steps.track(table.rows, Text("读台账", "reading")))
    assembly = Assembly(mapping.source.code, law, plan.comment(mapping))
    return sorted([*assembly.outcomes(drafts), *table.broken], key=row_of)


def _beside(into: Path) -> Path:
    return into.with_name(f"{into.name}{REPORT}")


def _check_table(path: Path) -> None:
    """Raise LedgerError where a file of that name is not such a table."""
    if path.exists() and not path.read_bytes().startswith(",".join(summary.COLUMNS).encode("utf-8-sig")):
        raise LedgerError(
            f"{path} 不是 huiyin import 写的，不能覆盖。请移走它，或换一个文件夹",
            f"no import of ours wrote {path}: move it away, or choose another folder",
        )


def _write_table(path: Path, text: str) -> None:
    """Write the table with the mark by which spreadsheets know UTF-8, whole or not at all, and only if it changed."""
    content = text.encode("utf-8-sig")
    if not path.is_file() or path.read_bytes() != content:
        write.replace(path, content, path.with_name(f".{path.name}.new"))
