"""`huiyin due`: every clock that is overdue or due soon, whose duty it is, in the order of the day."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from huiyin import wording
from huiyin.cases import Case, holders
from huiyin.clocks import ClockState, Deadline
from huiyin.commands.context import Context, UsageError, add_day, day_argument, gather, tell_unread
from huiyin.findings import Text, did_you_mean
from huiyin.model import Registry
from huiyin.report import columns, guarded, visible

SUMMARY = "列出逾期和快到期的 / list what is overdue and due soon"
ONLY = ("overdue", "today", "near", "unanswered")
COLUMNS = (
    "due_earliest",
    "due_latest",
    "state",
    "days",
    "clock",
    "title",
    "duty",
    "holders",
    "proposal",
    "number",
    "subject",
)


@dataclass(frozen=True)
class Row:
    """One open count of one proposal, and the ids of those whose duty it is."""

    case: Case
    deadline: Deadline
    holders: tuple[str, ...]

    @property
    def order(self) -> tuple[date, str, str]:
        """By the latest due day, then by proposal and clock."""
        return (self.deadline.latest or date.max, self.case.proposal.id, self.deadline.key)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--all", action="store_true", help="期限内的也列出 / those still in time too")
    parser.add_argument(
        "--only",
        choices=ONLY,
        help="只列逾期、今天到期、临近、尚未答复的 / only what is overdue, due today, near, or still unanswered",
    )
    parser.add_argument(
        "--since",
        type=day_argument,
        metavar="DATE",
        help="只列这一天以后新逾期的 / only what has become overdue since this day",
    )
    parser.add_argument("--agency", metavar="NAME", help="只列这个承办单位的 / only this agency's duties")
    parser.add_argument("--proposer", metavar="NAME", help="只列这位提出人的 / only this member's or group's proposals")
    parser.add_argument("--office", metavar="NAME", help="只列这个办事机构的 / only this office's duties")
    parser.add_argument("--clock", metavar="CLOCK", help="只列这种时限，例如 reply / only this clock, such as reply")
    parser.add_argument(
        "--format",
        choices=("text", "json", "csv"),
        default="text",
        help="输出格式 / output format",
    )
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print one line for each open count."""
    context = gather(arguments)
    tell_unread(context)
    rows = sorted(filter(_wanted(context, arguments), _rows(context)), key=lambda row: row.order)
    match arguments.format:
        case "json":
            found = [dict(zip(COLUMNS, _cells(context, row), strict=True)) for row in rows]
            print(json.dumps({"as_of": context.as_of.isoformat(), "rows": found}, ensure_ascii=False, indent=2))
        case "csv":
            print(_csv(context, rows), end="")
        case _:
            print("\n".join(_lines(context, rows)))
    return 0


def _rows(context: Context) -> Iterator[Row]:
    for case in context.cases.values():
        for deadline in case.deadlines:
            if deadline.open and deadline.latest:
                yield Row(case, deadline, holders(context.registry, case, deadline))


def _wanted(context: Context, arguments: argparse.Namespace) -> Callable[[Row], bool]:
    """Return what the command line asks of a row; raises UsageError for a name or clock that there is not."""
    registry = context.registry
    agency = _id(registry.agencies, registry, arguments.agency)
    proposer = _id({**registry.members, **registry.groups}, registry, arguments.proposer)
    office = _id(registry.settings.offices, registry, arguments.office)
    clocks = {clock for case in context.cases.values() for clock in case.pack.clocks}
    if arguments.clock and arguments.clock not in clocks:
        hint = did_you_mean(arguments.clock, clocks) or Text("", "")
        raise UsageError(
            f"没有时限 {arguments.clock}。{hint.zh}", f"there is no clock {arguments.clock}. {hint.en}".rstrip()
        )
    states = {
        "overdue": {ClockState.OVERDUE},
        "near": {ClockState.NEAR},
        "today": {ClockState.NEAR},
        "unanswered": {ClockState.OVERDUE, ClockState.NEAR, ClockState.RUNNING},
        None: {ClockState.OVERDUE, ClockState.NEAR, *([ClockState.RUNNING] if arguments.all else [])},
    }[arguments.only]

    def wanted(row: Row) -> bool:
        deadline = row.deadline
        return bool(
            deadline.state in states
            and (arguments.all or arguments.clock or not deadline.clock.window)
            and (arguments.only != "today" or deadline.latest == context.as_of)
            and (arguments.only != "unanswered" or "replied" in deadline.clock.end.on)
            and (arguments.since is None or _overdue_since(deadline, arguments.since))
            and (agency is None or agency in row.holders)
            and (office is None or office in row.holders)
            and (proposer is None or proposer in row.case.proposal.proposers)
            and (arguments.clock is None or deadline.clock.id == arguments.clock)
        )

    return wanted


