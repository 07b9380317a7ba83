"""The text that a proposal has once it landed: its new events in, numbered, sorted, with its status. Pure."""

from __future__ import annotations

from typing import Any

from huiyin import edit
from huiyin.findings import Source
from huiyin.landing.reapply import ConflictError, Row
from huiyin.lifecycle import standing
from huiyin.load import Law, nouns
from huiyin.model import Proposal, Registry
from huiyin.rules import NONE
from huiyin.yamltext import read


def data_of(text: str, path: str) -> dict[str, Any]:
    """Return the data of a proposal's text; raises ConflictError when it cannot be read."""
    document = read(text)
    if document.faults or not isinstance(document.data, dict) or not isinstance(document.data.get("events"), list):
        raise ConflictError(f"{path} 读不懂；先运行 huiyin check", f"{path} cannot be read; run huiyin check first")
    return document.data


def sound(text: str, path: str, law: Law) -> dict[str, Any]:
    """Return the data of a proposal's text; raises ConflictError when its schema does not allow them."""
    data = {"status": "submitted", **data_of(text, path)}
    wrong = law.shapes.findings("proposal", data, Source(path, text))
    if wrong:
        place, found = wrong[0].place, wrong[0].found
        raise ConflictError(f"{path}:{place.line} {found.zh}", f"{path}:{place.line} {found.en}")
    return data


def with_events(text: str, rows: list[Row], path: str) -> str:
    """Return the text with these events behind its own; raises ConflictError where its layout does not allow that."""
    before = data_of(text, path)
    grown = text.rstrip("\n") + "\n" + edit.compose_items(rows)
    if data_of(grown, path) != {**before, "events": [*before["events"], *rows]}:
        raise _peculiar(path)
    return grown


def numbered(text: str, index: int, number: str, path: str) -> str:
    """Return the text with an official number in the event at `index`, which has none."""
    line, column, _ = read(text, with_marks=True).marks[("events", index, "type")].key or (0, 0, 0)
    lines = text.split("\n")
    lines.insert(line, f'{" " * (column - 1)}number: "{number}"')
    grown = "\n".join(lines)
    wanted = data_of(text, path)
    wanted["events"][index]["number"] = number
    if data_of(grown, path) != wanted:
        raise _peculiar(path)
    return grown


def settled(text: str, path: str, law: Law, registry: Registry, first_line: str) -> str:
    """Return the text in canonical form with the status that follows from its events.

    Raises ConflictError when the schema does not allow the text, or it is laid out in a way of its own.
    """
    data = sound(text, path, law)
    source = Source(path, text)
    proposal = proposal_of(data, source)
    pack = registry.pack_of(proposal)
    state = standing(proposal, pack).state if pack else NONE
    after = edit.format_text(
        text, law.shapes.schemas["proposal"], first_line, data["status"] if state == NONE else state
    )
    if after is None:
        raise _peculiar(path)
    return after


def proposal_of(data: dict[str, Any], source: Source) -> Proposal:
    """Return the proposal of checked data, its events in the order in which they will be written."""
    return nouns.proposal({**data, "events": edit.by_day(data["events"])}, source)


def _peculiar(path: str) -> ConflictError:
    return ConflictError(
        f"{path} 的写法特别（例如节点写在一行的括号里），不能自动合入；请先运行 huiyin fmt 或手工改写",
        f"{path} is written in a way of its own (events in brackets, say); rewrite it, or run huiyin fmt first",
    )
