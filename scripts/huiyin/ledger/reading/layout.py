"""What the readers share: how a file is laid out, a row of a grid as it stands, and a line as the mapping sees it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.findings import Text
from huiyin.ledger.outcomes import Reason

Cells = dict[str, tuple[str, ...]]
"""What a row says, by column: no text, one, or several where the column holds a list."""
SHEET = "@sheet"
"""The column of a workbook's rows that no cell holds: the name of their worksheet."""
LONGEST_RAW = 2000
"""Characters that are kept of a row that cannot be read."""
_KEPT_BYTE = re.compile("[\udc00-\udcff]")
"""What stands in the decoded text for a byte that is not in the encoding."""


@dataclass(frozen=True)
class Layout:
    """How the file is written. What is empty is found out from the file itself."""

    type: str = ""
    encoding: str = ""
    delimiter: str = ""
    unfold: Mapping[str, str] | None = None
    ignore: tuple[str, ...] = ()
    """Columns that only number the rows: they are no part of a row's content."""
    header: int = 0
    """Number of the row with the names of the columns, the first of them where there are several."""
    header_rows: int = 1
    sheets: str | tuple[str, ...] = ()
    """Worksheets to read: their names or patterns with *, or all."""
    stop: tuple[str, ...] = ()
    """Beginnings of the first filled cell that end the table."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a grid: its number, the texts of its cells, and the reason where it cannot be used."""

    number: int
    texts: Sequence[str]
    reason: Reason | None = None
    raw: str = ""
    sheet: str = ""

    @property
    def filled(self) -> int:
        """How many cells say anything."""
        return sum(bool(text.strip()) for text in self.texts)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the ledger: its number and what it says by column, or the reason why it cannot be read."""

    number: int
    said: Cells | Reason
    sheet: str = ""
    raw: str = ""


def visible(text: str) -> str:
    r"""Return a text in which a byte that is not in the encoding is written as \xff."""
    return _KEPT_BYTE.sub(lambda kept: f"\\x{ord(kept[0]) - 0xDC00:02x}", text)


def raw(text: str) -> str:
    """Return the beginning of a row as it stands in the file, as a report can show it."""
    return visible(text[:LONGEST_RAW])[:LONGEST_RAW]


def undecodable(text: str, encoding: str) -> Reason | None:
    """Return the reason to refuse a row some of whose bytes are not in the encoding."""
    if text.isascii() or not _KEPT_BYTE.search(text):
        return None
    return Reason(
        "row-encoding",
        Text(f"有字节不是 {encoding} 编码", f"bytes that are not {encoding}"),
        Text("用原来的软件重新导出这一行", "export this row again"),
    )


def lost(text: str) -> int:
    """Return how many bytes of a decoded text were not in the encoding."""
    return 0 if text.isascii() else len(_KEPT_BYTE.findall(text))
