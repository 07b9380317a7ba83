"""`huiyin due`: what is overdue and what is due soon, in the order of the day."""

from __future__ import annotations

import argparse
import unicodedata

from huiyin import wording
from huiyin.clocks import ClockState
from huiyin.commands.context import add_day, gather, tell_unread
from huiyin.findings import Text

SUMMARY = "列出逾期和快到期的 / list what is overdue and due soon"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--all", action="store_true", help="期限内的也列出 / those still in time too")
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print one line for each open deadline."""
    context = gather(arguments)
    tell_unread(context)
    shown = (ClockState.OVERDUE, ClockState.NEAR, *([ClockState.RUNNING] if arguments.all else []))
    rows = [
        (deadline.latest, case.proposal.id, deadline, case)
        for case in context.cases.values()
        for deadline in case.deadlines
        if deadline.state in shown and deadline.latest
    ]
    for _, identifier, deadline, case in sorted(rows, key=lambda row: row[:2]):
        chip = wording.deadline_chip(deadline)
        agencies = "、".join(context.registry.name_of(agency) for agency in case.standing.owing)
        day = wording.due_day(deadline).say(context.lang)
        state = f"{chip.mark} {chip.words.say(context.lang)}" if chip else ""
        print(f"{pad(day, 34)}{pad(state, 30)}{pad(agencies, 16)}{identifier}  {case.proposal.title}")
    overdue = sum(row[2].state == ClockState.OVERDUE for row in rows)
    near = sum(row[2].state == ClockState.NEAR for row in rows)
    print(
        Text(
            f"{context.as_of}：逾期 {overdue} 件，快到期 {near} 件（{context.registry.settings.near_days} 天内）",
            f"{context.as_of}: {overdue} overdue, {near} due within {context.registry.settings.near_days} days",
        ).say(context.lang)
    )
    return 0


def pad(text: str, width: int) -> str:
    """Return the text padded to `width` columns of a terminal, where Chinese characters take two."""
    used = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(1, width - used)
