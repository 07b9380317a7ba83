"""By what figures can be grouped, and the groups that a proposal belongs to. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from huiyin.figures.facts import Facts
from huiyin.findings import Text
from huiyin.model import Registry
from huiyin.vocabulary import Vocabulary

Names = Callable[[Registry, Vocabulary, str], Text]
NOBODY = ""
"""The key of what belongs to no group: not assigned yet, or no agency's act."""
NOT_STATED = Text("未注明", "not stated")


def by_sound(name: str) -> bytes:
    """Return what sorts names in the order of common characters by sound, that of GB 2312."""
    return name.encode("gb18030", "replace")


@dataclass(frozen=True)
class Grouping:
    """One way to group: its words, the keys of a proposal, the key of an agency if it groups by those, and names."""

    title: Text
    keys: Callable[[Registry, Facts], tuple[str, ...]]
    name: Names
    agency_key: Callable[[Registry, str], str] | None = None
    nobody: Text = NOT_STATED
    chronological: bool = False

    def order(self, key: str, name: Text) -> tuple[bool, bytes]:
        """Groups stand by name, or by key if they are days; what belongs to no group comes last."""
        return key == NOBODY, by_sound(key if self.chronological else name.zh)


def _agencies(_: Registry, facts: Facts) -> tuple[str, ...]:
    return facts.case.standing.assignment.repliers or (NOBODY,)


def _level(registry: Registry, agency: str) -> str:
    known = registry.agencies.get(agency)
    return known.level if known else NOBODY


def _levels(registry: Registry, facts: Facts) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_level(registry, agency) for agency in _agencies(registry, facts)))


def _delegation(registry: Registry, facts: Facts) -> tuple[str, ...]:
    """The delegation of the lead proposer, or the one that proposes itself."""
    if not facts.case.proposal.proposers:
        return (NOBODY,)
    lead = facts.case.proposal.proposers[0]
    member = registry.members.get(lead)
    mine = (lead, *(member.groups if member else ()))
    found = (group for group in mine if group in registry.groups and registry.groups[group].kind == "delegation")
    return (next(found, NOBODY),)


def _month(_: Registry, facts: Facts) -> tuple[str, ...]:
    event = facts.first.get("submitted")
    return (f"{event.on:%Y-%m}" if event and event.on else NOBODY,)


def _coded(words: Callable[[Vocabulary], object]) -> Names:
    def name(_: Registry, vocabulary: Vocabulary, key: str) -> Text:
        table = words(vocabulary)
        return table[key] if isinstance(table, dict) and key in table else Text(key, key)

    return name


def _noun(registry: Registry, _: Vocabulary, key: str) -> Text:
    name = registry.name_of(key)
    return Text(name, name)


def _session(registry: Registry, _: Vocabulary, key: str) -> Text:
    session = registry.sessions.get(key)
    return session.title if session else Text(key, key)


def _category(registry: Registry, _: Vocabulary, key: str) -> Text:
    return registry.categories.get(key, Text(key, key))


GROUPINGS = {
    "session": Grouping(
        Text("届次", "session"), lambda _, facts: (facts.case.proposal.session,), _session, chronological=True
    ),
    "agency": Grouping(
        Text("承办单位", "agency"),
        _agencies,
        _noun,
        lambda _, agency: agency,
        Text("无承办单位", "no agency"),
    ),
    "category": Grouping(Text("类别", "category"), lambda _, facts: (facts.case.proposal.category,), _category),
    "delegation": Grouping(
        Text("代表团", "delegation"), _delegation, _noun, nobody=Text("不属于代表团", "no delegation")
    ),
    "level": Grouping(
        Text("承办单位层级", "level of the agency"),
        _levels,
        _coded(lambda words: words.levels),
        _level,
        Text("无承办单位", "no agency"),
    ),
    "month": Grouping(
        Text("提出月份", "month of submission"),
        _month,
        lambda _registry, _words, key: Text(key, key),
        nobody=Text("日期不详", "day not known"),
        chronological=True,
    ),
    "origin": Grouping(
        Text("来源", "origin"),
        lambda _, facts: (facts.case.proposal.origin or NOBODY,),
        _coded(lambda words: words.origins),
    ),
    "kind": Grouping(
        Text("种类", "kind"), lambda _, facts: (facts.case.proposal.kind,), _coded(lambda words: words.kinds)
    ),
}
"""Every way to group figures, by the word that `huiyin stats --by` takes."""
