"""Error cells of .xls workbooks, which a reader of values cannot tell from empty ones.

Only as much of the two formats is read as that takes: the compound file for the stream of the workbook (MS-CFB 2), and
of its records the list of worksheets, cells with an error, and formulas whose result is one (MS-XLS 2.4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from huiyin.ledger.reading.archive import Used, broken

_NAMES = ("Workbook", "Book")
"""What the stream is called in files of Excel 97 and later, and in older ones."""
_END = 0xFFFF_FFFA
"""From here on numbers of sectors are marks: the end of a chain, free, or the table itself."""
_BOUNDSHEET, _FORMULA, _BOOLERR = 0x0085, 0x0006, 0x0205
_CELLS = (_FORMULA, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, _BOOLERR, 0x027E)
"""Records of cells that hold anything."""
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def used(path: Path, sheets: Sequence[str]) -> dict[str, Used]:
    """Return what the worksheets hold, `sheets` being all of them in order; raises LedgerError for a damaged file."""
    try:
        stream = _stream(path.read_bytes())
        starts = [int.from_bytes(data[:4], "little") for kind, _, data in _records(stream, 0) if kind == _BOUNDSHEET]
        ends = sorted((*starts, len(stream)))
        until = dict(pairwise(ends))
        return {
            name: _sheet(stream, start, until.get(start, len(stream)))
            for name, start in zip(sheets, starts, strict=False)
        }
    except (struct.error, IndexError, ValueError):
        raise broken() from None


def _sheet(stream: bytes, start: int, end: int) -> Used:
    found = Used()
    for kind, at, data in _records(stream, start):
        if at >= end:
            break
        if kind not in _CELLS:
            continue
        found.filled += 1
        row, column = struct.unpack_from("<HH", data)
        if kind == _BOOLERR and data[7]:
            found.errors.setdefault(row, (column, _ERRORS.get(data[6], "#?")))
        # The result of a formula is a number unless it ends in two bytes of ones; then the first says what it is.
        elif kind == _FORMULA and data[12:14] == b"\xff\xff" and data[6] == 2:
            found.errors.setdefault(row, (column, _ERRORS.get(data[8], "#?")))
    return found


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield the records from a place on: kind, place and content."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _stream(file: bytes) -> bytes:
    """The stream of the workbook, out of the sectors of a compound file."""
    sector, mini = 1 << struct.unpack_from("<H", file, 30)[0], 1 << struct.unpack_from("<H", file, 32)[0]
    if sector not in (512, 4096) or mini != 64:
        raise ValueError("sectors of no known size")
    directory, _, cutoff, small = struct.unpack_from("<IIII", file, 48)
    table_of_tables, tables = struct.unpack_from("<II", file, 68)
    per, sectors = sector // 4, len(file) // sector
    if tables > sectors:
        raise ValueError("more tables than sectors")

    def read(number: int) -> bytes:
        start = (number + 1) * sector
        if start >= len(file):
            raise ValueError("a sector beyond the end")
        return file[start : start + sector]

    listed = list(struct.unpack_from("<109I", file, 76))
    for _ in range(tables):
        *more, table_of_tables = struct.unpack(f"<{per}I", read(table_of_tables))
        listed.extend(more)
    listed = [number for number in listed if number < _END]
    if len(listed) > sectors:
        raise ValueError("more tables than sectors")
    table = [entry for number in listed for entry in struct.unpack(f"<{per}I", read(number))]

    def chain(number: int, links: Sequence[int]) -> Iterator[int]:
        # No chain of a sound file visits a sector, or a piece of one, twice.
        for _ in range(sectors * sector // mini):
            if number >= _END:
                return
            yield number
            number = links[number]
        raise ValueError("a chain without end")

    entries = b"".join(map(read, chain(directory, table)))
    found = {}
    for at in range(0, len(entries), 128):
        length = struct.unpack_from("<H", entries, at + 64)[0]
        name = entries[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        found[name] = struct.unpack_from("<II", entries, at + 116)
    start, size = next((found[name] for name in _NAMES if name in found), (0, 0))
    if size >= cutoff:
        return b"".join(map(read, chain(start, table)))[:size]
    # A short stream lies in pieces within the stream of the root.
    root = b"".join(map(read, chain(found["Root Entry"][0], table))) if "Root Entry" in found else b""
    links = [entry for number in chain(small, table) for entry in struct.unpack(f"<{per}I", read(number))]
    return b"".join(root[piece * mini : (piece + 1) * mini] for piece in chain(start, links))[:size]
