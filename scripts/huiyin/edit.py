"""Writing registry files: the canonical form, for files that exist and for new ones. Pure text in, text out.

Existing files keep their comments, quotes and line breaks, since `layout` moves whole lines; only what is out of form
changes, and doing it twice changes nothing. New files are composed in the same form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from huiyin import layout
from huiyin.yamltext import WORDS, read

_SCHEMA_LINE = re.compile(r"\A# yaml-language-server: .*(?:\r?\n|\Z)")


_PLAIN = re.compile(
    r"[0-9A-Za-z《（“\u4e00-\u9fff](?:[^\s:#\"'\\{}\[\],&*!|>%@`\x00-\x1f\x7f-\x9f]| (?=[^\s#])|:(?=[^\s])|,)*"
)
"""Texts that need no quotes: they begin with a letter, digit or Chinese character and hold nothing that YAML reads."""
_ELSEWHERE = re.compile(
    r"[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|0[xo][0-9a-fA-F]+|[0-9]+(?::[0-5]?[0-9])+"
    r"|(?i:yes|no|on|off|y|n|true|false|null)"
)
"""Texts that some other YAML reader takes for a number, a time or a truth value: they are quoted."""
_UNREADABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that JSON leaves as they are and that YAML does not read."""
_BLOCK = re.compile(
    r"(?![\s\S]*[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff])"
    r"(?=[^\n]*\n)(?:[^\s]+(?: [^\s]+)*)(?:\n(?:[^\s]+(?: [^\s]+)*)?)*[^\s]\n?"
)
"""Texts of several lines that a literal block holds as they are: no blank at the ends of lines, no blank line last."""


def compose(data: Mapping[str, Any], first_line: str, *comments: str) -> str:
    """Return the text of a new file in canonical form: its schema line, comments, and the data in their order.

    `data` holds mappings, lists, text, numbers, bool and None; what `yamltext` reads back is equal to it.
    """
    return "\n".join([first_line, *comments, *_mapping(data, "")]) + "\n"


