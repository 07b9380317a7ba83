"""Figures of submission and acceptance. Pure."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.figures.definition import Definition, Section
from huiyin.figures.facts import HIT, OUT, Facts, Outcome
from huiyin.findings import Text

_SUBMITTED = Text("提出的件数", "those submitted")


def _submitted(facts: Facts) -> Outcome | None:
    return HIT if "submitted" in facts.first and not facts.again else None


def _in_session(facts: Facts) -> Outcome | None:
    event = facts.first.get("submitted")
    if event is None or facts.again:
        return None
    occasion = facts.case.proposal.occasion
    return facts.judged(event, occasion == "in_session") if occasion else OUT


def _accepted(facts: Facts) -> Outcome | None:
    event, accepted = facts.first.get("submitted"), facts.first.get("accepted")
    if event is None or facts.again:
        return None
    if not facts.known(event):
        return OUT
    return facts.judged(accepted or event, accepted is not None)


def having(kind: str) -> Callable[[Facts], Outcome | None]:
    """A counter of items with an event of that type."""
    return lambda facts: HIT if kind in facts.first else None


INTAKE = (
    Definition(
        "submitted",
        Section.INTAKE,
        Text("提出", "Submitted"),
        Text(
            "有“提出”节点的件数，含撤回、不予立案和不公开的；转来的和分案分出的只计原件",
            "Items with a submission, those withdrawn or withheld included; "
            "what came of converting or splitting another item counts there, once",
        ),
        None,
        None,
        "events.type, events.other",
        _submitted,
    ),
    Definition(
        "in_session",
        Section.INTAKE,
        Text("大会期间提出占比", "Submitted in session"),
        Text("大会期间提出的件数", "Items submitted in session"),
        Text("提出并注明时机的件数", "those submitted whose occasion is stated"),
        Text("没有注明时机的、提出日期不详的", "occasion not stated, day of submission not known"),
        "proposals.occasion, events.type",
        _in_session,
    ),
    Definition(
        "accepted",
        Section.INTAKE,
        Text("受理（立案）率", "Acceptance rate"),
        Text("已受理或立案的件数", "Accepted items"),
        _SUBMITTED,
        Text("提出或受理日期不详的", "day of submission or acceptance not known"),
        "events.type, events.on",
        _accepted,
    ),
    Definition(
        "refused",
        Section.INTAKE,
        Text("不予立案", "Not registered"),
        Text("不予立案的件数", "Items refused"),
        None,
        None,
        "events.type",
        having("refused"),
    ),
    Definition(
        "withdrawn",
        Section.INTAKE,
        Text("撤回", "Withdrawn"),
        Text("提出人撤回的件数", "Items withdrawn by their proposers"),
        None,
        None,
        "events.type",
        having("withdrawn"),
    ),
    Definition(
        "converted",
        Section.INTAKE,
        Text("转为其他形式", "Converted"),
        Text("转为建议、社情民意信息等的件数", "Items carried on as another kind"),
        None,
        None,
        "events.type",
        having("converted"),
    ),
    Definition(
        "merged",
        Section.INTAKE,
        Text("并案", "Merged"),
        Text("并案办理的件数，牵头的和并入的都计", "Items handled together, the leading and the joining ones"),
        None,
        None,
        "events.type",
        having("merged"),
    ),
)
"""The figures of this part, in the order in which they are published."""
