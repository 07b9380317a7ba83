"""`huiyin topics`: the list, preparing a topic, and topics under guard and in a projection."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bare import HOUSING, MEMBER, NPC, Bare
from tests.golden import kept
from tests.project import EXAMPLES, Project

TOPIC = (EXAMPLES / "schema" / "topic" / "valid" / "feedback-meeting.yaml").read_text(encoding="utf-8")
PLACED = TOPIC.replace("../../../../../schema", "../../schema")
NAME = "registry/topics/t-night-buses.yaml"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list(project: Project, lang: str) -> None:
    said = project.with_demonstration().huiyin("topics", "--lang", lang)
    assert (said.code, said.err) == (0, "")
    assert said.out == kept(EXAMPLES / "commands" / f"topics-{lang}.txt", said.out)


def test_the_list_for_programs(project: Project) -> None:
    said = project.with_demonstration().huiyin("topics", "--format", "json")
    told = json.loads(said.out)
    assert [one["topic"] for one in told["topics"]] == ["t-taoxi-underpass"]
    assert told["topics"][0]["returns"][1]["again"] == "2023-1b5qs"
    assert all(one["proposal"] != "2021-1a7kd" for one in told["candidates"])


def test_without_its_topic_the_problem_is_a_candidate_and_becomes_one(project: Project) -> None:
    project.with_demonstration()
    for name in ("topics/t-taoxi-underpass", "policies/pol-waterlogging", "research/r-waterlogging-register"):
        (project.registry / f"{name}.yaml").unlink()
    candidates = json.loads(project.huiyin("topics", "--format", "json").out)["candidates"]
    (found,) = [one for one in candidates if one["proposal"] == "2025-1d6rw"]
    assert len(found["returns"]) == 3
    said = project.huiyin("topics", "2023-1b5qs", "--id", "t-pond", "--set", "due=2027-06-30", "feedback=现场核看")
    assert (said.code, said.err) == (0, "")
    text = (project.registry / "topics" / "t-pond.yaml").read_text(encoding="utf-8")
    assert "  - 2021-1a7kd\n  - 2023-1b5qs\n  - 2025-1d6rw\n" in text
    assert "feedback: visit" in text
    assert "2021年5月18日答复已解决" in text
    assert project.huiyin("check").code == 0
    assert project.huiyin("fmt", "--check").code == 0


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("2025-2g9dz",), "due（时限）、feedback（反馈方式）"),
        (("2025-2g9dz", "--id", "t-taoxi-underpass", "--set", "due=2027-01-01", "feedback=visit"), "已经用过"),
        (("2026-n9e3s", "--set", "due=2027-01-01", "feedback=visit"), "--set why="),
        (("2026-zzzzz",), "没有 2026-zzzzz"),
        (("2025-2g9dz", "--set", "due=2027-01-01", "feedback=寄信"), "寄信"),
    ],
)
def test_what_cannot_be_set_up(project: Project, argv: tuple[str, ...], told: str) -> None:
    said = project.with_demonstration().huiyin("topics", *argv)
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert len(list((project.registry / "topics").iterdir())) == 1


def test_a_time_limit_before_today_is_refused_before_anything_is_written(project: Project) -> None:
    said = project.with_demonstration().huiyin("topics", "2025-2g9dz", "--set", "due=2025-01-01", "feedback=visit")
    assert said.code == 1
    assert "topic-days" in said.err
    assert not (project.registry / "topics" / "t-2025-2g9dz.yaml").exists()


@pytest.mark.parametrize(
    ("line", "place"),
    [("lead: a-transport", "lead: a-nowhere"), ("category: transport", "category: nowhere"),
     ("[2026-m4t7k]", "[2026-zzzzz]"), ("lead: a-transport", "lead: a-transport\nco: [a-nowhere]")],
)  # fmt: skip
def test_what_a_topic_names_must_be_there(project: Project, line: str, place: str) -> None:
    project.with_base().write(NAME, PLACED.replace(line, place))
    said = project.huiyin("check")
    assert said.code == 1
    assert "reference-unknown" in said.out
    assert "did you mean" not in said.out


def test_an_office_may_set_up_a_topic_and_others_may_not(project: Project) -> None:
    bare = Bare(project)

    def change(root: Path) -> None:
        (root / "registry" / "topics").mkdir()
        (root / NAME).write_text(PLACED, encoding="utf-8")

    head = bare.submit(change)
    said = bare.guard(head, NPC)
    assert (said.code, said.err) == (0, ""), said.out
    for other in (MEMBER, HOUSING):
        assert "error[record-not-theirs]" in bare.guard(head, other).out


def test_a_topic_with_a_proposal_that_is_not_there_is_refused(project: Project) -> None:
    bare = Bare(project)

    def change(root: Path) -> None:
        (root / "registry" / "topics").mkdir()
        (root / NAME).write_text(PLACED.replace("2026-m4t7k", "2026-zzzzz"), encoding="utf-8")

    assert "error[reference-unknown]" in bare.guard(bare.submit(change), NPC).out


def test_schemas_of_an_earlier_day_know_no_topics(project: Project) -> None:
    project.with_base().write(NAME, PLACED)
    (project.root / "schema" / "topic.schema.json").unlink()
    said = project.huiyin("check")
    assert said.code == 1
    assert "file-unexpected" in said.out
