"""`huiyin project`: what comes out, once and again, and everything that it refuses before it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huiyin import yamltext
from huiyin.disclosure import TAKEN_OUT
from tests.project import EXAMPLES
from tests.projection.sides import PROPOSAL, Sides

FULL = {"type": "disclosed", "on": "2026-06-20", "by": "o-cppcc", "level": "full"}
WITHHELD = {
    "type": "withheld", "on": "2026-06-21", "by": "o-cppcc", "ground": "third-party", "reason": "涉及第三方。",
}  # fmt: skip


def test_a_first_run_is_one_commit_that_says_nothing_but_the_day(sides: Sides) -> None:
    sides.done()
    assert sides.git("rev-list", "--count", "--all") == "1"
    assert sides.git("log", "-1", "--format=%an|%ae|%ai|%cn|%ce|%ci|%B").strip() == (
        "Huiyin|project@huiyin.invalid|2026-06-30 00:00:00 +0800|"
        "Huiyin|project@huiyin.invalid|2026-06-30 00:00:00 +0800|投影 / Projection 2026-06-30"
    )
    assert sides.git("count-objects", "-v").count("garbage: 0")


def test_what_was_not_reviewed_is_a_stub_that_keeps_every_place(sides: Sides) -> None:
    sides.done()
    shown, private = sides.shown(), sides.private()
    assert shown["title"] == shown["situation"] == shown["asks"][0]["text"] == TAKEN_OUT
    assert [event["id"] for event in shown["events"]] == [event["id"] for event in private["events"]]
    assert {key: shown[key] for key in ("id", "kind", "session", "category", "proposers", "status")} == {
        key: private[key] for key in ("id", "kind", "session", "category", "proposers", "status")
    }
    assert shown["taken_out"] == [{"fields": ["asks", "evidence", "situation", "title"], "why": "undecided"}]
    other = sides.shown("2026-m4t7k")
    assert other["title"] == "关于改善南堤片区夜间公交的建议"
    assert other["events"][5]["text"] == TAKEN_OUT, "what agencies say to each other"
    assert other["events"][6]["answers"][0]["text"] == TAKEN_OUT, "a reply that nobody reviewed"
    assert other["events"][6]["commitments"][0]["due"] == "2026-07-01"


def test_a_projection_is_a_sound_registry_that_says_for_whom_it_is(
    sides: Sides, monkeypatch: pytest.MonkeyPatch
) -> None:
    sides.done()
    monkeypatch.chdir(sides.clone())
    assert sides.project.huiyin("check").code == 0
    assert sides.project.huiyin("fmt", "--check").code == 0
    settings = sides.git("show", "main:registry/registry.yaml")
    assert "audience: public" in settings
    assert "address: https://public.example/" in settings
    for secret in ("people:", "host_id", "maintainers", "projections", "member.example", "chengting.example"):
        assert secret not in settings


def test_a_projection_that_says_taken_out_of_a_text_that_stands(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    sides.done()
    clone = sides.clone()
    path = next((clone / "registry").rglob("2026-w8p3d.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("situation: （未公开）", "situation: 城关镇有老人。"), encoding="utf-8")
    monkeypatch.chdir(clone)
    said = sides.project.huiyin("check")
    assert said.code == 1
    assert "错误[taken-out-false]" in said.out
    assert "situation 里没有“（未公开）”" in said.out


def test_projecting_again_adds_nothing(sides: Sides) -> None:
    first = sides.done()
    assert sides.done(day="2026-07-02") == first
    assert sides.done("--whole", day="2026-07-02") == first
    for path in (sides.project.root / ".git").glob("huiyin-projection-*"):
        path.unlink()
    assert sides.done(day="2026-07-02") == first


def test_one_changed_record_is_one_commit_and_the_same_as_all_made_anew(sides: Sides) -> None:
    sides.done()
    sides.add(FULL)
    tip = sides.done(day="2026-07-01")
    changed = sides.git("diff", "--name-only", "main~1", "main").splitlines()
    assert sorted(path.rpartition("/")[2] for path in changed) == ["2026-w8p3d.yaml", "projection.jsonl"]
    assert sides.shown()["situation"].startswith("城关镇60岁以上老人")
    assert sides.done("--whole", day="2026-07-01") == tip


def test_a_member_that_leaves_and_a_name_that_changes_follow(sides: Sides) -> None:
    sides.done()
    path = "registry/members/m-lu-chunyan.yaml"
    text = (sides.project.root / path).read_text(encoding="utf-8")
    sides.project.write(path, text.replace("name: 陆春燕", "name: 陆春雁"))
    sides.project.commit()
    tip = sides.done(day="2026-07-01")
    assert "陆春雁" in sides.git("show", f"main:{path}")
    assert sides.done("--whole", day="2026-07-01") == tip


def test_each_line_of_the_chain_holds_the_digest_of_the_one_before(sides: Sides) -> None:
    sides.done()
    sides.add(FULL)
    sides.done(day="2026-07-01")
    rows = [json.loads(line) for line in sides.git("show", "main:projection.jsonl").splitlines()]
    assert [(row["run"], row["day"]) for row in rows] == [(1, "2026-06-30"), (2, "2026-07-01")]
    assert rows[0]["previous"] == "0" * 64
    assert rows[1]["previous"] != rows[0]["previous"]


def test_what_is_withheld_after_it_was_public_goes_and_that_is_told_first(sides: Sides) -> None:
    sides.add(FULL)
    sides.done()
    sides.add({**WITHHELD, "fields": ["situation", "evidence"]})
    told = sides.run("--dry-run", day="2026-07-01")
    assert "2026-w8p3d：evidence、situation 不再公开。公开仓库还有 1 个旧版本含有它" in told.out
    assert sides.git("rev-list", "--count", "main") == "1"
    sides.done(day="2026-07-01")
    shown = sides.shown()
    assert shown["situation"] == shown["evidence"][0]["claim"] == TAKEN_OUT
    assert shown["title"] != TAKEN_OUT
    assert {
        "fields": ["evidence", "situation"],
        "why": "withheld",
        "ground": "third-party",
        "reason": "涉及第三方。",
    } in (shown["taken_out"])


def test_members_and_agencies_get_repositories_of_their_own(sides: Sides) -> None:
    for audience in ("member", "agency"):
        target = sides.public.with_name(audience)
        sides.git("init", "--quiet", "--bare", "--initial-branch=main", str(target), at=sides.public.parent)
        assert sides.run(audience=audience, to=target).code == 0
        shown = sides.git("grep", "-h", "-e", "城关镇60岁", "-e", "南堤站照明列入4月维护", "main", at=target)
        assert "城关镇60岁" in shown, "both read what is not reviewed yet"
        assert ("照明列入" in shown) == (audience == "agency"), "agencies read what agencies say"


def test_who_asked_for_confidentiality_is_not_named(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    data = sides.private()
    data["confidential"] = ["m-he-yuanzhi"]
    data["situation"] += "（何 远之了解的情况）"
    sides.write({**data, "disclosure": {"level": "full"}})
    sides.done()
    shown = sides.shown()
    assert shown["proposers"] == ["m-confidential-cppcc", "g-education"]
    assert shown["events"][0]["by"] == "m-confidential-cppcc"
    assert shown["taken_out"] == [{"fields": ["situation"], "why": "confidential"}]
    assert "confidential" not in shown
    monkeypatch.chdir(sides.clone())
    assert sides.project.huiyin("check").code == 0


# ------------------------------------------------------------------------------------------ refused


def refused(sides: Sides, *more: str, **given: str) -> str:
    """The words of a refusal, after which everything stands as it stood."""
    before = sides.git("for-each-ref")
    objects = sides.git("count-objects", "-v")
    said = sides.run(*more, **given)  # type: ignore[arg-type]
    assert said.code == 2, said
    assert sides.git("for-each-ref") == before
    assert sides.git("count-objects", "-v") == objects, "nothing was written, not even loose objects"
    assert "Traceback" not in said.err
    return said.err


def test_unknown_levels_and_levels_that_nobody_set_up(sides: Sides) -> None:
    assert "没有 'everybody' 这一级" in refused(sides, audience="everybody")
    path = sides.project.registry / "registry.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("audience: member", "audience: agency"), encoding="utf-8")
    sides.project.commit()
    assert "projections 里没有 member" in refused(sides, audience="member")


def test_an_open_registry_has_nothing_to_project(sides: Sides) -> None:
    path = sides.project.registry / "registry.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("intake: private", "intake: open"), encoding="utf-8")
    sides.project.commit()
    assert "intake: open" in refused(sides)


def test_a_projection_is_not_projected(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    sides.done()
    clone = sides.clone()
    monkeypatch.chdir(clone)
    other = sides.public.with_name("other.git")
    sides.git("init", "--quiet", "--bare", str(other), at=sides.public.parent)
    assert "已经是一份投影" in sides.run(to=other).err


@pytest.mark.parametrize("ground", ["secret-of-mine", "illegal"])
def test_a_ground_that_the_pack_does_not_list(sides: Sides, ground: str) -> None:
    sides.write({**sides.private(), "disclosure": {"level": "withheld", "ground": ground}})
    assert f"不予公开的理由 {ground} 不在" in refused(sides)


def test_withholding_needs_a_ground_and_fields_that_exist(sides: Sides) -> None:
    sides.write({**sides.private(), "disclosure": {"level": "withheld"}})
    assert "（没有写）" in refused(sides)
    sides.write({**sides.private(), "disclosure": {"level": "full"}})
    for name in ("sitation", "e99.text", "e3.txt"):
        data = sides.private()
        event = {"id": "e5", **WITHHELD, "fields": [name]}
        sides.write({**data, "events": [*data["events"][:4], event]})
        assert f"withheld 写的栏目 {name} 不存在" in refused(sides)


def test_a_record_that_cannot_be_read(sides: Sides) -> None:
    text = (sides.project.root / PROPOSAL).read_text(encoding="utf-8")
    sides.project.write(PROPOSAL, text + "canary: {\n")
    sides.project.commit()
    assert "有错误，不能投影" in refused(sides)


def test_text_that_would_come_or_go_without_an_event(sides: Sides) -> None:
    sides.done()
    data = sides.private()
    sides.write({**data, "disclosure": {"level": "full"}})
    assert "会变成公开，却没有 disclosed 节点" in refused(sides)
    sides.write(data)
    sides.add(FULL)
    sides.done()
    sides.write({**sides.private(), "disclosure": {"level": "withheld", "ground": "third-party"}})
    assert "会从公开文件里删去" in refused(sides)
    sides.add(WITHHELD)
    sides.done()
    assert sides.shown()["title"] == TAKEN_OUT


def test_public_text_that_was_changed_or_a_record_that_was_deleted(sides: Sides) -> None:
    sides.add(FULL)
    sides.done()
    data = sides.private()
    sides.write({**data, "situation": "改写过的情况。"})
    assert "与已经公开的不同" in refused(sides)
    (sides.project.root / PROPOSAL).unlink()
    sides.project.commit()
    assert "与已经公开的不同" in refused(sides)
    assert "与已经公开的不同" in refused(sides, "--whole")


def test_a_public_side_that_others_changed(sides: Sides) -> None:
    sides.done()
    clone = sides.clone()
    (clone / "README.md").write_text("mine\n", encoding="utf-8")
    sides.git("commit", "--quiet", "-am", "by hand", at=clone)
    sides.git("push", "--quiet", "origin", "main", at=clone)
    assert "不是投影写的" in refused(sides)


def test_a_repository_that_is_no_projection(sides: Sides) -> None:
    other = sides.public.parent / "work"
    sides.git("init", "--quiet", "--initial-branch=main", str(other), at=sides.public.parent)
    (other / "a").write_text("a", encoding="utf-8")
    sides.git("add", "a", at=other)
    sides.git("commit", "--quiet", "-m", "a", at=other)
    assert "不是投影" in refused(sides, to=other)  # type: ignore[arg-type]
    assert "没有分支 gone" in refused(sides, "--branch", "gone", to=other)  # type: ignore[arg-type]
    assert "不是 git 仓库" in refused(sides, to=sides.public.parent)  # type: ignore[arg-type]
    assert "在另一个仓库里面" in refused(sides, to=sides.project.registry)  # type: ignore[arg-type]
    assert "不能就是内部仓库" in refused(sides, to=sides.project.root)  # type: ignore[arg-type]
    for bare, name in ((("--bare",), "inside.git"), ((), "inside")):
        inside = sides.project.root / name
        sides.git("init", "--quiet", *bare, str(inside), at=sides.project.root)
        assert "在内部仓库的文件夹里" in refused(sides, to=inside)  # type: ignore[arg-type]


def test_the_projection_of_another_audience(sides: Sides) -> None:
    sides.done()
    assert "是给 public 的投影，不是给 agency 的" in refused(sides, audience="agency")
    assert "没有 'everybody' 这一级" in refused(sides, audience="everybody")


def test_a_history_that_was_rewound_and_a_day_before_the_last(sides: Sides) -> None:
    first = sides.done()
    sides.add(FULL)
    last = sides.done(day="2026-07-02")
    assert "不能退回 2026-07-01" in refused(sides, day="2026-07-01")
    sides.git("update-ref", "refs/heads/main", first)
    assert "接不上" in refused(sides, day="2026-07-03")
    sides.git("update-ref", "refs/heads/main", last)
    assert sides.done(day="2026-07-03") == last


def test_a_repository_to_try_things_out_does_not_hinder_the_real_one(sides: Sides) -> None:
    first = sides.done()
    trial = sides.public.with_name("trial.git")
    sides.git("init", "--quiet", "--bare", "--initial-branch=main", str(trial), at=sides.public.parent)
    sides.add(FULL)
    assert sides.run(day="2026-07-01", to=trial).code == 0
    last = sides.done(day="2026-07-02")
    sides.git("update-ref", "refs/heads/main", first)
    again = sides.public.with_name("again.git")
    sides.git("clone", "--quiet", "--bare", str(sides.public), str(again), at=sides.public.parent)
    assert "接不上" in sides.run(day="2026-07-03", to=again).err, "a clone that lacks the last run"
    sides.git("update-ref", "refs/heads/main", last)
    sides.git("fetch", "--quiet", "origin", "main:main", at=again)
    assert "没有要改动的" in sides.run(day="2026-07-03", to=again).out


def test_a_working_folder_is_brought_along_when_it_is_clean_and_not_behind(sides: Sides) -> None:
    sides.done()
    clone = sides.clone()
    sides.add(FULL)
    assert sides.run(day="2026-07-01", to=clone).code == 0
    assert sides.git("status", "--porcelain", at=clone) == ""
    found = next((clone / "registry").rglob("2026-w8p3d.yaml")).read_text(encoding="utf-8")
    assert "城关镇60岁" in found
    (clone / "notes.txt").write_text("mine", encoding="utf-8")
    assert "没有提交的改动（notes.txt）；" in sides.run(day="2026-07-01", to=clone).err
    (clone / "笔记.txt").write_text("mine", encoding="utf-8")
    assert "（notes.txt 等 2 个文件）；" in sides.run(day="2026-07-01", to=clone).err
    (clone / "notes.txt").unlink()
    assert "（笔记.txt）；" in sides.run(day="2026-07-01", to=clone).err
    (clone / "笔记.txt").unlink()
    behind = sides.clone("behind")
    sides.git("push", "--quiet", "origin", "main", at=clone)
    sides.git("fetch", "--quiet", at=behind)
    assert "远端的 main 有这里没有的提交" in sides.run(day="2026-07-01", to=behind).err


def test_what_verbs_leave_in_a_clone_is_no_change_of_it(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    sides.done()
    clone = sides.clone()
    with monkeypatch.context() as there:
        there.chdir(clone)
        for argv in (("check",), ("export", "--format", "csv"), ("audit", "--into", "build/audit")):
            assert sides.project.huiyin(*argv).code == 0
    assert (clone / "build").is_dir()
    assert sides.git("status", "--porcelain", "-uall", at=clone) == ""
    sides.add(FULL)
    said = sides.run(day="2026-07-01", to=clone)
    assert (said.code, said.err) == (0, "")
    assert sides.git("ls-files", "build", at=clone) == "", "and `git add --all` would not take it"


def test_an_empty_repository_comes_to_stand_on_the_branch_of_its_first_run(sides: Sides) -> None:
    for bare, name in ((("--bare",), "bare.git"), ((), "work")):
        target = sides.public.with_name(name)
        sides.git("init", "--quiet", *bare, "--initial-branch=master", str(target), at=sides.public.parent)
        assert sides.run(to=target).code == 0
        assert sides.git("symbolic-ref", "HEAD", at=target) == "refs/heads/main"
        assert list(target.rglob(".git/logs/**/HEAD")) == []
    assert (sides.public.with_name("work") / "README.md").is_file()
    assert sides.git("status", "--porcelain", at=sides.public.with_name("work")) == ""


class Killed(BaseException):
    """What nobody catches."""


@pytest.mark.parametrize("stage", ["write_tree", "write_commit", "publish"])
def test_a_run_that_is_killed_changes_nothing_that_can_be_seen(
    sides: Sides, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sides.done()
    sides.add(FULL)

    def killed(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(f"huiyin.projection.running.{stage}", killed)
        with pytest.raises(Killed):
            sides.run(day="2026-07-01")
    assert sides.tip() == first
    with monkeypatch.context() as dying:
        dying.setattr("huiyin.commands.project.remember", killed)
        with pytest.raises(Killed):
            sides.run(day="2026-07-01")
    last = sides.tip()
    assert (last != first, sides.done(day="2026-07-02")) == (True, last), "what was done is not done again"


def test_a_repository_that_cannot_be_written(sides: Sides) -> None:
    sides.done()
    lock = sides.public / "huiyin-land.lock"
    lock.unlink()
    lock.mkdir()
    assert f"{sides.public} 不能写入（" in refused(sides)


def test_a_working_folder_that_is_elsewhere(sides: Sides) -> None:
    sides.done()
    apart = sides.public.with_name("apart.git")
    sides.git("clone", "--quiet", "--separate-git-dir", str(apart), str(sides.public), "split", at=sides.public.parent)
    assert "的工作区在别处" in refused(sides, to=apart)  # type: ignore[arg-type]


def test_a_repository_that_borrows_objects(sides: Sides) -> None:
    sides.done()
    borrowed = sides.public.with_name("borrowed.git")
    sides.git("clone", "--quiet", "--bare", "--shared", str(sides.public), str(borrowed), at=sides.public.parent)
    assert "借用了另一个仓库的对象" in sides.run(to=borrowed).err


def test_no_log_tells_who_moved_the_branch_and_when(sides: Sides) -> None:
    sides.done()
    clone = sides.clone()
    for path in (clone / ".git" / "logs").rglob("*"):
        if path.is_file():
            path.unlink()
    sides.add(FULL)
    sides.run(to=clone)
    assert [path for path in (clone / ".git" / "logs").rglob("*") if path.is_file()] == []
    assert list(Path(sides.public).glob("logs/**/main")) == []


# ------------------------------------------------------------------------------------------ told before it happens

WITHHOLDING = ("event", "2026-w8p3d", "withheld", "--as-of", "2026-06-30", "--set", "on=2026-06-21", "by=o-cppcc",
               "ground=third-party", "fields=situation", "reason=涉及第三方。")  # fmt: skip


def test_recording_withheld_tells_what_projections_hold(sides: Sides) -> None:
    sides.add(FULL)
    said = sides.project.huiyin(*WITHHOLDING, "--dry-run")
    assert (said.code, "不再公开" in said.err) == (0, False), "nothing was projected yet"
    sides.done()
    before = (sides.project.root / PROPOSAL).read_bytes()
    said = sides.project.huiyin(*WITHHOLDING, "--dry-run")
    assert said.code == 0, said
    assert said.err.startswith("给公众的投影：2026-w8p3d：situation 不再公开。公开仓库还有 1 个旧版本含有它")
    assert "撤下已经公开的内容" in said.err
    assert (sides.project.root / PROPOSAL).read_bytes() == before
    assert "不再公开" in sides.project.huiyin(*WITHHOLDING).err
    sides.public.rename(sides.public.with_name("elsewhere.git"))
    (sides.project.root / PROPOSAL).write_bytes(before)
    said = sides.project.huiyin(*WITHHOLDING, "--dry-run", "--lang", "en")
    assert "situation is withheld from now on. Earlier versions in the public repository still hold it" in said.err


def test_recording_withheld_where_intake_is_open_tells_what_this_repository_holds(sides: Sides) -> None:
    path = sides.project.registry / "registry.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("intake: private", "intake: open"), encoding="utf-8")
    sides.add(FULL)
    text = (sides.project.root / PROPOSAL).read_text(encoding="utf-8")
    sides.project.write(PROPOSAL, "".join(row for row in text.splitlines(True) if not row.startswith("situation")))
    said = sides.project.huiyin(*WITHHOLDING, "--dry-run")
    assert said.code == 0, said
    assert "2026-w8p3d：situation 不再公开。公开仓库还有 2 个旧版本含有它" in said.err


def test_an_event_that_cannot_be_written_tells_of_no_projection(sides: Sides) -> None:
    sides.done()
    before = (sides.project.root / PROPOSAL).read_bytes()
    for wrong, words in (
        (("disclosed", "--set", "by=o-cppcc"), "level"),
        (("withheld", "--set", "by=o-cppcc"), "ground"),
        ((*WITHHOLDING[2:-3], "ground=third-party", "reason=无。", "fields=sitation"), "错误[withheld-field-unknown]"),
    ):
        said = sides.project.huiyin("event", "2026-w8p3d", *wrong)
        assert (said.code, words in said.err, "Traceback" in said.err) == (1, True, False), said
        assert "没有写入任何内容" in said.err
        assert (sides.project.root / PROPOSAL).read_bytes() == before


def test_topics_are_public(sides: Sides) -> None:
    example = EXAMPLES / "schema" / "topic" / "valid" / "every-key.yaml"
    text = example.read_text(encoding="utf-8").replace("../../../../../schema", "../../schema")
    sides.project.write("registry/topics/t-night-buses.yaml", text)
    sides.project.commit("A topic")
    sides.done()
    shown = yamltext.read(sides.git("show", "main:registry/topics/t-night-buses.yaml")).data
    assert shown == yamltext.read(text).data
