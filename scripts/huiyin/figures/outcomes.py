"""Figures of results: classes of reply, answers to asks, inputs taken up, and disclosure. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.figures.definition import Count, Definition, Duty, Section
from huiyin.figures.facts import HIT, MISS, OUT, Facts, Outcome
from huiyin.findings import Text

CLASSES = {
    "resolved": Text("解决采纳率", "Resolved or adopted"),
    "partly_resolved": Text("部分解决占比", "Partly resolved"),
    "in_progress": Text("正在解决占比", "Being resolved"),
    "scheduled": Text("列入计划占比", "Scheduled"),
    "reference": Text("留作参考占比", "For reference"),
    "infeasible": Text("暂不可行占比", "Not feasible now"),
    "escalated": Text("已上报上级占比", "Escalated"),
}
"""Every class of reply that says something, with the name of its share."""
PUBLIC = ("full", "summary")
"""Levels of disclosure that count as public."""


def _class(name: str) -> Count:
    """A counter of items whose latest reply is of that class."""

    def count(facts: Facts) -> Outcome | None:
        reply = facts.last.get("replied")
        if reply is None:
            return None
        kind = reply.reply_class
        return OUT if kind is None or kind == "not_stated" else facts.judged(reply, kind == name)

    return count


def _asks(facts: Facts) -> Iterator[tuple[None, Outcome, int]]:
    if not facts.case.proposal.asks:
        return
    counted = facts.case.reply_complete and facts.case.itemised
    for ask in facts.case.standing.asks:
        if not counted:
            yield None, OUT, 1
        else:
            yield None, facts.judged(ask.answers[-1][0], hit=True) if ask.answers else MISS, 1


def _inputs(facts: Facts) -> Iterator[tuple[None, Outcome, int]]:
    for event in facts.events:
        for given in event.inputs:
            yield None, facts.judged(event, given.taken_up != "no"), 1


def _content(facts: Facts) -> Outcome | None:
    accepted, disclosed = facts.first.get("accepted"), facts.last.get("disclosed")
    if accepted is None:
        return None
    block = facts.case.proposal.disclosure
    level = disclosed.level if disclosed else block.level if block else None
    if level is None or not facts.known(accepted) or (disclosed and not facts.known(disclosed)):
        return OUT
    return HIT if level in PUBLIC else MISS


def _reply(facts: Facts) -> Outcome | None:
    reply = facts.last.get("replied")
    if reply is None:
        return None
    if not facts.known(reply):
        return OUT
    level = reply.disclosure.level if reply.disclosure else None
    after = facts.events[facts.events.index(reply) :] if "disclosed" in facts.last else ()
    for event in after:
        if event.type == "disclosed":
            if not facts.known(event):
                return OUT
            level = event.level
    return OUT if level is None else HIT if level in PUBLIC else MISS


_STATED = Text("最近一次答复注明类别的件数", "those whose latest reply has a class")
_NOT_STATED = Text("类别未注明的、答复日期不详的", "class not stated, day of the reply not known")

RESULTS = (
    *(
        Definition(
            name,
            Section.RESULT,
            title,
            Text(
                f"最近一次答复类别为“{title.zh.removesuffix('占比') if name != 'resolved' else '已解决或采纳'}”的件数",
                f"Items whose latest reply is classed as “{title.en.lower()}”",
            ),
            _STATED,
            _NOT_STATED,
            "proposals.class, events.on",
            _class(name),
        )
        for name, title in CLASSES.items()
    ),
    Definition(
        "asks_answered",
        Section.RESULT,
        Text("诉求回应率", "Asks answered"),
        Text("得到逐条回应的诉求", "Asks with an answer of their own"),
        Text("已全部答复的件中的诉求", "those of items fully answered"),
        Text("尚待答复的、答复日期不详的", "still to be answered, day of the answer not known"),
        "asks.answered, asks.answered_on, proposals.reply_complete",
        each=_asks,
        unit=Text("项", "asks"),
        duty=Duty.AGENCY,
    ),
    Definition(
        "inputs_taken_up",
        Section.RESULT,
        Text("意见采纳率", "Inputs taken up"),
        Text("会商中采纳或部分采纳的意见", "Inputs of consultations taken up wholly or partly"),
        Text("会商中提出的意见", "all inputs"),
        Text("会商日期不详的", "day of the consultation not known"),
        "inputs.taken_up",
        each=_inputs,
        unit=Text("条", "inputs"),
    ),
)
"""The figures of results, in the order in which they are published."""

DISCLOSURE = (
    Definition(
        "disclosed_content",
        Section.DISCLOSURE,
        Text("内容公开率", "Texts disclosed"),
        Text("全文或者摘要公开的件数", "Items public in full or as a summary"),
        Text("已受理并注明公开程度的件数", "those accepted whose level of disclosure is stated"),
        Text("公开程度未注明的、受理或公开日期不详的", "level not stated, day of acceptance or disclosure not known"),
        "proposals.disclosure, events.level",
        _content,
    ),
    Definition(
        "disclosed_reply",
        Section.DISCLOSURE,
        Text("答复公开率", "Replies disclosed"),
        Text("最近一次答复全文或者摘要公开的件数", "Items whose latest reply is public in full or as a summary"),
        Text("最近一次答复注明公开程度的件数", "those whose latest reply states its level"),
        Text("公开程度未注明的、答复或公开日期不详的", "level not stated, day of the reply or disclosure not known"),
        "events.level",
        _reply,
    ),
)
"""The figures of disclosure, in the order in which they are published."""
