"""Proposals with a word that stands nowhere else in every field of theirs that the schemas keep from the public."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from huiyin.load import Law
from huiyin.model import Event, Proposal
from huiyin.model.proposal import Origin

SECRET = "zqsecretzq"  # noqa: S105 (a word to look for)


def hidden(law: Law, kind: str) -> list[str]:
    """The keys of a type of event that say neither that everybody may see them nor that they follow the level."""
    node: dict[str, Any] = law.shapes.schemas["proposal"]["$defs"][f"event_{kind}"]
    return [key for key, one in node["properties"].items() if one.get("x-audience") not in ("public", "disclosed")]


def with_secrets(item: Proposal, law: Law) -> Proposal:
    """Return a proposal whose hidden fields all hold the word."""

    def spoil(event: Event) -> Event:
        return replace(event, **dict.fromkeys(hidden(law, event.type), SECRET))

    return replace(
        item,
        events=tuple(map(spoil, item.events)),
        particulars=((SECRET, SECRET),),
        imported=Origin(SECRET, 7, SECRET, SECRET),
    )
