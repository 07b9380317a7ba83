"""`huiyin scores`: what the public scored, and adding or voiding a batch; votes are counted and not kept."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from huiyin import edit
from huiyin.cases import Case
from huiyin.commands.context import Context, UsageError, add_day, day_argument, find, gather, named, tell_unread
from huiyin.commands.writing import Draft, add_done, settle
from huiyin.findings import Text
from huiyin.load import Entry
from huiyin.load.files import shown
from huiyin.load.registry import schema_line
from huiyin.report import visible
from huiyin.scores import Histogram, others
from huiyin.scores.counting import count
from huiyin.wording.scores import CAVEAT, told, voided
from huiyin.yamltext import read as read_yaml

SUMMARY = "看公众评分，汇总或作废一批 / public scores: show them, add or void a batch"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("proposal", nargs="?", metavar="PROPOSAL", help="受理编号或案号 / id or official number")
    parser.add_argument("--channel", metavar="CHANNEL", help="渠道，例如 site、visit / the channel of a batch")
    parser.add_argument("--about", choices=("reply", "result"), default="result", help="评什么 / what was scored")
    parser.add_argument("--first", type=day_argument, metavar="DATE", help="这一批从哪天起 / first day of the batch")
    parser.add_argument("--last", type=day_argument, metavar="DATE", help="到哪天止 / last day of the batch")
    parser.add_argument("--counts", nargs=5, type=int, metavar="N", help="1 至 5 分各多少人 / how many gave 1 to 5")
    parser.add_argument("--votes", metavar="FILE", help="评分表（CSV），只数分数，不留别的 / votes to be counted")
    parser.add_argument("--score-column", default="score", metavar="NAME", help="分数的栏名 / column of the score")
    parser.add_argument(
        "--voter-column", metavar="NAME", help="评分人代号的栏名，同一代号只算最后一次 / column of a key of voters"
    )
    parser.add_argument("--void", metavar="BATCH", help="作废这一批，例如 b2 / void a batch")
    parser.add_argument("--reason", metavar="TEXT", help="作废的理由 / why it is voided")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 / output format")
    add_done(parser)
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show scores, or write one batch; return 1 when it would be wrong, and write nothing then."""
    context = gather(arguments)
    if arguments.channel:
        if not arguments.proposal:
            raise UsageError("请写受理编号", "name the proposal")
        return settle(context, _draft(context, find(context, arguments.proposal), arguments), arguments)
    tell_unread(context)
    scored = {score.proposal for score in context.registry.scores.values()}
    cases = (
        [find(context, arguments.proposal)]
        if arguments.proposal
        else [context.cases[name] for name in sorted(scored) if name in context.cases]
    )
    rows = [(case, case.scores) for case in cases]
    if arguments.format == "json":
        print(json.dumps([_json(*row) for row in rows], ensure_ascii=False, indent=2))
    else:
        for row in rows:
            _text(context, *row)
        print(CAVEAT.say(context.lang))
    return 0


