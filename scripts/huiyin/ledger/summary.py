"""What an import says: a summary by outcome and reason, and every row in a table. Pure text, row by row."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from huiyin.findings import Text
from huiyin.ledger.cleaning import clean
from huiyin.ledger.outcomes import CHANGES, FATES, Care, Change, Fate, Outcome, Reason, Record, Refusal, shown
from huiyin.report import guarded

COLUMNS = (
    *("sheet", "row", "outcome", "change", "reason", "zh", "en"),
    *("id", "events", "differing", "removed", "masked", "raw"),
)
"""The columns of the table: where the row stands, what became of it, why, what was taken out, and the row itself."""
_MOST_ROWS = 5
_MOST_DEFAULTS = 8
_MOST_CELLS = 10_000
"""Different cells without an entry in their table that are counted one by one."""
_FIRST = 10
"""Refused rows that the summary shows in full."""


@dataclass
class Tally:
    """What became of the rows so far, in counts; a million rows take no more room than a thousand."""

    fates: Counter[Fate] = field(default_factory=Counter)
    reasons: Counter[tuple[Fate, Text]] = field(default_factory=Counter)
    rows: dict[tuple[Fate, Text], list[str]] = field(default_factory=lambda: defaultdict(list))
    changes: Counter[Change] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    care: Care = field(default_factory=Care)
    defaulted: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: list[Refusal] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Proposals of earlier imports that no row of the ledger belongs to any more."""

    def add(self, outcome: Outcome) -> None:
        """Count one row."""
        if isinstance(outcome, Record):
            self.fates[Fate.PROPOSAL] += 1
            self.changes[outcome.change] += 1
            self.events.update(outcome.events)
            self.care += outcome.care
            for cell in outcome.defaulted:
                if cell in self.defaulted or len(self.defaulted) < _MOST_CELLS:
                    self.defaulted[cell] += 1
            return
        self.fates[outcome.fate] += 1
        key = (outcome.fate, outcome.reason.words)
        self.reasons[key] += 1
        if len(self.rows[key]) <= _MOST_ROWS:
            self.rows[key].append(_where(outcome))
        if outcome.fate is Fate.REJECTED and len(self.first) < _FIRST:
            self.first.append(outcome)

    def summary(self, lang: str) -> str:
        """Return the counts by outcome and reason, with the first rows of each, and what was taken out."""
        total = self.fates.total()
        lines = [Text(f"共 {total:,} 行", f"{total:,} rows").say(lang)]
        for fate in Fate:
            lines.append(f"  {FATES[fate].say(lang)} {self.fates[fate]:,}")
            if fate is Fate.PROPOSAL and set(self.changes) - {Change.NEW}:
                lines.extend(
                    f"    {CHANGES[change].say(lang)} {self.changes[change]:,}"
                    for change in Change
                    if self.changes[change]
                )
            found = [(words, number) for (of, words), number in self.reasons.items() if of == fate]
            for words, number in sorted(found, key=lambda pair: (-pair[1], pair[0])):
                rows = self.rows[fate, words]
                first = "、".join(rows[:_MOST_ROWS]) + ("…" if number > _MOST_ROWS else "")
                where = Text(f"第 {first} 行", f"rows {first.replace('、', ', ')}").say(lang)
                placed = Text(f"（{where}）", f" ({where})").say(lang)
                lines.append(f"    {words.say(lang)}  {number:,}{placed}")
        lines.extend(self._notes(lang))
        return "\n".join(lines)

    def _notes(self, lang: str) -> Iterator[str]:
        care, events = self.care, self.events.total()
        if events:
            yield Text(f"  新增节点 {events:,} 个", f"  {events:,} events added").say(lang)
        if self.missing:
            first = "、".join(self.missing[:_MOST_ROWS]) + ("…" if len(self.missing) > _MOST_ROWS else "")
            yield Text(
                f"  台账里没有了、登记册里保留 {len(self.missing):,} 件（{first}）",
                f"  {len(self.missing):,} proposals are not in the ledger any more and stay ({first})",
            ).say(lang)
        if care.removed:
            hidden = Text(f"  删去看不见的字符 {care.removed:,} 个", f"  {care.removed:,} hidden characters removed")
            yield hidden.say(lang)
        if care.masked:
            private = Text(f"  遮盖个人信息 {care.masked:,} 处", f"  {care.masked:,} pieces of personal data masked")
            yield private.say(lang)
        if self.defaulted:
            most = sorted(self.defaulted.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_DEFAULTS]
            words = "；".join(f"{column}“{shown(cell)}” {number:,}" for (column, cell), number in most)
            more = "…" if len(self.defaulted) > _MOST_DEFAULTS else ""
            head = Text("对照表里没有、取了默认值", "not in the table, took the default").say(lang)
            yield f"  {head} {self.defaulted.total():,}（{words}{more}）"

    def refused(self, lang: str) -> str:
        """Return the first rejected rows, each with its reason and the row as the ledger has it."""
        return "\n".join(line for refusal in self.first for line in told(refusal, lang))


def told(refusal: Refusal, lang: str) -> list[str]:
    """Return the lines of a text report for a row that did not come in."""
    words = _reason(refusal.reason)
    where = Text(f"第 {_where(refusal)} 行", f"row {_where(refusal)}").say(lang)
    return [f"{where}  {FATES[refusal.fate].say(lang)}  {words.say(lang)}", f"    {_masked(refusal.raw)}"]


def row(outcome: Outcome) -> list[str]:
    """Return one row of the table, the same wherever the registry lies."""
    if isinstance(outcome, Record):
        care = outcome.care
        values = [outcome.sheet, outcome.row, Fate.PROPOSAL, outcome.change, "", "", "", outcome.id]
        values += [" ".join(outcome.events), " ".join(outcome.differing), care.removed, care.masked]
        return [*map(str, values), _safe(_masked(outcome.raw))]
    words = _reason(outcome.reason)
    values = [outcome.sheet, outcome.row, outcome.fate, "", outcome.reason.code, _safe(words.zh), _safe(words.en)]
    return [*map(str, values), "", "", "", "0", "0", _safe(_masked(outcome.raw))]


def line(values: list[str]) -> str:
    """Return a row as a line of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue()


def _where(refusal: Refusal) -> str:
    return f"{refusal.sheet}!{refusal.row}" if refusal.sheet else str(refusal.row)


def _reason(reason: Reason) -> Text:
    words, detail = reason.words, reason.detail
    return Text(
        f"{words.zh}：{detail.zh}" if detail.zh else words.zh, f"{words.en}: {detail.en}" if detail.en else words.en
    )


def _masked(raw: str) -> str:
    return clean(raw)[0]


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula, and that holds no control characters."""
    return guarded(text if text.isprintable() else "".join(char if char.isprintable() else "�" for char in text))
