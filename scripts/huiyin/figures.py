"""Figures: what is counted, with definition, numerator, denominator and what was left out. Pure.

Each figure can be recomputed by anyone from the cases alone. A rate over fewer than MINIMUM cases is not stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.cases import Case
from huiyin.clocks import ClockState
from huiyin.findings import Text
from huiyin.lifecycle import DROPPED, FULFILLED, Promise

MINIMUM = 5
"""The smallest denominator for which a rate is stated."""
FACE_TO_FACE = ("visit", "meeting", "round_table")
"""Ways of contact that count as meeting the proposer (面商)."""


@dataclass(frozen=True)
class Counted:
    """What was counted: for a rate also of how many, and how many were left out and why."""

    numerator: int
    denominator: int | None = None
    excluded: int = 0


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


def _has(case: Case, kind: str, as_of: date) -> bool:
    return any(event.type == kind for event in case.proposal.until(as_of))


def _submitted(cases: Sequence[Case], as_of: date) -> Counted:
    return Counted(sum(_has(case, "submitted", as_of) for case in cases))


def _accepted(cases: Sequence[Case], as_of: date) -> Counted:
    submitted = [case for case in cases if _has(case, "submitted", as_of) and not case.proposal.imported]
    return Counted(
        sum(_has(case, "accepted", as_of) for case in submitted),
        len(submitted),
        excluded=len(cases) - len(submitted),
    )


def _answered(cases: Sequence[Case], as_of: date) -> Counted:
    return Counted(sum(bool(case.standing.replies) for case in cases))


def _assigned(cases: Sequence[Case], as_of: date) -> list[Case]:
    return [case for case in cases if _has(case, "assigned", as_of) and not case.proposal.imported]


def _replied(cases: Sequence[Case], as_of: date) -> Counted:
    assigned = _assigned(cases, as_of)
    return Counted(sum(bool(case.standing.replies) for case in assigned), len(assigned), len(cases) - len(assigned))


def _on_time(cases: Sequence[Case], as_of: date) -> Counted:
    """Ended clocks, and overdue ones, which are already known to be late."""
    states = [case.reply_deadline.state for case in cases if case.reply_deadline]
    met = states.count(ClockState.MET)
    known = met + states.count(ClockState.LATE) + states.count(ClockState.OVERDUE)
    return Counted(met, known, excluded=len(cases) - known)


def _on_time_original(cases: Sequence[Case], as_of: date) -> Counted:
    """The same against the first due day, before any extension."""
    met = known = 0
    for case in cases:
        deadline = case.reply_deadline
        if deadline is None or deadline.original is None or deadline.state in (ClockState.VOID, ClockState.UNDATED):
            continue
        if deadline.ended_by and deadline.ended_by.on:
            known += 1
            met += deadline.ended_by.on <= deadline.original.latest
        elif as_of > deadline.original.latest:
            known += 1
    return Counted(met, known, excluded=len(cases) - known)


def _overdue(cases: Sequence[Case], as_of: date) -> Counted:
    return Counted(
        sum(case.reply_deadline is not None and case.reply_deadline.state == ClockState.OVERDUE for case in cases)
    )


def _contacted(cases: Sequence[Case], as_of: date) -> Counted:
    replied = [case for case in cases if case.standing.replies and not case.proposal.imported]
    met = sum(
        any(event.type == "contacted" and event.how in FACE_TO_FACE for event in case.proposal.until(as_of))
        for case in replied
    )
    return Counted(met, len(replied), excluded=len(cases) - len(replied))


def _asks(cases: Sequence[Case], as_of: date) -> Counted:
    asks = [ask for case in cases if case.reply_complete and case.itemised for ask in case.standing.asks]
    silent = sum(len(case.standing.asks) for case in cases) - len(asks)
    return Counted(sum(bool(ask.answers) for ask in asks), len(asks), excluded=silent)


def _resolved(cases: Sequence[Case], as_of: date) -> Counted:
    classes = [case.standing.reply.reply_class for case in cases if case.standing.reply]
    stated = [kind for kind in classes if kind and kind != "not_stated"]
    return Counted(stated.count("resolved"), len(stated), excluded=len(classes) - len(stated))


def _promises(cases: Sequence[Case]) -> list[Promise]:
    return [promise for case in cases for promise in case.standing.promises]


def _fulfilled(cases: Sequence[Case], as_of: date) -> Counted:
    promises = _promises(cases)
    return Counted(sum(promise.status == FULFILLED for promise in promises), len(promises))


def _dropped(cases: Sequence[Case], as_of: date) -> Counted:
    return Counted(sum(promise.status == DROPPED for promise in _promises(cases)))


def _promises_overdue(cases: Sequence[Case], as_of: date) -> Counted:
    return Counted(sum(promise.overdue(as_of) for promise in _promises(cases)))


def _satisfied(axis: str) -> Callable[[Sequence[Case], date], Counted]:
    def count(cases: Sequence[Case], as_of: date) -> Counted:
        replied = [case for case in cases if case.standing.replies]
        rated = [getattr(case.standing.rating, axis) for case in replied if case.standing.rating]
        return Counted(rated.count("satisfied"), len(rated), excluded=len(replied) - len(rated))

    return count


def _late_entries(cases: Sequence[Case], as_of: date) -> Counted:
    events = [event for case in cases for event in case.proposal.until(as_of) if event.channel != "import"]
    return Counted(sum(event.late_entry is not None for event in events), len(events))


DEFINITIONS = (
    Definition(
        "submitted",
        Text("提出", "Submitted"),
        Text(
            "有“提出”节点的件数，含撤回、不予立案和不公开的。",
            "Items with a submission, those withdrawn or withheld included.",
        ),
        _submitted,
    ),
    Definition(
        "accepted",
        Text("受理（立案）率", "Acceptance rate"),
        Text(
            "分子：已受理或立案的件数；分母：提出的件数。不含：批量导入的往年记录。",
            "Accepted items over submitted ones. Left out: imported records of the past.",
        ),
        _accepted,
    ),
    Definition(
        "answered",
        Text("有答复", "Answered"),
        Text("至少有一次答复的件数，含导入的往年记录。", "Items with at least one reply, imported ones included."),
        _answered,
    ),
    Definition(
        "replied",
        Text("答复率", "Reply rate"),
        Text(
            "分子：至少有一次答复的件数；分母：已交办的件数。不含：尚未交办的、导入的往年记录。",
            "Items with at least one reply over those assigned. Left out: not assigned yet, imported.",
        ),
        _replied,
    ),
    Definition(
        "on_time",
        Text("按期答复率", "On-time reply rate"),
        Text(
            "分子：在期限内答复的件数（批准延期的按延期后）；分母：已答复的加上逾期未答复的。不含：还在期限内的、没有期限的、日期不详的。",
            "Items answered in time (after an extension: by the extended day) over those answered plus those overdue. "
            "Left out: still in time, without a time limit, without a known day.",
        ),
        _on_time,
    ),
    Definition(
        "on_time_original",
        Text("按原期限答复率", "On-time rate, first due day"),
        Text(
            "同上，但一律按延期之前的期限计。",
            "The same, but always by the due day before any extension.",
        ),
        _on_time_original,
    ),
    Definition(
        "overdue",
        Text("逾期未答复", "Overdue"),
        Text("期限已过而尚未答复的件数，期限次日起算逾期。", "Items not answered though their day has passed."),
        _overdue,
    ),
    Definition(
        "contacted",
        Text("面商率", "Face-to-face contact rate"),
        Text(
            "分子：有走访、面商或座谈记录的件数；分母：已答复的件数。不含：未答复的、批量导入的。",
            "Items with a visit, meeting or round table over those answered. Left out: not answered, imported.",
        ),
        _contacted,
    ),
    Definition(
        "asks_answered",
        Text("诉求回应率", "Asks answered"),
        Text(
            "分子：得到逐条回应的诉求；分母：已全部答复的件中的诉求。不含：尚待答复的、导入的往年记录中的诉求。",
            "Asks with their own answer over those of items fully answered. Left out: still to be answered, imported.",
        ),
        _asks,
    ),
    Definition(
        "resolved",
        Text("解决采纳率", "Resolved or adopted"),
        Text(
            "分子：最近一次答复类别为“已解决或采纳”的件数；分母：已答复且注明类别的件数。不含：类别未注明的。",
            "Items whose latest reply is classed as resolved over those with a class. Left out: class not stated.",
        ),
        _resolved,
    ),
    Definition(
        "fulfilled",
        Text("承诺落实率", "Fulfilment rate"),
        Text("分子：已落实的承诺；分母：答复中作出的全部承诺。", "Commitments kept over all that replies made."),
        _fulfilled,
    ),
    Definition(
        "promises_overdue",
        Text("逾期承诺", "Commitments overdue"),
        Text(
            "期限已过而既未落实也未说明不再落实的承诺。",
            "Commitments whose day has passed, neither kept nor given up.",
        ),
        _promises_overdue,
    ),
    Definition(
        "dropped",
        Text("不再落实的承诺", "Commitments dropped"),
        Text("说明原因后不再落实的承诺。", "Commitments given up with a reason."),
        _dropped,
    ),
    Definition(
        "satisfied_attitude",
        Text("满意率（办理态度）", "Satisfied with the attitude"),
        Text(
            "分子：最近一次评价为“满意”的件数；分母：有评价的件数。不含：已答复未评价的。",
            "Items rated satisfied over items rated. Left out: answered but not rated.",
        ),
        _satisfied("attitude"),
    ),
    Definition(
        "satisfied_result",
        Text("满意率（办理结果）", "Satisfied with the result"),
        Text(
            "分子：最近一次评价为“满意”的件数；分母：有评价的件数。不含：已答复未评价的。",
            "Items rated satisfied over items rated. Left out: answered but not rated.",
        ),
        _satisfied("result"),
    ),
    Definition(
        "late_entries",
        Text("补录率", "Late entries"),
        Text(
            "分子：写明补录原因的节点；分母：全部节点。不含：批量导入的。",
            "Events recorded late over all. Left out: imported.",
        ),
        _late_entries,
    ),
)
