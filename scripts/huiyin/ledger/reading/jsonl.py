"""JSON lines: each line an object, whose inner keys and unfolded lists become columns."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiyin.findings import Text
from huiyin.ledger.outcomes import Reason
from huiyin.ledger.reading.decoding import lines
from huiyin.ledger.reading.layout import Cells, Layout, Line, raw, undecodable


@dataclass(frozen=True)
class JsonLines:
    """A file with an object on each line."""

    path: Path
    encoding: str
    layout: Layout

    def lines(self) -> Iterator[Line]:
        """Yield each object; the number is that of its line, empty lines are passed over."""
        for number, line in enumerate(lines(self.path, self.encoding, "\n"), start=1):
            if line.strip():
                said = undecodable(line, self.encoding) or _json_row(line, self.layout)
                yield Line(number, said, "", raw(line.strip()) if isinstance(said, Reason) else "")


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
