"""Reading a ledger row by row. One bad row is a row that is broken, never the end; no ledger is held in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from huiyin.ledger import ids
from huiyin.ledger.outcomes import Fate, LedgerError, Reason, Refusal
from huiyin.ledger.reading import charset, contents, delimited, grid, header, workbook
from huiyin.ledger.reading.jsonl import JsonLines
from huiyin.ledger.reading.layout import SHEET, Cells, Layout, Line

__all__ = ["SHEET", "Cells", "Layout", "Ledger", "Row", "open_ledger"]


@dataclass(frozen=True)
class Row:
    """One row as it was written: its number, cells, digest, and which of the identical rows it is (from 1)."""

    number: int
    cells: Mapping[str, tuple[str, ...]]
    digest: str
    occurrence: int
    sheet: str = ""
    """The worksheet it stands in; empty for text files and where only one is read."""


class Ledger:
    """A ledger that can be read: what is known of the whole, and its rows, any number of times."""

    def __init__(
        self,
        path: Path,
        lines: Callable[[], Iterator[Line]],
        layout: Layout,
        encoding: str = "",
        titles: tuple[str, ...] = (),
    ) -> None:
        self._path, self._lines, self._ignored = path, lines, frozenset((*layout.ignore, SHEET))
        self.encoding = encoding
        """The encoding of a text file, named or found."""
        self.titles = titles
        """What stands above the names of the columns."""
        columns: dict[str, None] = {}
        sheets: dict[str, None] = {}
        readable = 0
        unread: tuple[int, Reason] | None = None
        self.size = 0
        """How many rows there are, with those that cannot be read."""
        for line in lines():
            self.size += 1
            sheets.setdefault(line.sheet)
            if isinstance(line.said, Reason):
                unread = unread or (line.number, line.said)
            else:
                readable += 1
                columns.update(dict.fromkeys(line.said))
        self.columns = tuple(columns)
        """Every column, in order of first appearance."""
        self._several = len(sheets) > 1
        if unread is not None and not readable:
            number, reason = unread
            raise LedgerError(
                f"没有一行可以按 {layout.type} 读懂；第 {number} 行：{reason.words.zh}。{reason.detail.zh}",
                f"not one row can be read as {layout.type}; row {number}: {reason.words.en}. {reason.detail.en}",
            )
        if not self.size:
            raise LedgerError("台账里没有数据行", "the ledger has no rows")

    def lines(self) -> Iterator[Line]:
        """Yield every row in order as it stands, or why it cannot be read, and remember none."""
        with _naming(self._path):
            yield from self._lines()

    def rows(self) -> Iterator[Row | Refusal]:
        """Yield every row in order; one that cannot be read as a refusal. Raises LedgerError if the file changed."""
        seen: dict[int, int] = {}
        with _naming(self._path):
            for line in self._lines():
                sheet = line.sheet if self._several else ""
                if isinstance(line.said, Reason):
                    yield Refusal(line.number, Fate.REJECTED, line.said, raw=line.raw, sheet=sheet)
                    continue
                digest = ids.digest({name: texts for name, texts in line.said.items() if name not in self._ignored})
                # The digest is r and 60 bits: as a number it takes a third of the memory.
                key = int(digest[1:], 16)
                seen[key] = seen.get(key, 0) + 1
                yield Row(line.number, line.said, digest, seen[key], sheet)


def open_ledger(path: Path, layout: Layout, wanted: Iterable[str] = ()) -> Ledger:
    """Return the ledger at `path`; raises LedgerError with one message when it cannot be read as one.

    `wanted` are the columns that the mapping names: the row that has most of them is the one with the names.
    """
    with _naming(path):
        layout = replace(layout, type=contents.kind(path, layout.type))
        if layout.type == "xlsx":
            return of_workbook(workbook.Workbook(path), layout, frozenset(wanted))
        encoding = charset.settle(path, layout.encoding)
        if layout.type == "jsonl":
            contents.refuse_list(path)
            return Ledger(path, JsonLines(path, encoding, layout).lines, layout, encoding)
        delimiter = delimited.settle(path, encoding, layout, frozenset(wanted))
        file = delimited.Delimited(path, encoding, delimiter)
        top = header.find(file.records(), layout, frozenset(wanted))
        return Ledger(path, lambda: grid.lines(file.records(), top, layout), layout, encoding, top.titles)


def of_workbook(book: workbook.Workbook, layout: Layout, wanted: Collection[str]) -> Ledger:
    """Return the rows of the worksheets of an opened workbook; raises LedgerError where they are no table."""
    sheets = book.choose(layout.sheets)
    tops = {name: header.find(book.records(name), layout, wanted) for name in sheets}
    _alike(tops)

    def lines() -> Iterator[Line]:
        for name, top in tops.items():
            yield from grid.lines(workbook.fitted(book.records(name), top), top, layout)

    return Ledger(book.path, lines, layout, titles=tuple(title for top in tops.values() for title in top.titles))


def _alike(tops: Mapping[str, header.Header]) -> None:
    """Raise LedgerError where worksheets have different columns."""
    (first, top), *others = tops.items()
    for name, other in others:
        lacks, has = _missing(top, other), _missing(other, top)
        if lacks or has:
            zh = "；".join(
                f"{word}{'、'.join(columns)}" for word, columns in (("少了 ", lacks), ("多出 ", has)) if columns
            )
            raise LedgerError(
                f"工作表“{name}”的栏名和“{first}”的不同：{zh}。请在 format.sheets 中只写栏名相同的工作表，其余另作映射",
                f'the columns of worksheet "{name}" are not those of "{first}" '
                f"(missing: {', '.join(lacks) or '-'}; more: {', '.join(has) or '-'}): "
                "name in format.sheets only those that are alike",
            )


def _missing(one: header.Header, other: header.Header) -> Sequence[str]:
    return [name for name in one.columns if name not in other.columns][:10]


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let every message begin with the file that it is about."""
    try:
        yield
    except LedgerError as error:
        raise LedgerError(f"{path}：{error.words.zh}", f"{path}: {error.words.en}") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LedgerError(f"无法读取 {path}：{reason}", f"cannot read {path}: {reason}") from None
