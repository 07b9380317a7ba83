"""Findings as text for people, JSON for programs, and annotations for a git host. Nothing here prints."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Sequence

from huiyin.findings import Finding, Severity, Text, in_order

FORMATS = ("text", "json", "github")

_WORDS = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("提示", "warning"),
}
_FOUND, _ALLOWED, _REMEDY = Text("发现", "found"), Text("允许", "allowed"), Text("处理", "to do")
_LONGEST = 100
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Categories of characters that nobody sees."""
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""First characters at which spreadsheets take a text cell for a formula."""


def report(findings: Sequence[Finding], style: str, lang: str, checked: int, *, errors_only: bool = False) -> str:
    """Return the findings in one of FORMATS, in order of place; `checked` is the number of files looked at.

    With `errors_only` the last line does not tell of warnings, for which nobody looked.
    """
    ordered = list(in_order(findings))
    if style == "json":
        return _json(ordered, checked)
    if style == "github":
        return "\n".join(_annotation(finding, lang) for finding in ordered)
    return "\n".join([*(_block(finding, lang) for finding in ordered), _summary(ordered, lang, checked, errors_only)])


def _summary(findings: Sequence[Finding], lang: str, checked: int, errors_only: bool) -> str:
    """The one line that closes a report."""
    counts = Counter(finding.severity for finding in findings)
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    said = Text(
        f"检查了 {checked} 个文件：错误 {errors} 处", f"{_count(checked, 'file')} checked: {_count(errors, 'error')}"
    )
    if errors_only:
        return said.say(lang)
    return Text(f"{said.zh}，提示 {warnings} 处", f"{said.en}, {_count(warnings, 'warning')}").say(lang)


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _block(finding: Finding, lang: str) -> str:
    place = finding.place
    label = f"{_WORDS[finding.severity].say(lang)}[{finding.rule.id}]"
    lines = [f"{label} {finding.rule.title.say(lang)}", f"  --> {visible(place.file)}:{place.line}:{place.column}"]
    if place.excerpt:
        gutter = f"{place.line:>5} | "
        excerpt, before, length = _window(place.excerpt, place.column - 1, place.length)
        lines.append(f"{gutter}{visible(excerpt)}")
        lines.append(f"{' ' * 5} | {' ' * columns(before)}{'^' * max(1, length)}")
    lines.append(f"  {_FOUND.say(lang)}: {visible(finding.found.say(lang))}")
    if finding.allowed:
        lines.append(f"  {_ALLOWED.say(lang)}: {visible(finding.allowed.say(lang))}")
    lines.append(f"  {_REMEDY.say(lang)}: {visible(finding.remedy.say(lang))}")
    return "\n".join(lines) + "\n"


def _window(line: str, start: int, length: int) -> tuple[str, str, int]:
    """The part of a long line around the place, what stands before the place in it, and how wide the mark is."""
    first = max(0, start - 40) if len(line) > _LONGEST else 0
    shown = line[first : first + _LONGEST]
    before = ("…" if first else "") + shown[: start - first]
    marked = line[start : start + length][: max(1, _LONGEST - (start - first))]
    shown = ("…" if first else "") + shown + ("…" if first + _LONGEST < len(line) else "")
    return shown, before, columns(marked)


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before what would be one."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def visible(text: str) -> str:
    """Return the text with what nobody sees written as escapes: terminals obey control and format characters."""
    return "".join(_escaped(char) if unicodedata.category(char) in UNSEEN else char for char in text)


def _escaped(char: str) -> str:
    """As JSON escapes it, so that what is JSON stays JSON."""
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n]:02x}{units[n + 1]:02x}" for n in range(0, len(units), 2))


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: wide characters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in visible(text)
    )


def _json(findings: Sequence[Finding], checked: int) -> str:
    rows = {"files": checked, "findings": [finding.as_data() for finding in findings]}
    text = json.dumps(rows, ensure_ascii=False, indent=2)
    return "\n".join(visible(line) for line in text.split("\n"))


def _annotation(finding: Finding, lang: str) -> str:
    """A workflow command that a git host shows beside the line of the change."""
    place = finding.place
    parts = [finding.found, finding.allowed, finding.remedy]
    message = "\n".join(visible(part.say(lang)) for part in parts if part)
    where = f"file={_property(place.file)},line={place.line},col={place.column}"
    title = _property(f"{finding.rule.title.say(lang)} [{finding.rule.id}]")
    return f"::{finding.severity.value} {where},title={title}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
