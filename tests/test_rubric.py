"""The rubric of a proposal's quality: a point is lost for a sentence that can be read."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from huiyin.load import Law
from huiyin.model import TakenOut
from huiyin.rubric import RUBRIC, marks
from tests.project import Project
from tests.story import proposal

SOUND: dict[str, Any] = {
    "situation": "南堤路积水。",
    "evidence": [{"claim": "积水次数多。", "figure": "4次", "comparison": "上年2次。", "source": "社区台账"}],
    "asks": [{"id": "q1", "text": "6月底前清淤1.4公里。", "agency": "a-lead"}],
}
CLAIM = {"claim": "行人不便。", "figure": "300人", "source": "走访"}


def lost(law: Law, **more: Any) -> dict[str, tuple[str, ...]]:
    one = proposal([{"type": "submitted", "on": "2026-01-01"}], law.packs["cn-suggestion"], **{**SOUND, **more})
    return {mark.criterion.id: mark.sentences for mark in marks(one) if not mark.given}


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, {}),
        ({"evidence": [*SOUND["evidence"], {"claim": "行人不便。", "source": "走访"}]}, {"figures": ("行人不便。",)}),
        ({"evidence": [*SOUND["evidence"], {"claim": "绕行300人。"}]}, {"sources": ("绕行300人。",)}),
        ({"evidence": [CLAIM]}, {"comparison": ("300人",)}),
        ({"evidence": [CLAIM], "analysis": "比上年多。"}, {}),
        ({"evidence": []}, {"figures": (), "sources": (), "comparison": ()}),
        ({"evidence": [], "situation": "4次积水，高于上年。"}, {"sources": ()}),
        ({"asks": [{"id": "q1", "text": "尽快清淤。"}]}, {"addressees": ("尽快清淤。",), "measures": ("尽快清淤。",)}),
        ({"asks": [{"id": "q1", "text": "增设一座泵站。", "agency": "a-lead"}]}, {}),
        ({"asks": []}, {"addressees": (), "measures": ()}),
    ],
)
def test_a_point_is_lost_for_what_is_said(law: Law, more: dict[str, Any], expected: dict[str, Any]) -> None:
    assert lost(law, **more) == expected


def test_what_is_not_public_is_not_marked(law: Law) -> None:
    one = proposal([{"type": "submitted", "on": "2026-01-01"}], law.packs["cn-suggestion"], **SOUND)
    assert marks(replace(one, taken_out=(TakenOut(("situation",), "undecided"),))) == ()


def test_the_verb_prints_the_rubric_and_marks(project: Project) -> None:
    project.with_demonstration()
    assert len(project.huiyin("quality").out.splitlines()) == len(RUBRIC)
    assert [row["id"] for row in json.loads(project.huiyin("quality", "--format", "json").out)] == [
        one.id for one in RUBRIC
    ]
    told = json.loads(project.huiyin("quality", "2025-1d6rw", "--format", "json").out)
    assert (told["points"], told["of"], len(told["marks"][4]["sentences"])) == (4, 5, 3)
    assert "4 of 5 points" in project.huiyin("quality", "2025-1d6rw", "--lang", "en").out
    assert project.huiyin("quality", "2026-zzzzz").code == 2
