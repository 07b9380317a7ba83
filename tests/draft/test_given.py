"""What people give becomes what files hold: names to codes, texts to days, numbers and lists, or a problem said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.draft.fields import record
from huiyin.draft.given import numbered, pairs, tidy, typed
from huiyin.draft.names import Names
from huiyin.load import Law, load_registry
from tests.project import ROOT


@pytest.fixture(scope="module")
def names(law: Law) -> Names:
    registry = load_registry(ROOT / "registry", law, ROOT).registry
    assert registry
    proposal = registry.proposals["2026-k7f2q"]
    return Names(registry, law.vocabulary, date(2026, 11, 20), proposal, registry.pack_of(proposal))


UNDERSTOOD = {
    "an agency by its short name": ("replied", {"by": "市城管局"}, {"by": "a-city-management"}),
    "an agency by an alias, blanks and all": ("replied", {"by": " 城管 执法局 "}, {"by": "a-city-management"}),
    "a key by its title": ("assigned", {"主办单位": "市教育局"}, {"lead": "a-education"}),
    "a key by its English title": ("assigned", {"Lead agency": "a-education"}, {"lead": "a-education"}),
    "a word of a fixed list": ("rated", {"result": "基本满意"}, {"result": "basically_satisfied"}),
    "a word in English": ("rated", {"result": "Satisfied"}, {"result": "satisfied"}),
    "a day as people write it": ("replied", {"on": "2026年3月5日"}, {"on": "2026-03-05"}),
    "a day without dashes": ("replied", {"on": "20260305"}, {"on": "2026-03-05"}),
    "today": ("replied", {"on": "今天"}, {"on": "2026-11-20"}),
    "several names in one text": (
        "assigned",
        {"co": "市教育局、市城管局"},
        {"co": ["a-education", "a-city-management"]},
    ),
    "a record by its one needed part": ("replied", {"document": "望函1号"}, {"document": {"number": "望函1号"}}),
    "a number as text": ("consulted", {"round": "2"}, {"round": 2}),
    "an official number that YAML took for one": ("accepted", {"number": 195}, {"number": "195"}),
    "the latest event of a type": ("co_opinion_rejected", {"event": "签收"}, {"event": "e6"}),
    "an id that nothing bears yet": ("converted", {"to": "2026-zzzzz"}, {"to": "2026-zzzzz"}),
    "a proposal by its number": ("merged", {"into": "0195"}, {"into": "2026-k7f2q"}),
    "a list on one line": (
        "replied",
        {"answers": "[{ask: q1, text: 采纳, class: 正在解决}]"},
        {"answers": [{"ask": "q1", "text": "采纳", "class": "in_progress"}]},
    ),
    "a record on one line": (
        "replied",
        {"disclosure": "{level: 摘要公开, ground: third-party}"},
        {"disclosure": {"level": "summary", "ground": "third-party"}},
    ),
    "a ground by its words": ("withheld", {"ground": "内部事务信息、过程性信息"}, {"ground": "internal"}),
    "nothing": ("replied", {"note": None}, {}),
    "what has the wrong type, for the schema to refuse": ("replied", {"text": ["a"]}, {"text": ["a"]}),
}


@pytest.mark.parametrize("case", UNDERSTOOD)
def test_what_people_give_is_understood(case: str, names: Names, law: Law) -> None:
    kind, raw, wanted = UNDERSTOOD[case]
    value, problems = typed(record(law.shapes.schemas["proposal"], f"event_{kind}"), raw, names)
    assert (value, problems) == (wanted, [])


NOT_UNDERSTOOD = {
    "a name with a slip": ("replied", {"by": "市交警支对"}, "没有“市交警支对”。是不是想写“市交警支队”"),
    "a word that is not on the list": ("rated", {"result": "还行"}, "可以写：满意、基本满意、不满意"),
    "a key that is none": ("replied", {"anwsers": "x"}, "没有 anwsers 这一栏。是不是想写“answers”"),
    "a very long one": ("replied", {"by": "长" * 500}, f"没有“{'长' * 60}…”"),
}


@pytest.mark.parametrize("case", NOT_UNDERSTOOD)
def test_what_cannot_be_understood_is_said_with_what_to_do(case: str, names: Names, law: Law) -> None:
    kind, raw, words = NOT_UNDERSTOOD[case]
    _, problems = typed(record(law.shapes.schemas["proposal"], f"event_{kind}"), raw, names)
    assert [words in problem.say().zh for problem in problems] == [True]


def test_a_name_that_two_bear_is_not_guessed(names: Names, law: Law) -> None:
    _, problems = typed(record(law.shapes.schemas["proposal"], "event_merged"), {"into": "0023"}, names)
    assert [problem.remedy.zh for problem in problems] == ["请写编号"]


def test_every_word_of_every_list_leads_to_its_code(names: Names, law: Law) -> None:
    """The words of the schema, the agencies and the people: each name that only one bears is understood."""
    schema = law.shapes.schemas["proposal"]
    checked = 0
    for kind in law.vocabulary.events:
        for part in record(schema, f"event_{kind}").parts:
            table = names.table(part)
            known = [name for row in table.values() for name in {"".join(n.split()).casefold() for n in row}]
            for code, row in table.items():
                for name in row:
                    if known.count("".join(name.split()).casefold()) == 1 and name not in table:
                        assert names.code(part, name) == code
                        checked += 1
    assert checked > 500


def test_pairs_split_at_the_first_equals_sign_only() -> None:
    assert pairs(["text=a=b", "by = x"]) == ({"text": "a=b", "by": " x"}, [])
    assert [problem.say().zh for problem in pairs(["x", "a=1", "a=2"])[1]] == [
        "--set：“x”里没有等号。写成 栏目=内容，例如 by=市教育局",
        "a：写了两次。只写一次；几项用顿号分开",
    ]


def test_asks_and_commitments_get_the_next_free_ids(law: Law) -> None:
    schema = law.shapes.schemas["proposal"]
    reply: dict[str, Any] = {"commitments": [{"text": "一"}, {"id": "c7", "text": "二"}, {"text": "三"}]}
    made = numbered(record(schema, "event_replied"), reply, ["c1", "c2"])
    assert [row["id"] for row in made["commitments"]] == ["c8", "c7", "c9"]
    assert reply["commitments"][0] == {"text": "一"}, "what was given stays as it was"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80))
def test_tidying_twice_changes_nothing_and_loses_no_letter(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert "".join(once.split()) == "".join(text.split())


def test_fields_come_from_the_schema_for_every_type_of_event(law: Law) -> None:
    schema = law.shapes.schemas["proposal"]
    for kind in law.vocabulary.events:
        field = record(schema, f"event_{kind}")
        assert [part.key for part in field.parts] == list(schema["$defs"][f"event_{kind}"]["properties"])
        assert all(part.title.zh and part.title.en for part in field.parts)
