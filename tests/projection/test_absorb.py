"""`huiyin absorb`: what a public request adds comes to the private side, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from huiyin import yamltext
from tests.project import BASE
from tests.projection.sides import PROPOSAL, Sides

EVENT = "  - id: e5\n    type: contacted\n    on: 2026-06-29\n    by: a-civil-affairs\n    how: phone\n"


@pytest.fixture
def asked(sides: Sides) -> Callable[[Callable[[Path], object]], Sides]:
    """Projects, and makes a request of what is done to a clone."""
    sides.done()

    def ask(act: Callable[[Path], object]) -> Sides:
        clone = sides.clone("request")
        sides.git("switch", "--quiet", "--create", "request", at=clone)
        act(clone)
        sides.git("add", "--all", at=clone)
        sides.git("commit", "--quiet", "-m", "please", at=clone)
        sides.git("push", "--quiet", "origin", "request:refs/pull/7/head", at=clone)
        return sides

    return ask


def absorb(sides: Sides, branch: str = "absorbed/7") -> tuple[int, str]:
    argv = ("--from", str(sides.public), "--request", "refs/pull/7/head", "--branch", branch)
    said = sides.project.huiyin("absorb", *argv)
    return said.code, said.out + said.err


def appended(clone: Path) -> None:
    path = next(clone.rglob("2026-w8p3d.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + EVENT, encoding="utf-8")


def test_a_new_event_comes_into_the_private_file_whose_text_stays(
    asked: Callable[[Callable[[Path], object]], Sides],
) -> None:
    sides = asked(appended)
    code, out = absorb(sides)
    assert (code, PROPOSAL in out) == (0, True)
    assert sides.project.git("diff", "--name-only", "main", "absorbed/7") == PROPOSAL
    text = sides.project.git("show", f"absorbed/7:{PROPOSAL}")
    assert text + "\n" == (sides.project.root / PROPOSAL).read_text(encoding="utf-8") + EVENT
    assert "城关镇60岁以上老人" in text
    assert absorb(sides)[0] == 2, "the branch exists"
    guard = ("guard", "--base", "main", "--head", "absorbed/7", "--actor", "521", "--as-of", "2026-06-30")
    assert sides.project.huiyin(*guard).code == 0, "and it is judged like any change"


def test_a_new_proposal_comes_to_its_place(asked: Callable[[Callable[[Path], object]], Sides]) -> None:
    def new(clone: Path) -> None:
        text = (BASE / PROPOSAL.removeprefix("registry/")).read_text(encoding="utf-8")
        path = clone / "registry" / "proposals" / "cppcc-9-2" / "2026-zz9zz.yaml"
        path.write_text(text.replace("2026-w8p3d", "2026-zz9zz").split("  - id: e2")[0], encoding="utf-8")

    sides = asked(new)
    assert absorb(sides)[0] == 0
    found = sides.project.git("show", "absorbed/7:registry/proposals/cppcc-9-2/2026-zz9zz.yaml")
    data = yamltext.read(found).data
    assert data["title"] == "关于在老旧小区增设老年助餐点的提案"
    assert [event["id"] for event in data["events"]] == ["e1"]


def test_whatever_else_a_request_holds_is_refused(asked: Callable[[Callable[[Path], object]], Sides]) -> None:
    def readme(clone: Path) -> None:
        (clone / "README.md").write_text("mine", encoding="utf-8")

    code, out = absorb(asked(readme))
    assert code == 2
    assert "公开的请求只能新提建议、追加节点" in out


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("title: （未公开）", "title: 别的标题", "title 的改动不能自动合在一起"),
        ("by: a-civil-affairs\n    how", "by: m-confidential-cppcc\n    how", "不能用 m-confidential-…"),
        ("how: phone", "how: telepathy", "“telepathy”不在允许的取值之内"),
    ],
)
def test_texts_and_unreal_actors_are_refused(
    asked: Callable[[Callable[[Path], object]], Sides], old: str, new: str, words: str
) -> None:
    def edit(clone: Path) -> None:
        appended(clone)
        path = next(clone.rglob("2026-w8p3d.yaml"))
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    sides = asked(edit)
    code, out = absorb(sides)
    assert code == 2
    assert words in out
    assert "absorbed" not in sides.project.git("branch", "--list")


def test_a_request_that_cannot_be_fetched(asked: Callable[[Callable[[Path], object]], Sides]) -> None:
    sides = asked(appended)
    for source, request in (
        (sides.public, "refs/pull/9/head"),
        (sides.public.with_name("gone.git"), "refs/pull/7/head"),
    ):
        argv = ("absorb", "--from", str(source), "--request", request, "--branch", "absorbed/9")
        said = sides.project.huiyin(*argv)
        assert (said.code, said.err.count("\n")) == (2, 1)
        assert f"从 {source} 取不到 " in said.err
