"""The places of a JSON Schema: what its properties, enums, constants, patterns and demands are, and which of them
some data meet or break. Places are JSON pointers into the schema with references resolved, so that a definition that
is used in ten places is one place, and a property of it likewise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema

Node = Mapping[str, Any]
DEMANDS = ("required", "additionalProperties", "oneOf")
"""Keywords beside enum, const and pattern for which a broken example must exist."""


@dataclass(frozen=True, order=True)
class Place:
    """Something that a schema says: of which kind, where, and for an enum which of its values."""

    kind: str
    pointer: str
    value: str = ""


def all_places(schema: Node) -> set[Place]:
    """Everything that the schema says anywhere, conditions (`if`) left aside: they ask for nothing."""
    return set(_walk(schema, ""))


def _walk(node: Any, pointer: str) -> Iterator[Place]:
    if not isinstance(node, Mapping):
        return
    yield from _own(node, pointer)
    for group in ("properties", "$defs"):
        for key, child in node.get(group, {}).items():
            if group == "properties":
                yield Place("property", f"{pointer}/properties/{key}")
            yield from _walk(child, f"{pointer}/{group}/{key}")
    for key in ("items", "additionalProperties", "propertyNames", "then"):
        yield from _walk(node.get(key), f"{pointer}/{key}")
    for n, child in enumerate(node.get("allOf", ())):
        yield from _walk(child, f"{pointer}/allOf/{n}")


def _own(node: Node, pointer: str) -> Iterator[Place]:
    for value in node.get("enum", ()):
        yield Place("enum", pointer, json.dumps(value, ensure_ascii=False))
    for key in ("const", "pattern"):
        if key in node:
            yield Place(key, pointer)
    for key in DEMANDS:
        if key in node and not isinstance(node[key], Mapping):
            yield Place(key, pointer)


def met(schema: Node, data: Any) -> set[Place]:
    """The properties that occur in `data`, which the schema allows, and the enum values, constants and patterns."""
    return set(_met(schema, schema, "", data))


def _met(root: Node, node: Node, pointer: str, data: Any) -> Iterator[Place]:
    for place in _own(node, pointer):
        if place.kind == "pattern" or (place.kind == "const" and data == node["const"]):
            yield place
        if place.kind == "enum" and json.dumps(data, ensure_ascii=False) == place.value:
            yield place
    if "$ref" in node:
        yield from _met(root, *_referred(root, node), data)
    for n, child in enumerate(node.get("allOf", ())):
        yield from _met(root, child, f"{pointer}/allOf/{n}", data)
    if "if" in node and jsonschema.Draft202012Validator(node["if"]).is_valid(data):
        yield from _met(root, node["then"], f"{pointer}/then", data)
    if isinstance(data, dict):
        yield from _met_keys(root, node, pointer, data)
    if isinstance(data, list) and "items" in node:
        for item in data:
            yield from _met(root, node["items"], f"{pointer}/items", item)


def _met_keys(root: Node, node: Node, pointer: str, data: dict[str, Any]) -> Iterator[Place]:
    properties = node.get("properties", {})
    for key, value in data.items():
        if key in properties:
            yield Place("property", f"{pointer}/properties/{key}")
            yield from _met(root, properties[key], f"{pointer}/properties/{key}", value)
        elif isinstance(node.get("additionalProperties"), Mapping):
            yield from _met(root, node["additionalProperties"], f"{pointer}/additionalProperties", value)
        if "propertyNames" in node:
            yield from _met(root, node["propertyNames"], f"{pointer}/propertyNames", key)


def broken(schema: Node, data: Any) -> set[Place]:
    """What `data` break: keywords, and the properties at which an error's path ends."""
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    return {place for error in validator.iter_errors(data) for place in _broken(schema, error)}


def _broken(schema: Node, error: jsonschema.ValidationError) -> Iterator[Place]:
    pointer, node, last_property = "", schema, ""
    inside_properties = False
    steps = list(error.absolute_schema_path)
    for step in steps:
        while not inside_properties and isinstance(node, Mapping) and step not in node and "$ref" in node:
            node, pointer = _referred(schema, node)
        node, parent, pointer = node[step], pointer, f"{pointer}/{step}"
        if inside_properties:
            last_property, inside_properties = pointer, False
        else:
            inside_properties = step == "properties"
    keyword = str(error.validator)
    if keyword == "enum":
        yield from (Place("enum", parent, json.dumps(value, ensure_ascii=False)) for value in error.validator_value)
    elif keyword in ("const", "pattern", *DEMANDS):
        yield Place(keyword, parent)
    if error.absolute_path and last_property.rsplit("/", 1)[-1] == error.absolute_path[-1]:
        yield Place("property", last_property)


def _referred(root: Node, node: Node) -> tuple[Node, str]:
    pointer = str(node["$ref"]).removeprefix("#")
    found: Any = root
    for step in pointer.strip("/").split("/"):
        found = found[step]
    return found, pointer
