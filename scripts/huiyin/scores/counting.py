"""Counting a table of votes: only a score and, where there is one, the key of who gave it are looked at. Pure."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from huiyin.findings import Text

SCORES = range(1, 6)
MOST = 20
"""Troubles that are told; a file with shifted columns has one a row."""


@dataclass(frozen=True)
class Counted:
    """How many gave 1 to 5, and what is wrong with which rows; what a cell held is never told."""

    counts: tuple[int, ...]
    troubles: tuple[Text, ...]


def count(text: str, score: str, voter: str | None) -> Counted:
    """Return the histogram of a CSV with a header; of several votes with one key the last one counts.

    A row without a score from 1 to 5, or without a key where the column is named, is a trouble, and so is a column
    that is not there.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    troubles: list[Text] = []
    given: dict[object, int] = {}
    try:
        header = rows.fieldnames or []
        missing = [name for name in (score, voter) if name and name not in header]
        if missing:
            return Counted((0,) * 5, tuple(Text(f"没有“{name}”一栏", f"there is no column {name}") for name in missing))
        for number, row in enumerate(rows):
            value = (row.get(score) or "").strip()
            key = (row.get(voter) or "").strip() if voter else number
            if value not in map(str, SCORES) or None in row or key == "":
                troubles.append(
                    Text(
                        f"第 {rows.line_num} 行没有 1 至 5 的分数或评分人代号",
                        f"line {rows.line_num} lacks a score from 1 to 5, or a key",
                    )
                )
            else:
                given[key] = int(value)
    except csv.Error:
        troubles.append(Text(f"第 {rows.line_num} 行不是 CSV", f"line {rows.line_num} is not CSV"))
    more = len(troubles) - MOST
    if more > 0:
        troubles = [*troubles[:MOST], Text(f"还有 {more} 行", f"{more} more lines")]
    votes = list(given.values())
    return Counted(tuple(votes.count(one) for one in SCORES), tuple(troubles))
