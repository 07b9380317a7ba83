"""Reading a ledger: JSON lines or CSV, into rows of texts. One bad row is a row that is broken, never the end."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiyin.findings import Text
from huiyin.ledger import ids
from huiyin.ledger.outcomes import Fate, LedgerError, Reason, Refusal

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")
"""Encodings that a mapping may name."""
Cells = dict[str, tuple[str, ...]]
"""What a row says, by column: no text, one, or several where the column holds a list."""
_KEPT_BYTE = re.compile("[\udc80-\udcff]")
"""What stands in the decoded text for a byte that is not in the encoding."""


@dataclass(frozen=True)
class Layout:
    """How the file is written: its type, encoding, delimiter, and the lists of objects to unfold."""

    type: str
    encoding: str = "utf-8"
    delimiter: str = ","
    unfold: Mapping[str, str] | None = None
    ignore: tuple[str, ...] = ()
    """Columns that only number the rows: they are no part of a row's content."""


@dataclass(frozen=True)
class Row:
    """One row as it was written: its number, cells, digest, and which of the identical rows it is (from 1)."""

    number: int
    cells: Mapping[str, tuple[str, ...]]
    digest: str
    occurrence: int


@dataclass(frozen=True)
class Table:
    """A ledger that was read: its columns in order, its rows, and the rows that cannot be read."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    broken: tuple[Refusal, ...]


def read(path: Path, layout: Layout) -> Table:
    """Return the rows of the ledger at `path`; raises LedgerError when it cannot be read as such at all."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LedgerError(f"无法读取 {path}：{reason}", f"cannot read {path}: {reason}") from None
    return parse(raw, layout)


def parse(raw: bytes, layout: Layout) -> Table:
    """Return the rows of a ledger's bytes; raises LedgerError when there are none, or not one can be read."""
    text = _decode(raw, layout.encoding)
    columns: dict[str, None] = {}
    rows: list[Row] = []
    broken: list[Refusal] = []
    seen: Counter[str] = Counter()
    for number, cells in _READERS[layout.type](text, layout):
        if not isinstance(cells, dict):
            broken.append(Refusal(number, Fate.REJECTED, cells))
            continue
        columns.update(dict.fromkeys(cells))
        digest = ids.digest({column: texts for column, texts in cells.items() if column not in layout.ignore})
        seen[digest] += 1
        rows.append(Row(number, cells, digest, seen[digest]))
    _worth_mapping(raw, layout, rows, broken)
    return Table(tuple(columns), tuple(rows), tuple(broken))


def _decode(raw: bytes, encoding: str) -> str:
    """The text, with bytes that are not in the encoding kept as lone surrogates, so that only their rows are lost."""
    if encoding == "utf-16":
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError:
            raise LedgerError("文件不是 UTF-16", "the file is not UTF-16") from None
    text = raw.decode(encoding, "surrogateescape")
    return text.removeprefix("\ufeff")


def _worth_mapping(raw: bytes, layout: Layout, rows: Sequence[Row], broken: Sequence[Refusal]) -> None:
    if not rows and not broken:
        raise LedgerError("台账里没有数据行", "the ledger has no rows")
    undecodable = sum(refusal.reason.code == "row-encoding" for refusal in broken)
    if undecodable > len(rows):
        other = next((name for name in ENCODINGS[:3] if name != layout.encoding and _fits(raw, name)), None)
        raise LedgerError(
            f"{undecodable} 行不是 {layout.encoding} 编码"
            + (f"；像是 {other}，请改映射文件的 format.encoding" if other else "，请核对映射文件的 format.encoding"),
            f"{undecodable} rows are not {layout.encoding}"
            + (f"; it may be {other}: correct format.encoding" if other else "; correct format.encoding"),
        )
    if not rows:
        first = broken[0]
        raise LedgerError(
            f"没有一行可以按 {layout.type} 读懂；第 {first.row} 行：{first.reason.detail.zh}",
            f"not one row can be read as {layout.type}; row {first.row}: {first.reason.detail.en}",
        )


