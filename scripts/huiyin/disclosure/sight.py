"""What an audience may read of loaded records, by their fields: levels are settled in projections. Pure.

Whoever publishes an open registry, or a projection, shows no field that the schemas keep for fewer people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from huiyin.disclosure.audience import TAKEN_OUT, Node, seen
from huiyin.model import Event, Origin, Proposal, Settings

_NAMES = {"event": "refers_to", "class": "reply_class", "with": "joined_by", "from": "split_from"}
"""Keys of an event in a file whose record has another name."""
_HELD = frozenset(field.name for field in fields(Event))


def audience_of(settings: Settings) -> str | None:
    """Return for whom a site of this registry is: everybody where all is public at once, whom a projection is for.

    None stands for a private registry, which only those see who may see everything.
    """
    return settings.projection or ("public" if settings.intake == "open" else None)


class Sight:
    """Takes out of records what an audience may not see; for None nothing."""

    def __init__(self, proposal: Node, audience: str | None) -> None:
        """`proposal` is the schema of proposals."""
        self.audience = audience
        self._hidden: dict[str, Mapping[str, Any]] = {}
        self._particulars = self._seen(proposal, "particulars")
        self._origin = self._seen(proposal["properties"]["source"], "name")
        for name, node in proposal["$defs"].items() if audience else ():
            if name.startswith("event_") and "type" in node.get("properties", {}):
                self._hidden[name.removeprefix("event_")] = self._out(node)

    def _seen(self, node: Node, key: str) -> bool:
        return self.audience is None or seen(node["properties"][key], self.audience)

    def _out(self, node: Node) -> Mapping[str, Any]:
        """The fields of one type of event that are not seen, with what stands in their place."""
        out: dict[str, Any] = {}
        for key in node["properties"]:
            name = _NAMES.get(key, key)
            if not self._seen(node, key) and name in _HELD:
                out[name] = TAKEN_OUT if key in node.get("required", ()) else None
        return out

    def event(self, event: Event) -> Event:
        """Return an event without the fields that the audience may not see."""
        hidden = self._hidden.get(event.type)
        there = {name: value for name, value in hidden.items() if getattr(event, name)} if hidden else None
        return replace(event, **there) if there else event

    def particulars(self, proposal: Proposal) -> tuple[tuple[str, str], ...]:
        """Return the further columns of the ledger that a proposal was imported from."""
        return proposal.particulars if self._particulars else ()

    def origin(self, proposal: Proposal) -> Origin | None:
        """Return where a proposal was imported from: that it was, everybody may know."""
        if proposal.imported is None or self._origin:
            return proposal.imported
        return Origin(TAKEN_OUT, 1, "")


EVERYTHING = Sight({"properties": {"particulars": {}, "source": {"properties": {"name": {}}}}, "$defs": {}}, None)
"""For those who have the files."""
