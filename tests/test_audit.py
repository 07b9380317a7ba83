"""Audit: every step is judged, parts and continuations give the same, and the files can be read back and verified."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from huiyin.audit import FILES, AuditFileError, read, write
from huiyin.audit.replay import audit
from huiyin.history import HistoryError, Objects, Repository
from huiyin.history.signing import read_key, signed, signer
from tests.bare import CIVIL, CONSULTING, CPPCC, Bare, event, request
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


KEYS = "landing_keys:\n  - {{key: {key}, from: 2026-06-20}}\n"


def new_key(folder: Path, name: str) -> str:
    """Make a key as people do and return its public line."""
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(folder / name)]
    subprocess.run(command, check=True)
    return " ".join((folder / f"{name}.pub").read_text().split()[:2])


def sign(project: Project, key: Path) -> str:
    """Put the signature of a key into the newest commit; return its new id."""
    repository = Repository(project.root)
    with Objects(repository) as objects:
        commit, _ = objects.read(repository.commit("HEAD"))
    made = repository.ask("hash-object", "-t", "commit", "-w", "--stdin", given=signed(commit, read_key(key)))
    project.git("update-ref", "HEAD", made.decode().strip())
    return made.decode().strip()


@pytest.fixture
def attested(project: Project, tmp_path: Path) -> tuple[Project, str, Path]:
    """A branch whose registry names a landing key; the id of its first commit, and the private key."""
    line = new_key(tmp_path, "land")
    settings = project.with_base().root / "registry/registry.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + KEYS.format(key=line), encoding="utf-8")
    return project, project.commit("Begin", day="2026-06-19"), tmp_path / "land"


def test_steps_that_the_landing_key_signed_are_attested(attested: tuple[Project, str, Path]) -> None:
    project, start, key = attested
    for number in (5, 6):
        grow(project, number)
        end = sign(project, key)
    done = audit(Repository(project.root), end, start, "registry/")
    assert (done.stated, done.attested, done.violations, done.level) == (2, 2, (), "attested")
    assert read(write(done)) == done


@pytest.mark.parametrize("how", ["unsigned", "another key", "moved to another commit", "not in force yet"])
def test_a_step_without_a_sound_signature_is_a_violation(
    attested: tuple[Project, str, Path], tmp_path: Path, how: str
) -> None:
    project, start, key = attested
    if how == "not in force yet":
        settings = project.root / "registry/registry.yaml"
        settings.write_text(settings.read_text(encoding="utf-8").replace("2026-06-20", "2026-06-30"), encoding="utf-8")
        start = project.commit("Later", day="2026-06-19")
    end = grow(project, 5)
    if how == "another key":
        new_key(tmp_path, "other")
        end = sign(project, tmp_path / "other")
    elif how != "unsigned":
        end = sign(project, key)
    if how == "moved to another commit":
        repository = Repository(project.root)
        with Objects(repository) as objects:
            commit, _ = objects.read(end)
        forged = commit.replace(b"Huiyin-Actor: 521 ct-civil", b"Huiyin-Actor: 501 ct-housing")
        end = repository.ask("hash-object", "-t", "commit", "-w", "--stdin", given=forged).decode().strip()
    done = audit(Repository(project.root), end, start, "registry/")
    assert "step-unattested" in {one.rule for one in done.violations}
    assert done.level is None


def test_git_itself_reads_the_signature_and_we_read_the_one_that_git_makes(
    attested: tuple[Project, str, Path], tmp_path: Path
) -> None:
    project, _, key = attested
    allowed = tmp_path / "allowed"
    allowed.write_text(f"land@huiyin.example {key.with_suffix('.pub').read_text()}")
    ssh = ["-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={allowed}", "-c", f"user.signingkey={key}"]
    grow(project, 5)
    sign(project, key)
    project.git(*ssh, "verify-commit", "HEAD")
    ours = signer_of(project)
    project.git(*ssh, "commit", "--amend", "--no-edit", "--quiet", "-S")
    assert signer_of(project) == ours is not None


def signer_of(project: Project) -> bytes | None:
    repository = Repository(project.root)
    with Objects(repository) as objects:
        return signer(objects.read(repository.commit("HEAD"))[0])


def test_landing_signs_and_does_not_land_without_the_key(project: Project, tmp_path: Path) -> None:
    line = new_key(tmp_path, "land")
    bare = Bare(project)
    settings = project.root / "registry/registry.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + KEYS.format(key=line), encoding="utf-8")
    bare.start = project.commit("Name a key", day="2026-06-19")
    project.git("push", "--quiet", "origin", "HEAD:refs/heads/main")
    contacted = event("e5", "contacted", "2026-06-29", "a-civil-affairs", how="phone")
    head = bare.append(CONSULTING, contacted)
    asked = json.dumps([request(head, CIVIL, CPPCC)])
    queue = project.write("../queue.json", asked)
    new_key(tmp_path, "other")
    argv = ["land", "--queue", str(queue), "--remote", "origin", "--as-of", "2026-06-30", "--lang", "en"]
    for more in ([], ["--key", str(tmp_path / "other")], ["--key", str(queue)], ["--key", str(tmp_path / "none")]):
        said = project.huiyin(*argv, *more)
        assert said.code == 2
        assert len(said.err.splitlines()) == 1
    assert bare.tip() == bare.start
    said = project.huiyin(*argv, "--key", str(tmp_path / "land"))
    assert said.code == 0, said.out + said.err
    assert ", 1 of them changed the registry; 0 violations" in bare.audit().out
