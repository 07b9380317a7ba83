"""Which rows name the columns, what the names are, and what stands above: titles, units, dates of printing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median_low

from huiyin.ledger.outcomes import LedgerError, shown
from huiyin.ledger.reading.layout import Layout, Record, visible

LOOK = 100
"""Rows of a file's beginning among which the names of the columns must be."""
JOINT = "."
"""What stands between the name of a group of columns and that of one of them, as between the keys of JSON."""
_TYPICAL = 3
"""Filled cells by which names of columns are told from a title."""
_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_GAP = re.compile(rf"(?<=[{_WIDE}])\s+(?=[{_WIDE}])")


@dataclass(frozen=True)
class Header:
    """The names of the columns, the number of the last row that holds them, and rows that only repeat the top."""

    names: tuple[str, ...]
    last: int
    repeats: frozenset[tuple[str, ...]]
    titles: tuple[str, ...] = ()
    """What stands above the names."""

    @property
    def width(self) -> int:
        """How many cells a row of the table has."""
        return len(self.names)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names that are not empty, in order."""
        return tuple(name for name in self.names if name)


def find(records: Iterable[Record], layout: Layout, wanted: Collection[str]) -> Header:
    """Return the header of the table that `records` begin with; raises LedgerError where there is none."""
    # A named row may stand anywhere; else the beginning is enough.
    look = max(LOOK, layout.header + layout.header_rows)
    top = [record for record in islice(records, look) if record.filled]
    if not top:
        raise LedgerError("台账里没有数据行", "the ledger has no rows")
    start = _named(top, layout) if layout.header else _likely(top, layout, wanted)
    rows = top[start : start + layout.header_rows]
    # A row that says the same as a title or a name row is one that was printed again on a new page.
    repeats = frozenset(trimmed(record.texts) for record in top[: start + layout.header_rows])
    found = names(rows)
    # Rows of a worksheet are all as wide as the widest; the table ends where the names do.
    while rows[0].sheet and found and not found[-1]:
        found.pop()
    titles = tuple(text.strip() for record in top[:start] for text in record.texts if text.strip())
    return Header(_unique(found, wanted), rows[-1].number, repeats, titles)


def names(rows: Sequence[Record]) -> list[str]:
    """Return the names that one or several rows give the columns; those of a group follow the group's name."""
    width = max(len(record.texts) for record in rows)
    grid = [[*map(clean, record.texts), *[""] * (width - len(record.texts))] for record in rows]
    for level, row in enumerate(grid[:-1]):
        group = ""
        for column in range(width):
            below = any(lower[column] for lower in grid[level + 1 :])
            if row[column]:
                # Only a name with others under it is a group's; the cells to its right are left empty.
                group = row[column] if below else ""
            elif below:
                row[column] = group
    found = []
    for parts in zip(*grid, strict=True):
        distinct = [part for n, part in enumerate(parts) if part and part not in parts[:n]]
        found.append(JOINT.join(distinct))
    return found


def clean(name: str) -> str:
    """Return the name of a column without what its layout put in: blanks and line breaks between Chinese characters."""
    return " ".join(_GAP.sub("", visible(name).removeprefix("\ufeff").strip()).split())


def trimmed(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the texts of a row without blanks around them and without the empty ones at its end."""
    found = [text.strip() for text in texts]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def hits(rows: Sequence[Record], wanted: Collection[str]) -> int:
    """Return how many of the wanted columns the rows name."""
    return len({_plain(name) for name in names(rows)} & {_plain(name) for name in wanted})


def _plain(name: str) -> str:
    return re.sub(r"#[0-9]+\Z", "", name)


def _named(top: Sequence[Record], layout: Layout) -> int:
    found = next((n for n, record in enumerate(top) if record.number == layout.header), None)
    if found is None or len(top) < found + layout.header_rows:
        raise LedgerError(
            f"映射写的栏名行 format.header 是第 {layout.header} 行，那里没有栏名",
            f"format.header says row {layout.header}, where there are no names of columns",
        )
    return found


def _likely(top: Sequence[Record], layout: Layout, wanted: Collection[str]) -> int:
    """The row that names most of the wanted columns; without enough of them the first that is as full as others."""
    # Something has to follow the header, unless nothing does anyhow.
    starts = range(max(1, len(top) - layout.header_rows))
    if wanted:
        # Below the names there may be nothing: then there are no rows, which is told.
        score = {n: hits(top[n : n + layout.header_rows], wanted) for n in range(min(starts.stop + 1, len(top)))}
        best = max(score, key=lambda n: (score[n], -n))
        if score[best] >= 2 or 2 * score[best] >= len(wanted):
            return best
    enough = min(_TYPICAL, median_low(record.filled for record in top))
    return next((n for n in starts if top[n].filled >= enough), 0)


def _unique(found: Sequence[str], wanted: Collection[str]) -> tuple[str, ...]:
    """The names, with #1, #2 … where several columns share one; raises LedgerError where the mapping wants such one."""
    times = Counter(name for name in found if name)
    for name, count in times.items():
        if count > 1 and name in wanted:
            forms = [f"{name}#{n}" for n in range(1, count + 1)]
            raise LedgerError(
                f"栏名“{shown(name)}”出现 {count} 次，无法知道哪一栏算数；映射里请写 {'、'.join(forms)} 中的一个",
                f'the column "{shown(name)}" stands {count} times: write one of {", ".join(forms)} in the mapping',
            )
    seen: Counter[str] = Counter()
    named = []
    for name in found:
        seen[name] += 1
        named.append(f"{name}#{seen[name]}" if times[name] > 1 else name)
    return tuple(named)
