"""`huiyin new`: the file of a new proposal, with its id and its event of submission, judged before it is written."""

from __future__ import annotations

import argparse
import secrets
from typing import Any

from huiyin import edit
from huiyin.commands.asking import Questions, interactive
from huiyin.commands.context import Context, UsageError, add_day, gather
from huiyin.commands.writing import Draft, add_options, given, refuse, settle
from huiyin.draft.entry import ID_LENGTH, LETTERS, submission
from huiyin.draft.fields import Field, record
from huiyin.draft.given import numbered, typed
from huiyin.draft.names import Names
from huiyin.findings import Text
from huiyin.load import Entry
from huiyin.load.files import shown
from huiyin.load.registry import schema_line

SUMMARY = "新写一件建议、议案、提案或社情民意信息 / write the file of a new proposal"

WRITTEN_HERE = ("id", "status", "events", "source", "particulars")
"""Fields that are not asked for: given out or derived here, or those of imported ledgers."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--id", metavar="ID", help="受理编号，默认随机生成 / the id; a random one without")
    add_options(parser)
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write one new file; return 1 when it would be wrong, and write nothing then."""
    context = gather(arguments)
    data = given(arguments)
    return settle(context, draft(context, data, arguments.id, ask=interactive()), arguments)


def draft(context: Context, data: dict[str, Any], identifier: str | None, *, ask: bool) -> Draft:
    """Return the file that holds `data`: fields of a proposal, and those of its event of submission beside them.

    With `ask` what is missing is asked for. Raises UsageError when a name cannot be understood or a field is not for
    people to write.
    """
    schema = context.law.shapes.schemas["proposal"]
    names = Names(context.registry, context.law.vocabulary, context.as_of)
    proposal, event = _split(record(schema), record(schema, "event_submitted"), data)
    value, problems = typed(record(schema), proposal, names)
    first, more = typed(record(schema, "event_submitted"), event, names)
    refuse([*problems, *more])
    if ask:
        value, first = _asked(context, names, value, first)
    value = numbered(record(schema), value)
    proposers = value.get("proposers")
    usual: dict[str, Any] = {} if "undated" in first else {"on": context.as_of.isoformat()}
    if isinstance(proposers, list) and proposers:
        usual["by"] = proposers[0]
    made = identifier or _new_id(context)
    if made in _taken(context):
        raise UsageError(f"受理编号 {made} 已经用过，请换一个", f"the id {made} is taken; choose another")
    file = edit.arranged(submission(value, {**usual, **first}, made), schema)
    path = context.folder / "proposals" / _folder(value) / f"{made}.yaml"
    entry = Entry(path, shown(path, context.root), "proposal")
    text = edit.compose(file, schema_line(path, context.law.shapes.path("proposal")))
    kind = context.law.vocabulary.kinds.get(str(value.get("kind")), Text("新的一件", "new proposal"))
    said = Text(f"新写一件{kind.zh} {made}", f"a new file, {kind.en.lower()} {made}")
    return Draft(entry, "", text, made, said, "proposal.md")


def _split(proposal: Field, event: Field, data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fields of the proposal, and those that only its event of submission has; raises UsageError for others' work."""
    own = {name for part in proposal.parts for name in (part.key, *part.title)}
    first = {name for part in event.parts if part.key not in ("id", "type") for name in (part.key, *part.title)}
    taken = [key for key in data if key in WRITTEN_HERE]
    if taken:
        raise UsageError(
            f"{'、'.join(taken)} 不用写：编号用 --id，状态和提出节点由工具写，导入用 huiyin import",
            f"leave out {', '.join(taken)}: --id gives the id, state and first event are written here",
        )
    return (
        {key: value for key, value in data.items() if key in own or key not in first},
        {key: value for key, value in data.items() if key in first and key not in own},
    )


def _asked(
    context: Context, names: Names, value: dict[str, Any], first: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Ask for what the schema needs of both, and offer the rest of the proposal."""
    schema, shapes = context.law.shapes.schemas["proposal"], context.law.shapes
    ask = Questions(shapes, names, context.lang)
    field = record(schema)
    value = ask.complete(field, {**schema, "$defs": {}}, value, {}, WRITTEN_HERE)
    value = ask.more(field, value, [part.key for part in field.parts if part.key not in WRITTEN_HERE])
    usual = {"on": (context.as_of.isoformat(),), "by": (value["proposers"][0],)}
    submitted = record(schema, "event_submitted")
    return value, ask.complete(submitted, {"$ref": "#/$defs/event_submitted"}, first, usual, ("id", "type"))


def _folder(value: dict[str, Any]) -> str:
    """The folder of the session; a session that is none stays in the text, where the checks find it."""
    session = value.get("session")
    return session if isinstance(session, str) and session.replace("-", "").isalnum() else "unknown"


def _new_id(context: Context) -> str:
    """An id that nothing in the registry has; nobody can guess it and two offices hardly meet."""
    while True:
        made = f"{context.as_of.year}-{''.join(secrets.choice(LETTERS) for _ in range(ID_LENGTH))}"
        if made not in _taken(context):
            return made


def _taken(context: Context) -> set[str]:
    return {*context.registry.proposals, *context.registry.unreadable}