def _fits(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _undecodable(text: str, encoding: str) -> Reason | None:
    """The reason to refuse a row some of whose bytes are not in the encoding."""
    if text.isascii() or not _KEPT_BYTE.search(text):
        return None
    return Reason(
        "row-encoding",
        Text(f"有字节不是 {encoding} 编码", f"bytes that are not {encoding}"),
        Text("用原来的软件重新导出这一行", "export this row again"),
    )


Readable = Iterator[tuple[int, Cells | Reason]]


def _json_lines(text: str, layout: Layout) -> Readable:
    """Each line an object; the number is that of the line, empty lines are passed over."""
    if text.lstrip().startswith("[") and text.rstrip().endswith("]"):
        raise LedgerError(
            "文件是一整个 JSON 列表；请改成每行一个对象（JSONL）",
            "the file is one JSON list; put one object on each line (JSON Lines)",
        )
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _undecodable(line, layout.encoding) or _json_row(line, layout)


def _json_row(line: str, layout: Layout) -> Cells | Reason:
    words = Text("这一行不是完整的 JSON 对象", "the line is not a whole JSON object")
    cells: Cells = {}
    try:
        data = json.loads(line, object_pairs_hook=_once_each, parse_constant=_no_constant)
        if isinstance(data, dict):
            _flatten(data, "", layout.unfold or {}, cells)
    except RecursionError:
        return Reason("row-broken", words, Text("嵌套太深", "nested too deep"))
    except ValueError as error:
        return Reason("row-broken", words, Text(f"JSON 有误：{error}", f"JSON: {error}"))
    if not isinstance(data, dict):
        return Reason("row-broken", words, Text("行里不是对象（{…}）", "it holds no object ({…})"))
    return cells


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise ValueError(f"“{twice}”写了两次 / stands twice")
    return data


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} 不是数 / is no number")


def _flatten(data: Mapping[str, Any], prefix: str, unfold: Mapping[str, str], cells: Cells) -> None:
    """Put the texts of `data` into `cells`: keys of inner objects follow a dot, lists of objects by their key."""
    for key, value in data.items():
        column = f"{prefix}{key}"
        if isinstance(value, dict):
            _flatten(value, f"{column}.", unfold, cells)
        elif isinstance(value, list) and column in unfold:
            for item in value:
                if isinstance(item, dict):
                    name = _text(item.get(unfold[column]))
                    rest = {inner: other for inner, other in item.items() if inner != unfold[column]}
                    _flatten(rest, f"{column}.{name}.", unfold, cells)
        else:
            items = value if isinstance(value, list) else [value]
            texts = [_text(item) for item in items if not isinstance(item, (dict, list))]
            cells[column] = (*cells.get(column, ()), *(text for text in texts if text))


def _text(value: Any) -> str:
    """A JSON value as a cell would show it: whole numbers without .0, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _csv(text: str, layout: Layout) -> Readable:
    """Each record a row; the number is that of a spreadsheet, where the row of names is number 1."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=layout.delimiter, strict=True)
    header = _header(reader)
    number = 1
    while True:
        number += 1
        start = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error) or "field larger" in str(error):
                raise LedgerError(
                    f"从文件第 {start} 行起引号没有成对，后面的行都被吞进去了",
                    f"a quote that opens in line {start} of the file is never closed",
                ) from None
            words = Text("引号用得不对", "quotes in the wrong place")
            yield number, Reason("row-broken", words, Text(f"文件第 {start} 行：{error}", f"line {start}: {error}"))
            continue
        if any(cell.strip() for cell in record):
            yield number, _undecodable("".join(record), layout.encoding) or _csv_row(header, record)


def _header(reader: Iterator[list[str]]) -> list[str]:
    try:
        header = [name.strip() for name in next(reader)]
    except (StopIteration, csv.Error):
        raise LedgerError("台账里没有数据行", "the ledger has no rows") from None
    twice = [name for name, times in Counter(header).items() if name and times > 1]
    if twice:
        raise LedgerError(
            f"栏名“{twice[0]}”出现两次，无法知道哪一栏算数；改掉其中一个",
            f'the column "{twice[0]}" stands twice: rename one of them',
        )
    return header


def _csv_row(header: Sequence[str], record: Sequence[str]) -> Cells | Reason:
    if len(record) != len(header):
        return Reason(
            "row-columns",
            Text("栏数不对", "wrong number of columns"),
            Text(f"有 {len(record)} 栏，应有 {len(header)} 栏", f"{len(record)} columns instead of {len(header)}"),
        )
    return {name: (cell,) if cell else () for name, cell in zip(header, record, strict=True) if name}


_READERS: Mapping[str, Callable[[str, Layout], Readable]] = {"jsonl": _json_lines, "csv": _csv}
