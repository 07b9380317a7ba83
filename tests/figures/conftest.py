"""Two registries to count: the demonstration as it is, and a rough one that has all that spoils a rate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huiyin.cases import cases
from huiyin.export.rows import Scope
from huiyin.load import Law, load_registry
from huiyin.model import Event, LateEntry, Proposal, Registry
from huiyin.model.proposal import Origin
from huiyin.rules import Citation, Clock, End, Pack, Start, Term
from tests.built import ROOT

AS_OF = date(2026, 11, 20)


def scope_of(registry: Registry, law: Law, as_of: date = AS_OF) -> Scope:
    return Scope(registry, cases(registry, as_of), law.vocabulary, as_of)


@pytest.fixture(scope="session")
def registry(law: Law) -> Registry:
    loaded = load_registry(ROOT / "registry", law, ROOT).registry
    assert loaded is not None
    return loaded


@pytest.fixture(scope="session")
def scope(registry: Registry, law: Law) -> Scope:
    return scope_of(registry, law)


def _spoiled(number: int, proposal: Proposal) -> Proposal:
    """Every sixth item is imported, and of the others every ninth event has no day, every eighth is a late entry."""
    if number % 6 == 0:
        events = tuple(replace(event, channel="import") for event in proposal.events)
        return replace(proposal, events=events, imported=Origin("ledger.csv", number, "0" * 8))
    if number % 5 == 0:
        proposal = replace(proposal, occasion=None, origin=None)

    def spoil(place: int, event: Event) -> Event:
        if (number + place) % 9 == 0:
            return replace(event, on=None, undated="来源没有写明日期")
        late = LateEntry("补录", "o-npc") if (number + place) % 8 == 0 else None
        return replace(event, late_entry=late, channel="import" if (number + place) % 31 == 0 else event.channel)

    return replace(proposal, events=tuple(spoil(n, event) for n, event in enumerate(proposal.events)))


def _with_feedback(pack: Pack) -> Pack:
    """The pack with a term of fifteen days for feedback, in force whenever."""
    law = Citation("办法（虚构，仅供测试）", date(2020, 1, 1))
    term = Term(15, "day", date(2000, 1, 1), law, case="ordinary")
    title = pack.title
    clock = Clock(
        id="feedback",
        title=title,
        duty="proposer",
        per="proposal",
        start=Start("reply", ("replied",)),
        end=End(("rated",)),
        terms=(term, replace(term, case="complex")),
        rollover=False,
    )
    return replace(pack, clocks={**pack.clocks, "feedback": clock})


@pytest.fixture(scope="session")
def rough(registry: Registry, law: Law) -> Scope:
    items = {name: _spoiled(n, item) for n, (name, item) in enumerate(sorted(registry.proposals.items()))}
    packs = {name: _with_feedback(pack) for name, pack in registry.packs.items()}
    return scope_of(replace(registry, proposals=items, packs=packs), law)
