"""What a check says: rules, findings, and the place that a finding points at.

A finding (检查结果) is a value. How it looks is a reporter's business (see `report`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from huiyin import yamltext
from huiyin.digests import digest

Path = tuple[str | int, ...]
"""Where in a document: keys and list positions from its root, for example ("events", 3, "on")."""


class Text(NamedTuple):
    """The same sentence in Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: str) -> str:
        """Return the sentence in `lang` ("zh" or "en")."""
        return self.en if lang == "en" else self.zh


class Severity(StrEnum):
    """How bad a finding is: errors stop publishing, warnings are shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Place:
    """A position in a file, lines and columns counted from 1; `length` is in characters."""

    file: str
    line: int = 1
    column: int = 1
    length: int = field(default=1, compare=False)
    excerpt: str = field(default="", compare=False)


@dataclass(frozen=True)
class Source:
    """The text that a noun was read from; its marks are found only when a finding needs them."""

    file: str
    text: str = field(repr=False)

    @property
    def digest(self) -> str:
        """A digest of the text."""
        return digest(self.text)

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def _marks(self) -> dict[Path, yamltext.Mark]:
        return yamltext.read(self.text, with_marks=True).marks

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Return the place of the value at `path` (of its key with `key`), or of the nearest thing above it."""
        for end in range(len(path), -1, -1):
            mark = self._marks.get(path[:end])
            if mark is not None:
                line, column, length = mark.key if key and mark.key and end == len(path) else mark.value
                return self.at(line, column, length)
        return self.at(1, 1)

    def at(self, line: int, column: int, length: int = 1) -> Place:
        """Return the place at a line and column, with that line as its excerpt."""
        excerpt = self._lines[line - 1].rstrip("\r") if line <= len(self._lines) else ""
        return Place(self.file, line, column, length, excerpt)


@dataclass(frozen=True)
class Finding:
    """One thing found: by which rule, where, what it is, what is allowed and what to do."""

    rule: Rule
    severity: Severity
    place: Place
    found: Text
    allowed: Text | None
    remedy: Text

    @property
    def order(self) -> tuple[Place, str, str]:
        """The order in which findings are printed: by place, then by rule."""
        return (self.place, self.rule.id, self.found.zh)

    def as_data(self) -> dict[str, object]:
        """Return the finding as JSON has it: every sentence in both languages."""
        return {
            "rule": self.rule.id,
            "severity": self.severity.value,
            "file": self.place.file,
            "line": self.place.line,
            "column": self.place.column,
            "found": self.found._asdict(),
            "allowed": self.allowed._asdict() if self.allowed else None,
            "remedy": self.remedy._asdict(),
        }


@dataclass(frozen=True)
class Rule:
    """A rule with its id, its usual severity and its words: title and explanation in both languages."""

    id: str
    severity: Severity
    title: Text
    explanation: Text

    def finding(
        self,
        place: Place,
        found: Text,
        remedy: Text,
        allowed: Text | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """Return a finding of this rule."""
        return Finding(self, severity or self.severity, place, found, allowed, remedy)


RULES: dict[str, Rule] = {}
"""Every rule that exists, by id; filled by `rule` where each rule stands."""


def rule(identifier: str, severity: Severity, words: str) -> Rule:
    """Declare a rule. `words` is its page: a title line "中文 / English", a Chinese and an English paragraph.

    Raises ValueError when the words lack a part or the id is taken: a mistake in the code, not in the registry.
    """
    parts = [" ".join(line.strip() for line in part.splitlines()) for part in words.strip().split("\n\n")]
    title = parts[0].split(" / ")
    if len(parts) != 3 or len(title) != 2:
        raise ValueError(f"{identifier}: a rule needs a title line 'zh / en', a Chinese and an English paragraph")
    if identifier in RULES:
        raise ValueError(f"{identifier}: there is already a rule of this name")
    zh = parts[1].replace("。 ", "。").replace("， ", "，").replace("； ", "；").replace("、 ", "、")
    RULES[identifier] = Rule(identifier, severity, Text(title[0], title[1]), Text(zh, parts[2]))
    return RULES[identifier]


def hinted(hint: Text | None, remedy: Text) -> Text:
    """Return what to do, behind the hint of `did_you_mean` where there is one."""
    return Text(f"{hint.zh}{remedy.zh}", f"{hint.en} {remedy.en}") if hint else remedy


def did_you_mean(word: str, known: Iterable[str]) -> Text | None:
    """Return "did you mean …" for the known word that is nearest to `word`, or None when none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return Text(f"是不是想写“{near[0]}”？", f'Did you mean "{near[0]}"?') if near else None


def one_of(words: Iterable[str], most: int = 12) -> Text:
    """Return "one of a, b, c" in both languages, cut short after `most` words."""
    shown = sorted(words)
    more = len(shown) - most
    zh, en = "、".join(shown[:most]), ", ".join(shown[:most])
    return (
        Text(f"只能是：{zh}……等 {len(shown)} 个", f"one of {en}, … ({len(shown)} in all)")
        if more > 0
        else Text(f"只能是：{zh}" if zh else "（没有可用的值）", f"one of {en}" if en else "(there is none)")
    )


def in_order(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings in the order in which they are printed."""
    yield from sorted(findings, key=lambda finding: finding.order)
