"""The parts of a workbook that is a zip archive, looked at before anything unpacks them as a whole.

A few kilobytes can unpack to gigabytes, and one cell in the last corner of a worksheet makes readers lay out every cell
before it: both are told here, from the archive's list and from a reading of the worksheets in passing. The same reading
finds the cells that a reader of values cannot tell from empty ones: errors, and formulas without a saved result.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from huiyin.ledger.outcomes import LedgerError

LARGEST = 1 << 30
"""Bytes that a workbook may unpack to."""
_DENSE, _DENSEST = 100 << 20, 200
"""From how many bytes on a part is suspect that was packed to less than one in so many."""
LARGEST_AREA = 40_000_000
"""Cells between the first and the last that are filled, which a reader lays out in memory."""
_SMALL_AREA, _SPARSE = 4_000_000, 20
"""From how many cells on the area is too empty where not one in so many is filled."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""How large a worksheet can be."""
_BLOCK = 1 << 18

Cell = tuple[int, int]
"""Row and column, from 0."""


@dataclass
class Used:
    """What a worksheet's cells hold that only its XML shows."""

    filled: int = 0
    rows: int = 0
    columns: int = 0
    last: Cell = (0, 0)
    """The cell that makes the area as large as it is."""
    errors: dict[int, tuple[int, str]] = field(default_factory=dict)
    """By row: the first column with an error, and which it is."""
    unsaved: dict[int, int] = field(default_factory=dict)
    """By row: the first column with a formula without a result."""
    below: dict[Cell, int] = field(default_factory=dict)
    """By the first cell of cells merged downward: their last row, where calamine does not tell it."""

    def see(self, cell: Cell, times: int = 1) -> None:
        """Count a filled cell, or as many as repeat one up to `cell`."""
        self.filled += times
        if cell[0] >= self.rows or cell[1] >= self.columns:
            self.last = cell
        self.rows, self.columns = max(self.rows, cell[0] + 1), max(self.columns, cell[1] + 1)


def address(cell: Cell) -> str:
    """Return the address of a cell as spreadsheets show it, like AB12."""
    letters, column = "", cell[1] + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{cell[0] + 1}"


def check(path: Path) -> str:
    """Return which workbook the archive is: xlsx, xlsb or ods; raises LedgerError for others and for dangerous ones."""
    with opened(path) as archive:
        parts = archive.infolist()
        size = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts)
        if size > LARGEST or (size > _DENSE and size > _DENSEST * packed):
            raise LedgerError(
                f"工作簿解开有 {size >> 20:,} MB，不像是台账。请只留要导入的工作表，另存一份",
                f"the workbook unpacks to {size >> 20:,} MB: it is no ledger. Save only the worksheets to import",
            )
        names = {part.filename for part in parts}
        if any(part.flag_bits & 1 for part in parts) or "EncryptedPackage" in names:
            raise locked()
        if "META-INF/manifest.xml" in names and b"manifest:encryption-data" in archive.read("META-INF/manifest.xml"):
            raise locked()
        # The list of an archive can lie about sizes; reading every part as far as the list says tells.
        if archive.testzip() is not None:
            raise broken()
    for kind, part in (("xlsx", "xl/workbook.xml"), ("xlsb", "xl/workbook.bin"), ("ods", "content.xml")):
        if part in names:
            return kind
    raise LedgerError(
        "文件是压缩包，里面不是工作簿。请先解开，再给出台账文件",
        "the file is an archive but no workbook: unpack it and name the ledger in it",
    )


def locked() -> LedgerError:
    """Return the message for a workbook that needs a password."""
    return LedgerError(
        "工作簿设有打开密码。请打开后去掉密码，另存一份",
        "the workbook is protected by a password: open it, remove the password and save it again",
    )


def broken() -> LedgerError:
    """Return the message for a workbook that is damaged."""
    return LedgerError(
        "工作簿已损坏或没有下载完整，打不开。请重新取得文件，或用 Excel 修复后另存一份",
        "the workbook is damaged or incomplete: get it again, or repair it in a spreadsheet and save it",
    )


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive; raises LedgerError where it or the XML that is read from it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, KeyError, ValueError, expat.ExpatError):
        raise broken() from None
    except OSError as error:
        if error.errno is None:
            raise broken() from None
        raise


def sheets(path: Path) -> Mapping[str, str]:
    """Return the part of each worksheet of an xlsx workbook, by its name."""
    found: list[tuple[str, str]] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            found.append((attributes.get("name", ""), link))

    def target(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    with opened(path) as archive:
        for part, start in (("xl/workbook.xml", sheet), ("xl/_rels/workbook.xml.rels", target)):
            with archive.open(part) as file:
                parse(file, start)
        names = set(archive.namelist())
    parts = ((name, posixpath.normpath(posixpath.join("/xl", targets.get(link, "")))[1:]) for name, link in found)
    return {name: part for name, part in parts if part in names}


def used(path: Path, name: str, part: str) -> Used:
    """Return what the worksheet `name` holds; raises LedgerError where laying it out would take too much memory."""
    reader = _Cells()
    with opened(path) as archive, archive.open(part) as file:
        parse(file, reader.start, reader.end, reader.text)
    return bounded(reader.used, name)


def bounded(found: Used, name: str) -> Used:
    """Return what a worksheet holds; raises LedgerError where laying it out would take too much memory."""
    area = found.rows * found.columns
    beyond = found.rows > LAST_ROW or found.columns > LAST_COLUMN
    if beyond or area > LARGEST_AREA or (area > _SMALL_AREA and area > _SPARSE * found.filled):
        corner = address(found.last)
        raise LedgerError(
            f"工作表“{name}”占的范围太大（直到 {corner}，{area:,} 格，其中 {found.filled:,} 格有内容）。"
            f"请删去台账以外的单元格，例如 {corner}，再存一次",
            f'worksheet "{name}" is too large: up to {corner} there are {area:,} cells, of which {found.filled:,} are '
            f"filled. Delete the cells outside the ledger, for example {corner}, and save it again",
        )
    return found


def parse(
    file: IO[bytes],
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read XML in passing; names of elements come without their prefix."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    if end is not None:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    while block := file.read(_BLOCK):
        parser.Parse(block, False)
    parser.Parse(b"", True)


class _Cells:
    """The state of a reading of a worksheet: which cell it is in, and what it met there."""

    def __init__(self) -> None:
        self.used = Used()
        self._row = self._column = -1
        self._kind = ""
        self._formula = self._inside = False
        self._value = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if tag == "c":
            self._kind, self._formula, self._value = attributes.get("t", ""), False, ""
            self._column += 1
            reference = attributes.get("r", "")
            if reference:
                letters = reference.rstrip("0123456789")
                column = 0
                for letter in letters.upper():
                    column = column * 26 + ord(letter) - 64
                self._column, self._row = column - 1, int(reference[len(letters) :]) - 1
        elif tag == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif tag == "f":
            self._formula = True
        elif tag in ("v", "t"):
            self._inside = True

    def text(self, text: str) -> None:
        """Characters of an element."""
        if self._inside and len(self._value) < 16:
            self._value += text

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in ("v", "t"):
            self._inside = False
        elif tag == "c":
            if self._kind == "e":
                self.used.errors.setdefault(self._row, (self._column, self._value))
            elif self._formula and not self._value and self._kind != "str":
                self.used.unsaved.setdefault(self._row, self._column)
            if self._value or self._formula:
                self.used.see((self._row, self._column))
