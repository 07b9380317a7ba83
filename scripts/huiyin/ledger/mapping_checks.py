"""What a mapping's schema cannot see: names and keys that must agree with one another or with our own tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from huiyin.findings import Finding, Path, Source, Text, did_you_mean, hinted, one_of
from huiyin.ledger.mapping import Form, Raw, Template
from huiyin.load import Law
from huiyin.load.shape_words import CHOICE, PATTERN, REQUIRED, VALUE

FOR_TYPES = {
    "encoding": ("csv", "jsonl"),
    "delimiter": ("csv",),
    "unfold": ("jsonl",),
    "header": ("csv", "xlsx"),
    "header_rows": ("csv", "xlsx"),
    "stop": ("csv", "xlsx"),
    "sheets": ("xlsx",),
}
"""Keys of a mapping's format that make sense for some types of file only."""
_PART = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Mark:
    """A text whose definition in the schema says what it is: a column or a template."""

    kind: str
    at: Path
    text: str
    key: bool = False


def marked(raw: Raw, law: Law) -> Iterator[Mark]:
    """Yield every text of a mapping that is a column or a template, as the schema defines it."""
    root = law.shapes.schemas["mapping"]
    waiting: list[tuple[Any, Any, Path]] = [(raw, root, ())]
    while waiting:
        data, schema, at = waiting.pop()
        name = str(schema.get("$ref", "")).rsplit("/", 1)[-1]
        if name in ("column", "template"):
            yield Mark(name, at, data)
        elif name:
            waiting.append((data, root["$defs"][name], at))
        elif isinstance(data, list):
            waiting.extend((item, schema.get("items", {}), (*at, n)) for n, item in enumerate(data))
        elif isinstance(data, dict):
            keyed = schema.get("propertyNames", {}).get("$ref", "").endswith("/column")
            other = schema.get("additionalProperties")
            for key, value in data.items():
                if keyed:
                    yield Mark("column", (*at, key), key, key=True)
                inner = schema.get("properties", {}).get(key, other)
                waiting.append((value, inner if isinstance(inner, dict) else {}, (*at, key)))


def session_forms(session: Raw) -> tuple[Form, ...]:
    """Return the ways in which the session's cell may be written, in the order in which they are tried."""
    written = session.get("form", ())
    return tuple(Form(text) for text in ([written] if isinstance(written, str) else written))


def session_templates(raw: Raw) -> Iterator[tuple[Path, Template]]:
    """Yield the templates of the session, whose holes may also be parts of its cell."""
    session = raw["session"]
    if "id" in session:
        yield ("session", "id"), Template(session["id"])
    for lang, text in session["title"].items():
        yield ("session", "title", lang), Template(text)


