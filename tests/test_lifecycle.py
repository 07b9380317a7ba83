"""Where a proposal stands after its events: sentences in `examples/lifecycle/`, which need no Python to add to.

`states/*.yaml` has one file a state: how it is reached, and for every type of event whether it may follow and where
it leads. Each of the other files holds sentences about one matter:

    <what should be so>:
      pack: cn-suggestion               # the usual one
      asks: […]                         # where they matter
      events: [{type: …, on: …}, …]     # in short form, see `story`: e1, e2, … in order
      then:
        <day>: {state: …, stage: …, turns: […], refused: […], …}    # only what is said is compared
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin import yamltext
from huiyin.cases import Case
from huiyin.clocks import Reckoning, deadlines
from huiyin.lifecycle import OPEN, Standing, Turn, standing
from huiyin.load import Law
from huiyin.rules import NONE, Pack
from tests.project import EXAMPLES
from tests.story import events, proposal


def read(path: Path) -> Any:
    document = yamltext.read(path.read_text(encoding="utf-8"))
    assert not document.faults, document.faults
    return document.data


FOLDER = EXAMPLES / "lifecycle"
STATES = {data["state"]: data for data in map(read, sorted((FOLDER / "states").glob("*.yaml")))}
STORIES = {
    f"{path.stem}: {sentence}": story
    for path in sorted(FOLDER.glob("*.yaml"))
    for sentence, story in read(path).items()
}
FIRST = date(2026, 1, 1)


# ------------------------------------------------------------------------------------------ the table of states


def reach(state: str, *more: str, pack: Pack) -> Standing:
    """Return where a proposal stands after the events that lead to `state`, then `more`, a day each."""
    kinds = [*STATES[state]["reached_by"], *more]
    rows = [{"type": kind, "on": (FIRST + timedelta(days=n)).isoformat()} for n, kind in enumerate(kinds)]
    return standing(proposal(rows, pack), pack)


def test_every_pair_of_state_and_event_has_its_answer(law: Law) -> None:
    pack = law.packs["base"]
    assert set(STATES) == {NONE, *pack.states}
    for state, table in STATES.items():
        named = [*table["moves"], *table["stays"], *table["refused"]]
        assert sorted(named) == sorted(pack.events), state
    assert len(STATES) * len(pack.events) == 14 * 40


@pytest.mark.parametrize("state", STATES)
def test_what_may_follow_in_a_state_leads_where_its_table_says(state: str, law: Law) -> None:
    pack, table = law.packs["base"], STATES[state]
    assert reach(state, pack=pack).state == state
    for kind in pack.events:
        after = reach(state, kind, pack=pack)
        allowed = kind not in table["refused"]
        assert after.state == (table["moves"].get(kind, state) if allowed else state), kind
        assert [refusal.event.type for refusal in after.refusals] == ([] if allowed else [kind])
        assert (kind in pack.allowed_in(state)) == allowed


@pytest.mark.parametrize("pack", ["cn-suggestion", "cn-motion", "cn-opinion-report", "demo-cppcc"])
def test_packs_that_extend_the_common_process_change_no_move(pack: str, law: Law) -> None:
    assert law.packs[pack].events == law.packs["base"].events
    assert law.packs[pack].states == law.packs["base"].states


# ------------------------------------------------------------------------------------------ stories


def shown(turn: Turn) -> str:
    return f"{' '.join([turn.role, *turn.actors])}: {' or '.join(turn.acts)}"


def told(stand: Standing, pack: Pack, as_of: date, asked: dict[str, Any]) -> dict[str, Any]:
    """Return of `stand` what a sentence asks for, in the same form."""
    late = {True: "overdue", False: OPEN}
    marks = {mark.id: mark.position for mark in stand.stages}
    all_of_it: dict[str, Any] = {
        "state": stand.state,
        "stage": pack.states[stand.state].stage if stand.state in pack.states else None,
        "turns": [shown(turn) for turn in stand.turns],
        "refused": [f"{refusal.event.id} {refusal.event.type} in {refusal.state}" for refusal in stand.refusals],
        "replies": [reply.id for reply in stand.replies],
        "rating": stand.rating.id if stand.rating else NONE,
        "promises": {
            promise.commitment.id: late[promise.overdue(as_of)] if promise.status == OPEN else promise.status
            for promise in stand.promises
        },
        "answered": {ask.ask.id: [event.id for event, _ in ask.answers] for ask in stand.asks},
        "handled_by": [*stand.assignment.agencies],
        "entered": stand.entered.isoformat() if stand.entered else None,
        "stages": {stage: marks[stage] for stage in asked.get("stages", ())},
    }
    return {key: all_of_it[key] for key in asked}


@pytest.mark.parametrize("sentence", STORIES)
def test_a_story_goes_as_it_is_told(sentence: str, law: Law) -> None:
    story = STORIES[sentence]
    pack = law.packs[story.get("pack", "cn-suggestion")]
    asks = {"asks": story["asks"]} if "asks" in story else {}
    one = proposal(story["events"], pack, **asks)
    assert story["then"]
    for day, wanted in story["then"].items():
        as_of = date.fromisoformat(day)
        assert told(standing(one, pack, as_of), pack, as_of, wanted) == wanted, day


def test_stories_are_told_with_events_that_their_schema_allows(law: Law) -> None:
    """The short forms leave out what a type must carry; everything that they do write is written well."""
    definitions = law.shapes.schemas["proposal"]["$defs"]
    for sentence, story in STORIES.items():
        for event in events(story["events"], law.packs[story.get("pack", "cn-suggestion")]):
            assert set(event) <= set(definitions[f"event_{event['type']}"]["properties"]), sentence


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_sequence_of_events_folds_without_raising_and_prefixes_agree(law: Law, data: st.DataObject) -> None:
    """The fold of the events up to a day is the fold of the file as it stood that day."""
    pack = law.packs["cn-suggestion"]
    kinds = data.draw(st.lists(st.sampled_from(sorted(pack.events)), min_size=1, max_size=15))
    rows = [{"type": kind, "on": (FIRST + timedelta(days=7 * n)).isoformat()} for n, kind in enumerate(kinds)]
    whole = proposal(rows, pack)
    for n in range(len(rows)):
        as_of = FIRST + timedelta(days=7 * n)
        known = standing(whole, pack, as_of)
        early = standing(proposal(rows[: n + 1], pack), pack)
        assert (known.state, known.turns, known.stages, known.promises) == (
            early.state,
            early.turns,
            early.stages,
            early.promises,
        )
        assert len(known.refusals) == len(early.refusals)
        deadlines(whole, known.refused, Reckoning(pack, law.calendar, as_of, 20))


def test_an_undated_event_is_not_known_before_the_one_that_it_follows(law: Law) -> None:
    pack = law.packs["cn-suggestion"]
    one = proposal([{"type": "submitted", "on": "2026-01-20"}, {"type": "accepted"}], pack)
    assert standing(one, pack, date(2026, 1, 19)).refusals == ()
    assert standing(one, pack, date(2026, 1, 20)).state == "accepted"


def test_an_item_to_be_handled_again_is_not_completely_answered(law: Law) -> None:
    pack = law.packs["cn-suggestion"]
    kinds = ["submitted", "accepted", "assigned", "replied", "rehandling_ordered"]
    rows = [{"type": kind, "on": (FIRST + timedelta(days=n)).isoformat()} for n, kind in enumerate(kinds)]
    one = proposal(rows, pack)
    assert not Case(one, pack, standing(one, pack), ()).reply_complete
