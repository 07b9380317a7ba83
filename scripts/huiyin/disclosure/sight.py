"""What an audience may read of loaded records, by their fields: levels are settled in projections. Pure.

Whoever publishes an open registry, or a projection, shows no field that the schemas keep for fewer people. That is
decided once, before anything is made from the records, so that pages, search, feeds and data cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from huiyin.disclosure.audience import BLANK, TAKEN_OUT, Node, seen
from huiyin.model import Agency, Event, Group, Member, Origin, Proposal, Registry, Settings

_Record = TypeVar("_Record", Agency, Event, Group, Member, Origin, Proposal)
_NAMES = {
    "event": "refers_to",
    "class": "reply_class",
    "with": "joined_by",
    "from": "split_from",
    "source": "imported",
}
"""Keys of a file whose record has another name."""


def audience_of(settings: Settings) -> str | None:
    """Return for whom a site of this registry is: everybody where all is public at once, whom a projection is for.

    None stands for a private registry, which only those see who may see everything.
    """
    return settings.projection or ("public" if settings.intake == "open" else None)


class _Hidden(NamedTuple):
    """A field that an audience does not see: its place among the fields, its name, and what stands there instead."""

    place: int
    name: str
    instead: Any


class Sight:
    """Takes out of records what an audience may not see; for None nothing."""

    def __init__(self, schemas: Mapping[str, Node], audience: str | None) -> None:
        self.audience = audience
        if audience is None:
            return
        proposal = schemas["proposal"]
        self._events = {
            name.removeprefix("event_"): _hidden(Event, node, audience)
            for name, node in proposal["$defs"].items()
            if name.startswith("event_") and "type" in node.get("properties", {})
        }
        self._proposal = _hidden(Proposal, proposal, audience)
        self._origin = _hidden(Origin, proposal["properties"]["source"], audience)
        self._member = _hidden(Member, schemas["member"], audience)
        self._group = _hidden(Group, schemas["group"], audience)
        self._agency = _hidden(Agency, schemas["agency"], audience)

    def registry(self, registry: Registry) -> Registry:
        """Return the registry as the audience sees it."""
        if self.audience is None:
            return registry
        return replace(
            registry,
            proposals={name: self.proposal(item) for name, item in registry.proposals.items()},
            members={name: _without(noun, self._member) for name, noun in registry.members.items()},
            groups={name: _without(noun, self._group) for name, noun in registry.groups.items()},
            agencies={name: _without(noun, self._agency) for name, noun in registry.agencies.items()},
        )

    def proposal(self, item: Proposal) -> Proposal:
        """Return a proposal without what the audience may not see; the same one where that is nothing."""
        if self.audience is None:
            return item
        events = tuple([_without(event, self._events.get(event.type, ())) for event in item.events])
        origin = _without(item.imported, self._origin) if item.imported else None
        if origin is not item.imported or any(one is not other for one, other in zip(events, item.events, strict=True)):
            item = replace(item, events=events, imported=origin)
        return _without(item, self._proposal)


def _hidden(kind: type, node: Node, audience: str) -> tuple[_Hidden, ...]:
    """The fields of a kind of records that an audience does not see."""
    held = {
        field.name: (n, None if field.default is MISSING else field.default) for n, field in enumerate(fields(kind))
    }
    found = []
    for key, one in node["properties"].items():
        name = _NAMES.get(key, key)
        if name in held and not seen(one, audience):
            place, nothing = held[name]
            found.append(
                _Hidden(place, name, one.get(BLANK, TAKEN_OUT) if key in node.get("required", ()) else nothing)
            )
    return tuple(found)


_VALUES = {
    kind: attrgetter(*(field.name for field in fields(kind)))
    for kind in (Agency, Event, Group, Member, Origin, Proposal)
}


def _without(record: _Record, hidden: tuple[_Hidden, ...]) -> _Record:
    there = [one for one in hidden if (said := getattr(record, one.name)) and said != one.instead]
    if not there:
        return record
    values = list(_VALUES[type(record)](record))  # `replace` takes twice as long, and there are a million events
    for one in there:
        values[one.place] = one.instead
    return type(record)(*values)