def misfits(raw: Raw, law: Law, source: Source) -> Iterator[Finding]:
    """Yield a finding for everything that does not fit together."""
    bodies = [row["id"] for row in raw["registry"]["bodies"]]
    for n, name in enumerate(bodies):
        if name in bodies[:n]:
            yield VALUE.finding(
                source.place("registry", "bodies", n, "id"),
                Text(f"机构代号 {name} 写了两次", f"the body {name} stands twice"),
                Text("换一个代号", "take another code"),
            )
    for at, name in _codes(raw["body"], ("body",)):
        if name not in bodies:
            yield _unlike(source, at, name, Text("机构", "body"), bodies)
    for name in raw.get("agencies", {}):
        if name not in bodies:
            yield _unlike(source, ("agencies", name), name, Text("机构", "body"), bodies, key=True)
    for at, name in _codes(raw["fields"]["category"], ("fields", "category")):
        if name not in law.categories:
            yield _unlike(source, at, name, Text("类别", "category"), law.categories)
    yield from _settings(raw, law, source)
    try:
        ZoneInfo(raw["registry"]["timezone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        name = raw["registry"]["timezone"]
        yield VALUE.finding(
            source.place("registry", "timezone"),
            Text(f"没有时区 {name}", f"there is no time zone {name}"),
            Text("写 Asia/Shanghai 这样的时区名", "write a name like Asia/Shanghai"),
        )
    yield from _twice_named(raw, source)
    yield from _templates(raw, law, source)
    yield from _dependent(raw, source)


def _codes(choice: Raw, path: Path) -> Iterator[tuple[Path, str]]:
    for key in ("always", "default"):
        if key in choice:
            yield (*path, key), choice[key]
    for cell, name in choice.get("values", {}).items():
        yield (*path, "values", cell), name


def _twice_named(raw: Raw, source: Source) -> Iterator[Finding]:
    for body, table in raw.get("agencies", {}).items():
        names: dict[str, str] = {}
        for name, others in table.items():
            for written in (name, *others):
                if names.setdefault(written, name) != name:
                    yield CHOICE.finding(
                        source.place("agencies", body, name, key=True),
                        Text(
                            f"“{written}”既算 {names[written]} 又算 {name}",
                            f'"{written}" stands for {names[written]} and for {name}',
                        ),
                        Text("只留一处", "keep one of them"),
                    )


def _templates(raw: Raw, law: Law, source: Source) -> Iterator[Finding]:
    for n, form in enumerate(session_forms(raw["session"])):
        names = form.names
        sound = Template(form.text).sound and len(set(names)) == len(names)
        if not sound or not all(_PART.fullmatch(name) for name in names):
            at: Path = ("session", "form") if isinstance(raw["session"]["form"], str) else ("session", "form", n)
            yield PATTERN.finding(
                source.place(*at),
                Text("花括号没有成对，或者部分的名字不对", "a brace has no partner, or a part is misnamed"),
                Text("写成 第{term}屆 第{number}次 {meeting} 这样", "write it like {term} {number} {meeting}"),
                Text("名字用小写英文字母，各不相同", "names in lower-case letters, each once"),
            )
    texts = [(mark.at, Template(mark.text)) for mark in marked(raw, law) if mark.kind == "template"]
    texts.extend(session_templates(raw))
    for at, template in texts:
        if not template.sound:
            yield PATTERN.finding(
                source.place(*at),
                Text(f"“{template.text}”的花括号没有成对", f'a brace of "{template.text}" has no partner'),
                Text("栏名写在一对花括号里", "put the name of a column between braces"),
                Text("例如 {category}第{bill_no}號", "for example {category}-{bill_no}"),
            )


def _settings(raw: Raw, law: Law, source: Source) -> Iterator[Finding]:
    """What `steps` set must be keys of their type of event, all that it needs, and coded values ones of it."""
    definitions = law.shapes.schemas["proposal"]["$defs"]
    for n, step in enumerate(raw.get("steps", ())):
        event = definitions[f"event_{step['type']}"]
        parts = {key: _resolved(part, definitions) for key, part in event["properties"].items() if key not in _OURS}
        free = {key: part for key, part in parts.items() if part.get("type") != "array"}
        for key, setting in step.get("set", {}).items():
            at: Path = ("steps", n, "set", key)
            if key not in free:
                yield _unlike(source, at, key, Text("内容", "key"), free, key=True)
                continue
            for where, code in _codes(setting, at):
                if "enum" in free[key] and code not in free[key]["enum"]:
                    yield _unlike(source, where, code, Text("代号", "code"), free[key]["enum"])
        for key in event["required"]:
            if key in free and key not in step.get("set", {}):
                zh, _, en = free[key]["title"].partition(" / ")
                yield REQUIRED.finding(
                    source.place("steps", n, "type"),
                    Text(f"{step['type']} 缺少 {key}（{zh}）", f"{step['type']} lacks {key} ({en})"),
                    Text(f"在 set 中写 {key}", f"say {key} in set"),
                )


def _resolved(part: Raw, definitions: Raw) -> Raw:
    """A part of the schema with what it refers to; its own title stands before that one's."""
    if "$ref" not in part:
        return part
    return {**_resolved(definitions[part["$ref"].rsplit("/", 1)[-1]], definitions), **part}


_OURS = ("id", "type", "on", "undated", "by", "recorded_by", "channel", "document", "late_entry", "ground")
"""Keys of an event that a mapping gives in other places."""


def _dependent(raw: Raw, source: Source) -> Iterator[Finding]:
    """Keys that make sense only beside others."""
    layout, session, events = raw["format"], raw["session"], raw["events"]
    wrong: list[tuple[Path, Text, Text]] = []
    for key, kinds in FOR_TYPES.items():
        # Without a type the file decides, and what is not for it is not asked.
        if key in layout and layout.get("type", kinds[0]) not in kinds:
            found = Text(f"{key} 只用于 {'、'.join(kinds)}", f"{key} is for {' and '.join(kinds)} only")
            wrong.append((("format", key), found, Text("删去", "remove it")))
    if "form" in session and "column" not in session:
        found = Text("form 不知道是哪一栏的写法", "form belongs to no column")
        wrong.append((("session", "form"), found, Text("补上 column", "add column")))
    if "otherwise" in session and "column" not in session:
        found = Text("otherwise 只在写了 column 时有用", "otherwise is for a session with a column")
        wrong.append((("session", "otherwise"), found, Text("补上 column", "add column")))
    if "replied" in events and "assigned" not in events:
        found = Text("没有 assigned，就不知道是谁答复", "without assigned nobody knows who replies")
        wrong.append((("events", "replied"), found, Text("补上 assigned", "add assigned")))
    for place, event in [
        *((("events", kind), event) for kind, event in events.items()),
        *((("steps", n), event) for n, event in enumerate(raw.get("steps", ()))),
    ]:
        day = event["day"]
        if day.get("letter") and "letter_in" not in event.get("document", {}):
            found = Text("没有 document.letter_in，就没有函的日期", "without document.letter_in there is no letter")
            wrong.append(((*place, "day", "letter"), found, Text("补上 document", "add document")))
        if ("month_day" in day.get("form", ())) != ("year" in day):
            found = Text("month_day 和 year 要一起写", "month_day and year belong together")
            key = "year" if "year" in day else "form"
            wrong.append(((*place, "day", key), found, Text("补上另一个，或都删去", "add the other, or remove both")))
        if event.get("by") == "agency" and "agency" not in event:
            found = Text("by 是 agency，没有写是哪一栏的单位", "by is agency, but no column names it")
            wrong.append(((*place, "by"), found, Text("补上 agency", "add agency")))
    for at, found, remedy in wrong:
        yield CHOICE.finding(source.place(*at, key=True), found, remedy)


def _unlike(source: Source, at: Path, name: str, what: Text, known: Iterable[str], *, key: bool = False) -> Finding:
    known = list(dict.fromkeys(known))
    hint = did_you_mean(name, known)
    remedy = Text("改正代号", "correct the code")
    return VALUE.finding(
        source.place(*at, key=key),
        Text(f"没有{what.zh} {name}", f"there is no {what.en} {name}"),
        hinted(hint, remedy),
        one_of(known, most=30),
    )
