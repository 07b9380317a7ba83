"""What the columns of a ledger are, as far as their headers and cells tell."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from huiyin.ledger import headers
from huiyin.ledger.dates import parse_day

_MOST = 3000
"""Different values that are kept of a column."""
_WHOLE = ("situation", "analysis", "asks")
"""Roles whose words end many other headers too: 催办情况, 撤案原因."""
_FORMS = ("iso", "western", "compact", "roc", "chinese", "serial")


@dataclass
class Column:
    """What the rows say in a column: how many cells are filled, and what they say."""

    name: str
    filled: int = 0
    values: Counter[str] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        """Take in one cell."""
        self.filled += 1
        if len(self.values) < _MOST:
            self.values[text[:200]] += 1

    def forms(self, year: str = "") -> list[str]:
        """Return the forms in which its cells are days; none unless more than half are. A `year` lets 3月5日 be one."""
        known = (*_FORMS, "month_day") if year else _FORMS
        days: Counter[str] = Counter()
        for value, times in self.values.items():
            form = next((form for form in known if parse_day(value, [form], year)), None)
            if form:
                days[form] += times
        return [form for form in known if days[form]] if days.total() * 2 > self.filled else []


def roles(columns: Sequence[str]) -> dict[str, str]:
    """Return the column that plays each role, by its header; no column plays two."""
    said = {name: plain(name) for name in columns}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for exact in (True, False):
        for role, words in headers.ROLES.items():
            if role in found or (role in _WHOLE and not exact):
                continue
            for word in words:
                same = [n for n in columns if n not in taken and _fits(said[n], plain(word), exact)]
                if same:
                    found[role] = same[0]
                    taken.add(same[0])
                    break
    return found


def _fits(header: str, word: str, exact: bool) -> bool:
    return header == word if exact else len(word) > 1 and header.endswith(word)


def plain(header: str) -> str:
    """Return a header without its group, blanks, and notes in brackets."""
    last = unicodedata.normalize("NFKC", header).rpartition(".")[2] or header
    return re.sub(r"[(\[【].*?[)\]】]|[\s:：*＊]", "", unicodedata.normalize("NFKC", last)).lower()
