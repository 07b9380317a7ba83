"""Writing: only into a folder of its own, whole files, registry.yaml last, and nothing twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from huiyin.ledger import ids, plan, write
from huiyin.ledger.plan import FULL
from tests.ledger.conftest import Attempt, Run

ROWS: list[dict[str, Any]] = [
    {"n": n, "title": f"关于第{n}条路的建议", "who": "甲某", "agency": "住建局", "number": str(n)} for n in range(1, 6)
]


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_importing_twice_changes_nothing(attempt: Attempt):
    attempt(*ROWS)
    before = state(attempt.folder)
    said = attempt.again()
    assert said.code == 0
    assert "新写 0 个文件，改写 0，未变 9" in said.out
    assert "未变 5" in said.out
    assert state(attempt.folder) == before
    assert {row["change"] for row in attempt.table()} == {"unchanged"}


def test_the_same_input_gives_the_same_bytes_anywhere(attempt: Attempt):
    attempt(*ROWS)
    first = {name: content for name, (content, _) in state(attempt.folder).items()}
    attempt.folder.rename(attempt.base / "elsewhere")
    attempt(*ROWS)
    assert {name: content for name, (content, _) in state(attempt.folder).items()} == first


def test_ids_follow_from_content_not_from_the_order_of_rows(attempt: Attempt):
    attempt(*ROWS)
    before = {proposal["title"]: proposal["id"] for proposal in attempt.data("proposals")}
    attempt(*reversed(ROWS))
    assert {proposal["title"]: proposal["id"] for proposal in attempt.data("proposals")} == before


def test_identical_rows_are_several_proposals(attempt: Attempt, assert_sound: Any):
    row = {"title": "关于修路的建议", "who": "甲某"}
    attempt(*({**row, "n": n} for n in range(3)))
    proposals = attempt.data("proposals")
    assert len({proposal["id"] for proposal in proposals}) == 3
    assert len({proposal["source"]["digest"] for proposal in proposals}) == 1
    assert_sound(attempt.folder)


def test_a_changed_mapping_rewrites_only_what_changed(attempt: Attempt):
    attempt(*ROWS)
    said = attempt(*ROWS, change=(("name: {zh: 登记册}", "name: {zh: 新名称}"),))
    assert "新写 0 个文件，改写 1" in said.out


@pytest.mark.parametrize("name", ["notes.txt", "registry.yaml", "members/m-a.yaml"])
def test_a_folder_with_other_things_in_it_is_refused(attempt: Attempt, name: str):
    path = attempt.folder / name
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    said = attempt(*ROWS)
    assert said.code == 2
    assert "请换一个空文件夹" in said.err
    assert list(state(attempt.folder)) == [name]


@pytest.mark.parametrize("name", ["out.report.csv", "out.report.txt"])
def test_a_report_that_is_somebody_elses_is_not_overwritten(attempt: Attempt, name: str):
    table = attempt.base / name
    table.write_text("mine", encoding="utf-8")
    said = attempt(*ROWS)
    assert said.code == 2
    assert "不能覆盖" in said.err
    assert not attempt.folder.exists()
    assert table.read_text(encoding="utf-8") == "mine"


def test_a_file_in_place_of_the_folder_is_refused(attempt: Attempt):
    attempt.folder.write_text("mine", encoding="utf-8")
    assert "不是文件夹" in attempt(*ROWS).err


def test_the_folder_of_another_source_is_refused(attempt: Attempt):
    attempt(*ROWS)
    said = attempt(*ROWS, change=(("code: tst", "code: other"),))
    assert said.code == 2
    assert "另一个来源（tst）" in said.err


def test_proposals_that_people_went_on_with_are_not_overwritten(attempt: Attempt):
    attempt(*ROWS)
    path = attempt.files("proposals")[0]
    event = "  - id: e9\n    type: reminded\n    on: 2025-05-06\n    by: o-npc\n"
    path.write_text(path.read_text(encoding="utf-8") + event, encoding="utf-8")
    before = state(attempt.folder)
    said = attempt.again()
    assert said.code == 0
    assert "未变 5" in said.out
    assert state(attempt.folder) == before


def test_nouns_that_people_changed_are_left_alone_and_named(attempt: Attempt, assert_sound: Any):
    attempt(*ROWS)
    (member,) = attempt.files("members")
    agency = attempt.files("agencies")[0]
    for path, old, new in ((member, "name: 甲某", "name: 甲某某"), (agency, "level: city", "level: county")):
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    before = state(attempt.folder)
    said = attempt.again()
    assert said.code == 0
    assert f"有人改过、没有覆盖 2：members/{member.name}、agencies/{agency.name}" in said.out
    assert state(attempt.folder) == before
    assert_sound(attempt.folder)


def test_settings_that_people_changed_stay_unless_they_lack_a_body(attempt: Attempt):
    attempt(*ROWS)
    settings = attempt.folder / "registry.yaml"
    whole = settings.read_text(encoding="utf-8")
    settings.write_text(whole.replace("near_days: 20", "near_days: 10"), encoding="utf-8")
    said = attempt.again()
    assert "没有覆盖 1：registry.yaml" in said.out
    assert "near_days: 10" in settings.read_text(encoding="utf-8")
    settings.write_text(whole.replace("id: npc", "id: qu"), encoding="utf-8")
    said = attempt.again()
    assert said.code == 2
    assert "里面没有机构 npc" in said.err


def test_a_file_that_is_no_whole_yaml_stops_the_import(attempt: Attempt):
    attempt(*ROWS)
    attempt.files("proposals")[0].write_text("events: [", encoding="utf-8")
    said = attempt.again()
    assert said.code == 2
    assert "先运行 huiyin check" in said.err


def test_rows_that_are_gone_are_told_and_nothing_is_deleted(attempt: Attempt):
    attempt(*ROWS)
    before = state(attempt.folder)
    said = attempt(*ROWS[:-1])
    assert said.code == 0
    assert "台账里没有了、登记册里保留 1 件" in said.out
    assert state(attempt.folder) == before


def test_rows_that_were_rejected_come_in_once_they_are_right(attempt: Attempt):
    said = attempt(*ROWS[:-1], {**ROWS[-1], "title": ""})
    assert said.code == 0
    assert "有 1 行拒收" in said.out
    assert "标题是空的" in (attempt.base / "out.report.txt").read_text(encoding="utf-8")
    before = state(attempt.folder)
    said = attempt(*ROWS)
    assert "新写 1 个文件，改写 0" in said.out
    after = state(attempt.folder)
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize("again", [False, True])
def test_a_killed_run_is_not_taken_for_a_whole_one_and_the_next_run_carries_on(
    attempt: Attempt, huiyin: Run, monkeypatch: pytest.MonkeyPatch, again: bool
):
    if again:
        attempt(*ROWS)
    change = (("name: 台账", "name: 新台账"),)
    whole = write.replace
    written = 0

    def killed(path: Path, content: bytes, temporary: Path) -> None:
        nonlocal written
        written += 1
        if written > 4:
            raise KeyboardInterrupt
        whole(path, content, temporary)

    monkeypatch.setattr(write, "replace", killed)
    assert attempt(*ROWS, change=change).code == 130
    monkeypatch.setattr(write, "replace", whole)
    assert (attempt.folder / write.UNFINISHED / "source").read_text(encoding="utf-8") == "tst\n"
    assert (attempt.folder / "registry.yaml").exists() == again
    assert huiyin("check", "--registry", attempt.folder).code == 1

    assert attempt.again().code == 0
    assert not (attempt.folder / write.UNFINISHED).exists()
    assert huiyin("check", "--quiet", "--registry", attempt.folder).code == 0


def test_registry_yaml_is_written_last(monkeypatch: pytest.MonkeyPatch, attempt: Attempt):
    order: list[str] = []
    whole = write.replace

    def noting(path: Path, content: bytes, temporary: Path) -> None:
        order.append(path.name)
        whole(path, content, temporary)

    monkeypatch.setattr(write, "replace", noting)
    attempt(*ROWS)
    assert order[-1] == "registry.yaml"
    assert len(order) == 9


def test_a_folder_that_cannot_be_made_is_one_message(attempt: Attempt):
    attempt(*ROWS)
    attempt.folder = attempt.base / "ledger" / "out"
    said = attempt.again()
    assert said.code == 2
    assert "Not a directory" in said.err


def test_nothing_is_drawn_where_standard_error_is_no_terminal(attempt: Attempt):
    assert attempt(*ROWS).err == ""


@pytest.mark.parametrize("number", [1, 999, 1000, 5000, 40_000])
def test_a_folder_stays_under_a_thousand_files(number: int):
    names = sorted(f"x-{ids.short(str(n))}" for n in range(number))
    paths = [path for path, _ in plan._shelved("proposals/s", names)]
    assert len(set(paths)) == number
    assert max(Counter(path.rsplit("/", 1)[0] for path in paths).values()) < FULL
    assert (paths[0].count("/") == 2) == (number < FULL)


def test_two_rows_whose_short_ids_clash_get_longer_ones(
    attempt: Attempt, monkeypatch: pytest.MonkeyPatch, assert_sound: Any
):
    whole = ids.short
    monkeypatch.setattr(ids, "short", lambda *parts, length=8: ("0" * 8 + whole(*parts, length=12))[:length])
    attempt(*ROWS[:3])
    names = sorted(proposal["id"] for proposal in attempt.data("proposals"))
    assert names[0] == "tst-00000000"
    assert len(set(names)) == 3
    assert_sound(attempt.folder)
