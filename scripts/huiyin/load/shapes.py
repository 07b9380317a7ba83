"""Judging data by the JSON Schemas, and saying what is wrong in a sentence an editor understands."""

from __future__ import annotations

import json
from collections.abc import Iterable
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
            for finding in findings_of(error, source, self.schemas[kind])
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
