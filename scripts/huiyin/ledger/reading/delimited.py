"""CSV and its relatives, record by record, and what stands between their cells."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from huiyin.findings import Text
from huiyin.ledger.outcomes import LedgerError, Reason
from huiyin.ledger.reading import header
from huiyin.ledger.reading.decoding import lines
from huiyin.ledger.reading.layout import Layout, Record, raw, undecodable

DELIMITERS = {",": "“,”", ";": "“;”", "\t": '制表符（"\\t"）', "|": "“|”"}
"""What may stand between cells and is found out, and how messages call it."""
LONGEST_CELL = 1 << 22
"""Characters that a cell may have."""


@dataclass(frozen=True)
class Delimited:
    """A text file of records."""

    path: Path
    encoding: str
    delimiter: str

    def records(self) -> Iterator[Record]:
        """Yield the records; the first is number 1 as in a spreadsheet. Raises LedgerError for a quote without end."""
        taken: list[str] = []

        def feed() -> Iterator[str]:
            for line in lines(self.path, self.encoding):
                taken.append(line)
                yield line

        reader = csv.reader(feed(), delimiter=self.delimiter, strict=True)
        limit = csv.field_size_limit(LONGEST_CELL)
        number = 0
        try:
            while True:
                number += 1
                start = reader.line_num + 1
                taken.clear()
                try:
                    texts = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield Record(number, (), _broken(error, start), raw("".join(taken).rstrip("\r\n")))
                    continue
                reason = undecodable("".join(texts), self.encoding)
                yield Record(number, texts, reason, raw("".join(taken).rstrip("\r\n")) if reason else "")
        finally:
            csv.field_size_limit(limit)


def _broken(error: csv.Error, start: int) -> Reason:
    """The reason to refuse one record; raises LedgerError where those after it are lost too."""
    if "unexpected end" in str(error):
        raise LedgerError(
            f"从文件第 {start} 行起引号没有成对，后面的行都被吞进去了",
            f"a quote that opens in line {start} of the file is never closed",
        )
    if "field larger" in str(error):
        raise LedgerError(
            f"从文件第 {start} 行起有一格超过 {LONGEST_CELL:,} 个字符：多半是引号没有成对，后面的行都被吞进去了",
            f"a cell that begins in line {start} of the file has more than {LONGEST_CELL:,} characters: "
            "most likely its quote is never closed",
        )
    words = Text("引号用得不对", "quotes in the wrong place")
    return Reason(
        "row-broken",
        words,
        Text(f"从文件第 {start} 行起的这一格：格子里的引号要写成两个，整格再放进引号", f"line {start}: {error}"),
    )


def settle(path: Path, encoding: str, layout: Layout, wanted: Collection[str]) -> str:
    """Return what stands between the cells: what the mapping names, or what gives the fullest header.

    Raises LedgerError where the mapping names one and the file has another.
    """
    named = layout.delimiter
    fit = {mark: _fit(path, encoding, mark, layout, wanted) for mark in dict.fromkeys((*DELIMITERS, named)) if mark}
    best = max(DELIMITERS, key=lambda mark: fit[mark])
    if not named:
        return best
    # Only a file that the named one does not divide at all is one that the mapping is wrong about.
    if fit[named] < fit[best] and fit[named][1] <= 1 < fit[best][1]:
        raise LedgerError(
            f"按映射写的分隔符 {DELIMITERS.get(named, f'“{named}”')} 分开，栏名行只有 1 栏；"
            f"文件像是用{DELIMITERS[best]}分开的。请改映射文件的 format.delimiter，或者删去它",
            f"divided at {named!r} as the mapping says, the header has one column only; the file seems to be divided "
            f"at {best!r}: correct or remove format.delimiter",
        )
    return named


def _fit(path: Path, encoding: str, mark: str, layout: Layout, wanted: Collection[str]) -> tuple[int, int]:
    """How many wanted columns, and how many at all, the header has when cells are divided at `mark`."""
    top: list[Record] = []
    # A quote without end is told when the file is read; the rows before it tell what divides them.
    with suppress(LedgerError):
        top.extend(islice(Delimited(path, encoding, mark).records(), header.LOOK + layout.header))
    try:
        found = header.find(iter(top), layout, ())
    except LedgerError:
        return 0, 0
    rows = [[record] for record in top if record.filled]
    return max(header.hits(row, wanted) for row in rows), len(found.columns)
