"""How much personal data is found, and how much else: floors below which no change may push it."""

from __future__ import annotations

import pytest

from huiyin.personal import Kind
from tests.personal_figures import PARTS, figures, read, sentences

FLOORS = {
    "developed": dict.fromkeys(Kind, (1.0, 1.0)),
    "held-out": {
        Kind.IDENTITY: (1.0, 0.96),
        Kind.CARD: (1.0, 1.0),
        Kind.MOBILE: (1.0, 0.97),
        Kind.LANDLINE: (1.0, 1.0),
        Kind.MAIL: (1.0, 1.0),
        Kind.TRAVEL: (1.0, 0.9),
        Kind.PLATE: (1.0, 1.0),
        Kind.ADDRESS: (1.0, 0.88),
        Kind.NAME: (1.0, 0.77),
    },
}
"""The least precision and recall of each class on each part."""


@pytest.mark.parametrize("part", PARTS)
def test_no_class_falls_below_its_floor(part: str) -> None:
    low = {
        kind.value: (figure.precision, figure.recall)
        for kind, figure in figures(part).items()
        if figure.precision < FLOORS[part][kind][0] or figure.recall < FLOORS[part][kind][1]
    }
    assert low == {}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_enough_of_every_class_and_of_traps(part: str) -> None:
    lines = list(sentences(part))
    counts = {kind: sum(label[2] is kind for line in lines for label in line.labels) for kind in Kind}
    assert min(counts.values()) >= 7
    assert sum(counts.values()) >= 180
    assert sum(not line.labels for line in lines) >= 110


def test_no_sentence_stands_in_both_parts() -> None:
    developed, held_out = ({line.text for line in sentences(part)} for part in PARTS)
    assert not developed & held_out


def test_a_piece_that_is_found_in_part_is_missed_and_another_is_wrong() -> None:
    sentence = read("电话⟦mobile:161 0000 00001⟧，⟦mail:a@example.com⟧，1@example.com")
    assert sentence.missed == [Kind.MOBILE]
    assert sentence.wrong == [Kind.MAIL]


def test_escapes_of_the_files_are_read() -> None:
    assert read(r"a\u200b\n\\u0031").text == "a\u200b\n\\u0031"
