"""A record as an audience sees it: fields that it may see, texts that are open to it, and what was taken out. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from huiyin.disclosure.audience import BLANK, TAKEN_OUT, Node, follows_level, seen
from huiyin.disclosure.openness import Openness, Why

_SHAPED = frozenset(("pattern", "enum", "const", "format"))
"""What makes a string a code, a day or an address: other strings are texts, which people write freely."""
CONFIDENTIAL = Why("confidential")


@dataclass(frozen=True)
class Secrecy:
    """Who asked for confidentiality: for each id what stands in its place, and how texts might call them."""

    instead: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def told_by(self, text: str) -> bool:
        """Whether a text names one of them, blanks and widths of letters aside."""
        if not self.instead:
            return False
        plain = _plain(text)
        return any(_plain(name) in plain for name in (*self.instead, *self.names))


@dataclass(frozen=True)
class _At:
    """Where in a record something stands: the field of the record or of one of its events."""

    field: str = ""
    event: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        return f"{self.event['id']}.{self.field}" if self.event is not None else self.field


class Projector:
    """Makes the records of one audience by the annotations of the schemas."""

    def __init__(self, schemas: Mapping[str, Node], audience: str) -> None:
        self._schemas = schemas
        self.audience = audience
        self._forms = {kind: _Forms(root, audience) for kind, root in schemas.items()}

    def record(self, kind: str, data: Mapping[str, Any], secrecy: Secrecy | None = None) -> dict[str, Any]:
        """Return what the audience sees of a record of `kind`, whose schema allows `data`.

        A proposal says in `taken_out` which of its fields lack their text, and why.
        """
        run = _Run(self._forms[kind], secrecy or Secrecy())
        if kind != "proposal":
            return run.mapping(self._schemas[kind], data, _At())
        run.openness = Openness(data, self.audience)
        projected = run.mapping(self._schemas[kind], {k: v for k, v in data.items() if k != "taken_out"}, _At())
        events = projected.pop("events")
        if run.taken:
            projected["taken_out"] = [
                {
                    "fields": sorted(fields),
                    "why": why.code,
                    **({"ground": why.ground} if why.ground else {}),
                    **({"reason": why.reason} if why.reason else {}),
                }
                for why, fields in run.taken.items()
            ]
        return {**projected, "events": events}


class _Property(NamedTuple):
    """A property of a mapping: its node, whether the audience sees it, and whether its text follows the level."""

    node: Node
    seen: bool
    leveled: bool


class _Form(NamedTuple):
    """What a schema says of one mapping: its properties, those that must be there, and what other keys hold."""

    properties: Mapping[str, _Property]
    needed: frozenset[str]
    others: Node | None


class _Forms:
    """The forms of the mappings of one schema for an audience, each made once.

    A condition counts when it asks for constants that the data have. Any other kind of condition adds nothing, so that
    what it would allow stays private.
    """

    def __init__(self, root: Node, audience: str) -> None:
        self._root = root
        self._audience = audience
        self._asked: dict[int, tuple[str, ...]] = {}
        self._made: dict[tuple[Any, ...], _Form] = {}

    def resolved(self, node: Node) -> Node:
        """Return a node itself, or what it refers to."""
        while "$ref" in node:
            node = self._root["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        return node

    def of(self, node: Node, data: Mapping[str, Any]) -> _Form:
        """Return the form of a mapping that holds `data`."""
        node = self.resolved(node)
        if id(node) not in self._asked:
            self._asked[id(node)] = tuple(sorted(set(self._keys(node))))
        values = tuple(str(data.get(key)) for key in self._asked[id(node)])
        made = self._made.get((id(node), *values))
        if made is None:
            whole = list(self._nodes(node, data))
            made = _Form(
                {
                    key: _Property(child, seen(child, self._audience), follows_level(child))
                    for one in whole
                    for key, child in one.get("properties", {}).items()
                },
                frozenset(key for one in whole for key in one.get("required", ())),
                next((n["additionalProperties"] for n in whole if _is_node(n.get("additionalProperties"))), None),
            )
            self._made[(id(node), *values)] = made
        return made

    def _keys(self, node: Node) -> Iterator[str]:
        """The keys that conditions of a node ask for."""
        node = self.resolved(node)
        for part in (*node.get("allOf", ()), node):
            if "if" in part:
                yield from part["if"].get("properties", {})
                yield from self._keys(part.get("then", {}))

    def _nodes(self, node: Node, data: Mapping[str, Any]) -> Iterator[Node]:
        node = self.resolved(node)
        yield node
        for part in (*node.get("allOf", ()), *((node,) if "if" in node else ())):
            if "if" not in part:
                yield from self._nodes(part, data)
            elif _holds(part["if"], data) and _is_node(part.get("then")):
                yield from self._nodes(part["then"], data)


class _Run:
    """One record on its way."""

    def __init__(self, forms: _Forms, secrecy: Secrecy) -> None:
        self.forms = forms
        self.secrecy = secrecy
        self.openness: Openness | None = None
        self.taken: dict[Why, set[str]] = {}

    def mapping(self, node: Node, data: Mapping[str, Any], at: _At) -> dict[str, Any]:
        """Return the keys of a mapping that may be seen."""
        form = self.forms.of(node, data)
        found = {}
        for key, value in data.items():
            inner = at if at.field else _At(key, at.event)
            own = form.properties.get(key)
            if own is None and form.others is not None:
                found[key] = self.value(form.others, value, inner)
            elif own is not None and own.seen:
                found[key] = self.value(own.node, value, inner, leveled=own.leveled)
            elif own is not None and key in form.needed:
                found[key] = own.node.get(BLANK, TAKEN_OUT)
        return found

    def value(self, node: Node, value: Any, at: _At, *, leveled: bool = False) -> Any:
        """Return a value, its texts replaced where they are closed."""
        resolved = self.forms.resolved(node)
        if isinstance(value, str):
            return self._text(resolved, value, at, leveled=leveled)
        if isinstance(value, list):
            items = resolved.get("items", {})
            each = at if at.event is not None or at.field != "events" else None
            return _once([self.value(items, one, each or _At("", one), leveled=leveled) for one in value])
        if isinstance(value, Mapping):
            return self.mapping(resolved, value, at)
        return value

    def _text(self, node: Node, value: str, at: _At, *, leveled: bool) -> str:
        if value in self.secrecy.instead:
            return self.secrecy.instead[value]
        if not _SHAPED.isdisjoint(node):
            return value
        why = self.openness.closed(at.field, at.event) if leveled and self.openness else None
        if why is None and self.secrecy.told_by(value):
            why = CONFIDENTIAL
        if why is None:
            return value
        said = {key: word for key, word in why._asdict().items() if word and not self.secrecy.told_by(word)}
        self.taken.setdefault(Why(**said), set()).add(at.name)
        return TAKEN_OUT


def _holds(condition: Node, data: Mapping[str, Any]) -> bool:
    wanted = condition.get("properties", {})
    return bool(wanted) and all("const" in one and data.get(key) == one["const"] for key, one in wanted.items())


def _is_node(value: Any) -> bool:
    return isinstance(value, Mapping)


def _once(values: list[Any]) -> list[Any]:
    """A list of ids without repeats: two that asked for confidentiality have become one."""
    return list(dict.fromkeys(values)) if values and all(isinstance(one, str) for one in values) else values


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
