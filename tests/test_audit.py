"""Audit: every step is judged, parts and continuations give the same, and the files can be read back and verified."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huiyin.audit import FILES, AuditFileError, read, write
from huiyin.audit.replay import audit
from huiyin.history import HistoryError, Repository
from tests.project import Project

PROPOSAL = "registry/proposals/cppcc-9-2/2026-w8p3d.yaml"
CONTACTED = "  - id: e{n}\n    type: contacted\n    on: 2026-06-{day}\n    by: a-civil-affairs\n    how: phone\n"
STATED = "\n\nHuiyin-Actor: 521 ct-civil\nHuiyin-Approved-By: 121 ct-gov-1\n"


def grow(project: Project, number: int, message: str = f"A step{STATED}") -> str:
    """Append an event and commit it; return the id of the commit."""
    path = project.root / PROPOSAL
    text = path.read_text(encoding="utf-8").replace("status: consulting", "status: handling")
    path.write_text(text + CONTACTED.format(n=number, day=19 + number), encoding="utf-8")
    return project.commit(message, day=f"2026-06-{19 + number}")


@pytest.fixture
def branch(project: Project) -> tuple[Project, list[str]]:
    """A branch with five landed steps behind its first commit."""
    commits = [project.with_base().commit("Begin")]
    commits.extend(grow(project, number) for number in range(5, 10))
    return project, commits


def test_a_branch_of_legal_steps_is_clean(branch: tuple[Project, list[str]]) -> None:
    project, commits = branch
    done = audit(Repository(project.root), commits[-1], commits[0], "registry/")
    assert (done.steps, done.records, done.violations, done.level) == (5, 5, (), "stated")
    how = done.recorded["2026-w8p3d"]["e5"]
    assert (how.day, how.actor, how.approved, how.commit) == (
        "2026-06-24",
        "ct-civil（521）",
        ("ct-gov-1",),
        commits[1],
    )


def test_an_audit_in_two_goes_gives_the_same_bytes(branch: tuple[Project, list[str]]) -> None:
    project, commits = branch
    repository = Repository(project.root)
    whole = audit(repository, commits[-1], commits[0], "registry/")
    part = read(write(audit(repository, commits[2], commits[0], "registry/")))
    assert write(audit(repository, commits[-1], commits[0], "registry/", last=part)) == write(whole)


def test_parts_side_by_side_give_the_same(branch: tuple[Project, list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    project, commits = branch
    repository = Repository(project.root)
    alone = audit(repository, commits[-1], commits[0], "registry/", processes=1)
    monkeypatch.setattr("huiyin.audit.replay.LEAST", 2)
    assert write(audit(repository, commits[-1], commits[0], "registry/", processes=2)) == write(alone)


def test_a_step_pushed_past_landing_is_a_violation_and_later_ones_go_on(branch: tuple[Project, list[str]]) -> None:
    project, commits = branch
    bad = grow(project, 10, "Pushed straight")
    last = grow(project, 11)
    done = audit(Repository(project.root), last, commits[0], "registry/")
    assert [(one.commit, one.rule) for one in done.violations] == [(bad, "step-unstated")]
    assert done.level is None
    assert done.steps == 7


def test_an_earlier_audit_with_violations_does_not_count(branch: tuple[Project, list[str]]) -> None:
    project, commits = branch
    bad = grow(project, 10, "Pushed straight")
    last = grow(project, 11)
    repository = Repository(project.root)
    earlier = audit(repository, bad, commits[0], "registry/")
    assert [one.rule for one in audit(repository, last, commits[0], "registry/", last=earlier).violations] == [
        "step-unstated"
    ]


def test_code_and_words_need_no_statement_but_rules_do(branch: tuple[Project, list[str]]) -> None:
    project, commits = branch
    project.write("site/index.md", "# 回音\n")
    project.commit("Words")
    project.write("schema/rules/cn-motion.yaml", (project.root / "schema/rules/cn-motion.yaml").read_text() + "\n")
    last = project.commit("Rules")
    done = audit(Repository(project.root), last, commits[0], "registry/")
    assert [one.rule for one in done.violations] == ["step-unstated"]
    assert [(mark.kind, mark.title) for mark in done.marks] == [("rules", "Rules")]


@pytest.mark.parametrize(
    "message",
    [
        "A step\n\nHuiyin-Actor: 521 ct-civil\nHuiyin-Actor: 121 ct-gov-1\nHuiyin-Approved-By: 121 ct-gov-1\n",
        "A step\n\nHuiyin-Actor: ct-civil\n",
        "A step\n\nHuiyin-Actor: 521\nHuiyin-Step: holiday\n",
        "A step\n\nHuiyin-Actor: 521\nHuiyin-Opened: 2026-02-30\n",
        "A step\n\nHuiyin-Actor: 521\n\nand more words behind it\n",
    ],
)
def test_a_statement_that_says_two_things_or_nothing_is_none(branch: tuple[Project, list[str]], message: str) -> None:
    project, commits = branch
    last = grow(project, 10, message)
    done = audit(Repository(project.root), last, commits[0], "registry/")
    assert "step-unstated" in [one.rule for one in done.violations]


def test_a_commit_of_another_branch_as_start_is_a_rewritten_history(branch: tuple[Project, list[str]]) -> None:
    project, commits = branch
    project.git("checkout", "--quiet", "--orphan", "other")
    other = project.commit("Another beginning")
    done = audit(Repository(project.root), commits[-1], other, "registry/")
    assert [one.rule for one in done.violations] == ["history-rewritten"]


def test_the_site_is_verified_byte_by_byte(branch: tuple[Project, list[str]]) -> None:
    project, commits = branch
    said = project.huiyin("audit", "--from", commits[0], "--into", "site", "--lang", "en")
    assert said.code == 0, said
    assert project.huiyin("verify", "site", "--lang", "en").out.startswith("the data follow")
    path = project.root / "site" / FILES[1]
    path.write_text(path.read_text(encoding="utf-8").replace("521", "522"), encoding="utf-8")
    said = project.huiyin("verify", "site", "--lang", "en")
    assert (said.code, said.out.splitlines()[0]) == (1, "recorded.json: differs from the repository")


def test_without_a_start_nothing_is_called_audited(branch: tuple[Project, list[str]]) -> None:
    project, _ = branch
    said = project.huiyin("audit", "--lang", "en")
    assert said.code == 1
    assert "nothing is audited yet" in said.out


def test_files_that_are_broken_or_do_not_belong_together_are_refused(branch: tuple[Project, list[str]]) -> None:
    project, commits = branch
    files = write(audit(Repository(project.root), commits[-1], commits[0], "registry/"))
    told = json.loads(files[FILES[1]])
    other = {**files, FILES[1]: json.dumps({**told, "until": commits[0]}).encode()}
    for broken in (other, {**files, FILES[0]: b"{"}, {**files, FILES[1]: b"[]"}, {FILES[0]: b"{}"}):
        with pytest.raises(AuditFileError):
            read(broken)
    project.write("site/audit.json", "{")
    assert project.huiyin("audit", "--from", commits[0], "--last", "site", "--lang", "en").code == 2


def test_a_shallow_clone_is_refused_in_one_line(branch: tuple[Project, list[str]], tmp_path: Path) -> None:
    project, _ = branch
    project.git("clone", "--quiet", "--depth=1", f"file://{project.root}", str(tmp_path / "shallow"))
    with pytest.raises(HistoryError, match="shallow"):
        Repository(tmp_path / "shallow").demand_whole()


def test_a_folder_without_git_is_refused_in_one_line(project: Project) -> None:
    project.with_base()
    said = project.huiyin("guard", "--base", "HEAD~1", "--head", "HEAD", "--actor", "521", "--lang", "en")
    assert said.code == 2
    assert said.err.count("\n") == 1
