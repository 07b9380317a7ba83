"""The dictionaries with which a browser shows labels in English. Pure.

What rules and records state in both languages is gathered from there; the words of templates and scripts are written by
hand. A page fetches no more than it needs: `labels` always, `records` where proposals are told in full, `reference` on
pages about rules and figures.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from huiyin import yamltext
from huiyin.assessment import MEASURES
from huiyin.assessment.say import FEW, NOTE
from huiyin.coverage import TABLES
from huiyin.export.tables import TABLES as EXPORTED
from huiyin.figures import DEFINITIONS, GROUPINGS
from huiyin.figures.definition import SECTIONS
from huiyin.findings import RULES, Text
from huiyin.knowledge.duties import WORDS as DUTIES
from huiyin.knowledge.push import REASONS
from huiyin.publish.page import Site
from huiyin.rubric import RUBRIC
from huiyin.signals.series import STATES as MONTHS
from huiyin.wording import ANSWERED, beside
from huiyin.wording.topics import WHYS

PARTS = ("labels", "records", "reference")
"""The dictionaries; a later one holds nothing that an earlier one has."""
EVERYWHERE = ("events", "kinds", "satisfaction", "disclosure", "verdicts", "roles")
"""The words of the field that lists show."""
TABLES_BY_HAND = ("words", "patterns", "within")
BESIDE = {"note", "what", "explanation", "numerator", "denominator", "excluded"}
"""Fields whose English stands beside the Chinese on every page that shows them; a dictionary need not hold it."""
PLACE = re.compile(r"[#@*]")
"""What stands for a number, a day, any text in a pattern; its English names them $1, $2 …"""
NAMED = re.compile(r"\$([1-9])")


class EnglishError(ValueError):
    """The words written by hand cannot be used; the message says where and why."""


@dataclass(frozen=True)
class ByHand:
    """English by Chinese: whole texts, patterns with places for what differs, and patterns for parts of those only."""

    words: Mapping[str, str]
    patterns: Mapping[str, str]
    within: Mapping[str, str]


def by_hand(text: str) -> dict[str, ByHand]:
    """Read what is written by hand, by part. Raises EnglishError for whatever is not Chinese with its English."""
    document = yamltext.read(text)
    for fault in document.faults[:1]:
        raise EnglishError(f"{fault.line}:{fault.column} {fault.kind} {fault.detail}".rstrip())
    data = document.data if isinstance(document.data, dict) else {}
    if tuple(data) != PARTS:
        raise EnglishError(", ".join(PARTS))
    found = {}
    for part, tables in data.items():
        if not isinstance(tables, dict) or not set(tables) <= set(TABLES_BY_HAND):
            raise EnglishError(f"{part}: {', '.join(TABLES_BY_HAND)}")
        words, patterns, within = (tables.get(name) or {} for name in TABLES_BY_HAND)
        for zh, en in (*words.items(), *patterns.items(), *within.items()):
            if not isinstance(en, str):
                raise EnglishError(f"{part}: {zh!r}: {en!r}")
        for zh, en in (*patterns.items(), *within.items()):
            places = len(PLACE.findall(zh))
            if not places or any(int(which) > places for which in NAMED.findall(en)):
                raise EnglishError(f"{part}: {zh!r}: {en!r}")
        found[part] = ByHand(words, patterns, within)
    return found


def dictionaries(site: Site, hand: Mapping[str, ByHand]) -> dict[str, bytes]:
    """Return each dictionary as JSON: `words` by whole text, `patterns` and `within` as pairs.

    Of two translations of the same Chinese the one written by hand counts, else the first that is stated.
    """
    known: set[str] = set()
    made = {}
    for part, stated in zip(PARTS, (_labels(site), _records(site), _reference(site)), strict=True):
        words = dict(hand[part].words)
        known |= set(words)
        for zh, en in stated:
            if zh and zh != en and zh not in known:
                words[zh] = en
                known.add(zh)
        patterns, within = (list(table.items()) for table in (hand[part].patterns, hand[part].within))
        told = {"words": words, "patterns": patterns, "within": within}
        made[part] = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return made


def _labels(site: Site) -> Iterator[Text]:
    """What lists and headers show: the settings, sessions, categories, and where proposals stand."""
    registry = site.registry
    settings = registry.settings
    yield from _texts((settings.name, settings.place, [body.name for body in settings.bodies], settings.demonstration))
    yield from _texts(([session.title for session in registry.sessions.values()], registry.categories))
    yield from _texts([getattr(site.vocabulary, table) for table in EVERYWHERE])
    yield from _texts([(signals.title, signals.areas) for signals in registry.signals.values()])
    for pack in _used(site):
        yield from _texts((pack.states, pack.stages, pack.classes, [clock.title for clock in pack.clocks.values()]))
        answered = [pack.states[name] for name in ANSWERED if name in pack.states]
        yield from (beside(state.title, kind.title) for state in answered for kind in pack.classes.values())
    yield from _texts([grouping.title for grouping in GROUPINGS.values()])
    yield from (definition.title for definition in DEFINITIONS)


def _records(site: Site) -> Iterator[Text]:
    """What the page of a proposal shows: all words of the field, and all of the rules that it goes by."""
    yield from _texts(site.vocabulary)
    yield from _texts(_used(site))
    yield from _texts((DUTIES, REASONS, MONTHS, WHYS))


def _reference(site: Site) -> Iterator[Text]:
    """What pages about rules and figures show."""
    yield from _texts(site.registry.packs)
    yield from _texts((TABLES, [coverage.title for coverage in site.coverage]))
    yield from _texts((SECTIONS, DEFINITIONS, GROUPINGS))
    yield from (table.meaning for table in EXPORTED)
    yield from (rule.title for rule in RULES.values())
    yield from _texts(([(one.counted, one.earns, one.left_out) for one in MEASURES], NOTE, FEW))
    yield from _texts([(one.part, one.asks) for one in RUBRIC])


def _used(site: Site) -> list[Any]:
    """The packs that proposals go by."""
    return [site.registry.packs[name] for name in sorted({case.pack.id for case in site.cases.values()})]


def _texts(thing: Any) -> Iterator[Text]:
    if isinstance(thing, Text):
        yield thing
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            if field.name not in BESIDE:
                yield from _texts(getattr(thing, field.name))
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from _texts(value)
    elif isinstance(thing, list | tuple | frozenset):
        for value in thing:
            yield from _texts(value)
