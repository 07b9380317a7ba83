"""What proposers are told when their proposals are handled together, in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin import wording
from huiyin.cases import Case
from huiyin.findings import Text
from huiyin.model import Registry
from huiyin.vocabulary import Vocabulary


def notice(registry: Registry, words: Vocabulary, case: Case, lead: Case, others: Sequence[Case], reason: str) -> Text:
    """Return what the proposers of a case are told: with what it is merged, what stays their own, and whom to ask."""
    names = [registry.name_of(who) for who in case.proposal.proposers]
    body = registry.body_of(case.proposal)
    office = registry.name_of(body.office.id) if body else ""
    mine = _named(case, words)
    if case is lead:
        rest = [_named(other, words) for other in others]
        how = Text(
            f"以本件为主，与{'、'.join(one.zh for one in rest)}合并办理",
            f"leads, and is handled together with {', '.join(one.en for one in rest)}",
        )
    else:
        whole = _named(lead, words)
        how = Text(f"并入{whole.zh}合并办理", f"is handled together with {whole.en}, which leads")
    why = reason.rstrip("。. ")
    return Text(
        f"致{'、'.join(names)}：您提出的{mine.zh}，{how.zh}。理由：{why}。"
        f"编号、答复和评价各自独立：您会单独收到答复，单独评价。有不同意见，请告知{office}。",
        f"To {', '.join(names)}: {mine.en} {how.en}. Why: {why}. Numbers, replies and ratings stay separate: you get "
        f"a reply of your own and rate it yourself. If you disagree, tell {office}.",
    )


def _named(case: Case, words: Vocabulary) -> Text:
    number = wording.number(case, words)
    return Text(f"{number.zh}《{case.proposal.title}》", f"{number.en} ({case.proposal.title})")
