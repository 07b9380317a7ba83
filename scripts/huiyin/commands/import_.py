"""`huiyin import`: a ledger and a mapping into a registry folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import Progress

from huiyin.commands.context import UsageError, language, places
from huiyin.findings import Text
from huiyin.ledger import known, plan, propose, rows, write
from huiyin.ledger.assemble import Assembly
from huiyin.ledger.convert import convert
from huiyin.ledger.known import Known, Matcher
from huiyin.ledger.mapping import LedgerMap
from huiyin.ledger.mapping_file import read_mapping, unknown_columns
from huiyin.ledger.outcomes import Fate, LedgerError, Outcome, Record, Refusal
from huiyin.ledger.reports import Reports, beside, check_reports
from huiyin.ledger.summary import Tally
from huiyin.load import Law, load_law
from huiyin.load.registry import schema_line
from huiyin.report import report
from huiyin.today import today

SUMMARY = "导入台账 / import a ledger"

T = TypeVar("T")


@dataclass(frozen=True)
class Steps:
    """The bar on the terminal that all steps of an import share."""

    progress: Progress
    lang: str

    def track(self, items: Iterable[T], words: Text, total: int) -> Iterable[T]:
        """Yield the items and move the bar."""
        return self.progress.track(items, total, description=words.say(self.lang))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="台账：CSV、JSONL 或工作簿 / the ledger: CSV, JSONL or a workbook"
    )
    parser.add_argument("--mapping", metavar="MAP.yaml", type=Path, help="映射文件 / what its columns mean")
    parser.add_argument(
        "--into",
        metavar="DIR",
        type=Path,
        help="写到哪个文件夹（新的、空的，或同一来源上次导入的）；报告在旁边的 DIR.report.csv、.txt / where to write",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="只说会怎样，什么也不写 / say what would happen, write nothing"
    )
    parser.add_argument(
        "--propose-mapping",
        action="store_true",
        help="照栏名和内容起草一份映射，印在标准输出 / draft a mapping from the headers and values, on standard output",
    )


def run(arguments: argparse.Namespace) -> int:
    """Import; return 0 when it was done, 2 when mapping, ledger or folder cannot be used (nothing is written then)."""
    lang = language(arguments)
    # Any folder does for the registry here: only the project's root is needed.
    root, _ = places(argparse.Namespace(registry=str(Path.cwd())))
    law = load_law(root / "schema", Path.cwd())
    try:
        if arguments.propose_mapping:
            print(propose.draft(arguments.file, schema_line(Path.cwd() / "map.yaml", law.shapes.path("mapping"))))
            return 0
        if arguments.mapping is None or (arguments.into is None and not arguments.dry_run):
            raise UsageError(
                "要写 --mapping 映射文件 和 --into 文件夹；还没有映射，先用 --propose-mapping 起草一份",
                "--mapping FILE and --into DIR are needed; without a mapping, draft one with --propose-mapping",
            )
        return _run(arguments, law, lang)
    except LedgerError as error:
        raise UsageError(*error.words) from None
    except BrokenPipeError:
        raise  # whoever reads our output has seen enough; no file is to blame
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"{error.filename}：{reason}", f"{error.filename}: {reason}") from None


def _run(arguments: argparse.Namespace, law: Law, lang: str) -> int:
    read = read_mapping(arguments.mapping, law, Path.cwd())
    if read.mapping is None:
        print(report(read.findings, "text", lang, 1), file=sys.stderr)
        return 2
    into = arguments.into.resolve() if arguments.into else None
    if into is not None:
        write.check_target(into, read.mapping.source.code)
        check_reports(into)
    ledger = rows.open_ledger(arguments.file, read.mapping.layout, read.mapping.columns)
    unknown = unknown_columns(read, law, ledger.columns)
    if unknown:
        print(report(unknown, "text", lang, 1), file=sys.stderr)
        return 2
    there = known.look(into, law.shapes) if into is not None else Known(Path.cwd())
    # On standard error, so that the summary can be piped; nothing at all where nobody looks.
    bar = Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True)
    with bar:
        steps = Steps(bar, lang)
        outcomes = _outcomes(ledger, read.mapping, law, there, steps)
        if arguments.dry_run or into is None:
            return _dry(outcomes, lang)
        return _import(outcomes, read.mapping, law, into, there, steps)


@dataclass
class _Outcomes:
    """What becomes of every row, in the order of the ledger, and the known proposals that are left over then."""

    rows: Iterator[Outcome]
    matcher: Matcher


def _outcomes(ledger: rows.Ledger, mapping: LedgerMap, law: Law, there: Known, steps: Steps) -> _Outcomes:
    day = today(mapping.registry["timezone"])
    digests = (row.digest for row in ledger.rows() if isinstance(row, rows.Row)) if there.proposals else ()
    assembly = Assembly(mapping, law, there, Matcher(there, digests))
    read = steps.track(ledger.rows(), Text("读台账", "reading"), ledger.size)
    drafts = (row if isinstance(row, Refusal) else convert(row, mapping, day) for row in read)
    return _Outcomes(assembly.outcomes(drafts), assembly.matcher)


def _dry(outcomes: _Outcomes, lang: str) -> int:
    tally = Tally()
    for outcome in outcomes.rows:
        tally.add(outcome)
    tally.missing = sorted(outcomes.matcher.missing)
    print(tally.summary(lang))
    if tally.first:
        print(Text("先看这几行：", "The first of them:").say(lang), tally.refused(lang), sep="\n")
    print(Text("这是预演，什么也没有写", "A dry run: nothing was written").say(lang))
    return 0


def _import(outcomes: _Outcomes, mapping: LedgerMap, law: Law, into: Path, there: Known, steps: Steps) -> int:
    lang = steps.lang
    tally, book, records = Tally(), plan.NounBook(), list[Record]()
    with Reports(into) as reports:
        for outcome in outcomes.rows:
            tally.add(outcome)
            reports.add(outcome)
            if isinstance(outcome, Record):
                book.add(outcome.nouns)
                records.append(replace(outcome, nouns=(), raw=""))
        tally.missing = sorted(outcomes.matcher.missing)
        if not records:
            print(tally.summary(lang))
            raise UsageError(
                "没有一行成为建议，什么也没有写。请对照上面的理由修改映射",
                "not one row became a proposal; nothing was written. See the reasons above and correct the mapping",
            )

        def first_line(path: str, kind: str) -> str:
            return schema_line(into / path, law.shapes.path(kind))

        planned = plan.plan(records, book, mapping, there, law.shapes.schemas, first_line)
        if planned.files:
            to_write = steps.track(planned.files, Text("写文件", "writing"), len(planned.files))
            write.write(into, mapping.source.code, to_write)
        reports.finish(tally.summary("zh"))
    print(tally.summary(lang))
    print(_told(planned, into, tally).say(lang))
    return 0


def _told(planned: plan.Plan, into: Path, tally: Tally) -> Text:
    new = sum(1 for file in planned.files if file.new)
    changed = len(planned.files) - new
    zh, en = (
        [f"{into}：新写 {new:,} 个文件，改写 {changed:,}，未变 {planned.same:,}"],
        [f"{into}: {new:,} files new, {changed:,} changed, {planned.same:,} as they were"],
    )
    if planned.kept:
        named = "、".join(planned.kept[:5]) + ("…" if len(planned.kept) > 5 else "")
        zh.append(f"有人改过、没有覆盖 {len(planned.kept)}：{named}")
        en.append(f"{len(planned.kept)} changed by people and left alone: {named}")
    csv, txt = beside(into)
    zh.append(f"逐行结果：{csv}，拒收和不在范围的行：{txt}")
    en.append(f"Every row: {csv}; rows that did not come in: {txt}")
    if tally.fates[Fate.REJECTED]:
        zh.append(f"有 {tally.fates[Fate.REJECTED]:,} 行拒收：照理由改正映射或台账，再运行一次就补齐")
        en.append(f"{tally.fates[Fate.REJECTED]:,} rows were rejected: correct mapping or ledger, and run this again")
    zh.append(f"下一步：.venv/bin/huiyin check {into}")
    en.append(f"Next: .venv/bin/huiyin check {into}")
    return Text("\n".join(zh), "\n".join(en))
