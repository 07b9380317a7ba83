"""What became of each row: a proposal, out of scope, or rejected, always with a reason in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from huiyin.findings import Text


class Fate(StrEnum):
    """The three things that can become of a row."""

    PROPOSAL = "proposal"
    OUT_OF_SCOPE = "out-of-scope"
    REJECTED = "rejected"


FATES = {
    Fate.PROPOSAL: Text("导入", "imported"),
    Fate.OUT_OF_SCOPE: Text("不在范围", "out of scope"),
    Fate.REJECTED: Text("拒收", "rejected"),
}
"""The words for them."""


_LONGEST_SHOWN = 80
_LONGEST_RAW = 2000


@dataclass(frozen=True)
class Reason:
    """Why a row did not become a proposal: a code, the words that rows are counted under, and this row's detail."""

    code: str
    words: Text
    detail: Text = field(default_factory=lambda: Text("", ""))


class LedgerError(Exception):
    """The ledger or the target folder cannot be used at all; `words` say what and what to do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Text(zh, en)


class UnfitError(Exception):
    """A row cannot become a proposal; raised inside the mapping of that row and nowhere else."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.words.en)
        self.reason = reason


def shown(cell: str) -> str:
    """Return a cell as messages quote it: on one line, and not too long."""
    line = " ".join(cell.split())
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


def unfit(code: str, zh: str, en: str, detail_zh: str = "", detail_en: str = "") -> UnfitError:
    """Return the exception for a row that has to be rejected."""
    return UnfitError(Reason(code, Text(zh, en), Text(detail_zh, detail_en or detail_zh)))


@dataclass(frozen=True)
class Noun:
    """A session, member or agency that a row names: kind and id, its data, and how the row wrote its name."""

    kind: str
    id: str
    data: Mapping[str, Any]
    written: str = ""
    term: int | None = None
    """The term in which a member proposed, where the session tells."""


@dataclass(frozen=True)
class Care:
    """What was taken out of a row's texts: hidden characters removed, pieces of personal data masked."""

    removed: int = 0
    masked: int = 0

    def __add__(self, other: Care) -> Care:
        return Care(self.removed + other.removed, self.masked + other.masked)


@dataclass(frozen=True)
class Draft:
    """A row as a proposal, before it is compared with the others: its data without id and status, and its nouns."""

    row: int
    digest: str
    occurrence: int
    data: Mapping[str, Any]
    nouns: tuple[Noun, ...]
    key: tuple[str, ...] = ()
    """What identifies the row, where the mapping names columns for it."""
    sheet: str = ""
    raw: str = ""
    care: Care = field(default_factory=Care)
    defaulted: tuple[tuple[str, str], ...] = ()
    """Columns and cells that their table does not have, where the default stands for them."""


@dataclass(frozen=True)
class Refusal:
    """A row that is no proposal, and why."""

    row: int
    fate: Fate
    reason: Reason
    raw: str = ""
    """The row as it was written, shortened."""
    sheet: str = ""


class Change(StrEnum):
    """What an import does to the file of a proposal."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "unchanged"
    KEPT = "kept"


CHANGES = {
    Change.NEW: Text("新的", "new"),
    Change.CHANGED: Text("有变化", "changed"),
    Change.SAME: Text("未变", "unchanged"),
    Change.KEPT: Text("有人改过，只添节点", "changed by people: events added only"),
}
"""The words for them."""


@dataclass(frozen=True)
class Record:
    """A proposal that came in: its row, its id, and what becomes of its file."""

    row: int
    sheet: str
    id: str
    session: str
    change: Change
    text: str = ""
    """The text of the file but for the schema line, empty where it stays as it is."""
    path: str = ""
    """Where the file lies already; empty for a new one."""
    events: tuple[str, ...] = ()
    """The types of the events that a changed row adds to a proposal that was there."""
    differing: tuple[str, ...] = ()
    """Fields of a file that people changed, in which the ledger says something else."""
    gone: tuple[str, ...] = ()
    """The types of events that the row gave once and does not give any more."""
    nouns: tuple[Noun, ...] = ()
    care: Care = field(default_factory=Care)
    defaulted: tuple[tuple[str, str], ...] = ()
    raw: str = ""


Outcome = Record | Refusal


def raw_text(cells: Mapping[str, Sequence[str]]) -> str:
    """Return a row as reports show it: `column: text` on one line, without empty cells, at most 2,000 characters."""
    text = " | ".join(f"{column}: {'、'.join(texts)}" for column, texts in cells.items() if any(texts))
    line = " ".join(text[: 4 * _LONGEST_RAW].split())
    return line if len(line) <= _LONGEST_RAW else f"{line[:_LONGEST_RAW]}…"
