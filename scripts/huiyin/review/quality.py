"""What the rubric says of a new proposal, told to whoever proposes it: a help, and no bar. Pure."""

from __future__ import annotations

from huiyin.findings import Text
from huiyin.model import Proposal
from huiyin.rubric import marks

SENTENCES = 3
"""Sentences that are told of a point that was lost."""


def quality(proposal: Proposal) -> list[Text]:
    """Return how many points a proposal has, and for each one lost what it asks and the sentences that cost it."""
    found = marks(proposal)
    if not found:
        return []
    points = sum(mark.given for mark in found)
    lines = [
        Text(
            f"写得怎样：{len(found)} 分得 {points} 分，供修改，不影响受理",
            f"By the rubric: {points} of {len(found)} points, a help and no bar",
        )
    ]
    for mark in found:
        if not mark.given:
            part, asks = mark.criterion.part, mark.criterion.asks
            said = "；".join(f"“{sentence}”" for sentence in mark.sentences[:SENTENCES])
            said += "……" if len(mark.sentences) > SENTENCES else ""
            lines.append(
                Text(
                    f"失一分（{part.zh}）：{asks.zh}；{said or '没有写'}",
                    f"A point lost ({part.en.lower()}): {asks.en}; {said or 'nothing is written'}",
                )
            )
    return lines
