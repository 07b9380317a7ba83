"""The workbook: the ledger (台账) as offices keep it first, every table on a sheet of its own, and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from huiyin import wording
from huiyin.cases import Case
from huiyin.clocks import Deadline
from huiyin.export.columns import Table
from huiyin.export.rows import Scope, Value
from huiyin.export.tables import TABLES
from huiyin.export.workbook import Row, Sheet, write_book
from huiyin.model import Event

LEDGER = (
    ("序号", 6),
    ("案号", 10),
    ("种类", 10),
    ("届次", 22),
    ("案由", 46),
    ("提出人", 20),
    ("承办单位", 24),
    ("办理方式", 12),
    ("交办日期", 12),
    ("答复期限", 24),
    ("期限状态", 20),
    ("答复日期", 12),
    ("办理结果", 14),
    ("办理态度评价", 13),
    ("办理结果评价", 13),
    ("办理状态", 12),
    ("诉求（已回应/共）", 16),
    ("承诺（已落实/共）", 16),
    ("受理编号", 14),
)
"""Headers of the ledger with their widths in characters."""
WIDTHS = tuple(width for _, width in LEDGER)
LINE = 15
"""Points that a line of a cell is high; rows are given one, since not every program fits it to wrapped text."""
TONES = ("ok", "near", "late")
"""Tones with a colour; other words stand as text."""
WIDE = ("title", "text", "situation", "analysis", "answer")
"""Columns of tables that hold long texts."""
TYPES = {"text": "文字", "integer": "整数", "boolean": "是否", "date": "日期"}
"""What types of columns are called."""


def write_workbook(scope: Scope, file: IO[bytes]) -> dict[str, int]:
    """Write the workbook and return the number of rows of each table. Text is never taken for a formula or a link."""
    settings = scope.registry.settings
    about = settings.demonstration.zh if settings.demonstration else ""
    counts = dict.fromkeys((table.name for table in TABLES), 0)
    tables = [_table(table, scope, counts) for table in TABLES]
    write_book(file, settings.name.zh, about, scope.as_of, [_ledger(scope), *tables, _words()])
    return counts


def _table(table: Table, scope: Scope, counts: dict[str, int]) -> Sheet:
    def rows() -> Iterator[Row]:
        for row in table.rows(scope):
            counts[table.name] += 1
            yield Row(row)

    widths = [40 if column.name in WIDE else 14 for column in table.columns]
    head = _head([column.name for column in table.columns])
    return Sheet(table.name, widths, [head], rows())


def _head(titles: Sequence[str], height: int | None = None) -> Row:
    return Row(titles, ["head"] * len(titles), height)


def _words() -> Sheet:
    """What each column means."""
    rows = [
        Row((table.name, column.name, TYPES[column.type], *column.meaning))
        for table in TABLES
        for column in table.columns
    ]
    titles = ("表 table", "栏 column", "类型 type", "含义", "meaning")
    return Sheet("说明", (14, 16, 12, 44, 60), [_head(titles)], rows)


def _ledger(scope: Scope) -> Sheet:
    """The sheet that offices know: frozen header, filters, widths, states as words with a colour behind them."""
    settings = scope.registry.settings
    note = f"{settings.name.zh}，截至 {scope.as_of}"
    if settings.demonstration:
        note += f"。{settings.demonstration.zh}"
    head = [Row((note,), ("note",)), _head([title for title, _ in LEDGER], 2 * LINE)]
    return Sheet("台账", WIDTHS, head, _ledger_rows(scope), stay=5)


def _ledger_rows(scope: Scope) -> Iterator[Row]:
    for place, case in enumerate(scope.cases.values(), start=1):
        values, tones = zip(*_ledger_row(scope, case, place), strict=True)
        lines = max(map(_lines, values, WIDTHS))
        yield Row(values, [tone if tone in TONES else "text" for tone in tones], LINE * lines)


def _ledger_row(scope: Scope, case: Case, place: int) -> Iterator[tuple[Value, str | None]]:
    item, standing, registry, words = case.proposal, case.standing, scope.registry, scope.words
    assignment, deadline = standing.assignment, case.reply_deadline
    chip = wording.deadline_chip(deadline) if deadline else None
    session = registry.sessions.get(item.session)
    reply, rating = standing.reply, standing.rating
    kind = case.pack.classes.get(reply.reply_class or "") if reply else None
    handling = "分办" if assignment.separate else "主办会办" if assignment.co else "单办" if assignment.lead else None
    assigned = _first(case, "assigned")
    yield place, None
    yield standing.number, None
    yield words.kinds[item.kind].zh, None
    yield session.title.zh if session else item.session, None
    yield item.title, None
    yield "、".join(map(registry.name_of, item.proposers)), None
    yield "、".join(map(registry.name_of, assignment.agencies)) or None, None
    yield handling, None
    yield assigned.on if assigned else None, None
    yield _due(deadline) if deadline else None, None
    yield f"{chip.mark} {chip.words.zh}" if chip else None, chip.tone if chip else None
    yield reply.on if reply else None, None
    yield f"{kind.mark} {kind.title.zh}" if kind else None, kind.tone if kind else None
    yield words.satisfaction[rating.attitude].zh if rating and rating.attitude else None, None
    result = rating.result if rating else None
    yield words.satisfaction[result].zh if result else None, "late" if result == "dissatisfied" else None
    yield case.state.title.zh if case.state else None, None
    yield f"{sum(bool(ask.answers) for ask in standing.asks)}/{len(standing.asks)}" if standing.asks else None, None
    kept = sum(promise.status == "fulfilled" for promise in standing.promises)
    yield f"{kept}/{len(standing.promises)}" if standing.promises else None, None
    yield item.id, None


def _due(deadline: Deadline) -> Value:
    """The due day as a day, so that it can be sorted and filtered by; in words while it is not settled."""
    said = wording.due_day(deadline).zh
    return deadline.latest if said == str(deadline.latest) else said if deadline.latest else None


def _lines(value: Value, width: int) -> int:
    """How many lines a text takes in a column of that many characters; Chinese ones are two wide."""
    if not isinstance(value, str):
        return 1
    taken = len(value.encode("gbk", "replace"))
    return max(1, -(-taken // max(1, width - 1)))


def _first(case: Case, kind: str) -> Event | None:
    return next((event for event in case.events if event.type == kind), None)
