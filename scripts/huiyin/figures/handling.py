"""Figures of handling and reply. Pure."""

from __future__ import annotations

from huiyin.figures import timeliness
from huiyin.figures.definition import Definition, Duty, Section
from huiyin.figures.facts import HIT, MISS, OUT, Facts, Outcome
from huiyin.figures.intake import having
from huiyin.findings import Text

FACE_TO_FACE = ("visit", "meeting", "round_table")
"""Ways of contact that count as meeting the proposer (面商)."""


def _follows(facts: Facts, start: str, kind: str) -> Outcome | None:
    """Whether an item with the one event also has the other."""
    first, second = facts.first.get(start), facts.first.get(kind)
    if first is None:
        return None
    return facts.judged(second or first, second is not None) if facts.known(first) else OUT


def _replied(facts: Facts) -> Outcome | None:
    return _follows(facts, "assigned", "replied")


def _closed(facts: Facts) -> Outcome | None:
    return _follows(facts, "assigned", "closed")


def _contacted(facts: Facts) -> Outcome | None:
    reply = facts.first.get("replied")
    if reply is None:
        return None
    contacts = [event for event in facts.events if event.type == "contacted"] if "contacted" in facts.first else ()
    met = [event for event in contacts if event.how in FACE_TO_FACE]
    if not facts.known(reply) or (met and not any(facts.known(event) for event in met)):
        return OUT
    return HIT if met else MISS


_ASSIGNED = Text("已交办的件数", "those assigned")
_COUNTED = Text(
    "还在期限内的、没有期限的、日期不详的、撤回等不再计时的",
    "still in time, without a time limit, without a known day, ended otherwise",
)

HANDLING = (
    Definition(
        "assigned",
        Section.HANDLING,
        Text("交办", "Assigned"),
        Text("已交办的件数", "Items assigned to an agency"),
        None,
        None,
        "events.type",
        having("assigned"),
    ),
    Definition(
        "answered",
        Section.HANDLING,
        Text("有答复", "Answered"),
        Text("至少有一次答复的件数", "Items with at least one reply"),
        None,
        None,
        "events.type",
        having("replied"),
    ),
    Definition(
        "replied",
        Section.HANDLING,
        Text("答复率", "Reply rate"),
        Text("至少有一次答复的件数", "Items with at least one reply"),
        _ASSIGNED,
        Text("交办或答复日期不详的", "day of assignment or reply not known"),
        "events.type, events.on",
        _replied,
        duty=Duty.AGENCY,
    ),
    Definition(
        "closed",
        Section.HANDLING,
        Text("办结率", "Closing rate"),
        Text("已办结的件数（重新启动的也计）", "Items closed, those reopened later included"),
        _ASSIGNED,
        Text("交办或办结日期不详的", "day of assignment or closing not known"),
        "events.type, events.on",
        _closed,
    ),
    Definition(
        "on_time",
        Section.HANDLING,
        Text("按期答复率", "On-time reply rate"),
        Text("在期限内答复的件数（批准延期的按延期后）", "Items answered by the due day, extended or not"),
        Text("已答复的加上逾期未答复的", "those answered plus those overdue"),
        _COUNTED,
        "deadlines.clock, deadlines.state",
        timeliness.reply_outcome,
        duty=Duty.AGENCY,
    ),
    Definition(
        "on_time_original",
        Section.HANDLING,
        Text("按原期限答复率", "On-time rate, first due day"),
        Text("在延期之前的期限内答复的件数", "Items answered by the due day before any extension"),
        Text("已答复的加上过了原期限未答复的", "those answered plus those not answered by that day"),
        _COUNTED,
        "deadlines.due_original, deadlines.ended_on",
        timeliness.reply_outcome_original,
        duty=Duty.AGENCY,
    ),
    Definition(
        "extended",
        Section.HANDLING,
        Text("延期率", "Extension rate"),
        Text("批准延期的件数", "Items whose term was extended"),
        Text("已交办并计算期限的件数", "those assigned whose term is counted"),
        Text("没有期限的、交办日期不详的", "without a time limit, day of assignment not known"),
        "deadlines.extended",
        timeliness.reply_extended,
        duty=Duty.AGENCY,
    ),
    Definition(
        "overdue",
        Section.HANDLING,
        Text("逾期未答复", "Overdue"),
        Text("期限已过而尚未答复的件数，期限次日起算逾期", "Items not answered though their day has passed"),
        None,
        None,
        "deadlines.state",
        timeliness.reply_overdue,
        duty=Duty.AGENCY,
    ),
    Definition(
        "contacted",
        Section.HANDLING,
        Text("面商率", "Face-to-face contact rate"),
        Text("有走访、面商或座谈记录的件数", "Items with a visit, meeting or round table"),
        Text("已答复的件数", "those answered"),
        Text("面商或答复日期不详的", "day of the contact or reply not known"),
        "events.type, events.how",
        _contacted,
        duty=Duty.AGENCY,
    ),
    Definition(
        "rehandled",
        Section.HANDLING,
        Text("重新办理", "Handled again"),
        Text("提出人不满意后交办重新办理的件数", "Items ordered to be handled again"),
        None,
        None,
        "events.type",
        having("rehandling_ordered"),
    ),
    Definition(
        "key_supervised",
        Section.HANDLING,
        Text("重点督办", "Key supervision"),
        Text("列入重点督办的件数", "Items under key supervision"),
        None,
        None,
        "events.type",
        having("key_supervised"),
    ),
)
"""The figures of this part, in the order in which they are published."""
