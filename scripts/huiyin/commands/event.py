"""`huiyin event ID [TYPE]`: what may be recorded now, and one more event in the file, judged before it is written."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from huiyin import edit, wording
from huiyin.cases import Case
from huiyin.commands import withholding
from huiyin.commands.asking import Questions, interactive
from huiyin.commands.context import Context, UsageError, add_day, find, gather
from huiyin.commands.writing import Draft, add_options, given, refuse, settle
from huiyin.draft.acts import Act, acts
from huiyin.draft.entry import commitment_ids, next_event, status_of
from huiyin.draft.fields import Field, record
from huiyin.draft.given import numbered, typed
from huiyin.draft.names import Names
from huiyin.findings import Source, Text, did_you_mean
from huiyin.load.files import read
from huiyin.report import visible
from huiyin.yamltext import read as read_yaml

SUMMARY = "看现在可以记什么，追加一条节点 / see what may be recorded now, and append an event"

EVERY = ("id", "type", "on", "undated", "by", "recorded_by", "channel", "document", "note", "late_entry")
"""Fields that events of every type have."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("id", metavar="ID", help="受理编号或正式编号 / id or official number")
    parser.add_argument(
        "type",
        nargs="?",
        metavar="TYPE",
        help="节点类型，例如 replied 或 答复；不写就列出现在可以记的 / type of event; without it those allowed now",
    )
    add_options(parser)
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """List what may be recorded, or append one event; return 1 when it would be wrong, and write nothing then."""
    context = gather(arguments)
    case = find(context, arguments.id)
    allowed = acts(context.registry, case)
    data = given(arguments)
    kind = arguments.type or data.get("type")
    if kind is None and data:
        raise UsageError("没有写节点类型", "the type of event is missing")
    if kind is None:
        print("\n".join(_listed(context, case, allowed)))
        if not interactive():
            return 0
        words = context.law.vocabulary.events
        kind = Questions(context.law.shapes, _names(context, case), context.lang).choose(
            Text("记哪一种", "Which one"), {act.type: words[act.type] for act in allowed}
        )
    made = draft(context, case, _type(context, str(kind)), data, ask=interactive())
    for line in withholding.told(context, made):
        print(visible(line.say(context.lang)), file=sys.stderr)
    return settle(context, made, arguments)


def _type(context: Context, name: str) -> str:
    words = context.law.vocabulary.events
    for kind, title in words.items():
        if name in (kind, *title, *title.zh.split("或")):
            return kind
    hint = did_you_mean(name, [*words, *(title.zh for title in words.values())]) or Text("", "")
    raise UsageError(
        f"没有节点类型 {name!r}。{hint.zh}不写类型就列出现在可以记的",
        f"there is no type of event {name!r}. {hint.en} Without a type those allowed now are listed",
    )


def _names(context: Context, case: Case) -> Names:
    return Names(context.registry, context.law.vocabulary, context.as_of, case.proposal, case.pack)


def draft(context: Context, case: Case, kind: str, data: dict[str, Any], *, ask: bool) -> Draft:
    """Return the file of the case with one more event of that kind that holds `data`.

    With `ask` what is missing is asked for. Raises UsageError when a name cannot be understood, or the file is written
    in a way that only people should change.
    """
    entry = next(e for e in context.loaded.entries if e.path.stem == case.proposal.id and e.kind == "proposal")
    before = read(entry)[0].text
    file = read_yaml(before).data
    schema = context.law.shapes.schemas["proposal"]
    field = record(schema, f"event_{kind}")
    if "id" in data:
        raise UsageError("节点编号由工具给，不用写 id", "the id of an event is given here; leave it out")
    value, problems = typed(field, {key: text for key, text in data.items() if key != "type"}, _names(context, case))
    refuse(problems)
    act = next((act for act in acts(context.registry, case) if act.type == kind), None)
    event = next_event(file, kind, _filled(context, case, field, value, act, ask=ask))
    event = numbered(field, event, commitment_ids(file))
    events = [*file["events"], event]
    event = edit.arranged({**file, "events": events}, schema)["events"][-1]
    sound = not context.law.shapes.findings("proposal", {**file, "events": events}, Source(entry.name, ""))
    status = status_of(context.registry, {**file, "events": events}) if sound else str(file["status"])
    after = edit.with_event(before, event, status)
    if after is None:
        raise UsageError(
            f"{entry.name} 的节点写法特别（例如写在一行的括号里），不能自动追加；请先运行 huiyin fmt，或手工追加",
            f"the events of {entry.name} are written in a way of their own (in brackets, say); append it by hand",
        )
    return Draft(entry, before, after, f"{case.proposal.id}-{event['id']}", _said(context, event), "event.md")


def _filled(
    context: Context, case: Case, field: Field, value: dict[str, Any], act: Act | None, *, ask: bool
) -> dict[str, Any]:
    """The event with its usual day and actor; the rest is asked for where somebody can be asked."""
    usual = {"on": (context.as_of.isoformat(),), "by": act.actors if act else ()}
    if not ask:
        unasked = {"on"} if "undated" in value else set()
        return {**{key: codes[0] for key, codes in usual.items() if len(codes) == 1 and key not in unasked}, **value}
    questions = Questions(context.law.shapes, _names(context, case), context.lang)
    whole = questions.complete(field, {"$ref": f"#/$defs/{field.key}"}, value, usual, ("id", "type"))
    return questions.more(field, whole, [part.key for part in field.parts if part.key not in EVERY])


def _said(context: Context, event: dict[str, Any]) -> Text:
    title = context.law.vocabulary.events[event["type"]]
    who = context.registry.name_of(str(event.get("by", "")))
    on = event.get("on", "")
    return Text(f"{event['id']} {title.zh}（{on}，{who}）", f"{event['id']} {title.en} ({on}, {who})")


def _listed(context: Context, case: Case, allowed: tuple[Act, ...]) -> Iterator[str]:
    """The state, whose turn it is, and the acts that are allowed: code, name, who, and the deadline that it meets."""
    words, registry = context.law.vocabulary, context.registry

    def say(text: Text) -> str:
        return text.say(context.lang)

    def who(actors: tuple[str, ...]) -> str:
        shown = say(wording.LISTED).join(registry.name_of(actor) for actor in actors[:3])
        return shown + (say(Text(f" 等 {len(actors)} 个", f" and {len(actors) - 3} more")) if len(actors) > 3 else "")

    yield visible(case.proposal.title)
    yield say(Text("状态：", "State: ")) + (say(case.state.title) if case.state else "?")
    for expected in (True, False):
        rows = [act for act in allowed if act.expected is expected]
        if rows:
            yield say(Text("该办的：", "Due now:") if expected else Text("也可以记：", "Also allowed:"))
        for act in rows:
            due = "".join(
                f"  {say(d.clock.title)}{say(Text('期限 ', ' due '))}{say(wording.due_day(d))}" for d in act.deadlines
            )
            yield f"  {act.type:<20} {say(words.events[act.type])} · {who(act.actors)}{due}"
