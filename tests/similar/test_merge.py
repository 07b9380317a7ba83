"""`huiyin merge`: events on all sides or on none, asks side by side, and what proposers are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from huiyin import similar
from huiyin.load import Law, load_registry
from huiyin.model import Registry
from tests.bare import NEW, NPC, PROPOSAL, Bare
from tests.project import ROOT, Project

MONEY = ("2026-6f5gj", "2026-8t5hq")
BY = ("--recorded-by", "市政府办公室", "--channel", "mail", "--reason", "都涉及及时支付小额账款。")


@pytest.fixture(scope="module")
def registry(law: Law) -> Registry:
    found = load_registry(ROOT / "registry", law, ROOT).registry
    assert found
    return found


def test_a_group_is_found_from_each_of_its_members(registry: Registry) -> None:
    group = ("2025-h3v7n", "2025-w8q4d", "2025-r5t9x")
    for name in group:
        assert similar.handled_together(name, registry.proposals) == group
    assert similar.handled_together("2026-t6y1g", registry.proposals) == ("2026-t6y1g",)


def test_each_ask_stands_once_and_what_is_alike_stands_together(registry: Registry) -> None:
    one = registry.proposals["2023-1e7ty"]
    twin = replace(one, id="2026-z9x3c", asks=one.asks[::-1])
    other = registry.proposals["2026-t6y1g"]
    rows = similar.side_by_side([one, twin, other])
    assert [{name: ask.text for name, ask in row.items()} for row in rows[: len(one.asks)]] == [
        {one.id: ask.text, twin.id: ask.text} for ask in one.asks
    ]
    assert len(rows) == len(one.asks) + len(other.asks)


def test_events_on_both_sides_and_what_proposers_are_told(project: Project) -> None:
    said = project.with_demonstration().huiyin("merge", *MONEY, *BY)
    assert (said.code, said.err) == (0, "")
    assert project.huiyin("check").code == 0
    assert project.huiyin("fmt", "--check").code == 0
    told = [line for line in said.out.splitlines() if line.startswith("  致")]
    assert "致邱朝晖：您提出的第 0117 号建议" in told[0]
    assert "以本件为主" in told[0]
    assert "致民建望澜市委员会、柯兴民：" in told[1]
    assert all("编号、答复和评价各自独立" in line for line in told)
    again = project.huiyin("merge", *MONEY, *BY)
    assert (again.code, again.out) == (2, "")
    assert "已经并入 2026-6f5gj" in again.err


@pytest.mark.parametrize(
    ("argv", "code", "told"),
    [
        ((MONEY[0], MONEY[0], *BY), 2, "不能并入自己"),
        ((*MONEY, "--reason", "x"), 2, "--recorded-by"),
        ((*MONEY, "--recorded-by", "o-npc", "--channel", "mail", "--reason", "x"), 1, "event-wrong-actor"),
        (MONEY, 2, "--reason"),
        (("2025-w8q4d", MONEY[0], *BY), 2, "以 2025-h3v7n 为主再并"),
        (("2026-b4z8p", "2026-5b2mk", "--reason", "都涉及电动自行车。"), 1, "event-not-allowed"),
    ],
)
def test_what_cannot_be_merged_changes_no_file(project: Project, argv: tuple[str, ...], code: int, told: str) -> None:
    project.with_demonstration()
    before = {path: path.read_bytes() for path in project.registry.rglob("*.yaml")}
    said = project.huiyin("merge", *argv)
    assert said.code == code
    assert told in said.err
    assert {path: path.read_bytes() for path in project.registry.rglob("*.yaml")} == before


def test_a_merge_is_one_commit_that_guard_accepts(project: Project) -> None:
    bare = Bare(project)
    for n, name in enumerate("ab", start=1):
        text = PROPOSAL.format(id=f"2026-twin{name}", on="2026-06-01")
        accepted = f'  - id: e2\n    type: accepted\n    on: 2026-06-02\n    by: o-npc\n    number: "011{n}"\n'
        path = NEW.rsplit("/", 1)[0]
        project.write(f"{path}/2026-twin{name}.yaml", text.replace("status: submitted", "status: accepted") + accepted)
    project.git("config", "user.name", "测试")
    project.git("config", "user.email", "test@huiyin.example")
    base = bare.project.commit("Twins", day="2026-06-03")
    said = project.huiyin(
        "merge", "2026-twina", "2026-twinb", "--reason", "同一学校门前。", "--commit", "--as-of", "2026-06-30"
    )
    assert (said.code, said.err) == (0, "")
    assert project.git("rev-list", "--count", f"{base}..2026-twina-e3") == "1"
    assert len(project.git("diff", "--name-only", base, "2026-twina-e3").split()) == 2
    said = project.huiyin(
        "guard", "--base", base, "--head", "2026-twina-e3", "--actor", str(NPC), "--as-of", "2026-06-30"
    )
    assert (said.code, said.err) == (0, ""), said.out


def test_a_disk_that_is_full_for_the_second_file_leaves_the_first(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.with_demonstration()
    before = {path: path.read_bytes() for path in project.registry.rglob("*.yaml")}
    real, calls = Path.chmod, []

    def full(self: Path, mode: int) -> None:
        calls.append(self)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(self, mode)

    monkeypatch.setattr(Path, "chmod", full)
    said = project.huiyin("merge", *MONEY, *BY)
    assert said.code == 2
    assert {path: path.read_bytes() for path in project.registry.rglob("*.yaml")} == before
    assert not [path for path in project.registry.rglob(".*") if path.is_file()]
