"""The words written by hand for the English of labels: read strictly, and joined with what is stated elsewhere."""

from __future__ import annotations

import json
import re

import pytest

from huiyin.publish import Site
from huiyin.publish.english import PARTS, ByHand, EnglishError, by_hand, dictionaries
from tests.project import ROOT

FILE = ROOT / "site" / "templates" / "english.yaml"
NOTHING = dict.fromkeys(PARTS, ByHand({}, {}, {}))


def test_what_is_written_by_hand_is_sound_and_says_nothing_twice() -> None:
    hand = by_hand(FILE.read_text(encoding="utf-8"))
    words = [zh for part in hand.values() for zh in part.words]
    assert sorted(words) == sorted(set(words))
    assert len(words) > 300
    han = re.compile(r"[\u3400-\u9fff]")
    said = [en for part in hand.values() for table in (part.words, part.patterns, part.within) for en in table.values()]
    assert [en for en in said if han.search(en) and "老旧小区" not in en] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("labels: {}\n", "labels, records, reference"),
        ("labels:\n  words:\n    首页: 1\nrecords: {}\nreference: {}\n", "labels: '首页': 1"),
        ("labels:\n  word: {}\nrecords: {}\nreference: {}\n", "labels: words, patterns, within"),
        (
            'labels:\n  patterns:\n    "还有 # 天": "$2 days"\nrecords: {}\nreference: {}\n',
            "labels: '还有 # 天': '$2 days'",
        ),
        ('labels:\n  patterns:\n    "今天到期": "due today"\nrecords: {}\nreference: {}\n', "labels: '今天到期'"),
        ("labels: {}\nlabels: {}\n", "2:1 "),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(EnglishError, match=re.escape(message)):
        by_hand(text)


def test_what_is_stated_elsewhere_is_taken_from_there_once_and_the_hand_counts_first(demonstration: Site) -> None:
    hand = {**NOTHING, "labels": ByHand({"答复": "Reply (by hand)"}, {"还有 # 天": "$1 days left"}, {})}
    made = {part: json.loads(content) for part, content in dictionaries(demonstration, hand).items()}
    labels, records, reference = (made[part]["words"] for part in PARTS)
    assert labels["答复"] == "Reply (by hand)"
    assert labels["交通出行"] == "Transport"
    assert labels["市十七届人大五次会议"] == "Fifth Session of the 17th Municipal People's Congress"
    assert records["闭会期间"] == "Between sessions"
    assert reference["重庆市：代表建议、批评和意见"].startswith("Chongqing")
    assert made["labels"]["patterns"] == [["还有 # 天", "$1 days left"]]
    assert not labels.keys() & records.keys()
    assert not (labels.keys() | records.keys()) & reference.keys()


def test_english_has_no_marks_of_chinese_print(demonstration: Site) -> None:
    hand = by_hand(FILE.read_text(encoding="utf-8"))
    wide = re.compile(r"[、。，；：？！（）《》]")
    for part, content in dictionaries(demonstration, hand).items():
        made = json.loads(content)
        said = [*made["words"].values(), *(en for table in ("patterns", "within") for _, en in made[table])]
        assert [en for en in said if wide.search(en)] == [], part


def test_acts_and_stages_are_called_by_names_and_by_the_same_ones(demonstration: Site) -> None:
    hand = by_hand(FILE.read_text(encoding="utf-8"))
    words = json.loads(dictionaries(demonstration, hand)["labels"])["words"]
    stages = {stage.title for case in demonstration.cases.values() for stage in case.pack.stages}
    assert {stage.zh: words[stage.zh] for stage in stages} == {stage.zh: stage.en for stage in stages}
    events = demonstration.vocabulary.events.values()
    assert [act.en for act in events if re.fullmatch(r"\w+ed", act.en)] == []
    known = [act for act in events if act.zh in words and act.zh != "不再落实"]  # also how a commitment stands
    assert {act.zh: words[act.zh] for act in known} == {act.zh: act.en for act in known}
