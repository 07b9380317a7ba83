"""What the events of one row have in common, and whose act each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiyin.ledger import names
from huiyin.ledger.ids import short
from huiyin.ledger.line import Line
from huiyin.ledger.mapping import BodySpec, EventSpec, LedgerMap
from huiyin.ledger.outcomes import Noun, unfit

GOVERNMENT = "o-gov"
"""The id of the government office in a registry that an import writes."""
_BY = {
    "proposer": ("submitted", "withdrawn", "rated", "objected", "followed_up"),
    "lead": ("replied", "contacted", "progressed", "extension_requested", "return_requested", "signed_for"),
    "agency": ("co_opinion",),
}
"""Whose act a type of event is where the mapping does not say so; all others are the body office's."""
_ROLE = {kind: role for role, kinds in _BY.items() for kind in kinds}


@dataclass(frozen=True)
class Scene:
    """What the events of a row have in common: the line, the mapping, the body, the first proposer, and today."""

    line: Line
    mapping: LedgerMap
    body: BodySpec
    proposer: str
    note: str
    today: date
    lead: str = ""
    separate: tuple[str, ...] = ()
    """The agencies that answer each for itself."""
    agencies: dict[str, Noun] = field(default_factory=dict)
    """The agencies that the row's events name, in the order in which they do."""
    defaulted: list[tuple[str, str]] = field(default_factory=list)
    """The column and the cell of each value that a table lacks and a default stands for."""

    def agency(self, written: str) -> str:
        """Return the id of the agency that a cell names, and remember it."""
        noun = agency(written, self.body, self.mapping)
        return self.agencies.setdefault(noun.id, noun).id


def actors(scene: Scene, spec: EventSpec) -> Sequence[str]:
    """Return whose act a step is, several where it is one of each; raises UnfitError where the row names nobody."""
    role = spec.by or ("agency" if spec.agency else _ROLE.get(spec.type, "body_office"))
    if role == "proposer":
        return [scene.proposer]
    if role in ("body_office", "government_office"):
        return [GOVERNMENT if role == "government_office" else scene.body.office]
    if role == "agency" and scene.line.text(spec.agency):
        return [scene.agency(scene.line.text(spec.agency))]
    if role in ("lead", "handlers") and scene.lead:
        return [scene.lead]
    if role == "handlers" and scene.separate:
        return scene.separate
    raise unfit(
        "actor-missing",
        f"有节点而不知道是谁的行为：{spec.type}",
        f"an event without an actor: {spec.type}",
        "补上单位，或在 steps 中写 by 和 agency；分别办理的可以写 by: handlers",
        "add the agency, or say by and agency in steps; by: handlers where agencies handle separately",
    )


def agency(written: str, body: BodySpec, mapping: LedgerMap) -> Noun:
    """Return the agency that a cell names: its right name, and the body's place before it for the full one."""
    table = mapping.agencies.get(body.id, {})
    plain = names.tidy(written)
    name = table.get(written) or table.get(plain) or plain
    full = name if name.startswith(body.place) else f"{body.place}{name}"
    data: dict[str, Any] = {"id": f"a-{short(body.id, full)}", "name": full}
    if name != full:
        data["short"] = name
    return Noun("agency", data["id"], {**data, "level": body.level}, written)
