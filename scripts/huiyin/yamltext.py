"""YAML text to plain data, strictly: what registry files may contain, and where each value stands.

Registry files use a small part of YAML. Dates stay text, only true, false, null and decimal numbers are typed, and
whatever could mean two things (duplicate keys, aliases, tags, several documents, words behind # after a text) or hide
something (control and bidirectional characters) is a fault with a position. This module is pure: it gets bytes or text
and never opens a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

LARGEST = 1024 * 1024
"""Bytes that one registry file may have."""
DEEPEST = 20
"""Levels of lists and mappings that may stand in one another."""

NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
"""Plain scalars that are numbers; everything longer or with leading zeros is text."""
WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "": None, "~": None}
"""Plain scalars that are neither text nor numbers."""
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e007f]|\r(?!\n)|\x85"
)

Position = tuple[int, int, int]
"""Line and column, both from 1, and length in characters."""


class Mark(NamedTuple):
    """Where a value stands and, in a mapping, where its key stands."""

    value: Position
    key: Position | None = None


class Fault(NamedTuple):
    """Something that a registry file may not contain: which kind, where, and a detail to show."""

    kind: str
    line: int
    column: int
    length: int = 1
    detail: str = ""


@dataclass
class Document:
    """What a text held: its data (None when it could not be read), its faults, and its marks when asked for."""

    data: Any = None
    faults: list[Fault] = field(default_factory=list)
    marks: dict[tuple[str | int, ...], Mark] = field(default_factory=dict)


def decode(raw: bytes) -> tuple[str, list[Fault]]:
    """Return the text of `raw`, or as much of it as is sound, and the faults of its encoding."""
    if len(raw) > LARGEST:
        return "", [Fault("too-large", 1, 1, detail=f"{len(raw):,}")]
    faults = []
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
        faults.append(Fault("byte-order-mark", 1, 1))
    elif raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", [Fault("not-utf8", 1, 1, detail="UTF-16")]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        start = raw.rfind(b"\n", 0, error.start) + 1
        column = len(raw[start : error.start].decode("utf-8", "replace")) + 1
        return "", [*faults, Fault("not-utf8", line, column, detail=f"0x{raw[error.start]:02x}")]
    faults.extend(_hidden(text))
    return text, faults


def _hidden(text: str) -> Iterator[Fault]:
    line, counted = 1, 0
    for match in _HIDDEN.finditer(text):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        column = match.start() - text.rfind("\n", 0, match.start())
        yield Fault("hidden-character", line, column, detail=f"U+{ord(match[0]):04X}")


def read(text: str, *, with_marks: bool = False) -> Document:
    """Return the data, the faults and (with `with_marks`) the positions of one document.

    Never raises for what the text holds. Data are dicts, lists, text, bool, int, float and None.
    """
    document = Document()
    composer = _Composer(document, with_marks, text.split("\n") if " #" in text else [])
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            composer.take(event)
            if composer.stopped:
                document.data = None
                break
    except yaml.MarkedYAMLError as error:
        unclosed = "end of stream" in str(error.problem)  # what was never closed began at the context's mark
        mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        document.faults.append(Fault("syntax", line, column, detail=str(error.problem or error)))
        document.data = None
    except yaml.YAMLError as error:
        document.faults.append(Fault("syntax", 1, 1, detail=str(error).splitlines()[0]))
        document.data = None
    return document


@dataclass
class _Level:
    """One open list or mapping while reading."""

    container: dict[str, Any] | list[Any]
    path: tuple[str | int, ...]
    key: str | None = None
    key_position: Position | None = None
    seen: dict[str, int] = field(default_factory=dict)


class _Composer:
    """Builds data from the parser's events without recursion, so that no input can exhaust the stack."""

    def __init__(self, document: Document, with_marks: bool, lines: list[str]) -> None:
        self.document = document
        self.with_marks = with_marks
        self.lines = lines
        """The lines of the text, where any of them may have a comment behind a value."""
        self.levels: list[_Level] = []
        self.stopped = False
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        match event:
            case yaml.ScalarEvent():
                self._refuse_extras(event)
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._refuse_extras(event)
                self._open({} if isinstance(event, yaml.MappingStartEvent) else [], event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.levels.pop()
            case yaml.AliasEvent():
                self._fault("alias", event, detail=f"*{event.anchor}", length=len(event.anchor or "") + 1)
                if self._awaits_key():
                    self.stopped = True
                else:
                    self._put(None, event)
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self._fault("several-documents", event)
                    self.stopped = True

    def _awaits_key(self) -> bool:
        return bool(self.levels) and isinstance(self.levels[-1].container, dict) and self.levels[-1].key is None

    def _fault(self, kind: str, event: yaml.Event, detail: str = "", length: int = 1) -> None:
        line, column, _ = _position(event)
        self.document.faults.append(Fault(kind, line, column, length, detail))

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor:
            self._fault("alias", event, detail=f"&{event.anchor}", length=len(event.anchor) + 1)
        if event.tag:
            self._fault("tag", event, detail=event.tag)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if self._awaits_key():
            self._key(self.levels[-1], event)
            return
        if event.style == '"' and (hidden := _HIDDEN.search(event.value)):  # written as an escape
            self._fault("hidden-character", event, detail=f"U+{ord(hidden[0]):04X}")
        plain = event.style is None or event.style == ""
        if self.lines and plain and not event.value.isascii():
            self._refuse_comment(event)
        self._put(_typed(event.value) if plain else event.value, event)

    def _refuse_comment(self, event: yaml.ScalarEvent) -> None:
        """A text without quotes ends before # in "第 #3 号", and nobody would see it; two spaces mean a comment."""
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end and end.line < len(self.lines) else ""
        if rest.startswith(" #"):
            self._fault("comment-in-text", event, detail=rest.strip(), length=_position(event)[2])

    def _key(self, level: _Level, event: yaml.ScalarEvent) -> None:
        level.key = event.value
        level.key_position = _position(event)
        line = level.key_position[0]
        if event.value in level.seen:
            detail = f"{event.value}\t{level.seen[event.value]}"
            self._fault("duplicate-key", event, detail=detail, length=max(1, len(event.value)))
        else:
            level.seen[event.value] = line

    def _open(self, container: dict[str, Any] | list[Any], event: yaml.Event) -> None:
        if len(self.levels) >= DEEPEST:
            self._fault("too-deep", event)
            self.stopped = True
            return
        if self._awaits_key():
            self._fault("key-not-text", event)
            self.stopped = True
            return
        path = self._put(container, event)
        self.levels.append(_Level(container, path))

    def _put(self, value: Any, event: yaml.Event) -> tuple[str | int, ...]:
        key_position = None
        path: tuple[str | int, ...] = ()
        if not self.levels:
            self.document.data = value
        else:
            level = self.levels[-1]
            if isinstance(level.container, list):
                path = (*level.path, len(level.container))
                level.container.append(value)
            else:
                assert level.key is not None  # noqa: S101 (a parser gives a key before each value)
                path, key_position = (*level.path, level.key), level.key_position
                level.container[level.key] = value
                level.key = None
        if self.with_marks:
            self.document.marks[path] = Mark(_position(event), key_position)
        return path


def _typed(value: str) -> bool | int | float | str | None:
    if value in WORDS:
        return WORDS[value]
    if NUMBER.fullmatch(value):
        return float(value) if "." in value else int(value)
    return value


def _position(event: yaml.Event) -> Position:
    start, end = event.start_mark, event.end_mark
    assert start is not None and end is not None  # noqa: S101, PT018 (the parser marks every event)
    length = end.column - start.column if end.line == start.line else 1
    return (start.line + 1, start.column + 1, max(1, length))
