"""The published rubric of a proposal's quality: facts, comparison, path, and the sentences that cost a point.

It follows 代表法 第二十四条、第三十六条: a suggestion is specific, tells the situation, analyses it and says what
should be done. It is a help for writing, and no bar and no ranking. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from huiyin.findings import Text
from huiyin.model import Proposal

_FIGURE = re.compile(
    r"[0-9０-９]|[一二三四五六七八九十百千万亿两]+(?:个|户|人|次|件|处|座|台|辆|名|所|公里|平方米|元|%|成)"
)
_COMPARISON = re.compile(r"同比|环比|相比|对比|高于|低于|多于|少于|超过|不足|比.{1,15}(?:高|低|多|少|长|短|快|慢)|倍")


def says_figure(text: str) -> bool:
    """Whether a text holds a number, in digits or in Chinese with its unit."""
    return bool(_FIGURE.search(text))


def says_comparison(text: str) -> bool:
    """Whether a text compares something."""
    return bool(_COMPARISON.search(text))


def grounds(proposal: Proposal) -> str:
    """Return situation, analysis and evidence as one text."""
    evidence = " ".join(f"{row.claim} {row.figure or ''} {row.comparison or ''}" for row in proposal.evidence)
    return f"{proposal.situation or ''} {proposal.analysis or ''} {evidence}"


@dataclass(frozen=True)
class Criterion:
    """One point of the rubric: which part it belongs to, what it asks, and which sentences miss it."""

    id: str
    part: Text
    asks: Text
    missing: Callable[[Proposal], tuple[str, ...]]


@dataclass(frozen=True)
class Mark:
    """Whether a proposal has a point, and the sentences that cost it: empty where nothing of the kind is written."""

    criterion: Criterion
    given: bool
    sentences: tuple[str, ...] = ()


_FACTS, _COMPARED, _PATH = Text("事实", "Facts"), Text("比较", "Comparison"), Text("路径", "Path")

RUBRIC = (
    Criterion(
        "figures",
        _FACTS,
        Text("每条依据都有数据", "every piece of evidence has a figure"),
        lambda one: tuple(row.claim for row in one.evidence if not row.figure and not says_figure(row.claim)),
    ),
    Criterion(
        "sources",
        _FACTS,
        Text("每条依据都有出处", "every piece of evidence has a source"),
        lambda one: tuple(row.claim for row in one.evidence if not row.source),
    ),
    Criterion(
        "comparison",
        _COMPARED,
        Text("与往年、别处或标准作了比较", "something is compared with earlier years, other places or a standard"),
        lambda one: (
            ()
            if any(row.comparison for row in one.evidence) or says_comparison(grounds(one))
            else tuple(row.figure or row.claim for row in one.evidence)
        ),
    ),
    Criterion(
        "addressees",
        _PATH,
        Text("每项诉求写明建议由谁办", "every ask says who should do it"),
        lambda one: tuple(ask.text for ask in one.asks if not ask.agency),
    ),
    Criterion(
        "measures",
        _PATH,
        Text("每项诉求有数量、期限或范围", "every ask has a number or a day"),
        lambda one: tuple(ask.text for ask in one.asks if not says_figure(ask.text)),
    ),
)
"""One point each; facts and comparison rest on `evidence`, path on `asks`."""


def marks(proposal: Proposal) -> tuple[Mark, ...]:
    """Return the mark of each point; none at all for a proposal of which texts are not public.

    Where there is no evidence, or no ask, its points are lost for want of any sentence; figures and a comparison may
    stand in the situation or the analysis instead.
    """
    if proposal.taken_out:
        return ()
    found = []
    for criterion in RUBRIC:
        written = proposal.asks if criterion.part is _PATH else proposal.evidence
        sentences = criterion.missing(proposal)
        told = {"figures": says_figure, "comparison": says_comparison}.get(criterion.id)
        lacking = not written and not (told and told(grounds(proposal)))
        found.append(Mark(criterion, not sentences and not lacking, sentences))
    return tuple(found)
