"""What to say where something is named that the registry does not have."""

from __future__ import annotations

from collections.abc import Collection

from huiyin.checks import Spotted
from huiyin.findings import Path, Source, Text, did_you_mean, hinted, one_of
from huiyin.model import Registry

KINDS = {
    "m": Text("代表或委员", "member"),
    "g": Text("团体", "group"),
    "a": Text("承办单位", "agency"),
    "o": Text("办事机构", "office"),
}
"""What the first letter of an id says."""


def actors(registry: Registry, letter: str) -> Collection[str]:
    """Return the ids of that first letter: members, groups, agencies or offices."""
    return {
        "m": registry.members,
        "g": registry.groups,
        "a": registry.agencies,
        "o": registry.settings.offices,
    }[letter]


def missing(what: Text, name: str, known: Collection[str], at: Path, source: Source | None = None) -> Spotted:
    """Return that `name`, of which `what` says what it should be, is not among the `known`."""
    remedy = Text("改正编号，或者先登记它", "correct the id, or register it first")
    hint = did_you_mean(name, known)
    return Spotted(
        at,
        Text(f"登记册里没有{what.zh} {name}", f"there is no {what.en} {name} in the registry"),
        hinted(hint, remedy),
        one_of(known),
        source,
    )


def unknown(registry: Registry, identifier: str, at: Path, source: Source) -> Spotted | None:
    """Return that a member, group, agency or office is not there; None where it is, or cannot be read."""
    known = actors(registry, identifier[0])
    if identifier in known or identifier in registry.unreadable:
        return None
    return missing(KINDS[identifier[0]], identifier, known, at, source)
