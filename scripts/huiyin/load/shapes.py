"""Judging data by the JSON Schemas, and saying what is wrong in a sentence an editor understands."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs

from huiyin.findings import Finding, Severity, Source, Text, did_you_mean, one_of, rule

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


class Shapes:
    """The schemas of a folder, each ready in two forms: a fast one that says yes or no, and one that explains."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.schemas: dict[str, dict[str, Any]] = {}
        self._fast: dict[str, jsonschema_rs.Draft202012Validator] = {}
        for path in sorted(folder.glob("*.schema.json")):
            name = path.name.removesuffix(".schema.json")
            self.schemas[name] = json.loads(path.read_text(encoding="utf-8"))
            self._fast[name] = jsonschema_rs.Draft202012Validator(self.schemas[name], validate_formats=True)

    def path(self, kind: str) -> Path:
        """Return the file of the schema of `kind`."""
        return self.folder / f"{kind}.schema.json"

    def findings(self, kind: str, data: Any, source: Source) -> list[Finding]:
        """Return everything in `data` that the schema of `kind` does not allow."""
        if self._fast[kind].is_valid(data):
            return []
        validator = jsonschema.Draft202012Validator(
            self.schemas[kind], format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
        )
        errors = list(_leaves(validator.iter_errors(data)))
        malformed = {tuple(error.absolute_path) for error in errors if error.validator in ("pattern", "type")}
        return [
            finding
            for error in errors
            if not (error.validator == "format" and tuple(error.absolute_path) in malformed)
            for finding in _finding(error, source)
        ]

    def words(self, kind: str, *path: str) -> dict[str, Text]:
        """Return the Chinese and English words of the enum at `path` in the schema of `kind` (its `x-words`)."""
        node: Any = self.schemas[kind]
        for step in path:
            node = node[step]
        return {value: Text(words["zh"], words["en"]) for value, words in node["x-words"].items()}


def _leaves(errors: Iterable[jsonschema.ValidationError]) -> Iterable[jsonschema.ValidationError]:
    """The errors that say something: those inside allOf, if/then and $ref, and oneOf itself."""
    for error in errors:
        if error.context and error.validator not in ("oneOf", "anyOf"):
            yield from _leaves(error.context)
        else:
            yield error


def _finding(error: Any, source: Source) -> list[Finding]:
    """The findings for one error of jsonschema, whose attributes its types leave half open."""
    return _MAKERS.get(str(error.validator), _other)(error, source)


def _missing(error: Any, source: Source) -> list[Finding]:
    key = next((k for k in error.validator_value if k not in error.instance and repr(k) in error.message), "?")
    title = _title(error.schema, key)
    return [
        REQUIRED.finding(
            source.place(*error.absolute_path),
            Text(f"缺少 {key}（{title.zh}）", f"{key} ({title.en}) is missing"),
            Text(f"补上 {key}", f"add {key}"),
        )
    ]


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
                Text(f"{hint.zh}{remedy.zh}", f"{hint.en} {remedy.en}") if hint else remedy,
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
            Text(f"{hint.zh}{remedy.zh}", f"{hint.en} {remedy.en}") if hint else remedy,
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
            Text("按规定的写法改", "write it in that form"),
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
    groups = [" + ".join(branch.get("required", [])) for branch in error.validator_value]
    return [
        CHOICE.finding(
            source.place(*error.absolute_path),
            Text("一组也没有写，或者写了不止一组", "none of them is there, or more than one"),
            Text("只留一组", "keep exactly one"),
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
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _value,
    "const": _value,
    "pattern": _pattern,
    "format": _day,
    "oneOf": _choice,
    **dict.fromkeys(_SIZES, _size),
}


def _title(schema: Any, key: str) -> Text:
    """The title of a key; one that is given by reference has it at the reference's own place."""
    node = schema.get("properties", {}).get(key, {}) if isinstance(schema, dict) else {}
    parts = str(node.get("title", key)).split(" / ")
    return Text(parts[0], parts[-1])


def _kind(value: Any) -> Text:
    for kind, name in (
        (bool, "boolean"),
        (int, "integer"),
        (float, "number"),
        (str, "string"),
        (list, "array"),
        (dict, "object"),
    ):
        if isinstance(value, kind):
            return Text("true 或 false", "true or false") if name == "boolean" else _TYPES[name]
    return Text("空", "nothing")


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = re.sub(r"\s+", " ", text)
    return text if len(text) <= 60 else f"{text[:60]}…"
