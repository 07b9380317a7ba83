"""`huiyin explain ID [CLOCK]`: how each deadline of a proposal was counted, step by step, with its law."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from huiyin import wording
from huiyin.cases import Case, holders
from huiyin.clocks import Deadline
from huiyin.commands.context import Context, UsageError, add_day, find, gather
from huiyin.findings import Text, did_you_mean
from huiyin.report import visible
from huiyin.wording.counted import explain, told, uncovered

SUMMARY = "期限是怎么算出来的 / how each deadline was counted"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("id", metavar="ID", help="受理编号或正式编号 / id or official number")
    parser.add_argument(
        "clock",
        metavar="CLOCK",
        nargs="?",
        help="哪个时限，例如 reply、co_opinion/a-water；不写就是全部 / which one; without it all",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 / output format")
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the count of each deadline that is asked for."""
    context = gather(arguments)
    case = find(context, arguments.id)
    chosen = _chosen(case, arguments.clock)
    if arguments.format == "json":
        found = [told(deadline, case.pack.id, context.law.vocabulary, context.lang) for deadline in chosen]
        whole: dict[str, object] = {"proposal": case.proposal.id, "as_of": context.as_of.isoformat(), "clocks": found}
        whole["not_covered"] = [note.say(context.lang) for note in uncovered(case, context.law.vocabulary)]
        print(json.dumps(whole, ensure_ascii=False, indent=2))
        return 0
    print("\n".join(_lines(context, case, chosen)))
    return 0


def _chosen(case: Case, name: str | None) -> list[Deadline]:
    if name is None:
        return [deadline for deadline in case.deadlines if deadline.started]
    chosen = [d for d in case.deadlines if d.key == name or d.key.startswith(f"{name}/")]
    if chosen:
        return chosen
    keys = [deadline.key for deadline in case.deadlines]
    shown = "、".join(keys) or "（没有）"
    hint = did_you_mean(name, keys) or Text("", "")
    raise UsageError(
        f"{case.proposal.id} 没有时限 {name}。{hint.zh}有：{shown}",
        f"{case.proposal.id} has no clock {name}. {hint.en} There are: {', '.join(keys) or 'none'}",
    )


def _lines(context: Context, case: Case, chosen: list[Deadline]) -> Iterator[str]:
    def say(text: Text) -> str:
        return text.say(context.lang)

    yield visible(f"{case.proposal.id}  {case.proposal.title}")
    yield say(
        Text(f"办理规则：{case.pack.title.zh}（{case.pack.id}）", f"Rules: {case.pack.title.en} ({case.pack.id})")
    )
    if not chosen:
        yield say(Text("没有已经起算的时限。", "No clock has started."))
    for deadline in chosen:
        chip = wording.deadline_chip(deadline)
        who = say(wording.LISTED).join(map(context.registry.name_of, holders(context.registry, case, deadline)))
        key = Text(f"（{deadline.key}）", f" ({deadline.key})")
        yield ""
        yield visible(
            f"{say(deadline.clock.title)}{say(key)} {who}  {say(wording.due_day(deadline))}"
            f"{f'  {chip.mark} {say(chip.words)}' if chip else ''}"
        )
        for step in explain(deadline, context.law.vocabulary):
            yield visible(f"    {say(step)}")
    notes = uncovered(case, context.law.vocabulary)
    if notes:
        yield ""
    for note in notes:
        yield say(note)
