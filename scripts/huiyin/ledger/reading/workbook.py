"""Workbooks of every kind that calamine reads: which worksheets, and their rows as a text file of them would have them.

Dates become 2026-03-05 and 2026-03-05 10:00, whole numbers have no .0. A cell merged downward counts for each of its
rows. Rows and columns that are hidden are read like others.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import python_calamine

from huiyin.findings import Text, did_you_mean
from huiyin.ledger.outcomes import LedgerError, Reason
from huiyin.ledger.reading import archive, biff, opendocument
from huiyin.ledger.reading.contents import OLE, ZIP
from huiyin.ledger.reading.decoding import head
from huiyin.ledger.reading.header import Header
from huiyin.ledger.reading.layout import Record, raw


class Workbook:
    """A workbook that was opened; raises LedgerError where it cannot be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        kind = archive.check(path) if head(path, len(ZIP)) == ZIP else ""
        # Unlike the others, an OpenDocument is unfolded as soon as it is opened.
        self._used = opendocument.used(path) if kind == "ods" else {}
        self._book = _guarded(python_calamine.CalamineWorkbook.from_path, path)
        self._parts = archive.sheets(path) if kind == "xlsx" else {}
        if head(path, len(OLE)) == OLE:
            self._used = biff.used(path, [sheet.name for sheet in self._book.sheets_metadata])
        worksheet, visible = python_calamine.SheetTypeEnum.WorkSheet, python_calamine.SheetVisibleEnum.Visible
        self._names = [sheet.name for sheet in self._book.sheets_metadata if sheet.typ == worksheet]
        self._shown = [
            sheet.name for sheet in self._book.sheets_metadata if sheet.name in self._names and sheet.visible == visible
        ]

    def choose(self, wanted: str | Sequence[str]) -> list[str]:
        """Return the worksheets to read: those that are wanted, or else the only one with anything in it."""
        if wanted and wanted != "all":
            found: list[str] = []
            for pattern in (wanted,) if isinstance(wanted, str) else wanted:
                # One that was hidden is read only under its own name.
                among = self._shown if "*" in pattern else self._names
                matching = [name for name in among if name == pattern or fnmatchcase(name, pattern.replace("[", "[[]"))]
                if not matching:
                    raise self._absent(pattern)
                found.extend(name for name in matching if name not in found)
            return found
        full = [name for name in self._shown if self._filled(name)]
        if not full:
            raise LedgerError("工作簿里没有数据行", "the workbook has no rows")
        if len(full) > 1 and not wanted:
            listed = "、".join(f"“{name}”" for name in full)
            raise LedgerError(
                f"工作簿有 {len(full)} 张工作表有内容：{listed}。请在映射文件的 format.sheets 中写明要读哪几张，"
                "都要就写 all",
                f"{len(full)} worksheets are filled: {', '.join(full)}. Name in format.sheets those to read, or all",
            )
        return full

    def records(self, name: str) -> Iterator[Record]:
        """Yield the rows of a worksheet that hold anything, under their numbers."""
        used = self._look(name)
        sheet = _guarded(self._book.get_sheet_by_name, name)
        if sheet.start is None:
            return
        left = sheet.start[1]
        below = {start: end[0] for start, end in sheet.merged_cell_ranges or () if end[0] > start[0]}
        below |= used.below if used else {}
        merged: dict[int, tuple[int, str]] = {}
        for row, values in enumerate(sheet.iter_rows()):
            texts = [*[""] * left, *map(text, values)] if values else []
            flaw = _flaw(used, name, row) if used else None
            full = any(cell.strip() for cell in texts)
            for column, (last, kept) in list(merged.items()):
                if row > last:
                    del merged[column]
                elif full and column < len(texts):
                    texts[column] = texts[column] or kept
            for column in range(left, len(texts)):
                if (row, column) in below:
                    merged[column] = below[row, column], texts[column]
            if full or flaw:
                yield Record(row + 1, texts, flaw, raw("\t".join(texts)) if flaw else "", name)

    def _look(self, name: str) -> archive.Used | None:
        """What the worksheet's XML tells, where it has any; it is read once."""
        if name in self._parts and name not in self._used:
            self._used[name] = archive.used(self.path, name, self._parts[name])
        return self._used.get(name)

    def _filled(self, name: str) -> bool:
        used = self._look(name)
        return bool(used.filled) if used else _guarded(self._book.get_sheet_by_name, name).start is not None

    def _absent(self, pattern: str) -> LedgerError:
        hint = did_you_mean(pattern, self._names)
        listed = "、".join(f"“{name}”" for name in self._names)
        return LedgerError(
            f"没有工作表“{pattern}”。{hint.zh if hint else ''}这个工作簿有 {listed}，请改映射文件的 format.sheets",
            f'there is no worksheet "{pattern}". {hint.en if hint else ""} There are {", ".join(self._names)}: '
            "correct format.sheets",
        )


def fitted(records: Iterator[Record], header: Header) -> Iterator[Record]:
    """Yield the records as wide as the header; one with anything to its right gets the reason to refuse it."""
    for record in records:
        texts = record.texts
        stray = next((n for n in range(header.width, len(texts)) if texts[n].strip()), None)
        reason = record.reason
        if stray is not None and reason is None:
            cell = archive.address((record.number - 1, stray))
            reason = Reason(
                "row-columns",
                Text("栏数不对", "wrong number of columns"),
                Text(
                    f"工作表“{record.sheet}”的 {cell} 在最后一栏的右边，没有栏名",
                    f'{cell} of worksheet "{record.sheet}" is right of the last column and has no name',
                ),
            )
        shaped = [*texts[: header.width], *[""] * (header.width - len(texts))]
        yield replace(record, texts=shaped, reason=reason, raw=raw("\t".join(texts)) if reason else "")


def text(value: Any) -> str:
    """Return a cell's value as a text file of the worksheet would have it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        # Fifteen digits are what a spreadsheet keeps; whole numbers are written out, however long.
        return str(int(value)) if abs(value) < 1e21 and value == int(value) else f"{value:.15g}"
    if isinstance(value, datetime.datetime):
        return f"{value.date().isoformat()} {_clock(value.time())}"
    if isinstance(value, datetime.time):
        return _clock(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _clock(time: datetime.time) -> str:
    return time.isoformat("seconds" if time.second else "minutes")


def _flaw(used: archive.Used, name: str, row: int) -> Reason | None:
    """The reason to refuse a row that has an error or a formula without its result."""
    if row in used.errors:
        column, what = used.errors[row]
        where = archive.address((row, column))
        return Reason(
            "cell-error",
            Text("单元格是错误值", "a cell holds an error"),
            Text(f"工作表“{name}”的 {where} 是 {what}", f'{where} of worksheet "{name}" is {what}'),
        )
    if row in used.unsaved:
        where = archive.address((row, used.unsaved[row]))
        return Reason(
            "cell-formula",
            Text("公式没有保存结果", "a formula has no saved result"),
            Text(
                f"工作表“{name}”的 {where}；请在 Excel 或 WPS 中打开工作簿，再存一次",
                f'{where} of worksheet "{name}": open the workbook in a spreadsheet and save it again',
            ),
        )
    return None


def _guarded(act: Any, *arguments: Any) -> Any:
    """Call calamine; raises LedgerError where it cannot read what it is given."""
    try:
        return act(*arguments)
    except python_calamine.PasswordError:
        raise archive.locked() from None
    except (python_calamine.CalamineError, ValueError, OSError):
        raise archive.broken() from None
    except BaseException as error:
        # Where calamine's own code stops in the middle of a damaged file, the exception is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise archive.broken() from None
