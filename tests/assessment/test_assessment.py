"""Assessment: every number again from the published tables, each count on its event, few cases without a total."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin import yamltext
from huiyin.assessment import BY_ID, Assessment, Counts, Tally, assess, by_actor, together
from huiyin.assessment.say import FEW, criterion, points, total
from huiyin.cases import cases
from huiyin.export.rows import Scope
from huiyin.findings import Text
from huiyin.load import Law
from huiyin.model import LateEntry, Registry
from huiyin.rules import DUTIES, MEASURES, Citation, Weight
from tests.assessment import recount
from tests.figures.conftest import AS_OF, scope_of
from tests.project import ROOT

WEIGHTS = yamltext.read((ROOT / "schema/rules/demo-assessment.yaml").read_text(encoding="utf-8")).data["assessment"]
PLAIN = Weight("w", Text("项", "item"), 7, Citation("办法", date(2020, 1, 1)), "agency", "entries")


def of(scope: Scope) -> dict[str, dict[str, Assessment]]:
    return assess(scope.registry, scope.cases, scope.as_of)


def spoiled(registry: Registry) -> Registry:
    """The demonstration with events that were recorded late, without a day, or imported."""
    items = {}
    for number, (name, item) in enumerate(sorted(registry.proposals.items())):
        events = []
        for place, event in enumerate(item.events):
            if (number + place) % 7 == 0:
                event = replace(event, late_entry=LateEntry("补录", "o-npc"))
            if (number + place) % 11 == 0:
                event = replace(event, on=None, undated="来源没有写明日期")
            if (number + place) % 13 == 0:
                event = replace(event, channel="import")
            events.append(event)
        items[name] = replace(item, events=tuple(events))
    return replace(registry, proposals=items)


@pytest.mark.parametrize("day", [AS_OF, date(2026, 6, 1), date(2024, 12, 31)], ids=str)
def test_every_number_is_that_of_a_second_count(registry: Registry, law: Law, day: date) -> None:
    scope = scope_of(registry, law, day)
    again = recount.recount(scope, WEIGHTS)
    made = {
        (session, actor, tally.weight.id): sorted((one.proposal, one.earned) for one in tally.counts)
        for session, rows in of(scope).items()
        for actor, one in rows.items()
        for tally in one.tallies
        if tally.counts
    }
    assert made == {key: sorted(rows) for key, rows in again.items()}
    assert len(made) > 30


def test_late_undated_and_imported_events_count_as_the_definitions_say(registry: Registry, law: Law) -> None:
    scope = scope_of(spoiled(registry), law)
    rows = [weight for weight in WEIGHTS if weight["measure"] in ("entries", "contacted", "fulfilled", "attitude")]
    again = recount.recount(scope, rows)
    chosen = {weight["id"] for weight in rows}
    made = {
        (session, actor, tally.weight.id): sorted((one.proposal, one.earned) for one in tally.counts)
        for session, found in of(scope).items()
        for actor, one in found.items()
        for tally in one.tallies
        if tally.counts and tally.weight.id in chosen
    }
    assert made == {key: sorted(found) for key, found in again.items()}
    late = [one for found in made.values() for one in found if not one[1]]
    assert len(late) > 50


def test_points_are_those_of_the_second_count(registry: Registry, law: Law) -> None:
    scope = scope_of(registry, law)
    again = recount.recount(scope, WEIGHTS)
    for actor, rows in by_actor(of(scope)).items():
        for tally in together(rows).tallies:
            found = [
                one for (_, who, what), kept in again.items() if (who, what) == (actor, tally.weight.id) for one in kept
            ]
            weight = next(row for row in WEIGHTS if row["id"] == tally.weight.id)
            wanted = recount.points(weight, found)
            assert (tally.tenths is None) == (wanted is None)
            assert wanted is None or tally.tenths == round(wanted * 10)


def test_each_count_leads_to_what_is_on_the_page_of_its_proposal(registry: Registry, law: Law) -> None:
    scope = scope_of(registry, law)
    for rows in of(scope).values():
        for one in rows.values():
            for _, counts in one.rows:
                case = scope.cases[counts.proposal]
                known = {event.id: event for event in case.events}
                places = {ask.ask.id for ask in case.standing.asks}
                places |= {promise.commitment.id for promise in case.standing.promises}
                assert counts.at in known or counts.at in places | {"text"}
                if counts.at in known and not counts.said.zh:
                    assert counts.on == known[counts.at].on
                if counts.at == "text" and not counts.earned:
                    text = scope.registry.proposals[counts.proposal].source.text.replace("\n", "")
                    assert all(sentence[:8] in text for sentence in counts.sentences)


def test_everybody_has_the_criteria_of_their_own_duty_only(registry: Registry, law: Law) -> None:
    duties = set()
    for rows in of(scope_of(registry, law)).values():
        for actor, one in rows.items():
            assert one.duty == recount.duty(actor)
            assert {tally.weight.of for tally in one.tallies} == {one.duty}
            duties.add(one.duty)
    assert duties == set(DUTIES)


def test_the_weights_of_a_session_go_before_those_of_its_body(registry: Registry, law: Law) -> None:
    half = tuple(weight for weight in law.packs["demo-assessment"].assessment if weight.id == "contact")
    packs = {**registry.packs, "half": replace(law.packs["demo-assessment"], id="half", assessment=half)}
    sessions = {**registry.sessions, "npc-17-5": replace(registry.sessions["npc-17-5"], assessment="half")}
    changed = replace(registry, packs=packs, sessions=sessions)
    made = assess(changed, cases(changed, AS_OF), AS_OF)
    water = [rows["a-water"] for name, rows in sorted(made.items()) if "a-water" in rows]
    assert [len(one.tallies) for one in water if one.sessions == ("npc-17-5",)] == [1]
    assert together(water).sessions == ("npc-17-5",)
    assert together(water[:-1]).sessions == tuple(one.sessions[0] for one in water[:-1])


def test_without_weights_nobody_is_assessed(registry: Registry) -> None:
    bodies = tuple(replace(body, assessment=None) for body in registry.settings.bodies)
    changed = replace(registry, settings=replace(registry.settings, bodies=bodies))
    assert assess(changed, cases(changed, AS_OF), AS_OF) == {}


@given(st.integers(1, 100), st.integers(0, 400), st.integers(0, 400))
def test_points_lie_between_none_and_all_and_are_said_with_one_decimal(weight: int, won: int, lost: int) -> None:
    counts = tuple(Counts("a-x", f"p{n}", n < won) for n in range(won + lost))
    tally = Tally(replace(PLAIN, points=weight), counts)
    if won + lost < 5:
        assert tally.tenths is None
        return
    assert tally.tenths is not None
    assert 0 <= tally.tenths <= 10 * weight
    assert abs(tally.tenths / 10 - weight * won / (won + lost)) <= 0.05 + 1e-9
    assert points(tally.tenths) == f"{tally.tenths / 10:.1f}"
    assert points(tally.tenths) in criterion(tally).en


def test_too_few_cases_give_no_total() -> None:
    enough = Tally(replace(PLAIN, points=49), tuple(Counts("a-x", f"p{n}", True) for n in range(5)))
    few = Tally(replace(PLAIN, id="f", points=51), enough.counts[:4])
    one = Assessment(("s",), "a-x", "agency", (enough, few))
    assert (one.of, one.whole, one.tenths, total(one)) == (49, 100, None, FEW)
    more = replace(one, tallies=(replace(enough, weight=replace(PLAIN, points=51)), few))
    assert more.tenths == 510
    assert "51.0 / 51 分" in total(more).zh
    assert "件数太少" in total(more).zh


def test_every_measure_of_the_schema_is_counted_and_every_one_is_in_the_schema(law: Law) -> None:
    item = law.shapes.schemas["rules"]["properties"]["assessment"]["items"]["properties"]
    assert tuple(item["measure"]["enum"]) == tuple(MEASURES)
    assert set(BY_ID) == set(MEASURES)
    assert tuple(item["of"]["enum"]) == DUTIES
    assert {weight.measure for weight in law.packs["demo-assessment"].assessment} == set(MEASURES)
