"""Lines of a text file, decoded as they are read: never the whole file, and bytes out of place lose only their row."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from huiyin.ledger.outcomes import LedgerError

SAMPLE = 1 << 16
"""Bytes of a file's beginning that tell the byte order of UTF-16."""
LONGEST_LINE = 1 << 23
"""Characters that a line may have: what has more is no table with rows."""
_BLOCK = 1 << 20
_KEEP = "huiyin-keep-bytes"
"""The way in which bytes that are no UTF-16 are kept in the text, each as one character, as surrogateescape does."""


def _kept(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_KEEP, _kept)


def head(path: Path, size: int = SAMPLE) -> bytes:
    """Return the first bytes of a file."""
    with path.open("rb") as file:
        return file.read(size)


def codec(path: Path, encoding: str) -> str:
    """Return Python's name of an encoding; the order of bytes in UTF-16 follows from its mark or its zeros."""
    if encoding != "utf-16":
        return encoding
    start = head(path)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16-le" if start[:2] == b"\xff\xfe" else "utf-16-be"
    return "utf-16-be" if start[::2].count(0) > start[1::2].count(0) else "utf-16-le"


def _open(path: Path, encoding: str, newline: str) -> io.TextIOWrapper:
    name = codec(path, encoding)
    errors = _KEEP if name.startswith("utf-16") else "surrogateescape"
    return io.TextIOWrapper(path.open("rb"), name, errors, newline=newline)


def lines(path: Path, encoding: str, newline: str = "") -> Iterator[str]:
    """Yield the lines with their ends; `newline` is that of `open`. Raises LedgerError for a line without end."""
    with _open(path, encoding, newline) as file:
        for number, line in enumerate(iter(partial(file.readline, LONGEST_LINE), ""), start=1):
            if len(line) == LONGEST_LINE:
                raise LedgerError(
                    f"文件第 {number} 行超过 {LONGEST_LINE:,} 个字符，不像是一行一件的台账",
                    f"line {number} of the file has more than {LONGEST_LINE:,} characters: it is no ledger of rows",
                )
            yield line.removeprefix("\ufeff") if number == 1 else line


def blocks(path: Path, encoding: str) -> Iterator[str]:
    """Yield the text in pieces of about a million characters."""
    with _open(path, encoding, "") as file:
        yield from iter(partial(file.read, _BLOCK), "")
