"""Rows of tables as JSON text, made without objects in between: there are millions of them. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from json.encoder import encode_basestring

from huiyin.export.columns import DAY, FLAG, TEXT, WHOLE, Column
from huiyin.export.rows import JOINED, Row, Value


def text(given: Value) -> str:
    """Return a text as JSON."""
    return "null" if given is None else encode_basestring(given)  # type: ignore[arg-type]


def _whole(given: Value) -> str:
    return "null" if given is None else str(given)


def _flag(given: Value) -> str:
    return "null" if given is None else "true" if given else "false"


def _day(given: Value) -> str:
    return "null" if given is None else f'"{given}"'


_WRITERS: dict[str, Callable[[Value], str]] = {TEXT: text, WHOLE: _whole, FLAG: _flag, DAY: _day}


def several(given: Value) -> str:
    """Return a column of several ids as a list in JSON."""
    return "[" + ",".join(map(encode_basestring, given.split(JOINED))) + "]" if isinstance(given, str) else "[]"


def rower(columns: Sequence[Column], leave_out: Sequence[str] = (), *, lists: bool = False) -> Callable[[Row], str]:
    """Return a function that makes the members of an object from a row, without the braces around them.

    With `lists` a column of several ids becomes a list, otherwise it stays one text.
    """
    chosen = [
        (place, f"{json.dumps(column.name)}:", several if lists and column.several else _WRITERS[column.type])
        for place, column in enumerate(columns)
        if column.name not in leave_out
    ]

    def members(row: Row) -> str:
        return ",".join([key + write(row[place]) for place, key, write in chosen])

    return members
