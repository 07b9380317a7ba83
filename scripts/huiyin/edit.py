"""Writing registry files: the canonical form, for files that exist and for new ones. Pure text in, text out.

Existing files keep their comments, quotes and line breaks (ruamel.yaml round trip); only what is out of form changes,
and doing it twice changes nothing. New files are dumped in the same form.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.tag import Tag

from huiyin.yamltext import NUMBER, WORDS

WIDTH = 1 << 22
"""Columns before a writer would fold a line: more than a file can have, so texts stay on theirs."""

_SCHEMA_LINE = re.compile(r"\A# yaml-language-server: .*(?:\r?\n|\Z)")


_PLAIN = re.compile(
    r"[0-9A-Za-z《（“\u4e00-\u9fff](?:[^\s:#\"'\\{}\[\],&*!|>%@`\x00-\x1f\x7f-\x9f]| (?=[^\s#])|:(?=[^\s])|,)*"
)
"""Texts that need no quotes: they begin with a letter, digit or Chinese character and hold nothing that YAML reads."""
_BLOCK = re.compile(
    r"(?=[^\n]*\n)(?:[0-9A-Za-z《（“\u4e00-\u9fff][^\s]*(?: [^\s]+)*)(?:\n(?:[^\s]+(?: [^\s]+)*)?)*[^\s]\n?"
)
"""Texts of several lines that a literal block holds as they are: no blank at the ends of lines, no blank line last."""


class _TextResolver(VersionedResolver):
    """Takes every plain scalar but null for text, so that numbers and days are written back exactly as they stood."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """Return the tag of a node; ruamel calls it for each, with the text of a scalar."""
        if kind is not ScalarNode:
            return super().resolve(kind, value, implicit)
        empty = implicit[0] and value in WORDS and WORDS[value] is None
        return Tag(suffix=f"tag:yaml.org,2002:{'null' if empty else 'str'}")


def _round_trip() -> YAML:
    writer = YAML()
    writer.Resolver = _TextResolver
    writer.preserve_quotes = True
    writer.width = WIDTH
    writer.indent(mapping=2, sequence=4, offset=2)
    return writer


def compose(data: Mapping[str, Any], first_line: str, *comments: str) -> str:
    """Return the text of a new file in canonical form: its schema line, comments, and the data in their order.

    `data` holds mappings, lists, text, numbers, bool and None; what `yamltext` reads back is equal to it.
    """
    return "\n".join([first_line, *comments, *_mapping(data, "")]) + "\n"


def _mapping(data: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in data.items():
        yield from _entry(f"{indent}{key}:", value, indent)


def _entry(head: str, value: Any, indent: str) -> Iterator[str]:
    """The lines of one value behind its key or dash; nested ones stand two columns further in."""
    if isinstance(value, Mapping) and value:
        yield head
        yield from _mapping(value, f"{indent}  ")
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        yield head
        for item in value:
            yield from _item(item, f"{indent}  ")
    elif isinstance(value, str) and _BLOCK.fullmatch(value):
        yield f"{head} |{'' if value.endswith(chr(10)) else '-'}"
        for line in value.removesuffix("\n").split("\n"):
            yield f"{indent}  {line}" if line else ""
    else:
        yield f"{head} {_scalar(value)}"


def _item(item: Any, indent: str) -> Iterator[str]:
    if isinstance(item, Mapping) and item:
        lines = list(_mapping(item, f"{indent}  "))
        yield f"{indent}- {lines[0].lstrip(' ')}"
        yield from lines[1:]
    else:
        yield from _entry(f"{indent}-", item, indent)


def _scalar(value: Any) -> str:
    """A scalar as our reader takes it: plain where that is beyond doubt, else in double quotes as JSON has them."""
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and not NUMBER.fullmatch(value) and value not in WORDS
        return value if plain else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)


def format_text(text: str, schema: Mapping[str, Any], first_line: str, status: str | None = None) -> str:
    """Return `text` in canonical form: schema line, keys in the schema's order, events by day, `status`.

    `text` must be YAML that `yamltext` reads without faults and that its schema allows (but for a missing status).
    """
    body = _SCHEMA_LINE.sub("", text.replace("\r\n", "\n"), count=1)
    writer = _round_trip()
    data = writer.load(body)
    if status is not None and data.get("status") != status:
        data["status"] = status
    _order(data, schema, schema)
    if isinstance(data.get("events"), CommentedSeq):
        _sort_events(data["events"])
    stream = io.StringIO()
    writer.dump(data, stream)
    return f"{first_line}\n{stream.getvalue()}"


def _order(node: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> None:
    """Put the keys of every mapping into the order of its schema."""
    schema = _resolve(schema, root)
    if isinstance(node, CommentedSeq):
        for item in node:
            _order(item, schema.get("items", {}), root)
    if not isinstance(node, CommentedMap):
        return
    if "allOf" in schema and "type" in node:  # an event: its own definition has all of its keys
        schema = root["$defs"].get(f"event_{node['type']}", schema)
    known = list(schema.get("properties", {}))
    wanted = sorted(node, key=lambda key: known.index(key) if key in known else len(known))
    if wanted != list(node):
        for key in wanted:
            node.move_to_end(key)
    for key, value in node.items():
        _order(value, schema.get("properties", {}).get(key, {}), root)


def _resolve(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    return schema


def by_day(events: Sequence[Any]) -> list[Any]:
    """Return raw events in fold order: stably by day, one without a day behind the one that it follows."""
    keyed, latest = [], ""
    for event in events:
        latest = event.get("on", latest)
        keyed.append((latest, event))
    return [event for _, event in sorted(keyed, key=lambda pair: pair[0])]


def _sort_events(events: CommentedSeq) -> None:
    ordered = by_day(events)
    if [id(event) for event in ordered] != [id(event) for event in events]:
        for index, event in enumerate(ordered):
            events[index] = event
