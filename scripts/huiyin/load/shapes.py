"""Judging data by the JSON Schemas, and saying what is wrong in a sentence an editor understands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs

from huiyin.findings import Finding, Source, Text
from huiyin.load.shape_words import findings_of


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

    def allows(self, kind: str, data: Any) -> bool:
        """Return whether the schema of `kind`, where there is one, allows `data`."""
        return kind in self._fast and self._fast[kind].is_valid(data)

    def findings(self, kind: str, data: Any, source: Source) -> list[Finding]:
        """Return everything in `data` that the schema of `kind` does not allow."""
        if self.allows(kind, data):
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
            for finding in findings_of(error, source, self.schemas[kind])
        ]

    def lacking(self, kind: str, node: Mapping[str, Any], data: Mapping[str, Any]) -> list[tuple[str, ...]]:
        """Return what `data` still needs to be a `node` of the schema of `kind`, in the order of its keys.

        Each entry is one key, or the keys of which one is enough; a condition counts once it holds.
        """
        root = {**node, "$defs": self.schemas[kind].get("$defs", {})}
        found = []
        for error in _leaves(jsonschema.Draft202012Validator(root).iter_errors(data)):
            if error.absolute_path:
                continue
            wanted: Any = error.validator_value
            if error.validator == "required":
                found.append(tuple(key for key in wanted if repr(key) in error.message))
            elif error.validator == "oneOf":
                groups = [tuple(group["required"]) for group in wanted]
                if not any(key in data for group in groups for key in group):
                    found.append(tuple(group[0] for group in groups))
                else:
                    found.extend((key,) for group in groups if set(group) & set(data) for key in group)
        order = list(_keys(node, self.schemas[kind]))
        return sorted(
            {keys for keys in found if not set(keys) <= set(data)},
            key=lambda keys: (order.index(keys[0]) if keys[0] in order else len(order), keys),
        )

    def words(self, kind: str, *path: str) -> dict[str, Text]:
        """Return the Chinese and English words of the enum at `path` in the schema of `kind` (its `x-words`).

        An audit reads each step by the schemas of its base, and an older one may not have that enum yet: no words.
        """
        node: Any = self.schemas.get(kind, {})
        for step in path:
            node = node.get(step, {})
        return {value: Text(words["zh"], words["en"]) for value, words in node.get("x-words", {}).items()}


def _keys(node: Mapping[str, Any], root: Mapping[str, Any]) -> Iterable[str]:
    while "$ref" in node:
        node = root["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    return list(node.get("properties", {}))


def _leaves(errors: Iterable[jsonschema.ValidationError]) -> Iterable[jsonschema.ValidationError]:
    """The errors that say something: those inside allOf, if/then and $ref, and oneOf itself."""
    for error in errors:
        if error.context and error.validator not in ("oneOf", "anyOf"):
            yield from _leaves(error.context)
        else:
            yield error
