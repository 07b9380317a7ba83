"""Figures: what is counted, with definition, numerator, denominator and what was left out. Pure.

Each figure can be recomputed by anyone from the cases alone. A rate over fewer than MINIMUM cases is not stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.cases import Case
from huiyin.figures import counts
from huiyin.figures.counts import Counted
from huiyin.findings import Text

MINIMUM = 5
"""The smallest denominator for which a rate is stated."""


@dataclass(frozen=True)
class Definition:
    """What a figure means: its id, its name, and how it is counted, in both languages."""

    id: str
    title: Text
    counts: Text
    count: Callable[[Sequence[Case], date], Counted]


@dataclass(frozen=True)
class Figure:
    """A definition with what was counted on a day."""

    definition: Definition
    counted: Counted

    @property
    def rate(self) -> float | None:
        """The share, from 0 to 1; None for plain counts and where too few cases stand behind it."""
        total = self.counted.denominator
        if total is None or total < MINIMUM:
            return None
        return self.counted.numerator / total


def figures(cases: Iterable[Case], as_of: date) -> tuple[Figure, ...]:
    """Return every figure over `cases` as they stand on `as_of`, in the order in which they are published."""
    rows = tuple(cases)
    return tuple(Figure(definition, definition.count(rows, as_of)) for definition in DEFINITIONS)


DEFINITIONS = (
    Definition(
        "submitted",
        Text("提出", "Submitted"),
        Text(
            "有“提出”节点的件数，含撤回、不予立案和不公开的。",
            "Items with a submission, those withdrawn or withheld included.",
        ),
        counts.submitted,
    ),
    Definition(
        "accepted",
        Text("受理（立案）率", "Acceptance rate"),
        Text(
            "分子：已受理或立案的件数；分母：提出的件数。不含：批量导入的往年记录。",
            "Accepted items over submitted ones. Left out: imported records of the past.",
        ),
        counts.accepted,
    ),
    Definition(
        "answered",
        Text("有答复", "Answered"),
        Text("至少有一次答复的件数，含导入的往年记录。", "Items with at least one reply, imported ones included."),
        counts.answered,
    ),
    Definition(
        "replied",
        Text("答复率", "Reply rate"),
        Text(
            "分子：至少有一次答复的件数；分母：已交办的件数。不含：尚未交办的、导入的往年记录。",
            "Items with at least one reply over those assigned. Left out: not assigned yet, imported.",
        ),
        counts.replied,
    ),
    Definition(
        "on_time",
        Text("按期答复率", "On-time reply rate"),
        Text(
            "分子：在期限内答复的件数（批准延期的按延期后）；分母：已答复的加上逾期未答复的。不含：还在期限内的、没有期限的、日期不详的。",
            "Items answered in time (after an extension: by the extended day) over those answered plus those overdue. "
            "Left out: still in time, without a time limit, without a known day.",
        ),
        counts.on_time,
    ),
    Definition(
        "on_time_original",
        Text("按原期限答复率", "On-time rate, first due day"),
        Text(
            "同上，但一律按延期之前的期限计。",
            "The same, but always by the due day before any extension.",
        ),
        counts.on_time_original,
    ),
    Definition(
        "overdue",
        Text("逾期未答复", "Overdue"),
        Text("期限已过而尚未答复的件数，期限次日起算逾期。", "Items not answered though their day has passed."),
        counts.overdue,
    ),
    Definition(
        "contacted",
        Text("面商率", "Face-to-face contact rate"),
        Text(
            "分子：有走访、面商或座谈记录的件数；分母：已答复的件数。不含：未答复的、批量导入的。",
            "Items with a visit, meeting or round table over those answered. Left out: not answered, imported.",
        ),
        counts.contacted,
    ),
    Definition(
        "asks_answered",
        Text("诉求回应率", "Asks answered"),
        Text(
            "分子：得到逐条回应的诉求；分母：已全部答复的件中的诉求。不含：尚待答复的、导入的往年记录中的诉求。",
            "Asks with their own answer over those of items fully answered. Left out: still to be answered, imported.",
        ),
        counts.asks,
    ),
    Definition(
        "resolved",
        Text("解决采纳率", "Resolved or adopted"),
        Text(
            "分子：最近一次答复类别为“已解决或采纳”的件数；分母：已答复且注明类别的件数。不含：类别未注明的。",
            "Items whose latest reply is classed as resolved over those with a class. Left out: class not stated.",
        ),
        counts.resolved,
    ),
    Definition(
        "fulfilled",
        Text("承诺落实率", "Fulfilment rate"),
        Text("分子：已落实的承诺；分母：答复中作出的全部承诺。", "Commitments kept over all that replies made."),
        counts.fulfilled,
    ),
    Definition(
        "promises_overdue",
        Text("逾期承诺", "Commitments overdue"),
        Text(
            "期限已过而既未落实也未说明不再落实的承诺。",
            "Commitments whose day has passed, neither kept nor given up.",
        ),
        counts.promises_overdue,
    ),
    Definition(
        "dropped",
        Text("不再落实的承诺", "Commitments dropped"),
        Text("说明原因后不再落实的承诺。", "Commitments given up with a reason."),
        counts.dropped,
    ),
    Definition(
        "satisfied_attitude",
        Text("满意率（办理态度）", "Satisfied with the attitude"),
        Text(
            "分子：最近一次评价为“满意”的件数；分母：有评价的件数。不含：已答复未评价的。",
            "Items rated satisfied over items rated. Left out: answered but not rated.",
        ),
        counts.satisfied("attitude"),
    ),
    Definition(
        "satisfied_result",
        Text("满意率（办理结果）", "Satisfied with the result"),
        Text(
            "分子：最近一次评价为“满意”的件数；分母：有评价的件数。不含：已答复未评价的。",
            "Items rated satisfied over items rated. Left out: answered but not rated.",
        ),
        counts.satisfied("result"),
    ),
    Definition(
        "late_entries",
        Text("补录率", "Late entries"),
        Text(
            "分子：写明补录原因的节点；分母：全部节点。不含：批量导入的。",
            "Events recorded late over all. Left out: imported.",
        ),
        counts.late_entries,
    ),
)
