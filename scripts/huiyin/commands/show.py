"""`huiyin show ID`: one proposal as it stands: state, whose turn, deadline with its count, answers, timeline."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterator

from huiyin import wording
from huiyin.cases import Case, holders, names
from huiyin.commands.context import Context, add_day, find, gather
from huiyin.findings import Text
from huiyin.wording.counted import explain, uncovered

SUMMARY = "看一件办到哪一步 / show one proposal as it stands"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("id", metavar="ID", help="受理编号或正式编号 / id or official number")
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the proposal."""
    context = gather(arguments)
    print("\n".join(_lines(context, find(context, arguments.id))))
    return 0


def _lines(context: Context, case: Case) -> Iterator[str]:
    words, registry, proposal = context.law.vocabulary, context.registry, case.proposal

    def say(text: Text) -> str:
        return text.say(context.lang)

    colon = say(Text("：", ": "))
    session = registry.sessions[proposal.session].title if proposal.session in registry.sessions else Text("", "")
    yield proposal.title
    yield f"{say(wording.number(case, words))} · {say(session)} · {proposal.id}"
    yield say(Text("提出：", "By: ")) + say(wording.LISTED).join(
        registry.name_of(actor) for actor in proposal.proposers
    )
    assignment = case.standing.assignment
    for role, agencies in (
        (Text("主办：", "Lead: "), (assignment.lead,) if assignment.lead else ()),
        (Text("会办：", "Co-handlers: "), assignment.co),
        (Text("分办：", "Separate: "), assignment.separate),
    ):
        if agencies:
            yield say(role) + say(wording.LISTED).join(map(registry.name_of, agencies))
    state = case.state
    stages = " → ".join(
        f"[{say(case.pack.stage(mark.id).title)}]"
        if mark.position == "current"
        else say(case.pack.stage(mark.id).title)
        for mark in case.standing.stages
        if mark.position in ("done", "current")
    )
    yield say(Text("状态：", "State: ")) + (
        say(state.title) + say(Text(f" （{stages}）", f" ({stages})")) if state else "?"
    )
    for turn in case.standing.turns:
        who = say(wording.LISTED).join(names(registry, proposal, turn))
        what = say(Text("或", " or ")).join(say(words.events[act]) for act in turn.acts)
        yield say(Text(f"轮到：{who}：{what}", f"Turn: {who}: {what}"))
    for deadline in case.deadlines:
        lapsed = deadline.clock.window and not deadline.open
        if deadline.promise or lapsed or not deadline.started:
            continue
        chip = wording.deadline_chip(deadline)
        shown = f"{chip.mark} {say(chip.words)}" if chip else ""
        who = say(wording.LISTED).join(map(registry.name_of, holders(registry, case, deadline)))
        due = say(Text("期限：", " due: ")) + say(wording.due_day(deadline))
        yield f"{say(deadline.clock.title)}{due} {shown} · {who}"
        if deadline.open or "replied" in deadline.clock.end.on:
            for step in explain(deadline, words):
                yield f"    {say(step)}"
    for note in uncovered(case, words):
        yield say(note)
    if case.standing.asks:
        yield ""
    for ask in case.standing.asks:
        yield say(Text("诉求 ", "Ask ")) + f"{ask.ask.id}  {ask.ask.text}"
        for event, answer in ask.answers:
            yield textwrap.indent(f"→ {registry.name_of(event.by)} {wording.day(event.on)}{colon}{answer.text}", "    ")
        if not ask.answers and case.reply_complete and case.itemised:
            yield "    ▲ " + say(Text("尚无回应", "no answer"))
    for promise in case.standing.promises:
        chip = wording.promise_chip(promise, context.as_of)
        due = wording.day(promise.commitment.due)
        yield say(Text("承诺 ", "Commitment ")) + (
            f"{promise.commitment.id}  {chip.mark} {say(chip.words)}  {due}  "
            f"{registry.name_of(promise.owner)}{colon}{promise.commitment.text}"
        )
    yield ""
    for event in case.events:
        who = registry.name_of(event.by)
        yield f"{wording.day(event.on):<10}  {event.id:<4} {say(words.events[event.type])} · {who}"
        if event.type == "replied" and event.text:
            yield textwrap.indent(event.text.rstrip(), "    ")
