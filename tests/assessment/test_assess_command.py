"""`huiyin assess`: what it prints, what it refuses, and that it ranks nobody."""

from __future__ import annotations

import json

import pytest

from tests.golden import kept
from tests.project import EXAMPLES, Project


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everybody_by_name_and_never_by_points(project: Project, lang: str) -> None:
    said = project.with_demonstration().huiyin("assess", "--lang", lang)
    assert (said.code, said.err) == (0, "")
    assert said.out == kept(EXAMPLES / "commands" / f"assess-{lang}.txt", said.out)
    told = [one["points"] for one in json.loads(project.huiyin("assess", "--format", "json").out)]
    known = [points for points in told if points is not None]
    assert None in told
    assert known not in (sorted(known), sorted(known, reverse=True))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_one_with_what_cost_each_point(project: Project, lang: str) -> None:
    argv = ("assess", "--member", "m-gu-xiaofan", "--session", "npc-17-5", "--lang", lang)
    said = project.with_demonstration().huiyin(*argv)
    assert (said.code, said.err) == (0, "")
    assert said.out == kept(EXAMPLES / "commands" / f"assess-one-{lang}.txt", said.out)


def test_as_data_each_point_has_its_grounds_and_its_source(project: Project) -> None:
    said = project.with_demonstration().huiyin("assess", "--agency", "a-water", "--format", "json")
    (one,) = json.loads(said.out)
    assert one["of"] == sum(row["weight"] for row in one["criteria"] if row["points"] is not None)
    assert one["points"] == pytest.approx(sum(row["points"] or 0 for row in one["criteria"]))
    for row in one["criteria"]:
        assert row["source"].startswith("《望澜市建议提案办理工作考核办法（虚构，仅供演示）》")
        assert len(row["grounds"]) == row["counted"]
        assert sum(ground["earned"] for ground in row["grounds"]) == row["earned"]
    office = json.loads(project.huiyin("assess", "--office", "o-cppcc", "--format", "json").out)[0]
    assert office["duty"] == "body_office"


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("--agency", "a-watr"), "是不是想写“a-water”"),
        (("--member", "a-water"), "没有代表、委员或团体 a-water"),
        (("--office", "o-x"), "没有办事机构 o-x"),
        (("--session", "npc-17"), "没有届次 npc-17"),
        (("--agency", "a-emergency", "--session", "npc-16-5"), "没有可以考核的记录"),
        (("--agency", "a-water", "--member", "m-gu-xiaofan"), "not allowed with"),
    ],
)
def test_what_cannot_be_asked(project: Project, argv: tuple[str, ...], told: str) -> None:
    said = project.with_demonstration().huiyin("assess", *argv)
    assert (said.code, said.out) == (2, "")
    assert told in said.err


def test_a_registry_without_weights_says_so_and_a_wrong_name_is_a_finding(project: Project) -> None:
    said = project.with_base().huiyin("assess")
    assert (said.code, said.out) == (2, "")
    assert "在 registry.yaml 的机构里写 assessment" in said.err
    settings = project.registry / "registry.yaml"
    text = settings.read_text(encoding="utf-8")
    for name, hint in (("demo-asessment", "是不是想写“demo-assessment”"), ("cn-suggestion", "写明考核权重的规则包")):
        project.write("registry/registry.yaml", text.replace("    packs:", f"    assessment: {name}\n    packs:", 1))
        checked = project.huiyin("check")
        assert checked.code == 1
        assert "错误[reference-unknown]" in checked.out
        assert hint in checked.out
