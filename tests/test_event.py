"""`huiyin event` and `huiyin new`: what may be recorded, one more event, a new file; nothing at all when it is wrong.

The small registry stands at 2026-06-30; its proposal 2026-w8p3d is in consultation, 2026-m4t7k is rated.
"""

from __future__ import annotations

import difflib
import io
import json
import os
import pty
import re
import select
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin import edit, yamltext
from huiyin.cases import cases
from huiyin.draft.acts import acts
from huiyin.lifecycle import standing
from huiyin.load import Law, load_registry
from huiyin.model import Event
from tests.project import EXAMPLES, ROOT, Project

W8 = "registry/proposals/cppcc-9-2/2026-w8p3d.yaml"
M4 = "registry/proposals/npc-9-2/2026-m4t7k.yaml"
CONTACT = ("event", "2026-w8p3d", "沟通", "--set", "how=面商", "text=到小区看过。")


def given_on_standard_input(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


def snapshot(root: Path) -> dict[str, bytes]:
    return {
        path.as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file() and ".git" not in path.parts
    }


# ------------------------------------------------------------------------------------------ what may be recorded


def test_without_a_type_it_lists_what_is_allowed_by_whom_and_what_it_meets(project: Project) -> None:
    said = project.with_base().huiyin("event", "2026-w8p3d")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[1:4] == [
        "状态：会商中",
        "该办的：",
        "  contacted            沟通 · 县民政局  首次沟通期限 2026-04-01",
    ]
    reply = next(line for line in lines if line.startswith("  replied "))
    assert re.search(r"答复 · 县民政局  \S*期限 2026-08-10", reply)
    assert not [line for line in lines if line.startswith(("  accepted ", "  rated "))]
    assert "Also allowed:" in project.huiyin("event", "2026-w8p3d", "--lang", "en").out


def test_nobody_is_listed_for_an_act_that_nobody_can_do(project: Project) -> None:
    """There is no co-handler in this one: no opinion of a co-handler is offered."""
    assert "co_opinion " not in project.with_base().huiyin("event", "2026-w8p3d").out


def test_what_is_listed_is_what_the_state_table_allows(law: Law) -> None:
    """For every proposal of the demonstration: an act that is offered is taken, one that is not would be refused."""
    registry = load_registry(ROOT / "registry", law, ROOT).registry
    assert registry
    for case in cases(registry, date(2026, 11, 20)).values():
        offered = {act.type: act.actors for act in acts(registry, case)}
        for kind in law.vocabulary.events:
            event = Event("e999", kind, (offered.get(kind) or ("o-npc",))[0], date(2026, 11, 20))
            more = replace(case.proposal, events=(*case.proposal.events, event))
            refused = [refusal.event.id for refusal in standing(more, case.pack).refusals]
            assert kind not in offered or refused == []
            assert kind in offered or refused == ["e999"] or kind in NOBODY, (case.proposal.id, kind)


NOBODY = {
    "co_opinion",
    "signed_for",
    "return_requested",
    "contacted",
    "extension_requested",
    "replied",
    "progressed",
} | {
    "fulfilled",
    "dropped",
    "co_opinion_rejected",
}
"""Acts of agencies: they are not offered where no agency of the kind is assigned."""


# ------------------------------------------------------------------------------------------ one more event


def test_an_event_is_appended_and_every_other_byte_stays(project: Project) -> None:
    path = project.with_base().root / W8
    before = path.read_text(encoding="utf-8")
    said = project.huiyin(*CONTACT)
    assert (said.code, said.err) == (0, "")
    assert said.out == f"{W8}: e5 沟通（2026-06-30，县民政局）\n"
    added = "\n    ".join(["  - id: e5", "type: contacted", "on: 2026-06-30", "by: a-civil-affairs", "how: meeting"])
    added += "\n    text: 到小区看过。\n"
    assert path.read_text(encoding="utf-8") == before.replace("status: consulting", "status: handling") + added
    assert project.huiyin("check").code == 0
    assert project.huiyin("fmt", "--check").out == ""


def test_comments_quotes_and_peculiar_layout_around_it_stay(project: Project) -> None:
    path = project.with_base().root / W8
    text = path.read_text(encoding="utf-8")
    peculiar = text.replace("  - id: e2\n", "\n  # 受理很快\n  - id: 'e2'   # 引号\n") + "\n# 文件末尾的话\n"
    path.write_text(peculiar, encoding="utf-8")
    assert project.huiyin(*CONTACT).code == 0
    after = path.read_text(encoding="utf-8")
    gone = [line for line in difflib.ndiff(peculiar.split("\n"), after.split("\n")) if line.startswith("- ")]
    assert gone == ["- status: consulting"]
    assert after.endswith("text: 到小区看过。\n\n# 文件末尾的话\n")


def test_line_ends_stay_as_they_are(project: Project) -> None:
    path = project.with_base().root / W8
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").removesuffix(b"\r\n"))
    assert project.huiyin(*CONTACT).code == 0
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    assert project.huiyin("check", W8).code == 0


def test_an_event_of_an_earlier_day_goes_where_it_belongs(project: Project) -> None:
    path = project.with_base().root / W8
    assert "event-not-allowed" in project.huiyin(*CONTACT, "on=2026-01-20").err, "nothing was assigned by then"
    said = project.huiyin("event", "2026-w8p3d", "signed_for", "--set", "on=2026-02-11", "by=县民政局")
    assert (said.code, said.err) == (0, "")
    days = [event["on"] for event in yamltext.read(path.read_text(encoding="utf-8")).data["events"]]
    assert days == sorted(days)
    assert project.huiyin("check").code == 0
    assert project.huiyin("fmt", "--check").out == ""


def test_a_whole_reply_comes_from_standard_input(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    reply = """
class: 正在解决
document: 澄民函〔2026〕3号
text: |
  　　何委员：

  　　现答复如下。
answers:
  - {ask: q1, text: 采纳。, class: 正在解决}
commitments:
  - {text: 增设3处, owner: 县民政局, due: 2026年12月31日, ask: q1}
"""
    given_on_standard_input(reply, monkeypatch)
    said = project.with_base().huiyin("event", "2026-w8p3d", "答复", "--from", "-", "--set", "on=2026-6-29")
    assert (said.code, said.err) == (0, "")
    text = (project.root / W8).read_text(encoding="utf-8")
    assert text.endswith(
        """  - id: e5
    type: replied
    on: 2026-06-29
    by: a-civil-affairs
    document:
      number: 澄民函〔2026〕3号
    class: in_progress
    text: |-
      何委员：

      现答复如下。
    answers:
      - ask: q1
        text: 采纳。
        class: in_progress
    commitments:
      - id: c1
        text: 增设3处
        owner: a-civil-affairs
        due: 2026-12-31
        ask: q1
"""
    )
    assert "status: replied" in text


@pytest.mark.parametrize("ascii_only", [True, False])
def test_json_means_the_same_as_yaml(ascii_only: bool, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    data = {"type": "contacted", "how": "面商", "text": "第一行\n第二行 \U0001f642 “引号”", "on": "2026-06-30"}
    given_on_standard_input(json.dumps(data, ensure_ascii=ascii_only, indent="\t"), monkeypatch)
    said = project.with_base().huiyin("event", "2026-w8p3d", "--from", "-")
    assert (said.code, said.err) == (0, "")
    event = yamltext.read((project.root / W8).read_text(encoding="utf-8")).data["events"][-1]
    assert event == {"id": "e5", "by": "a-civil-affairs", **data, "how": "meeting"}


def test_texts_that_yaml_would_take_for_something_else_stay_text(project: Project) -> None:
    said = project.with_base().huiyin(
        "event", "2026-w8p3d", "沟通", "--set", "how=电话", "text=yes", "note=0042", "document=1e3"
    )
    assert (said.code, said.err) == (0, "")
    text = (project.root / W8).read_text(encoding="utf-8")
    assert all(line in text for line in ('text: "yes"', 'note: "0042"', 'number: "1e3"'))


def test_dry_run_shows_the_difference_and_writes_nothing(project: Project) -> None:
    before = snapshot(project.with_base().root)
    said = project.huiyin(*CONTACT, "--dry-run")
    assert said.code == 0
    assert [line for line in said.out.splitlines() if line[:1] in "+-"] == [
        f"--- {W8}",
        f"+++ {W8} (拟写入)",
        "-status: consulting",
        "+status: handling",
        "+  - id: e5",
        "+    type: contacted",
        "+    on: 2026-06-30",
        "+    by: a-civil-affairs",
        "+    how: meeting",
        "+    text: 到小区看过。",
    ]
    assert snapshot(project.root) == before


WRONG: dict[str, tuple[tuple[str, ...], int, str]] = {
    "an event that is not allowed now": (
        ("event", "2026-w8p3d", "受理", "--set", "number=0009", "by=o-cppcc"),
        1,
        "event-not-allowed",
    ),
    "someone else's act": (("event", "2026-w8p3d", "沟通", "--set", "how=电话", "by=o-npc"), 1, "event-wrong-actor"),
    "a day that is still to come": ((*CONTACT, "on=2026-07-01"), 1, "event-future"),
    "a day that does not exist": ((*CONTACT, "on=2026-02-30"), 1, "shape-no-such-day"),
    "a field that is missing": (("event", "2026-w8p3d", "沟通"), 1, "shape-missing"),
    "dissatisfied without reasons": (
        ("event", "2026-m4t7k", "评价", "--set", "attitude=满意", "result=不满意"),
        1,
        "缺少 reasons",
    ),
    "a mobile number": ((*CONTACT[:4], "how=电话", "text=打 13812345678"), 1, "personal-data"),
    "a control character": ((*CONTACT[:4], "how=电话", "text=a\x07b"), 1, "yaml-hidden-character"),
    "a bidirectional character": ((*CONTACT[:4], "how=电话", "text=a\u202eb"), 1, "yaml-hidden-character"),
    "a text that is too long": ((*CONTACT[:4], "how=电话", "text=" + "长" * 5001), 1, "shape-size"),
    "an agency that does not exist": ((*CONTACT, "by=县民政据"), 2, "是不是想写“县民政局”"),
    "a word that is not one": (("event", "2026-w8p3d", "沟通", "--set", "how=面谈"), 2, "可以写：走访、面商"),
    "a type that is not one": (("event", "2026-w8p3d", "勾通"), 2, "没有节点类型"),
    "no type but fields": (("event", "2026-w8p3d", "--set", "how=电话"), 2, "没有写节点类型"),
    "an id of its own": ((*CONTACT, "id=e9"), 2, "不用写 id"),
    "an id that is not there": (("event", "2026-zzzzz", "沟通"), 2, "没有 2026-zzzzz"),
    "a file that is not there": (("event", "2026-w8p3d", "沟通", "--from", "no.yaml"), 2, "No such file"),
    "bytes that are no text": ((*CONTACT, "note=a\udcffb"), 2, "不是 UTF-8"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_is_said_and_nothing_is_written(mistake: str, project: Project) -> None:
    argv, code, words = WRONG[mistake]
    before = snapshot(project.with_base().root)
    said = project.huiyin(*argv)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert "Traceback" not in said.err
    assert "13812345678" not in said.err
    assert snapshot(project.root) == before


HOSTILE = {
    "no mapping": "- a\n",
    "nothing": "",
    "YAML that is none": "how: [\n",
    "an alias": "how: &a phone\ntext: *a\n",
    "a key twice": "how: phone\nhow: visit\n",
    "a key twice in JSON": '{"how": "phone", "how": "visit"}',
    "JSON nested without end": "[" * 5000,
    "an object nested without end": '{"a":' * 5000,
    "half a surrogate pair": '{"how": "phone", "text": "\\ud83d"}',
    "two documents": "how: phone\n---\nhow: visit\n",
    "a number that is none": '{"how": NaN}',
    "a megabyte too much": "text: " + "x" * (yamltext.LARGEST + 1),
    "nul bytes": "how: phone\ntext: a\x00b\n",
}


@pytest.mark.parametrize("mistake", HOSTILE)
def test_hostile_input_is_refused_without_a_traceback(
    mistake: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(project.with_base().root)
    given_on_standard_input(HOSTILE[mistake], monkeypatch)
    said = project.huiyin("event", "2026-w8p3d", "contacted", "--from", "-")
    assert said.code in (1, 2)
    assert said.err
    assert "Traceback" not in said.err
    assert snapshot(project.root) == before


def test_events_in_brackets_are_left_to_people(project: Project) -> None:
    path = project.with_base().root / W8
    text = path.read_text(encoding="utf-8")
    head = text.split("events:\n")[0].replace("consulting", "submitted")
    path.write_text(
        f"{head}events: [{{id: e1, type: submitted, on: 2026-01-19, by: m-he-yuanzhi}}]\n", encoding="utf-8"
    )
    said = project.huiyin("event", "2026-w8p3d", "受理", "--set", "number=0009")
    assert said.code == 2
    assert "不能自动追加" in said.err


def test_a_merge_can_be_recorded_one_side_after_the_other(project: Project) -> None:
    text = (project.with_base().root / W8).read_text(encoding="utf-8")
    project.write(W8.replace("w8p3d", "w8p3e"), text.replace("w8p3d", "w8p3e").replace('"0001"', '"0002"'))
    first = project.huiyin("event", "2026-w8p3d", "并案", "--set", "with=2026-w8p3e")
    assert first.code == 0
    assert "merge-one-sided" in first.err
    assert project.huiyin("check").code == 1
    second = project.huiyin("event", "2026-w8p3e", "并案", "--set", "into=2026-w8p3d")
    assert (second.code, second.err) == (0, "")
    assert project.huiyin("check").code == 0


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=40)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=WORDS, day=st.sampled_from(["2026-01-01", "2026-01-27", "2026-02-10", "2026-06-30"]))
def test_whatever_the_text_the_rest_of_the_file_stays(text: str, day: str, law: Law) -> None:
    before = (EXAMPLES / "base/proposals/cppcc-9-2/2026-w8p3d.yaml").read_text(encoding="utf-8")
    event = {"id": "e5", "type": "contacted", "on": day, "by": "a-civil-affairs", "how": "phone", "text": text}
    after = edit.with_event(before, event, "handling")
    hidden = yamltext.decode(text.encode())[1] or yamltext.read(json.dumps(text, ensure_ascii=True)).faults
    if after is None:
        assert hidden
        return
    lines = after.split("\n")
    start = lines.index("  - id: e5")
    end = next(
        (n for n in range(start + 1, len(lines)) if not lines[n].startswith("    ") and lines[n]), len(lines) - 1
    )
    rest = "\n".join([*lines[:start], *lines[end:]])
    assert rest.replace("status: handling", "status: consulting") == before
    assert (
        yamltext.read(after).data["events"][[e["id"] for e in yamltext.read(after).data["events"]].index("e5")] == event
    )


# ------------------------------------------------------------------------------------------ a new proposal

NEW: dict[str, Any] = {
    "kind": "建议",
    "session": "npc-9-2",
    "title": "关于在学校门口增设斑马线的建议",
    "category": "交通出行",
    "proposers": "路春燕",
    "situation": "三所学校门口没有斑马线。",
    "asks": ["在三所学校门口施划斑马线。", {"text": "加装减速带。", "agency": "a-transport"}],
    "channel": "网上表单",
}


def new(project: Project, monkeypatch: pytest.MonkeyPatch, *argv: str, **more: Any) -> Any:
    registry = project.with_base().registry
    name = re.search(
        r"^name: (\S+)", (registry / "members/m-lu-chunyan.yaml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert name
    given_on_standard_input(json.dumps({**NEW, "proposers": name[1], **more}), monkeypatch)
    return project.huiyin("new", "--from", "-", *argv)


def test_a_new_proposal_is_a_sound_file_in_form(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    said = new(project, monkeypatch, "--id", "2026-abcde")
    assert said.code == 0
    path = "registry/proposals/npc-9-2/2026-abcde.yaml"
    assert said.out == f"{path}: 新写一件建议 2026-abcde\n"
    assert "提示[" in said.err, "what would make it better is said"
    text = (project.root / path).read_text(encoding="utf-8")
    assert (
        text
        == """# yaml-language-server: $schema=../../../schema/proposal.schema.json
id: 2026-abcde
kind: suggestion
session: npc-9-2
title: 关于在学校门口增设斑马线的建议
category: transport
proposers:
  - m-lu-chunyan
status: submitted
situation: 三所学校门口没有斑马线。
asks:
  - id: q1
    text: 在三所学校门口施划斑马线。
  - id: q2
    text: 加装减速带。
    agency: a-transport
events:
  - id: e1
    type: submitted
    on: 2026-06-30
    by: m-lu-chunyan
    channel: form
"""
    )
    assert project.huiyin("check").code == 0
    assert project.huiyin("fmt", "--check").out == ""


def test_ids_are_random_and_well_formed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    said = [new(project, monkeypatch, "--dry-run").out for _ in range(3)]
    made = [re.findall(r"^\+id: (2026-[23456789a-z]{5})$", out, re.MULTILINE) for out in said]
    assert all(len(ids) == 1 for ids in made)
    assert len({ids[0] for ids in made}) == 3


NOT_NEW: dict[str, tuple[tuple[str, ...], dict[str, Any], int, str]] = {
    "an id that is taken": (("--id", "2026-m4t7k"), {}, 2, "已经用过"),
    "an id that is taken in another session": (("--id", "2026-w8p3d"), {}, 2, "已经用过"),
    "an id that is none": (("--id", "../../x"), {}, 1, "shape-pattern"),
    "a session that is none": ((), {"session": "../../../etc"}, 2, "届次"),
    "a status of its own": ((), {"status": "closed"}, 2, "status 不用写"),
    "events of its own": ((), {"events": []}, 2, "events 不用写"),
    "nothing asked of nobody": ((), {"title": None}, 1, "缺少 title"),
    "a kind that the body does not take": ((), {"kind": "议案"}, 1, "pack-missing"),
    "someone unknown": ((), {"proposers": "谁也不是"}, 2, "没有“谁也不是”"),
    "an identity number": ((), {"situation": "身份证 11010519491231002X"}, 1, "personal-data"),
}


@pytest.mark.parametrize("mistake", NOT_NEW)
def test_a_new_file_that_would_be_wrong_is_not_written(
    mistake: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    argv, more, code, words = NOT_NEW[mistake]
    said = new(project, monkeypatch, *argv, **more)
    assert (said.code, said.out) == (code, "")
    assert words in said.err
    assert "11010519491231002X" not in said.err
    files = {path.name for path in project.root.rglob("*.yaml") if "proposals" in path.parts}
    assert files == {"2026-m4t7k.yaml", "2026-w8p3d.yaml"}


# ------------------------------------------------------------------------------------------ on a branch


@pytest.fixture
def repository(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    project.with_base()
    git(project, "init", "--quiet", "--initial-branch=main")
    git(project, "config", "user.name", "测试")
    git(project, "config", "user.email", "test@huiyin.example")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", "base")
    return project


def git(project: Project, *argv: str) -> str:
    done = subprocess.run(["git", *argv], cwd=project.root, capture_output=True, text=True, check=True)
    return done.stdout.rstrip("\n")


def test_a_commit_moves_a_branch_of_its_own_and_nothing_else(repository: Project) -> None:
    before = snapshot(repository.root)
    main = git(repository, "rev-parse", "main")
    said = repository.huiyin(*CONTACT, "--commit")
    assert (said.code, said.err) == (0, "")
    assert "已提交到分支 2026-w8p3d-e5" in said.out
    assert snapshot(repository.root) == before
    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "rev-parse", "main", "2026-w8p3d-e5^") == f"{main}\n{main}"
    assert git(repository, "diff", "--stat", "main", "2026-w8p3d-e5").splitlines()[0].strip().startswith(W8)
    assert (
        git(repository, "log", "-1", "--format=%s", "2026-w8p3d-e5") == "2026-w8p3d-e5: e5 沟通（2026-06-30，县民政局）"
    )
    changed = git(repository, "show", f"2026-w8p3d-e5:{W8}")
    assert repository.huiyin(*CONTACT).code == 0
    assert (repository.root / W8).read_text(encoding="utf-8").rstrip("\n") == changed


def test_it_says_how_to_ask_for_review(repository: Project) -> None:
    settings = repository.registry / "registry.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("chengting.example/}", "chengting.example/, repository: https://git.example/a/b}"))
    said = repository.huiyin(*CONTACT, "--pr", "--branch", "acts/one")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[-2:] == [
        "下一步：git push origin acts/one",
        "然后打开 https://git.example/a/b/compare/main...acts/one?expand=1&template=event.md",
    ]


def test_a_new_file_is_committed_too(repository: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    given_on_standard_input(json.dumps({**NEW, "proposers": "m-lu-chunyan"}), monkeypatch)
    said = repository.huiyin("new", "--from", "-", "--id", "2026-abcde", "--commit")
    assert said.code == 0
    assert git(repository, "diff", "--name-only", "main", "2026-abcde") == "registry/proposals/npc-9-2/2026-abcde.yaml"
    assert not (repository.registry / "proposals/npc-9-2/2026-abcde.yaml").exists()


def test_a_second_event_of_the_same_file_does_not_fit_on_the_branch_of_the_first(repository: Project) -> None:
    assert repository.huiyin(*CONTACT, "--branch", "b").code == 0
    said = repository.huiyin(*CONTACT, "--branch", "b")
    assert said.code == 2
    assert "和 b 上的不一样" in said.err


def test_two_sides_of_a_merge_fit_on_one_branch(repository: Project) -> None:
    text = (repository.root / W8).read_text(encoding="utf-8")
    repository.write(W8.replace("w8p3d", "w8p3e"), text.replace("w8p3d", "w8p3e").replace('"0001"', '"0002"'))
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "two")
    assert repository.huiyin("event", "2026-w8p3d", "并案", "--set", "with=2026-w8p3e", "--branch", "m").code == 0
    assert repository.huiyin("event", "2026-w8p3e", "并案", "--set", "into=2026-w8p3d", "--branch", "m").code == 0
    git(repository, "checkout", "--quiet", "m")
    assert repository.huiyin("check").code == 0


NO_COMMIT = {
    "the branch that is checked out": (("--branch", "main"), [], "正检出在这里"),
    "a name that looks like an option": (("--branch=--force",), [], "不能作分支名"),
    "a name that git does not allow": (("--branch", "a..b"), [], "不能作分支名"),
    "nobody to commit as": (
        ("--commit",),
        [("config", "--unset", "user.email"), ("config", "user.useConfigOnly", "true")],
        "git 还不知道你是谁",
    ),
}


@pytest.mark.parametrize("why", NO_COMMIT)
def test_where_no_commit_can_be_made_it_says_why_and_moves_nothing(why: str, repository: Project) -> None:
    argv, before, words = NO_COMMIT[why]
    for command in before:
        git(repository, *command)
    refs = git(repository, "for-each-ref")
    said = repository.huiyin(*CONTACT, *argv)
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert git(repository, "for-each-ref") == refs


def test_a_file_with_changes_of_its_own_is_not_swept_along(repository: Project) -> None:
    path = repository.root / W8
    path.write_text(path.read_text(encoding="utf-8") + "# 还没写完\n", encoding="utf-8")
    said = repository.huiyin(*CONTACT, "--commit")
    assert said.code == 2
    assert "和 HEAD 上的不一样" in said.err


def test_outside_a_repository_it_says_that_there_is_none(project: Project) -> None:
    said = project.with_base().huiyin(*CONTACT, "--commit")
    assert said.code == 2
    assert "不是 git 仓库" in said.err


# ------------------------------------------------------------------------------------------ asked on a terminal


PROGRAM = Path(sys.executable).with_name("huiyin")


def on_a_terminal(cwd: Path, argv: list[str], answers: list[str]) -> tuple[int, str]:
    """Run the program on a terminal of its own; each answer is typed once something has been asked."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(cwd)
        os.execv(PROGRAM, [str(PROGRAM), *argv])  # noqa: S606 (a terminal of its own is the point)
    said = b""
    typed = iter(answers)
    asked = 0
    while select.select([terminal], [], [], 20)[0]:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        said += part
        if said.endswith(b": ") and len(said) > asked:
            asked = len(said)
            answer = next(typed, None)
            os.write(terminal, b"\x04" if answer is None else answer.encode() + b"\n")
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said.decode().replace("\r\n", "\n")


def test_it_asks_only_for_what_the_schema_needs(project: Project) -> None:
    project.with_base()
    code, said = on_a_terminal(project.root, ["event", "2026-w8p3d", "沟通"], ["", "县民政据", "县民政局", "面商", ""])
    assert code == 0, said
    assert "发生日期 [2026-06-30]: " in said
    event = yamltext.read((project.root / W8).read_text(encoding="utf-8")).data["events"][-1]
    assert event == {"id": "e5", "type": "contacted", "on": "2026-06-30", "by": "a-civil-affairs", "how": "meeting"}


def test_a_terminal_that_is_closed_early_writes_nothing(project: Project) -> None:
    before = snapshot(project.with_base().root)
    code, said = on_a_terminal(project.root, ["event", "2026-w8p3d"], ["沟通", ""])
    assert code == 2
    assert "没有写完，什么也没有写入" in said
    assert snapshot(project.root) == before


def test_a_new_proposal_can_be_answered_question_by_question(project: Project) -> None:
    project.with_base()
    answers = ["建议", "npc-9-2", "关于修路的建议", "交通出行", "m-lu-chunyan"]
    answers += ["诉求", "修。", "两个月内。", ".", "agency", "a-transport", "", "没有这栏", "", "", ""]
    code, said = on_a_terminal(project.root, ["new", "--id", "2026-abcde"], answers)
    assert code == 0, said
    data = yamltext.read((project.registry / "proposals/npc-9-2/2026-abcde.yaml").read_text(encoding="utf-8")).data
    assert data["asks"] == [{"id": "q1", "text": "修。\n两个月内。", "agency": "a-transport"}]
    assert data["events"] == [{"id": "e1", "type": "submitted", "on": "2026-06-30", "by": "m-lu-chunyan"}]
