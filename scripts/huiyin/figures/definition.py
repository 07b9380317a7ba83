"""What a figure is: a definition that is data, and what was counted by it. Pure.

Definitions are the one source of what a figure means: commands, pages, reports and tests read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from huiyin.figures.facts import Entry, Facts, Outcome
from huiyin.figures.stays import Stay
from huiyin.findings import Text

MINIMUM = 5
"""The smallest denominator for which a rate or a time is stated."""


class Section(StrEnum):
    """The parts in which figures are published, in order."""

    INTAKE = "intake"
    HANDLING = "handling"
    RESULT = "result"
    RATING = "rating"
    PUBLIC = "public"
    PROMISES = "promises"
    DISCLOSURE = "disclosure"
    ENTRIES = "entries"
    TIME = "time"


SECTIONS = {
    Section.INTAKE: Text("提出和受理", "Submission and acceptance"),
    Section.HANDLING: Text("办理和答复", "Handling and reply"),
    Section.RESULT: Text("办理结果", "Results"),
    Section.RATING: Text("提出人评价", "Proposers' ratings"),
    Section.PUBLIC: Text("公众评分（不代表全体市民）", "Public scores (not representative)"),
    Section.PROMISES: Text("承诺落实", "Commitments"),
    Section.DISCLOSURE: Text("公开", "Disclosure"),
    Section.ENTRIES: Text("登记", "Records"),
    Section.TIME: Text("用时", "Time"),
}


class Duty(StrEnum):
    """Whose duty a figure measures."""

    AGENCY = "agency"
    PROPOSER = "proposer"


Count = Callable[[Facts], Outcome | None]
"""How a proposal enters a figure; None when it is not among those that the figure is about."""
Each = Callable[[Facts], Iterable[tuple[str | None, Outcome, int]]]
"""The same for what a proposal holds several of, each with the agency whose it is, and how many are alike.

"" stands for nobody's, None for whoever handles the proposal.
"""
Record = Callable[[Entry], Outcome | None]
"""How a recorded event enters a figure; None when it is not among those that the figure is about."""
Stretch = Callable[[Facts], Iterable[Stay]]
"""The stretches of time of a proposal."""


ITEMS = Text("件", "items")
"""What most figures count."""


@dataclass(frozen=True)
class Definition:
    """What a figure means: its id and name, what is counted of what, what is left out, and from which columns.

    Without a `denominator` it is a plain count. Exactly one of `count`, `each`, `entry` and
    `time` says how it is counted.
    """

    id: str
    section: Section
    title: Text
    numerator: Text
    denominator: Text | None
    excluded: Text | None
    columns: str
    count: Count | None = None
    each: Each | None = None
    entry: Record | None = None
    time: Stretch | None = None
    duty: Duty | None = None
    unit: Text = ITEMS

    @property
    def words(self) -> Text:
        """The definition in one sentence a language."""
        if self.denominator is None:
            return Text(f"{self.numerator.zh}。", f"{self.numerator.en}.")
        out = Text(f"不含：{self.excluded.zh}。", f" Left out: {self.excluded.en}.") if self.excluded else Text("", "")
        if self.time:
            return Text(
                f"{self.numerator.zh}；计入：{self.denominator.zh}。{out.zh}",
                f"{self.numerator.en}; counted: {self.denominator.en}.{out.en}",
            )
        return Text(
            f"分子：{self.numerator.zh}；分母：{self.denominator.zh}。{out.zh}",
            f"{self.numerator.en} over {self.denominator.en}.{out.en}",
        )


@dataclass(frozen=True)
class Counted:
    """What was counted: for a rate also of how many, and how many were left out."""

    numerator: int
    denominator: int | None = None
    excluded: int = 0


@dataclass(frozen=True)
class Estimate:
    """How long it takes, in days: the day by which half and nine tenths are done, None where not reached yet."""

    median: int | None
    p90: int | None


@dataclass(frozen=True)
class Figure:
    """A definition with what was counted on a day.

    Records imported from ledgers of the past are counted apart, in `imported`, and enter no rate. For a time,
    `counted` holds how many stretches ended, of how many, and `estimate` the days.
    """

    definition: Definition
    counted: Counted
    imported: Counted
    estimate: Estimate | None = None

    @property
    def enough(self) -> bool:
        """Whether as many cases stand behind it as a rate needs."""
        return (self.counted.denominator or 0) >= MINIMUM

    @property
    def rate(self) -> float | None:
        """The share, from 0 to 1; None for counts and times and where too few cases stand behind it."""
        total = self.counted.denominator
        if total is None or self.definition.time or total < MINIMUM:
            return None
        return self.counted.numerator / total

    @property
    def total(self) -> int:
        """A plain count with what was imported."""
        return self.counted.numerator + self.imported.numerator