def _overdue_since(deadline: Deadline, since: date) -> bool:
    """Overdue now, and not yet at the end of that day."""
    return deadline.state == ClockState.OVERDUE and deadline.latest is not None and deadline.latest >= since


def _id(known: Iterable[str], registry: Registry, asked: str | None) -> str | None:
    """Return the id of who is asked for by id or name, None when nobody is."""
    if asked is None:
        return None
    ids = sorted(known)
    named = [identifier for identifier in ids if asked in (identifier, registry.name_of(identifier))]
    if len(named) == 1:
        return named[0]
    if named:
        raise UsageError(
            f"叫 {asked} 的有几个：{'、'.join(named)}，请写代号",
            f"several are called {asked}: {', '.join(named)}; give the id",
        )
    hint = did_you_mean(asked, [*ids, *map(registry.name_of, ids)]) or Text("", "")
    raise UsageError(f"没有 {asked}。{hint.zh}", f"there is no {asked}. {hint.en}".rstrip())


def _cells(context: Context, row: Row) -> tuple[object, ...]:
    deadline, registry = row.deadline, context.registry
    return (
        deadline.earliest.isoformat() if deadline.earliest else None,
        deadline.latest.isoformat() if deadline.latest else None,
        deadline.state.value,
        deadline.days,
        deadline.key,
        deadline.clock.title.say(context.lang),
        deadline.clock.duty,
        [registry.name_of(holder) for holder in row.holders],
        row.case.proposal.id,
        row.case.standing.number,
        row.case.proposal.title,
    )


def _csv(context: Context, rows: Iterable[Row]) -> str:
    """Return the rows as CSV; a cell that a spreadsheet would take for a formula stands behind an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        cells = [
            wording.LISTED.say(context.lang).join(cell) if isinstance(cell, list) else cell
            for cell in _cells(context, row)
        ]
        writer.writerow([guarded(visible(cell)) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue()


def _lines(context: Context, rows: list[Row]) -> Iterator[str]:
    for row in rows:
        chip = wording.deadline_chip(row.deadline)
        who = wording.LISTED.say(context.lang).join(context.registry.name_of(holder) for holder in row.holders)
        day = wording.due_day(row.deadline).say(context.lang)
        state = f"{chip.mark} {chip.words.say(context.lang)}" if chip else ""
        clock = row.deadline.clock.title.say(context.lang)
        subject = f"{row.case.proposal.id}  {row.case.proposal.title}"
        yield visible(f"{pad(day, 34)}{pad(state, 30)}{pad(clock, 16)}{pad(who, 16)}{subject}")
    overdue = sum(row.deadline.state == ClockState.OVERDUE for row in rows)
    near = sum(row.deadline.state == ClockState.NEAR for row in rows)
    items = len({row.case.proposal.id for row in rows})
    yield Text(
        f"{context.as_of}：逾期 {overdue} 项，快到期 {near} 项，涉及 {items} 件",
        f"{context.as_of}: {overdue} overdue, {near} due soon, in {items} proposals",
    ).say(context.lang)


def pad(text: str, width: int) -> str:
    """Return the text padded to `width` columns of a terminal, where Chinese characters take two."""
    return text + " " * max(1, width - columns(text))
