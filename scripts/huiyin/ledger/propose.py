"""Drafting a mapping from a ledger's headers and values, for people to correct (`huiyin import --propose-mapping`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from huiyin import edit
from huiyin.ledger import headers
from huiyin.ledger.columns import Column, plain
from huiyin.ledger.guess import Guess
from huiyin.ledger.outcomes import LedgerError
from huiyin.ledger.reading import contents
from huiyin.ledger.reading.layout import SHEET, Layout
from huiyin.ledger.reading.workbook import Workbook
from huiyin.ledger.rows import Ledger, Row, of_workbook, open_ledger

_ROWS = 3000
"""Rows that are looked at."""
_WORDS = frozenset(word for words in headers.ROLES.values() for word in words)
"""What the row of names has most of."""
Part = dict[str, Any]


def draft(path: Path, first_line: str) -> str:
    """Return the text of a mapping for the ledger at `path`; raises LedgerError when it cannot be read."""
    ledger, layout = _opened(path)
    first = next((row for row in ledger.rows() if isinstance(row, Row)), None)
    if layout["type"] != "jsonl" and first is not None and _is_header(first):
        layout["header_rows"] = 2
        ledger = open_ledger(path, _typed(layout), _WORDS)
    columns = {name: Column(name) for name in ledger.columns if name != SHEET}
    ends: set[str] = set()
    blanks: set[str] = set()
    sheets: dict[str, None] = {}
    # A sample of the whole: sessions and words that come late count too.
    step = max(1, ledger.size // _ROWS)
    for n, row in enumerate(ledger.rows()):
        if not isinstance(row, Row):
            continue
        said = [(name, "、".join(texts)) for name, texts in row.cells.items() if name in columns and texts]
        end = next((word for word in headers.ENDS if said and said[0][1].lstrip().startswith(word)), None)
        if end is not None:
            ends.add(end)
            continue
        if n % step:
            continue
        if row.sheet:
            sheets.setdefault(row.sheet)
        for name, text in said:
            if text.strip() in headers.BLANKS:
                blanks.add(text.strip())
            else:
                columns[name].add(text)
    if ends and layout["type"] != "jsonl":
        layout["stop"] = sorted(ends)
    if blanks:
        layout["blanks"] = sorted(blanks)
    return "\n".join(_lines(Guess(columns, layout, ledger.titles, sheets), path, first_line)) + "\n"


def _opened(path: Path) -> tuple[Ledger, Part]:
    kind = contents.kind(path, "")
    layout: Part = {"type": kind}
    try:
        ledger = open_ledger(path, Layout(), _WORDS)
    except LedgerError:
        if kind != "xlsx":
            raise
        layout["sheets"] = _alike(path)
        ledger = open_ledger(path, _typed(layout), _WORDS)
    if ledger.encoding and ledger.encoding != "utf-8":
        layout["encoding"] = ledger.encoding
    return ledger, layout


def _alike(path: Path) -> str | tuple[str, ...]:
    """The worksheets that have the same columns as most others have: all, or their names."""
    groups: dict[frozenset[str], list[str]] = defaultdict(list)
    book = Workbook(path)
    sheets = book.choose("all")
    for name in sheets:
        # One that is no table is not read.
        with suppress(LedgerError):
            groups[frozenset(of_workbook(book, Layout(type="xlsx", sheets=(name,)), _WORDS).columns)].append(name)
    most = max(groups.values(), key=len, default=sheets)
    return "all" if most == sheets else tuple(most)


def _typed(layout: Part) -> Layout:
    return Layout(type=layout["type"], sheets=layout.get("sheets", ()), header_rows=layout.get("header_rows", 1))


def _is_header(row: Row) -> bool:
    """Whether the first row repeats the names of most columns, as cells do that are merged over two rows of names."""
    same = sum(plain(text) == plain(name) for name, texts in row.cells.items() for text in texts if name != SHEET)
    return same * 2 > len(row.cells)


def _lines(plan: Guess, path: Path, first_line: str) -> Iterator[str]:
    """Yield the lines of a mapping: its sections, each with advice above it."""
    (kind, scope), steps = plan.kind(), plan.steps()
    sections: list[tuple[str, Part]] = [
        (
            "code 是受理编号的开头（小写字母和数字），定下来就不要改；name、licence 写进每个文件。",
            {"source": plan.source()},
        ),
        ("文件是什么样的；读出来的。", {"format": plan.layout}),
        (
            "登记册和机构：改成你们的名称。place 会加在单位简称前面（住建局 → 某市住建局）。",
            {"registry": plan.registry()},
        ),
        ("台账没有的栏：标题里的年份，给没有年份的日期用。", {"constants": plan.constants()}),
        ("哪些行是建议；其余记为“不在范围”。", {"scope": scope}),
        ("", {"body": {"always": "body"}}),
        ("", {"kind": kind}),
        ("届次怎样写；id 不写则自动生成。", {"session": plan.session()}),
        ("提出人，第一位是领衔人。", {"proposers": plan.proposers()}),
        ("标题、类别、正文；对照表是猜的，逐项核对。", {"fields": plan.fields()}),
        ("办理节点；答复类别的字母各地含义不同，没有写 class 的要自己补。", {"events": plan.events()}),
        (
            "其他节点；how 是沟通方式：visit 走访、meeting 面商、round_table 座谈、phone 电话、letter 书信。",
            {"steps": steps},
        ),
    ]
    particulars = plan.particulars()
    if particulars:
        next(part for _, part in sections if "fields" in part)["fields"]["particulars"] = particulars
    yield first_line
    yield f"# 由 {path.name} 的栏名和内容起草，请逐项核对；先用 --dry-run 试。写法见“导入台账”一页。"
    yield "# Drafted from the headers and values: check every line, try it with --dry-run, see the page on importing."
    for advice, section in sections:
        if not all(section.values()):
            continue
        yield ""
        if advice:
            yield f"# {advice}"
        yield from edit.compose(section, "").strip("\n").split("\n")
