"""What people give, as text or as data, to what a file holds: typed, named by codes, numbered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from huiyin import yamltext
from huiyin.draft.fields import Field, Kind
from huiyin.draft.names import Names, Problem
from huiyin.findings import Text, did_you_mean

_BETWEEN = re.compile(r"[、，,；;\n]")
"""What stands between the names of a list that is given as one text."""
_NUMBERED = {"ask_id": "q", "commitment_id": "c"}
"""Parts whose ids are given out here when nobody gave one."""


def pairs(given: Iterable[str]) -> tuple[dict[str, str], list[Problem]]:
    """Return the KEY=VALUE texts of a command line as data, and what is none."""
    data: dict[str, str] = {}
    problems = []
    for text in given:
        key, sign, value = text.partition("=")
        if not sign:
            problems.append(
                Problem(
                    Text("--set", "--set"),
                    Text(f"“{text}”里没有等号", f'there is no = in "{text}"'),
                    Text("写成 栏目=内容，例如 by=市教育局", "write KEY=VALUE, for example by=a-education"),
                )
            )
        elif key.strip() in data:
            problems.append(
                Problem(
                    Text(key, key),
                    Text("写了两次", "it is given twice"),
                    Text("只写一次；几项用顿号分开", "give it once; separate several by commas"),
                )
            )
        else:
            data[key.strip()] = value
    return data, problems


def typed(field: Field, raw: Any, names: Names) -> tuple[Any, list[Problem]]:
    """Return `raw` as the field holds it, and what could not be understood.

    What has the wrong type stays, for the schema to refuse; nothing given (None) is left out of records.
    """
    problems: list[Problem] = []
    return _typed(field, raw, names, problems), problems


def _typed(field: Field, raw: Any, names: Names, problems: list[Problem]) -> Any:
    match field.kind:
        case Kind.RECORD:
            return _record(field, raw, names, problems)
        case Kind.LIST:
            return _list(field, raw, names, problems)
        case Kind.NUMBER:
            return int(raw) if isinstance(raw, str) and re.fullmatch(r"[0-9]{1,9}", raw.strip()) else raw
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str):
        return raw
    code = names.code(field, tidy(raw))
    if isinstance(code, Problem):
        problems.append(code)
        return raw
    return code


def _record(field: Field, raw: Any, names: Names, problems: list[Problem]) -> Any:
    if isinstance(raw, str) and raw.lstrip().startswith("{"):
        raw = _flow(raw)
    if isinstance(raw, str):
        raw = {field.first.key: raw}
    if not isinstance(raw, Mapping):
        return raw
    data = {}
    for name, value in raw.items():
        part = _part(field, name)
        if part is None:
            problems.append(_no_such(field, name))
        elif value is not None:
            data[part.key] = _typed(part, value, names, problems)
    return data


def _list(field: Field, raw: Any, names: Names, problems: list[Problem]) -> Any:
    if isinstance(raw, str):
        nested = field.item.kind is Kind.RECORD
        if nested and raw.lstrip().startswith("["):
            raw = _flow(raw)
        else:
            raw = [text.strip() for text in (raw.split("\n") if nested else _BETWEEN.split(raw)) if text.strip()]
    if isinstance(raw, Mapping):
        raw = [raw]
    return [_typed(field.item, item, names, problems) for item in raw] if isinstance(raw, list) else raw


def _flow(text: str) -> Any:
    """Lists and mappings written on one line, as YAML or JSON has them; text where they are neither."""
    document = yamltext.read(text)
    return text if document.faults else document.data


def _part(field: Field, name: str) -> Field | None:
    """The field that a key means: its code, or its title in either language."""
    for part in field.parts:
        if name in (part.key, *part.title):
            return part
    return None


def _no_such(field: Field, name: str) -> Problem:
    known = [part.key for part in field.parts]
    hint = did_you_mean(name, [*known, *(part.title.zh for part in field.parts)])
    shown = name if len(name) <= 60 else f"{name[:60]}…"
    listed = Text(f"可以写：{'、'.join(known)}", f"It can be {', '.join(known)}")
    return Problem(
        field.title,
        Text(f"没有 {shown} 这一栏", f"there is no key {shown}"),
        Text(f"{hint.zh}{listed.zh}", f"{hint.en} {listed.en}") if hint else listed,
    )


def tidy(text: str) -> str:
    """Return a text without what only typing left in it: blanks at the ends of lines, indents, empty lines around."""
    lines = [re.sub(r"^[ \t\u3000]+|[ \t\u3000]+$", "", line) for line in re.split(r"\r\n|\n", text)]
    return "\n".join(lines).strip("\n")


def numbered(field: Field, data: dict[str, Any], taken: Iterable[str] = ()) -> dict[str, Any]:
    """Return a record in whose lists each ask and commitment has an id; `taken` ids stand elsewhere in the file."""
    used = set(taken)
    result = dict(data)
    for part in field.parts:
        rows = data.get(part.key)
        if part.kind is not Kind.LIST or part.item.kind is not Kind.RECORD or not isinstance(rows, list):
            continue
        letter = next((_NUMBERED.get(inner.holds) for inner in part.item.parts if inner.key == "id"), None)
        if letter is None:
            continue
        used |= {row["id"] for row in rows if isinstance(row, dict) and isinstance(row.get("id"), str)}
        made = []
        for row in rows:
            if isinstance(row, dict) and "id" not in row:
                row = {"id": next_id(letter, used), **row}
                used.add(row["id"])
            made.append(row)
        result[part.key] = made
    return result


def next_id(letter: str, used: Iterable[str]) -> str:
    """Return the id with that letter whose number follows the largest one in use."""
    numbers = [int(name[1:]) for name in used if re.fullmatch(rf"{letter}[0-9]{{1,6}}", name)]
    return f"{letter}{max(numbers, default=0) + 1}"
