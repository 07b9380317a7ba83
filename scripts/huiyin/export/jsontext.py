"""Rows of tables as JSON text, made without objects in between: there are millions of them. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from json.encoder import encode_basestring

from huiyin.export.columns import Column
from huiyin.export.rows import JOINED, Row, Value


def value(given: Value) -> str:
    """Return the value of a column as JSON."""
    if given is None:
        return "null"
    if type(given) is str:
        return encode_basestring(given)
    if isinstance(given, bool):
        return "true" if given else "false"
    return f'"{given}"' if isinstance(given, date) else str(given)


def several(given: Value) -> str:
    """Return a column of several ids as a list in JSON."""
    return "[" + ",".join(map(encode_basestring, given.split(JOINED))) + "]" if isinstance(given, str) else "[]"


def rower(columns: Sequence[Column], leave_out: Sequence[str] = (), *, lists: bool = False) -> Callable[[Row], str]:
    """Return a function that makes the members of an object from a row, without the braces around them.

    With `lists` a column of several ids becomes a list, otherwise it stays one text.
    """
    chosen = [
        (place, f"{json.dumps(column.name)}:", several if lists and column.several else value)
        for place, column in enumerate(columns)
        if column.name not in leave_out
    ]

    def members(row: Row) -> str:
        return ",".join([key + write(row[place]) for place, key, write in chosen])

    return members
