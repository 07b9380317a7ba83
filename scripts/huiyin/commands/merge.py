"""`huiyin merge`: the events with which proposals are handled together, on every side, and what proposers are told."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from huiyin import similar
from huiyin.cases import Case
from huiyin.commands import event
from huiyin.commands.context import Context, UsageError, add_day, find, gather
from huiyin.commands.writing import add_done, settle
from huiyin.findings import Text
from huiyin.report import visible
from huiyin.wording.merging import notice

SUMMARY = "拟写并案的节点：几件合并办理，编号、答复、评价各自独立 / prepare the events of a merge, on all sides"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("lead", metavar="LEAD", help="为主的一件：受理编号或案号 / the one that leads")
    parser.add_argument("others", nargs="+", metavar="OTHER", help="并入的各件 / those that join it")
    parser.add_argument("--reason", metavar="TEXT", help="并案的理由，写进每一件 / why, written into each")
    parser.add_argument(
        "--recorded-by",
        metavar="OFFICE",
        help="几件属于不同机构时，由谁一并代录 / where bodies differ: which office records for all",
    )
    parser.add_argument("--channel", metavar="CHANNEL", help="代录的来文渠道，例如 mail / how those offices agreed")
    add_done(parser)
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the asks side by side, write one event for each proposal, and print what proposers are to be told."""
    context = gather(arguments)
    lead = find(context, arguments.lead)
    others = [find(context, name) for name in dict.fromkeys(arguments.others)]
    _refuse(lead, others)
    if not arguments.reason:
        raise UsageError(
            "请写并案的理由：--reason；相似在哪里，见 huiyin similar", "say why with --reason; see huiyin similar"
        )
    known = {name: case.proposal for name, case in context.cases.items()}
    group = [*similar.handled_together(lead.proposal.id, known), *(other.proposal.id for other in others)]
    bodies = len({context.registry.sessions[case.proposal.session].body for case in (lead, *others)})
    sides: list[dict[str, Any]] = [{"with": [other.proposal.id for other in others]}]
    sides += [{"into": lead.proposal.id} for _ in others]
    drafts = [
        event.draft(context, case, "merged", {**_who(context, case, bodies, arguments), **side}, ask=False)
        for case, side in zip((lead, *others), sides, strict=True)
    ]
    _compare(context, [context.cases[name] for name in group])
    code = settle(context, drafts[0], arguments, *drafts[1:])
    if code == 0:
        print(Text("请告知各位提出人：", "Tell the proposers:").say(context.lang))
        for case in (lead, *others):
            told = notice(context.registry, context.law.vocabulary, case, lead, others, arguments.reason)
            print(visible(f"  {told.say(context.lang)}"))
    return code


def _refuse(lead: Case, others: Sequence[Case]) -> None:
    """Raise UsageError for what cannot be merged."""
    for other in others:
        one = other.proposal.id
        if other is lead:
            raise UsageError(f"{one} 不能并入自己", f"{one} cannot join itself")
        joined = next((event.joins for event in other.events if event.joins), None)
        if joined:
            raise UsageError(f"{one} 已经并入 {joined}", f"{one} has joined {joined} already")
    above = next((event.joins for event in lead.events if event.joins), None)
    if above:
        raise UsageError(
            f"{lead.proposal.id} 已经并入 {above}，以 {above} 为主再并",
            f"{lead.proposal.id} has joined {above}; let {above} lead",
        )


def _who(context: Context, case: Case, bodies: int, arguments: argparse.Namespace) -> dict[str, str]:
    """Whose act it is, and who records it: each body's office merges its own; of several bodies one office records.

    Guard wants both sides in one change, and an account records for the offices that it stands for.
    """
    body = context.registry.body_of(case.proposal)
    if body is None:
        raise UsageError(f"找不到 {case.proposal.id} 的机构", f"the body of {case.proposal.id} is not known")
    said = {"by": body.office.id, "reason": arguments.reason}
    if bodies > 1 and not (arguments.recorded_by and arguments.channel):
        raise UsageError(
            "几件属于不同机构，各边的节点要一次提交：请政府办事机构代录，写 --recorded-by（如 o-gov）和 --channel",
            "the proposals are of different bodies, and both sides belong in one change: let the government's office "
            "record them, with --recorded-by and --channel",
        )
    more = {"recorded_by": arguments.recorded_by, "channel": arguments.channel}
    return {**said, **{key: value for key, value in more.items() if value}}


def _compare(context: Context, cases: Sequence[Case]) -> None:
    """Print the asks of a group side by side: those that say the same together, then those that stand alone."""
    print(Text("诉求对照：", "Asks side by side:").say(context.lang))
    rows = similar.side_by_side([case.proposal for case in cases])
    for row in sorted(rows, key=lambda row: len(row) == 1):
        mark = Text("相近", "alike") if len(row) > 1 else Text("单独", "alone")
        for n, (identifier, ask) in enumerate(row.items()):
            head = mark.say(context.lang) if n == 0 else " " * len(mark.say(context.lang))
            print(visible(f"  {head}  {identifier} {ask.id} {ask.text}"))
