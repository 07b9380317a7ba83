"""What the public side still holds of a text that a draft withholds: told before the draft is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huiyin.commands.context import Context
from huiyin.commands.writing import Draft
from huiyin.disclosure import AUDIENCES, WHOM, Projector
from huiyin.findings import Source, Text
from huiyin.history import HistoryError, Objects, Repository
from huiyin.projection.memory import Memory, remembered
from huiyin.projection.private import proposal_path
from huiyin.projection.public import data_in
from huiyin.projection.told import holding, still_held, withdrawn
from huiyin.yamltext import read

TEXTS = ("title", "situation", "analysis", "evidence", "asks", "events")


def told(context: Context, draft: Draft) -> list[Text]:
    """Return a warning for each public history that keeps what the draft withholds.

    With private intake those are the projections that were made from this repository, each as its last run left it;
    with open intake it is this repository itself. Where nothing was public yet there is nothing to warn of, and
    neither is there where the draft has errors, since it will not be written.
    """
    if context.law.shapes.findings("proposal", read(draft.after).data, Source(draft.entry.name, "")):
        return []
    try:
        repository = Repository(draft.entry.path.parent)
        head = repository.commit("HEAD")
    except HistoryError:
        return []  # no history, or none yet: nothing was public
    before, after = (read(text).data for text in (draft.before, draft.after))
    settings, schemas = context.registry.settings, context.law.shapes.schemas
    if settings.intake == "open" or settings.projection is not None:
        fields = tuple(dict.fromkeys(_named(before, after)))  # their texts went from the file before it said so
        held = holding(repository, head, repository.name_of(draft.entry.path)) if fields else 0
        return [still_held(str(after["id"]), fields, held)] if held else []
    found = []
    for audience in AUDIENCES:
        projector = Projector(schemas, audience)
        for memory in remembered(repository, audience):
            found += _projected(projector, memory, before, after)
    return list(dict.fromkeys(found))


def _named(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """The fields that new `withheld` events name; without any all texts are meant."""
    known = {event["id"] for event in before["events"]}
    for event in after["events"]:
        if event["type"] == "withheld" and event["id"] not in known:
            yield from event.get("fields", TEXTS)


def _projected(projector: Projector, memory: Memory, before: dict[str, Any], after: dict[str, Any]) -> list[Text]:
    """The warning for one projection: what readers of its last run see is compared with what the draft leaves."""
    path, shown = proposal_path(after), projector.record("proposal", after)
    try:
        target = Repository(Path(memory.target))
        with Objects(target) as there:
            public = data_in(there, target.tree(memory.public), path)
        held: int | None = holding(target, memory.public, path)
    except HistoryError:
        public, held = projector.record("proposal", before), None  # it was moved away: what it holds nobody can count
    fields = withdrawn(public, shown) if public else ()
    return [_for(projector.audience, still_held(str(after["id"]), fields, held))] if fields else []


def _for(audience: str, said: Text) -> Text:
    whom = WHOM[audience]
    return Text(f"给{whom.zh}的投影：{said.zh}", f"Projection for {whom.en}: {said.en}")