def compose_items(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the lines of these items as they stand in a list of a file in canonical form, such as its events."""
    return "".join(f"{line}\n" for row in rows for line in _item(row, "  "))


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        yield from _entry(f"{indent}{key}:", value, indent)


def _entry(head: str, value: Any, indent: str) -> Iterator[str]:
    """The lines of one value behind its key or dash; nested ones stand two columns further in."""
    if isinstance(value, str):
        if "\n" not in value or not _BLOCK.fullmatch(value):
            yield f"{head} {_text(value)}"
            return
        yield f"{head} |{'' if value.endswith(chr(10)) else '-'}"
        for line in value.removesuffix("\n").split("\n"):
            yield f"{indent}  {line}" if line else ""
    elif isinstance(value, Mapping) and value:
        yield head
        yield from _mapping(value, f"{indent}  ")
    elif isinstance(value, Sequence) and value:
        yield head
        for item in value:
            yield from _item(item, f"{indent}  ")
    else:
        yield f"{head} {json.dumps(value)}"


def _item(item: Any, indent: str) -> Iterator[str]:
    if not isinstance(item, str) and isinstance(item, Mapping) and item:
        lines = list(_mapping(item, f"{indent}  "))
        yield f"{indent}- {lines[0].lstrip(' ')}"
        yield from lines[1:]
    else:
        yield from _entry(f"{indent}-", item, indent)


@lru_cache(4096)  # codes, days and names come again and again
def _text(value: str) -> str:
    """A text as our reader takes it: plain where that is beyond doubt, else in double quotes as JSON has them."""
    if _PLAIN.fullmatch(value) and not _ELSEWHERE.fullmatch(value) and value not in WORDS:
        return value
    return _UNREADABLE.sub(lambda char: f"\\u{ord(char[0]):04x}", json.dumps(value, ensure_ascii=False))


def format_text(text: str, schema: Mapping[str, Any], first_line: str, status: str | None = None) -> str | None:
    """Return `text` in canonical form: schema line, keys in the schema's order, events by day, `status`.

    `text` must be YAML that `yamltext` reads without faults and that its schema allows (but for a missing status).
    None when the result would not say the same: then the text is laid out in a way that only people should change.
    """
    body = _SCHEMA_LINE.sub("", text.replace("\r\n", "\n"), count=1).lstrip("\n")
    if status is not None:
        body = with_status(body, status)
    data = read(body).data
    laid = layout.lay_out(body, partial(_order, data, schema))
    document = read(laid)
    if document.faults or document.data != {**data, **({"events": by_day(data["events"])} if "events" in data else {})}:
        return None
    return f"{first_line}\n{laid}"


def with_event(text: str, event: Mapping[str, Any], status: str, after: str | None = None) -> str | None:
    """Return the text of a proposal's file with one more event and its status; all else stays byte for byte.

    The event comes last among those of its day (see `by_day`); one without a day behind the event `after`, if that is
    given. `text` must be YAML that `yamltext` reads without faults. None when the events stand in a way that only
    people should change, such as in brackets.
    """
    listed, data = layout.list_lines(text, "events"), read(text).data
    if listed is None:
        return None
    column, ends = listed
    events = list(data["events"])
    places = [n for n, other in enumerate(events, start=1) if after is not None and other["id"] == after]
    events.insert(places[0] if places and "on" not in event else len(events), event)
    line_end = "\r\n" if "\r\n" in text else "\n"
    lines = (text if text.endswith("\n") else f"{text}{line_end}").split("\n")
    end = ends[by_day(events).index(event)]
    lines[end + 1 : end + 1] = [f"{line}{line_end[:-1]}" for line in _item(event, " " * column)]
    added = with_status("\n".join(lines), status)
    document = read(added)
    said = {**data, "status": status, "events": by_day(events)}
    return added if document.data == said else None  # what it may not hold is for checks to say


def arranged(data: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a whole file with the keys of all mappings in the order of their schema."""
    return {key: _arranged(data[key], data, schema, (key,)) for key in _sorted(data, data, schema, ())}


def _arranged(value: Any, data: Any, schema: Mapping[str, Any], path: layout.Path) -> Any:
    if isinstance(value, Mapping):
        names = _sorted(value, data, schema, path)
        return {key: _arranged(value[key], data, schema, (*path, key)) for key in names}
    if isinstance(value, list):
        return [_arranged(item, data, schema, (*path, n)) for n, item in enumerate(value)]
    return value


def _sorted(value: Mapping[str, Any], data: Any, schema: Mapping[str, Any], path: layout.Path) -> list[str]:
    known = list(_at(schema, data, path).get("properties", {}))
    return sorted(value, key=lambda name: known.index(name) if name in known else len(known))


def with_status(body: str, status: str) -> str:
    """Return `body` with the status where it stands; a missing one goes before the first key, whence `fmt` moves it."""
    marks = read(body, with_marks=True).marks
    lines = body.split("\n")
    if ("status",) in marks:
        line, column, length = marks[("status",)].value
        here = lines[line - 1]
        lines[line - 1] = f"{here[: column - 1]}{status}{here[column - 1 + length :]}"
    else:
        first = min(mark.key[0] for mark in marks.values() if mark.key)
        lines.insert(first - 1, f"status: {status}")
    return "\n".join(lines)


def _order(data: Any, schema: Mapping[str, Any], path: layout.Path, names: Sequence[str | int]) -> list[int]:
    """The order of the entries at `path`: keys as their schema lists them, events by day, all else as it stands."""
    places = list(range(len(names)))
    if path == ("events",):
        days = _days(data["events"])
        return sorted(places, key=lambda n: days[n])
    if names and isinstance(names[0], int):
        return places
    known = list(_at(schema, data, path).get("properties", {}))
    return sorted(places, key=lambda n: known.index(names[n]) if names[n] in known else len(known))


def _at(schema: Mapping[str, Any], data: Any, path: layout.Path) -> Mapping[str, Any]:
    """The part of the schema that speaks of the value at `path`; an event's own definition has all of its keys."""
    part = schema
    for step in (None, *path):
        if isinstance(step, str):
            part, data = part.get("properties", {}).get(step, {}), data[step]
        elif step is not None:
            part, data = part.get("items", {}), data[step]
        while "$ref" in part:
            part = schema["$defs"][part["$ref"].rsplit("/", 1)[-1]]
        if "allOf" in part and isinstance(data, dict) and "type" in data:
            part = schema["$defs"].get(f"event_{data['type']}", part)
    return part


def by_day(events: Sequence[Any]) -> list[Any]:
    """Return raw events in fold order: stably by day, one without a day behind the one that it follows."""
    days = _days(events)
    return [events[n] for n in sorted(range(len(events)), key=lambda n: days[n])]


def _days(events: Sequence[Any]) -> list[str]:
    """The day by which each event is sorted."""
    days, latest = [], ""
    for event in events:
        latest = event.get("on", latest)
        days.append(latest)
    return days
