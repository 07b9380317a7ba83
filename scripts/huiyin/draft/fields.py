"""What a part of a schema asks for, as a tree of fields: keys, words, choices and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from huiyin.findings import Text


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    LIST = "list"
    RECORD = "record"


@dataclass(frozen=True)
class Field:
    """One field of a file (栏目). `holds` names the definition it follows, such as `agency_id` or `day`."""

    key: str
    kind: Kind
    title: Text
    help: Text | None = None
    holds: str = ""
    required: bool = False
    choices: Mapping[str, Text] = field(default_factory=dict)
    longest: int | None = None
    parts: tuple[Field, ...] = ()
    """The fields of a record; for a list the one that each of its items is."""
    either: frozenset[str] = frozenset()
    """The keys of a record of which only some can stand together."""

    @property
    def item(self) -> Field:
        """What each item of a list is."""
        return self.parts[0]

    @property
    def first(self) -> Field:
        """The field of a record that stands for it when only one text is given: the first required one, not its id."""
        named = [part for part in self.parts if part.key != "id"]
        return next((part for part in named if part.required), named[0])

    def part(self, key: str) -> Field:
        """Return the field of that key; raises KeyError when there is none."""
        for part in self.parts:
            if part.key == key:
                return part
        raise KeyError(key)


def record(schema: Mapping[str, Any], definition: str | None = None) -> Field:
    """Return the fields of a definition of the schema, of the whole file for None."""
    node = schema if definition is None else schema["$defs"][definition]
    return _field(schema, definition or "", node, required=True)


def _field(schema: Mapping[str, Any], key: str, node: Mapping[str, Any], *, required: bool) -> Field:
    holds = ""
    while "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        holds = name
        node = {**schema["$defs"][name], **{k: v for k, v in node.items() if k != "$ref"}}
    title = _bilingual(node["title"]) or Text(key, key)
    kind = Kind.TEXT
    parts: tuple[Field, ...] = ()
    if node.get("type") == "object":
        kind = Kind.RECORD
        needed = set(node.get("required", ()))
        parts = tuple(_field(schema, k, v, required=k in needed) for k, v in node["properties"].items())
    elif node.get("type") == "array":
        kind = Kind.LIST
        parts = (_field(schema, key, node["items"], required=True),)
    elif node.get("type") == "integer":
        kind = Kind.NUMBER
    elif "enum" in node:
        kind = Kind.CHOICE
    words = node.get("x-words", {})
    return Field(
        key,
        kind,
        title,
        _bilingual(node.get("description", "")),
        holds,
        required,
        {code: Text(words[code]["zh"], words[code]["en"]) if words else Text(code, code) for code in node["enum"]}
        if kind is Kind.CHOICE
        else {},
        node.get("maxLength"),
        parts,
        frozenset(
            key
            for one in (node, *node.get("allOf", ()))
            for group in one.get("oneOf", ())
            for key in group.get("required", ())
        ),
    )


def _bilingual(words: str) -> Text | None:
    zh, bar, en = words.partition(" / ")
    return Text(zh, en) if bar else None
