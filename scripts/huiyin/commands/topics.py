"""`huiyin topics`: what keeps coming back, and preparing the file of a key topic from it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any

from huiyin import edit
from huiyin.commands.context import Context, UsageError, add_day, find, gather, tell_unread
from huiyin.commands.writing import Draft, add_options, given, refuse, settle
from huiyin.draft.fields import record
from huiyin.draft.given import typed
from huiyin.draft.names import Names
from huiyin.findings import Text
from huiyin.load import Entry
from huiyin.load.files import shown
from huiyin.load.registry import schema_line
from huiyin.report import visible
from huiyin.topics import Complaints, Repeated, Return, TopicStanding, Watch, near, no_topic_yet, repeated, standings
from huiyin.wording.topics import WHYS, came_back, stands

SUMMARY = "找反复提出的问题，设立重点议题 / find what keeps coming back, and set up key topics"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "proposal",
        nargs="?",
        metavar="PROPOSAL",
        help="由清单里的这一件拟一个重点议题 / prepare a topic from this proposal of the list",
    )
    parser.add_argument("--id", metavar="ID", help="议题编号，t- 开头 / the id of the topic")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="清单的格式 / format of the list")
    add_options(parser)
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print topics and candidates, or write one topic."""
    context = gather(arguments)
    if arguments.proposal:
        return settle(context, _draft(context, arguments), arguments)
    tell_unread(context)
    watch = Watch.over(context.registry, context.as_of)
    topics = standings(context.registry, context.cases, watch)
    rows = no_topic_yet(repeated(context.cases, watch, near(context.cases)), topics)
    if arguments.format == "json":
        print(json.dumps(_json(topics, rows), ensure_ascii=False, indent=2))
    else:
        _text(context, topics, rows)
    return 0


def _draft(context: Context, arguments: argparse.Namespace) -> Draft:
    """The file of a topic: what is given over what follows from the proposals; raises UsageError."""
    newest = find(context, arguments.proposal)
    watch = Watch.over(context.registry, context.as_of)
    rows = repeated(context.cases, watch, near(context.cases))
    row = next((one for one in rows if newest.proposal.id in one.proposals), None)
    schema = context.law.shapes.schemas["topic"]
    names = Names(context.registry, context.law.vocabulary, context.as_of)
    value, problems = typed(record(schema), given(arguments), names)
    refuse(problems)
    identifier = arguments.id or f"t-{newest.proposal.id}"
    if identifier in context.registry.topics or identifier in context.registry.unreadable:
        raise UsageError(f"议题编号 {identifier} 已经用过，用 --id 换一个", f"the id {identifier} is taken; give --id")
    if not row and "why" not in value:
        raise UsageError(
            f"{newest.proposal.id} 不在反复提出的清单里；仍要设立，就用 --set why=… 写明理由",
            f"{newest.proposal.id} is not among what keeps coming back; to set it up all the same, say --set why=…",
        )
    leads = newest.standing.assignment.repliers
    usual: dict[str, Any] = {
        "title": newest.proposal.title,
        "category": newest.proposal.category,
        **({"why": _why(row)} if row else {}),
        **({"lead": leads[0]} if leads else {}),
        "opened": context.as_of.isoformat(),
        "proposals": list(row.proposals if row else [newest.proposal.id]),
    }
    missing = [key for key in schema["required"] if key not in {**usual, **value, "id": identifier}]
    if missing:
        named = "、".join(f"{key}（{record(schema).part(key).title.zh}）" for key in missing)
        raise UsageError(f"还要写：{named}；用 --set 栏目=内容", f"give with --set: {', '.join(missing)}")
    data = edit.arranged({**usual, **value, "id": identifier}, schema)
    path = context.folder / "topics" / f"{identifier}.yaml"
    text = edit.compose(data, schema_line(path, context.law.shapes.path("topic")))
    said = Text(f"设立重点议题 {identifier}", f"a key topic, {identifier}")
    return Draft(Entry(path, shown(path, context.root), "topic"), "", text, identifier, said, "topic.md")


def _why(row: Repeated) -> str:
    """The reason that the records give."""
    first = f"同一问题先后提出{len(row.proposals)}次（{'、'.join(row.proposals)}）。" if row.earlier else ""
    return first + "".join(f"{came_back(one).zh}。" for one in row.returns)


def _text(context: Context, topics: Sequence[TopicStanding], rows: Sequence[Repeated]) -> None:
    lang = context.lang
    for one in topics:
        print(visible(f"{one.topic.id} {one.topic.title}"))
        print(visible(f"  {stands(one, context.registry).say(lang)}"))
        _print_returns(one.returns, lang)
    head = Text(f"反复提出、还没有设立议题的：{len(rows)} 组", f"Keeps coming back, and is no topic yet: {len(rows)}")
    print(head.say(lang))
    for row in rows:
        print(visible(f"{row.newest.proposal.id} {row.newest.proposal.title}"))
        for case, why in row.earlier:
            print(visible(f"  {case.proposal.id} {case.proposal.title}  {WHYS[why].say(lang)}"))
        _print_returns(row.returns, lang)


def _print_returns(rows: Sequence[Return], lang: str) -> None:
    for one in rows:
        print(visible(f"  ! {came_back(one).say(lang)}"))


def _json(topics: Sequence[TopicStanding], rows: Sequence[Repeated]) -> dict[str, Any]:
    return {
        "topics": [
            {
                "topic": one.topic.id,
                "title": one.topic.title,
                "lead": one.topic.lead,
                "due": one.topic.due.isoformat(),
                "closed": one.closed.isoformat() if one.closed else None,
                "overdue": one.overdue,
                "proposals": [case.proposal.id for case in one.cases],
                "returns": [_returned(back) for back in one.returns],
            }
            for one in topics
        ],
        "candidates": [
            {
                "proposal": row.newest.proposal.id,
                "title": row.newest.proposal.title,
                "earlier": [{"proposal": case.proposal.id, "why": why.value} for case, why in row.earlier],
                "returns": [_returned(back) for back in row.returns],
            }
            for row in rows
        ],
    }


def _returned(one: Return) -> dict[str, Any]:
    return {
        "claimed": one.claimed.proposal.id,
        "reply": one.reply.id,
        "claimed_on": one.reply.on.isoformat() if one.reply.on else None,
        "came_back_on": one.on.isoformat(),
        "again": one.again.proposal.id if one.again else None,
        "event": one.event.id if one.event else None,
        "why": one.why.value,
        "complaints": _complaints(one.complaints) if one.complaints else None,
    }


def _complaints(one: Complaints) -> dict[str, Any]:
    return {
        "feed": one.series.feed,
        "category": one.series.category,
        "area": one.series.area,
        **{
            name: [{"month": point.month, "tickets": point.tickets} for point in points]
            for name, points in (("before", one.before), ("after", one.again))
        },
    }
