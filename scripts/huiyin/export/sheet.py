"""The workbook: the ledger (台账) as offices keep it on the first sheet, then every table on one of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from huiyin import wording
from huiyin.cases import Case
from huiyin.export.rows import Scope, Value
from huiyin.export.tables import TABLES
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
LONGEST_CELL = 32_000
"""Characters that a cell of a workbook holds; longer texts are cut with a mark and stand whole in the other forms."""
LINE = 15
"""Points that a line of a cell is high; rows are given one, since not every program fits it to wrapped text."""
TONES = {"ok": ("#E4F4EC", "#14704E"), "near": ("#FDF3D7", "#7A4D00"), "late": ("#FBE9E7", "#B3261E")}


def write_workbook(scope: Scope, path: Path) -> Mapping[str, int]:
    """Write the workbook and return the number of rows of each table. Text is never taken for a formula or a link."""
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), {**plain, "constant_memory": True}) as book:
        settings = scope.registry.settings
        book.set_properties(
            {
                "title": settings.name.zh,
                "comments": settings.demonstration.zh if settings.demonstration else "",
                "created": datetime(scope.as_of.year, scope.as_of.month, scope.as_of.day),
            }
        )
        formats = _formats(book)
        _ledger(scope, book.add_worksheet("台账"), formats)
        counts = {}
        for table in TABLES:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 1)
            for n, column in enumerate(table.columns):
                sheet.set_column(
                    n, n, 40 if column.name in ("title", "text", "situation", "analysis", "answer") else 14
                )
                sheet.write_string(0, n, column.name, formats["head"])
                sheet.write_comment(0, n, column.meaning.zh)
            count = 0
            for count, row in enumerate(table.rows(scope), start=1):
                for n, value in enumerate(row):
                    _write(sheet, count, n, value, formats)
            if count:
                sheet.autofilter(0, 0, count, len(table.columns) - 1)
            counts[table.name] = count
        return counts


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    base = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top"}
    formats = {
        "head": book.add_format({**base, "bold": True, "bg_color": "#E3F0F2", "border": 1, "text_wrap": True}),
        "text": book.add_format({**base, "text_wrap": True, "align": "left"}),
        "day": book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"}),
        "note": book.add_format({**base, "italic": True, "font_color": "#51606F"}),
    }
    for tone, (paper, ink) in TONES.items():
        formats[tone] = book.add_format({**base, "bg_color": paper, "font_color": ink, "bold": True, "text_wrap": True})
    return formats


def _ledger(scope: Scope, sheet: Worksheet, formats: dict[str, Format]) -> None:
    """The sheet that offices know: frozen header, filters, widths, states as words with a colour behind them."""
    settings = scope.registry.settings
    note = f"{settings.name.zh}，截至 {scope.as_of}"
    if settings.demonstration:
        note += f"。{settings.demonstration.zh}"
    for n, (_, width) in enumerate(LEDGER):
        sheet.set_column(n, n, width)
    sheet.set_row(1, 30)
    sheet.write_string(0, 0, note, formats["note"])
    for n, (title, _) in enumerate(LEDGER):
        sheet.write_string(1, n, title, formats["head"])
    row = 1
    for row, case in enumerate(scope.cases.values(), start=2):
        cells = list(_ledger_row(scope, case, row - 1))
        lines = max(_lines(value, width) for (value, _), (_, width) in zip(cells, LEDGER, strict=True))
        sheet.set_row(row, LINE * lines)
        for n, (value, tone) in enumerate(cells):
            _write(sheet, row, n, value, formats, tone)
    sheet.freeze_panes(2, 5)
    sheet.autofilter(1, 0, row, len(LEDGER) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)


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
    yield wording.due_day(deadline).zh if deadline and deadline.latest else None, None
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


def _lines(value: Value, width: int) -> int:
    """How many lines a text takes in a column of that many characters; Chinese ones are two wide."""
    if not isinstance(value, str):
        return 1
    taken = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in value)
    return max(1, -(-taken // max(1, width - 1)))


def _first(case: Case, kind: str) -> Event | None:
    return next((event for event in case.events if event.type == kind), None)


def _write(
    sheet: Worksheet, row: int, column: int, value: Value, formats: dict[str, Format], tone: str | None = None
) -> None:
    """Write one typed cell; text is written as text, whatever it begins with."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, formats["text"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, formats["text"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["day"])
    else:
        shown = value if len(value) <= LONGEST_CELL else f"{value[:LONGEST_CELL]}…（截断）"
        sheet.write_string(row, column, shown, formats.get(tone or "", formats["text"]))
