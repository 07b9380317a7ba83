"""What the schemas do not allow, said in a sentence an editor understands: one maker of findings a keyword."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from huiyin.findings import Finding, Severity, Source, Text, did_you_mean, hinted, one_of, rule

_E = Severity.ERROR
REQUIRED = rule(
    "shape-missing",
    _E,
    """缺少栏目 / Missing key

    缺少必须填写的栏目。

    A key that must be there is missing.""",
)
UNKNOWN = rule(
    "shape-unknown-key",
    _E,
    """没有这个栏目 / Unknown key

    写了数据格式里没有的栏目，多半是拼写错误；不认识的栏目不会被忽略。

    A key that the schema does not have, mostly a spelling mistake. Unknown keys are never ignored.""",
)
TYPE = rule(
    "shape-type",
    _E,
    """类型不对 / Wrong type

    该写文字的地方写了数字，该写列表的地方写了文字，等等。

    A number where text belongs, text where a list belongs, and so on.""",
)
VALUE = rule(
    "shape-value",
    _E,
    """不在允许的取值之内 / Value not allowed

    这一栏只能从固定的几个值里选。

    This key takes one of a few fixed values.""",
)
PATTERN = rule(
    "shape-pattern",
    _E,
    """写法不符 / Wrong form

    编号、日期、网址等有固定写法。

    Ids, days and addresses are written in a fixed form.""",
)
DAY = rule(
    "shape-no-such-day",
    _E,
    """没有这一天 / No such day

    日期写法正确，但历法里没有这一天，例如 2026-02-30。

    The day is written well but does not exist, like 2026-02-30.""",
)
SIZE = rule(
    "shape-size",
    _E,
    """长度或大小不符 / Too short, too long, too many

    文字太短或太长，列表太少或太多，数字超出范围，或者列表里有重复。

    A text too short or too long, a list with too few or too many entries, a number out of range, or an entry twice.""",
)
CHOICE = rule(
    "shape-choice",
    _E,
    """几种写法只能选一种 / One of several forms

    几组栏目必须并且只能写其中一组，例如 on 和 undated。

    Exactly one of several groups of keys must be there, for example `on` or `undated`.""",
)

_TYPES = {
    "string": Text("文字", "text"),
    "integer": Text("整数", "a whole number"),
    "number": Text("数字", "a number"),
    "boolean": Text("true 或 false", "true or false"),
    "array": Text("列表", "a list"),
    "object": Text("一组栏目", "a mapping"),
    "null": Text("空值", "nothing"),
}
_SIZES = {
    "minLength": Text("至少 {0} 个字", "at least {0} characters"),
    "maxLength": Text("最多 {0} 个字", "at most {0} characters"),
    "minItems": Text("至少 {0} 项", "at least {0} entries"),
    "maxItems": Text("最多 {0} 项", "at most {0} entries"),
    "minimum": Text("不小于 {0}", "{0} or more"),
    "maximum": Text("不大于 {0}", "{0} or less"),
    "uniqueItems": Text("各不相同", "all different"),
}


def findings_of(error: Any, source: Source, root: Mapping[str, Any]) -> list[Finding]:
    """The findings for one error of jsonschema, whose attributes its types leave half open."""
    if error.validator == "required":
        return _missing(error, source, root)
    return _MAKERS.get(str(error.validator), _other)(error, source)


def _missing(error: Any, source: Source, root: Mapping[str, Any]) -> list[Finding]:
    key = next((k for k in error.validator_value if k not in error.instance and repr(k) in error.message), "?")
    about = _described(error.schema, key, root)
    title = about.get("title", "").split(" / ")
    named = Text(f"（{title[0]}）", f" ({title[-1]})") if title[0] else Text("", "")
    remedy = _written_by(about) or Text(f"补上 {key}", f"add {key}")
    found = Text(f"缺少 {key}{named.zh}", f"{key}{named.en} is missing")
    return [REQUIRED.finding(source.place(*error.absolute_path), found, remedy)]


def _unknown(error: Any, source: Source) -> list[Finding]:
    known = list(error.schema.get("properties", {}))
    findings = []
    for key in error.instance:
        if key in known:
            continue
        hint = did_you_mean(key, known)
        remedy = Text("改正栏目名，或者删去", "correct the key or remove it")
        findings.append(
            UNKNOWN.finding(
                source.place(*error.absolute_path, key, key=True),
                Text(f"没有“{key}”这个栏目", f'there is no key "{key}" here'),
                hinted(hint, remedy),
                one_of((k for k in known if k not in error.instance), most=30),
            )
        )
    return findings


def _type(error: Any, source: Source) -> list[Finding]:
    wanted = _TYPES[str(error.validator_value)]
    remedy = Text(f"改写为{wanted.zh}", f"write {wanted.en}")
    place = source.place(*error.absolute_path)
    if error.validator_value == "string" and isinstance(error.instance, (int, float, bool)):
        written = place.excerpt[place.column - 1 : place.column - 1 + place.length]  # 18.40 is not 18.4
        remedy = Text(f'给它加上引号："{written}"', f'quote it: "{written}"')
    return [
        TYPE.finding(
            place,
            Text(f"这里写的是{_kind(error.instance).zh}", f"this is {_kind(error.instance).en}"),
            remedy,
            Text(f"这里要写{wanted.zh}", f"{wanted.en} belongs here"),
        )
    ]


def _value(error: Any, source: Source) -> list[Finding]:
    known = [error.validator_value] if error.validator == "const" else list(error.validator_value)
    known = [str(value) for value in known]
    hint = did_you_mean(_shown(error.instance), known)
    remedy = Text("从允许的值里选一个", "choose one of them")
    at_key = bool(error.absolute_schema_path) and "propertyNames" in error.absolute_schema_path
    place = (
        source.place(*error.absolute_path, str(error.instance), key=True)
        if at_key
        else source.place(*error.absolute_path)
    )
    return [
        VALUE.finding(
            place,
            Text(
                f"“{_shown(error.instance)}”不在允许的取值之内",
                f'"{_shown(error.instance)}" is not allowed here',
            ),
            hinted(hint, remedy),
            one_of(known, most=50),
        )
    ]


def _pattern(error: Any, source: Source) -> list[Finding]:
    description = str(error.schema.get("description", "")).split(" / ")
    zh = description[0] or f"写法：{error.validator_value}"
    en = description[1] if len(description) > 1 else f"form: {error.validator_value}"
    return [
        PATTERN.finding(
            source.place(*error.absolute_path),
            Text(f"“{_shown(error.instance)}”的写法不对", f'"{_shown(error.instance)}" is not written well'),
            _written_by(error.schema) or Text("按规定的写法改", "write it in that form"),
            Text(zh, en),
        )
    ]


def _day(error: Any, source: Source) -> list[Finding]:
    return [
        DAY.finding(
            source.place(*error.absolute_path),
            Text(f"没有 {_shown(error.instance)} 这一天", f"there is no day {_shown(error.instance)}"),
            Text("核对日期", "look the day up"),
        )
    ]


def _size(error: Any, source: Source) -> list[Finding]:
    words = _SIZES[str(error.validator)]
    limit = f"{error.validator_value}"
    size = len(error.instance) if isinstance(error.instance, (str, list, dict)) else error.instance
    found = Text(f"这里是 {size}", f"here it is {size}")
    if error.validator == "uniqueItems":
        counts = Counter(json.dumps(value, sort_keys=True) for value in error.instance)
        twice = _shown(json.loads(counts.most_common(1)[0][0]))
        found = Text(f"“{twice}”写了两次", f'"{twice}" stands twice')
    return [
        SIZE.finding(
            source.place(*error.absolute_path),
            found,
            Text("改到允许的范围之内", "bring it into range"),
            Text(words.zh.format(limit), words.en.format(limit)),
        )
    ]


def _choice(error: Any, source: Source) -> list[Finding]:
    branches = [branch.get("required", []) for branch in error.validator_value]
    groups = [" + ".join(keys) for keys in branches]
    there = [" + ".join(keys) for keys in branches if all(key in error.instance for key in keys)]
    found = (
        Text(f"同时写了：{'；'.join(there)}", f"these stand side by side: {'; '.join(there)}")
        if there
        else Text("一组也没有写", "none of them is there")
    )
    return [
        CHOICE.finding(
            source.place(*error.absolute_path),
            found,
            Text("只留一组", "keep exactly one") if there else Text("写上其中一组", "write one of them"),
            Text(f"以下几组选一组：{'；'.join(groups)}", f"exactly one of: {'; '.join(groups)}"),
        )
    ]


def _other(error: Any, source: Source) -> list[Finding]:
    return [
        VALUE.finding(
            source.place(*error.absolute_path),
            Text(f"不符合 {error.validator} 的要求", f"does not meet {error.validator}"),
            Text("对照数据格式修改", "compare it with the schema"),
        )
    ]


_MAKERS: dict[str, Callable[[Any, Source], list[Finding]]] = {
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _value,
    "const": _value,
    "pattern": _pattern,
    "format": _day,
    "oneOf": _choice,
    **dict.fromkeys(_SIZES, _size),
}


def _written_by(schema: Mapping[str, Any]) -> Text | None:
    """What to do about a key that a command writes and people do not."""
    writer = schema.get("x-written-by")
    return Text(f"运行 {writer}，由它写上", f"run {writer}, which writes it") if writer else None


def _described(schema: Any, key: str, root: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a schema says of a key: its own words before those of the definition that it refers to."""
    node = schema.get("properties", {}).get(key, {}) if isinstance(schema, dict) else {}
    said: dict[str, Any] = {}
    while node:
        said = {**node, **said}
        name = node.get("$ref", "").rsplit("/", 1)[-1]
        node = root.get("$defs", {}).get(name, {}) if name else {}
    return said


def _kind(value: Any) -> Text:
    """What a value is, in words; true and false before whole numbers, which they are too in Python."""
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return _TYPES[next((name for kind, name in kinds.items() if isinstance(value, kind)), "null")]


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= 60 else f"{text[:60]}…"
