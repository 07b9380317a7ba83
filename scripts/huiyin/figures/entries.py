"""Figures of how acts were recorded, and of the time that things take. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from huiyin.figures import timeliness
from huiyin.figures.definition import Definition, Duty, Record, Section, Stretch
from huiyin.figures.facts import HIT, MISS, OUT, Entry, Facts, Outcome
from huiyin.figures.stays import LEFT, STILL_OPEN, VOID, Stay
from huiyin.findings import Text

STAGES = {
    "submission": Text("提出", "Submission"),
    "acceptance": Text("受理", "Acceptance"),
    "assignment": Text("交办", "Assignment"),
    "consultation": Text("会商", "Consultation"),
    "handling": Text("办理", "Handling"),
    "reply": Text("答复", "Reply"),
    "evaluation": Text("评估", "Evaluation"),
}
"""The seven stages with the words that the rule packs give them."""


def _recorded(judge: Callable[[Entry], bool], whose: Callable[[Entry], bool] = lambda _: True) -> Record:
    """A counter of events."""

    def entry(entry: Entry) -> Outcome | None:
        if not whose(entry):
            return None
        return (HIT if judge(entry) else MISS) if entry.known else OUT

    return entry


def _late(entry: Entry) -> bool:
    return entry.late


_EVENTS = Text("个节点", "events")
_ALL = Text("全部节点", "all events")
_IMPORTED = Text("批量导入的、日期不详的", "imported, day not known")
_LATE = Text("写明补录原因的节点", "Events recorded late, with a reason")

ENTRIES = (
    Definition(
        "late_entries",
        Section.ENTRIES,
        Text("补录率", "Late entries"),
        _LATE,
        _ALL,
        _IMPORTED,
        "events.late_entry",
        entry=_recorded(_late),
        unit=_EVENTS,
    ),
    Definition(
        "late_agencies",
        Section.ENTRIES,
        Text("承办单位补录率", "Late entries, agencies"),
        _LATE,
        Text("承办单位的节点", "agencies' events"),
        _IMPORTED,
        "events.late_entry, events.by",
        entry=_recorded(_late, lambda entry: entry.agency != ""),
        unit=_EVENTS,
        duty=Duty.AGENCY,
    ),
    Definition(
        "late_proposers",
        Section.ENTRIES,
        Text("提出人补录率", "Late entries, proposers"),
        _LATE,
        Text("提出人的节点", "proposers' events"),
        _IMPORTED,
        "events.late_entry, events.by",
        entry=_recorded(_late, lambda entry: entry.by_proposer),
        unit=_EVENTS,
        duty=Duty.PROPOSER,
    ),
    Definition(
        "recorded_for_others",
        Section.ENTRIES,
        Text("代录率", "Recorded for others"),
        Text("由别人代为登记的节点", "Events that another entered"),
        _ALL,
        _IMPORTED,
        "events.recorded_by, events.by",
        entry=_recorded(lambda entry: entry.for_another),
        unit=_EVENTS,
    ),
)
"""The figures of records, in the order in which they are published."""


def _in_stage(stage: str) -> Stretch:
    return lambda facts: facts.stays.get(stage, ())


def _feedback(facts: Facts) -> Iterator[Stay]:
    """The days from the first reply to the first rating of one; until it was closed, where nobody rated."""
    reply = facts.first.get("replied")
    if reply is None:
        return
    rating, closed = facts.first.get("rated"), facts.first.get("closed")
    if rating is not None and rating.about == "fulfilment":
        rating = next((event for event in facts.events if event.type == "rated" and event.about != "fulfilment"), None)
    if rating is not None:
        yield Stay("", reply.on, rating.on, LEFT)
    elif closed is not None:
        yield Stay("", reply.on, closed.on, VOID)
    else:
        yield Stay("", reply.on, None, STILL_OPEN)


_UNDATED = Text("起止日期不详的", "a day at either end not known")

TIMES = (
    Definition(
        "time_to_reply",
        Section.TIME,
        Text("交办到答复", "Assignment to reply"),
        Text("从首次交办到答复齐全的日历天数", "Calendar days from the first assignment to the last reply owed"),
        Text(
            "已交办且有期限的件，未答复的按已过天数计为未完结",
            "items with a time limit, those not answered as open so far",
        ),
        Text("起止日期不详的、撤回等不再计时的", "a day at either end not known, ended otherwise"),
        "deadlines.started_on, deadlines.ended_on",
        time=timeliness.reply_stretch,
        duty=Duty.AGENCY,
    ),
    Definition(
        "time_to_feedback",
        Section.TIME,
        Text("答复到评价", "Reply to rating"),
        Text("从首次答复到首次评价的日历天数", "Calendar days from the first reply to the first rating"),
        Text(
            "有答复的件，未评价的按已过天数（办结的到办结之日）计为未完结",
            "items answered, those not rated as open so far, or until they were closed",
        ),
        _UNDATED,
        "events.type, events.on",
        time=_feedback,
        duty=Duty.PROPOSER,
    ),
    *(
        Definition(
            f"time_{stage}",
            Section.TIME,
            Text(f"“{title.zh}”阶段用时", f"Time in {title.en.lower()}"),
            Text(f"每进入一次“{title.zh}”阶段的日历天数", f"Calendar days of each stay in {title.en.lower()}"),
            Text(
                "每次进入，尚在其中的、因撤回等中止的按已过天数计为未完结",
                "every stay; those still there, or cut short by a withdrawal and the like, as open so far",
            ),
            _UNDATED,
            "stays.days, stays.end",
            time=_in_stage(stage),
            unit=Text("次", "stays"),
        )
        for stage, title in STAGES.items()
    ),
)
"""The figures of time, in the order in which they are published."""
