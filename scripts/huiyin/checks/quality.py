"""Wooden proposals: what the law asks a good one to have, as hints, never as a bar.

代表法 第二十四条、第三十六条: 建议"应当明确具体，注重反映实际情况和问题"; 有情况、有分析、有具体的建议.
A projection from which texts were taken out says nothing about how good they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.checks import Spotted, Subject, each_proposal
from huiyin.findings import Severity, Text
from huiyin.rubric import grounds, says_comparison, says_figure


@each_proposal("no-figure", Severity.WARNING)
def no_figure(subject: Subject) -> Iterator[Spotted]:
    """没有数据 / No figure

    情况、分析和依据里一个数字也没有：多少人、多少处、多少次？

    Situation, analysis and evidence have no number at all: how many people, places, times?
    """
    if not subject.proposal.taken_out and not says_figure(grounds(subject.proposal)):
        yield Spotted(
            ("title",),
            Text("情况、分析和依据里没有数据", "no figure in situation, analysis and evidence"),
            Text(
                "在 evidence 的 figure 中写上带单位的数字",
                "add a number with its unit, as figure under evidence",
            ),
        )


@each_proposal("no-source", Severity.WARNING)
def no_source(subject: Subject) -> Iterator[Spotted]:
    """没有出处 / No source

    依据没有写明出处：走访、统计公报、热线数据还是文件？

    No evidence says where it comes from: visits, statistics, hotline counts, a document?
    """
    if not subject.proposal.taken_out and not any(row.source for row in subject.proposal.evidence):
        yield Spotted(
            ("title",),
            Text("依据没有出处", "no evidence has a source"),
            Text("在 evidence 的 source 中写明出处", "say where it comes from, as source under evidence"),
        )


@each_proposal("no-comparison", Severity.WARNING)
def no_comparison(subject: Subject) -> Iterator[Spotted]:
    """没有比较 / No comparison

    没有与往年、别处或标准的比较，承办单位难以判断轻重。

    Nothing is compared with earlier years, other places or a standard: an agency cannot see how much it matters.
    """
    compared = subject.proposal.taken_out or any(row.comparison for row in subject.proposal.evidence)
    if not compared and not says_comparison(grounds(subject.proposal)):
        yield Spotted(
            ("title",),
            Text("没有与往年、别处或标准的比较", "nothing is compared"),
            Text("在 evidence 的 comparison 中写明比较", "add a comparison under evidence"),
        )


@each_proposal("no-addressee", Severity.WARNING)
def no_addressee(subject: Subject) -> Iterator[Spotted]:
    """没有指明由谁办 / No ask with an addressee

    没有一项诉求写明建议由哪个单位办理。

    No ask says which agency should do it.
    """
    if not any(ask.agency for ask in subject.proposal.asks):
        yield Spotted(
            ("asks",) if subject.proposal.asks else ("title",),
            Text("没有一项诉求写明建议承办单位", "no ask names an agency"),
            Text("在 asks 中分条写明诉求和 agency", "list the asks, each with its agency"),
        )
