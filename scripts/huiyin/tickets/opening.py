"""Which kind of file an export is, and its rows where the engine cannot read them by itself.

The engine reads Parquet, Open311 and text in UTF-8 whose first line names the columns. Everything else (workbooks,
other encodings, titles above the names, rows out of shape) goes row by row through the readers of the ledger, into a
narrow text with the numbers of the rows. Their messages quote cells; here nothing of an export may be quoted.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from huiyin.findings import Text, did_you_mean
from huiyin.ledger.outcomes import LedgerError, Reason
from huiyin.ledger.reading import charset, contents, delimited, header
from huiyin.ledger.reading.decoding import head
from huiyin.ledger.reading.layout import Layout
from huiyin.ledger.rows import open_ledger
from huiyin.tickets.mapping import ExportMap
from huiyin.tickets.troubles import Refused

PARQUET, JSON, TEXT, NARROW = "parquet", "json", "text", "narrow"
_BLOCK = 1 << 20
_REFUSED = {"row-columns": "columns", "row-encoding": "encoding"}
_JSON_SPACE = b"\xef\xbb\xbf \t\r\n"


class ExportError(Exception):
    """The export cannot be used at all; `words` say what and what to do, and quote none of its cells."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Text(zh, en)


@dataclass(frozen=True)
class Export:
    """An export that the engine can read: its form, and for text its delimiter and the places of the wanted columns."""

    path: Path
    form: str
    delimiter: str = ","
    width: int = 0
    places: tuple[int, ...] = ()


def form(path: Path) -> str:
    """Return which form a file has: Parquet, JSON, or text or a workbook ("text")."""
    if path.is_dir():
        raise ExportError(
            f"{path} 是文件夹，不是文件；请写导出的那个文件",
            f"{path} is a folder and not a file: name the exported file",
        )
    if not path.is_file():
        raise ExportError(f"没有文件 {path}", f"there is no file {path}")
    start = head(path)
    if not start.strip():
        raise ExportError("文件是空的", "the file is empty")
    if start.startswith(b"PAR1"):
        return PARQUET
    return JSON if start.lstrip(_JSON_SPACE).startswith((b"[", b"{")) else TEXT


def plain_text(path: Path, mapping: ExportMap) -> Export | None:
    """Return a text that the engine reads by itself; None where the readers of the ledger have to."""
    start = head(path)
    if mapping.encoding not in ("", "utf-8") or start.startswith((contents.ZIP, contents.OLE)) or b"\0" in start:
        return None
    try:
        start[: start.rfind(b"\n") + 1].decode()
    except UnicodeDecodeError:
        return None
    wanted = frozenset(mapping.columns.names)
    try:
        delimiter = delimited.settle(path, "utf-8", Layout(), wanted)
        top = header.find(delimited.Delimited(path, "utf-8", delimiter).records(), Layout(), wanted)
    except LedgerError:
        return None
    if top.last != 1 or not wanted <= set(top.names) or _blank_lines(path):
        return None
    return Export(path, TEXT, delimiter, top.width, tuple(map(top.names.index, mapping.columns.names)))


def _blank_lines(path: Path) -> bool:
    """Whether the text has empty lines, which the engine passes over without numbering them."""
    last = b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            joint = last + block
            if b"\n\n" in joint or b"\n\r\n" in joint:
                return True
            last = block[-2:]
    return False


def narrow(path: Path, mapping: ExportMap, into: Path, refused: Refused) -> Export:
    """Write the wanted columns of any text or workbook to `into`, the number of the row first.

    Rows that cannot be read are added to `refused` by kind of trouble. Raises ExportError where nothing can be read.
    """
    names = mapping.columns.names
    with _quoting_nothing(path):
        encoding = mapping.encoding
        if not head(path).startswith((contents.ZIP, contents.OLE)):
            encoding = _encoding(path, mapping.encoding)
        layout = Layout(encoding=encoding, sheets=(mapping.sheet,) if mapping.sheet else ())
        ledger = open_ledger(path, layout, names)
        demand(names, ledger.columns)
        with into.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
            for line in ledger.lines():
                if isinstance(line.said, Reason):
                    refused.add(_REFUSED.get(line.said.code, "broken"), line.number)
                else:
                    writer.writerow((line.number, *("、".join(line.said.get(name, ())) for name in names)))
    return Export(into, NARROW, width=len(names) + 1, places=tuple(range(1, len(names) + 1)))


def demand(names: tuple[str, ...], columns: tuple[str, ...]) -> None:
    """Raise ExportError where the export lacks one of the columns that the mapping names."""
    for name in names:
        if name not in columns:
            # Not all of them: where the row of names is missing, they are what somebody complained about.
            hint = did_you_mean(name, columns) or Text("", "")
            raise ExportError(
                f"导出里没有“{name}”这一栏。{hint.zh}请核对栏名行，改正映射文件的 columns",
                f'the export has no column "{name}". {hint.en} Look at its row of names, and correct columns in the '
                "mapping",
            )


def _encoding(path: Path, named: str) -> str:
    try:
        return charset.settle(path, named)
    except LedgerError:
        raise ExportError(
            "文件的编码和映射写的不同，或者看不出来。请在映射文件的 format.encoding 中写明："
            f"{'、'.join(charset.ENCODINGS)}",
            "the encoding is not what the mapping says, or cannot be told. Say in format.encoding of the mapping which "
            f"it is: {', '.join(charset.ENCODINGS)}",
        ) from None


@contextmanager
def _quoting_nothing(path: Path) -> Iterator[None]:
    """Let messages of the readers pass that are about the file as a whole, and name no cell."""
    try:
        yield
    except LedgerError as error:
        zh, en = (words.removeprefix(f"{path}").lstrip("：: ") for words in error.words)
        raise ExportError(zh, en) from None
