"""`huiyin audit` on a projection: it holds, or the commit that broke it is named."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from huiyin.projection.chain import CHAIN, following, read_chain, written
from huiyin.projection.sealed import is_sealed
from tests.project import Said
from tests.projection.sides import Sides
from tests.projection.test_project import FULL, WITHHELD


@pytest.fixture
def told(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> Sides:
    """Three runs: a stub, its text, and the text withheld again."""
    sides.done()
    sides.add(FULL)
    sides.done(day="2026-07-01")
    sides.add({**WITHHELD, "fields": ["situation"]})
    sides.done(day="2026-07-02")
    monkeypatch.chdir(sides.public)
    return sides


def audit(sides: Sides, *more: str) -> Said:
    return sides.project.huiyin("audit", "--head", "main", *more)


def test_a_projection_holds_and_says_its_last_digest(told: Sides, tmp_path: Path) -> None:
    said = audit(told, "--into", str(tmp_path / "site"))
    runs = read_chain(told.git("show", f"main:{CHAIN}") + "\n")
    assert runs
    assert said.code == 0
    assert f"给公众的投影：核对了 3 次，共 3 次，没有签名；对不上 0 处。\n末次摘要 {runs[-1].digest}" in said.out
    found = json.loads((tmp_path / "site" / "audit.json").read_text(encoding="utf-8"))
    assert found["projection"]["audience"] == "public"
    assert found["level"] is None, "who acted is not in it"
    assert told.project.huiyin("verify", str(tmp_path / "site")).code == 0


def change(sides: Sides, edit: Callable[[Path], object], *, runs: bool = True, day: str = "2026-07-03") -> None:
    """Commit a change to the public side as a run would, its chain put right, by `edit(clone)`."""
    clone = sides.clone("attack")
    edit(clone)
    sides.git("rm", "--quiet", "--cached", CHAIN, at=clone)
    sides.git("add", "--all", "--", ".", f":(exclude){CHAIN}", at=clone)
    tree = sides.git("write-tree", at=clone)
    before = read_chain((clone / CHAIN).read_text(encoding="utf-8"))
    assert before
    if runs:
        after = [*before, following(before, date.fromisoformat(day), tree)]
        (clone / CHAIN).write_text(written(after), encoding="utf-8")
    sides.git("add", CHAIN, at=clone)
    who = {"GIT_AUTHOR": "AUTHOR", "GIT_COMMITTER": "COMMITTER"}
    stamp = f"{day}T00:00:00+08:00"
    environment = {f"{key}_{what}": value for key in who for what, value in (
        ("NAME", "Huiyin"), ("EMAIL", "project@huiyin.invalid"), ("DATE", stamp))}  # fmt: skip
    command = ["git", "-c", "commit.gpgSign=false", "commit", "--quiet", "-m", f"投影 / Projection {day}"]
    subprocess.run(command, cwd=clone, env={"PATH": "/usr/bin:/bin", **environment}, check=True)
    sides.git("push", "--quiet", "origin", "main", at=clone)


def the_file(clone: Path) -> Path:
    return next((clone / "registry").rglob("2026-w8p3d.yaml"))


def replaced(old: str, new: str) -> Callable[[Path], object]:
    def edit(clone: Path) -> None:
        path = the_file(clone)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return edit


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("年内在城关镇增设助餐点3处。", "年内在城关镇增设助餐点1处。", "asks 悄悄改了或删了"),
        ("年内在城关镇增设助餐点3处。", "（未公开）", "asks 删去了，却没有写明它的 withheld 节点"),
        ("situation: （未公开）", "situation: 城关镇有老人。", "situation 公开了，却没有 disclosed 节点"),
        ("on: 2026-02-12", "on: 2026-02-11", "e4.on 悄悄改了或删了"),
        ("  - id: e4\n", "  - id: e9\n", "events 悄悄改了或删了"),
    ],
    ids=["words changed", "words gone", "words come", "a day changed", "an event replaced"],
)
def test_a_silent_change_with_a_sound_chain_is_found(told: Sides, old: str, new: str, words: str) -> None:
    change(told, replaced(old, new))
    said = audit(told)
    assert said.code == 1
    assert words in said.out
    assert "错误[projection-broken] 投影对不上" in said.out


def test_a_deleted_record_is_found(told: Sides) -> None:
    change(told, lambda clone: the_file(clone).unlink())
    assert "文件 悄悄改了或删了" in audit(told).out


def test_an_explained_change_is_none_of_these(told: Sides) -> None:
    row = '  - {id: e7, type: disclosed, on: "2026-07-03", by: o-cppcc, level: full}\n'

    def edit(clone: Path) -> None:
        replaced("situation: （未公开）", "situation: 城关镇有老人。")(clone)
        the_file(clone).write_text(the_file(clone).read_text(encoding="utf-8") + row, encoding="utf-8")

    change(told, edit)
    assert "对不上 0 处" in audit(told).out


def test_a_change_past_the_chain_is_found(told: Sides) -> None:
    change(told, replaced("3处", "2处"), runs=False)
    said = audit(told)
    assert "摘要链没有接着上一次" in said.out
    assert "文件树与摘要链写的不同" in said.out


def test_another_author_or_time_or_words_are_found(told: Sides) -> None:
    clone = told.clone("other")
    told.git("commit", "--quiet", "--amend", "-m", "a private message", at=clone)
    told.git("push", "--quiet", "--force", "origin", "main", at=clone)
    assert "提交的署名、时间或说明不是投影的写法" in audit(told).out


def test_a_rewritten_run_gives_another_last_digest(told: Sides) -> None:
    before = read_chain(told.git("show", f"main:{CHAIN}") + "\n")
    assert before
    forged = before[:-2]
    for run in before[-2:]:
        forged.append(following(forged, date.fromisoformat(run.day), "0" * 40))
    assert forged[-1].digest != before[-1].digest
    assert read_chain(written([before[0], forged[-1]])) is None


@pytest.mark.parametrize("text", ["", "{}\n", "x\n", '{"run": 1}\n', "[1]\n"])
def test_a_chain_that_we_did_not_write_is_none(text: str) -> None:
    assert read_chain(text) is None


def test_a_commit_with_more_in_it_is_not_sealed() -> None:
    assert not is_sealed(b"tree 1\n", date(2026, 7, 1), "Asia/Shanghai")


# ------------------------------------------------------------------------------------------ the key


def test_a_key_signs_each_run_and_readers_verify_it(
    sides: Sides, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "secret-key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)], check=True)
    public = " ".join(key.with_suffix(".pub").read_text(encoding="utf-8").split()[:2])
    path = sides.project.registry / "registry.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("audience: public\n", f"audience: public\n    key: {public}\n"), encoding="utf-8")
    sides.project.git("add", "registry")
    sides.project.commit()
    assert "写了公钥就要用 --key 签名" in sides.run().err
    other = tmp_path / "other"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(other)], check=True)
    assert "不是 registry.yaml 写的那一把" in sides.run("--key", str(other)).err
    first = sides.done("--key", str(key))
    assert sides.done("--key", str(key)) == first
    monkeypatch.chdir(sides.public)
    assert "每次都有签名" in audit(sides).out
    clone = sides.clone("unsigned")
    sides.git("-c", "commit.gpgSign=false", "commit", "--quiet", "--amend", "--no-edit", at=clone)
    sides.git("push", "--quiet", "--force", "origin", "main", at=clone)
    assert "提交没有用写明的公钥签名" in audit(sides).out


# ------------------------------------------------------------------------------------------ purging


def test_a_purge_begins_a_new_history_in_which_the_text_is_not_and_the_chain_goes_on(
    told: Sides, monkeypatch: pytest.MonkeyPatch
) -> None:
    canary = "城关镇60岁以上老人"
    assert canary in everything(told.public)
    monkeypatch.chdir(told.project.root)
    assert "原来的 3 次投影只留下摘要" in told.run("--restart", day="2026-07-03").out
    told.git("gc", "--quiet", "--prune=now")
    assert canary not in everything(told.public)
    assert told.git("rev-list", "--count", "--all") == "1"
    monkeypatch.chdir(told.public)
    out = audit(told).out
    assert "核对了 1 次，共 4 次" in out
    assert "2026-07-03 以前的历史已清除，只剩摘要；对不上 0 处" in out
    monkeypatch.chdir(told.project.root)
    told.add(FULL)
    told.done(day="2026-07-04")
    monkeypatch.chdir(told.public)
    assert "核对了 2 次，共 5 次" in audit(told).out


def test_a_purge_from_a_clone_with_a_remote_as_the_guide_says_it(
    told: Sides, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The steps of the guide, one after the other; and what they break: old ids, old sites, forks."""
    canary = "城关镇60岁以上老人"
    work, fork = told.clone("work"), told.clone("fork")
    monkeypatch.chdir(work)
    assert told.project.huiyin("audit", "--into", str(tmp_path / "site")).code == 0
    old = told.git("rev-parse", "main", at=fork)
    monkeypatch.chdir(told.project.root)
    assert told.run("--restart", day="2026-07-03", to=work).code == 0
    told.git("push", "--quiet", "--force-with-lease", "origin", "main", at=work)
    for place in (work, told.public):
        told.git("reflog", "expire", "--expire=now", "--all", at=place)
        told.git("gc", "--quiet", "--prune=now", at=place)
        assert canary not in everything(place)
    assert told.git("cat-file", "-t", old, fine=(128,)) == "", "the ids of before are void"
    monkeypatch.chdir(work)
    assert told.project.huiyin("verify", str(tmp_path / "site")).code != 0, "a site of before holds no more"
    assert audit(told).code == 0
    told.git("fetch", "--quiet", "origin", at=fork)
    assert told.git("merge-base", "main", "origin/main", at=fork, fine=(1,)) == "", "a fork merges no more"
    assert canary in everything(fork), "and keeps what it has: its owner must delete it"
    monkeypatch.chdir(told.project.root)
    told.add(FULL)
    assert told.run(day="2026-07-04", to=work).code == 0


def everything(repository: Path) -> str:
    """Every object that a repository holds, reachable or not, decompressed."""
    done = subprocess.run(
        ["git", "cat-file", "--batch", "--batch-all-objects"], cwd=repository, capture_output=True, check=True
    )
    return done.stdout.decode("utf-8", "replace")