def _draft(context: Context, case: Case, arguments: argparse.Namespace) -> Draft:
    """The file of a proposal's scores with one more batch, or one batch voided; raises UsageError."""
    if arguments.channel not in context.law.vocabulary.score_channels:
        known = "、".join(f"{code} {said.zh}" for code, said in context.law.vocabulary.score_channels.items())
        raise UsageError(
            f"没有渠道 {arguments.channel!r}；可以写 {known}",
            f"there is no channel {arguments.channel!r}; take {', '.join(context.law.vocabulary.score_channels)}",
        )
    body = context.registry.body_of(case.proposal)
    office = body.office.id if body else ""
    identifier = f"{case.proposal.id}-{arguments.channel}"
    there = context.registry.scores.get(identifier)
    before = there.source.text if there else ""
    if identifier in context.registry.unreadable:
        raise UsageError(f"{identifier} 的文件有错误，先运行 huiyin check", f"the file {identifier} has errors")
    data: dict[str, Any] = read_yaml(before).data if there else {
        "id": identifier, "proposal": case.proposal.id, "channel": arguments.channel, "about": arguments.about,
        "batches": [],
    }  # fmt: skip
    batches = data["batches"]
    if arguments.void:
        batch = next((row for row in batches if row["id"] == arguments.void), None)
        if batch is None or "void" in batch or not arguments.reason:
            raise UsageError(
                f"{identifier} 里没有可以作废的 {arguments.void}，或者没有写 --reason",
                f"{identifier} has no batch {arguments.void} that could be voided, or --reason is missing",
            )
        batch["void"] = {"on": context.as_of.isoformat(), "by": office, "reason": arguments.reason}
        said = Text(f"作废 {arguments.void}", f"{arguments.void} voided")
    else:
        batch = {"id": f"b{len(batches) + 1}", **_days(arguments), "by": office, "counts": _counts(arguments)}
        batches.append(batch)
        said = Text(f"评分 {sum(batch['counts'])} 人", f"scores of {sum(batch['counts'])} people")
    path = context.folder / "scores" / f"{identifier}.yaml"
    schema = context.law.shapes.schemas["score"]
    comments = [line for line in before.split("\n")[1:] if line.startswith("#")]
    text = edit.compose(edit.arranged(data, schema), schema_line(path, context.law.shapes.path("score")), *comments)
    entry = Entry(path, shown(path, context.root), "score")
    return Draft(entry, before, text, f"{identifier}-{batch['id']}", said, "event.md")


def _days(arguments: argparse.Namespace) -> dict[str, str]:
    days: tuple[date | None, date | None] = (arguments.first, arguments.last)
    if days[0] is None or days[1] is None:
        raise UsageError("请写这一批的起止：--first 和 --last", "say the days of the batch with --first and --last")
    return {"from": days[0].isoformat(), "until": days[1].isoformat()}


def _counts(arguments: argparse.Namespace) -> list[int]:
    if bool(arguments.counts) == bool(arguments.votes):
        raise UsageError("--counts 和 --votes 写一个", "give one of --counts and --votes")
    if arguments.counts:
        return list(arguments.counts)
    path = named([arguments.votes])[0]
    try:
        found = count(path.read_text(encoding="utf-8"), arguments.score_column, arguments.voter_column)
    except UnicodeDecodeError:
        raise UsageError(f"{path.name} 不是 UTF-8 编码", f"{path.name} is not UTF-8") from None
    if found.troubles:
        raise UsageError(
            f"{path.name}：{'；'.join(one.zh for one in found.troubles)}",
            f"{path.name}: {'; '.join(one.en for one in found.troubles)}",
        )
    return list(found.counts)


def _text(context: Context, case: Case, rows: Sequence[Histogram]) -> None:
    lang = context.lang
    print(visible(f"{case.proposal.id} {case.proposal.title}"))
    for one in rows:
        print(visible(f"  {told(one, context.law.vocabulary).say(lang)}"))
        for line in voided(one):
            print(visible(f"    {line.say(lang)}"))
    if not rows:
        print(Text("  没有公众评分", "  no public scores").say(lang))
    for event in others(case.events):
        title = context.law.vocabulary.events[event.type].say(lang)
        who = event.evaluator or context.registry.name_of(event.by)
        print(visible(f"  {title}  {event.on or ''}  {who}"))


def _json(case: Case, rows: Sequence[Histogram]) -> dict[str, Any]:
    return {
        "proposal": case.proposal.id,
        "representative": False,
        "scores": [
            {
                "channel": one.channel,
                "about": one.about,
                "people": one.people if one.counts else None,
                "counts": one.counts,
                "mean": one.mean,
                "voided": [batch.id for batch in one.voided],
            }
            for one in rows
        ],
        "others": [{"event": event.id, "type": event.type} for event in others(case.events)],
    }
