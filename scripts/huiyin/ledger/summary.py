"""What an import says when it is done: a summary by outcome and reason, and a table of every row. Pure text."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from huiyin.findings import Text
from huiyin.ledger.outcomes import FATES, Care, Fate, Outcome, Record, Refusal, counts, row_of, shown

COLUMNS = ("row", "outcome", "reason", "zh", "en", "id", "removed", "masked")
"""The columns of the table: the row's number, what became of it, why, and what was taken out of its texts."""
_MOST_ROWS = 5
_MOST_DEFAULTS = 8


def summary(outcomes: Sequence[Outcome], lang: str) -> str:
    """Return the counts by outcome and reason, with the first rows of each, and what was taken out."""
    lines = [Text(f"共 {len(outcomes):,} 行", f"{len(outcomes):,} rows").say(lang)]
    found = counts(outcomes)
    for fate in Fate:
        total = sum(number for (of, _), number in found.items() if of == fate)
        lines.append(f"  {FATES[fate].say(lang)} {total:,}")
        reasons = [(number, words) for (of, words), number in found.items() if of == fate and words]
        for number, words in sorted(reasons, key=lambda pair: (-pair[0], pair[1])):
            rows = [row_of(o) for o in outcomes if isinstance(o, Refusal) and o.reason.words == words]
            first = "、".join(map(str, rows[:_MOST_ROWS])) + ("…" if len(rows) > _MOST_ROWS else "")
            where = Text(f"第 {first} 行", f"rows {first.replace('、', ', ')}").say(lang)
            lines.append(f"    {words.say(lang)}  {number:,}（{where}）")
    care = taken(outcomes)
    if care.removed:
        lines.append(
            Text(f"  删去看不见的字符 {care.removed:,} 个", f"  {care.removed:,} hidden characters removed").say(lang)
        )
    if care.masked:
        lines.append(
            Text(f"  遮盖个人信息 {care.masked:,} 处", f"  {care.masked:,} pieces of personal data masked").say(lang)
        )
    lines.extend(_defaults(outcomes, lang))
    return "\n".join(lines)


def taken(outcomes: Sequence[Outcome]) -> Care:
    """Return what was taken out of the texts of all proposals together."""
    return sum((outcome.draft.care for outcome in outcomes if isinstance(outcome, Record)), Care())


def _defaults(outcomes: Sequence[Outcome], lang: str) -> list[str]:
    cells = Counter(cell for outcome in outcomes if isinstance(outcome, Record) for cell in outcome.draft.defaulted)
    if not cells:
        return []
    most = sorted(cells.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_DEFAULTS]
    words = "；".join(f"{column}“{shown(cell)}” {number:,}" for (column, cell), number in most)
    more = "…" if len(cells) > _MOST_DEFAULTS else ""
    head = Text("对照表里没有、取了默认值", "not in the table, took the default").say(lang)
    return [f"  {head} {sum(cells.values()):,}（{words}{more}）"]


def table(outcomes: Sequence[Outcome]) -> str:
    """Return every row as CSV, in both languages, the same wherever the registry lies."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for outcome in sorted(outcomes, key=row_of):
        if isinstance(outcome, Record):
            care = outcome.draft.care
            writer.writerow([row_of(outcome), Fate.PROPOSAL, "", "", "", outcome.id, care.removed, care.masked])
        else:
            words, detail = outcome.reason.words, outcome.reason.detail
            zh = f"{words.zh}：{detail.zh}" if detail.zh else words.zh
            en = f"{words.en}: {detail.en}" if detail.en else words.en
            writer.writerow([outcome.row, outcome.fate, outcome.reason.code, _safe(zh), _safe(en), "", 0, 0])
    return out.getvalue()


def _safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula, and that holds no control characters."""
    plain = "".join(char if char.isprintable() else "�" for char in text)
    return f"'{plain}" if plain[:1] in "=+-@" else plain
