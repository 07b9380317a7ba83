"""In the clone of a projection every verb works, or says in one message why not: it holds a registry and no program."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from huiyin.commands import VERBS
from tests.project import ROOT, Said
from tests.projection.sides import Sides

ITEM = "2026-w8p3d"
ASKED = {
    "absorb": ("--from", "{public}", "--request", "refs/heads/main", "--branch", "x"),
    "assess": (),
    "audit": (),
    "build": (),
    "calendar": ("compare",),
    "check": (),
    "due": (),
    "event": (ITEM, "reminded", "--dry-run"),
    "explain": (ITEM,),
    "export": ("--format", "csv"),
    "fmt": ("--check",),
    "form": ("nothing.md",),
    "guard": ("--base", "HEAD", "--head", "HEAD", "--actor", "1"),
    "host": ("queue",),
    "import": ("nothing.csv", "--mapping", "nothing.yaml", "--into", "x"),
    "land": ("--head", "HEAD"),
    "merge": (ITEM, ITEM, "--dry-run"),
    "new": ("--dry-run",),
    "project": ("--audience", "public", "--to", "{public}"),
    "quality": (ITEM,),
    "report": ("--session", "cppcc-9-2"),
    "review": ("--base", "HEAD", "--head", "HEAD", "--actor", "1"),
    "scores": (),
    "serve": (),
    "show": (ITEM,),
    "signals": ("ingest", "nothing.csv", "--mapping", "nothing.yaml", "--from", "2026-01", "--to", "2026-02"),
    "similar": (ITEM,),
    "stats": (),
    "topics": (),
    "verify": ("nothing",),
}
"""What a stranger asks of each verb."""
WORK = {
    "audit",
    "check",
    "due",
    "explain",
    "export",
    "fmt",
    "quality",
    "scores",
    "show",
    "similar",
    "stats",
    "topics",
}
"""Verbs that work: there is all that they need."""


@pytest.fixture
def cloned(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> Path:
    sides.done()
    clone = sides.clone()
    monkeypatch.chdir(clone)
    monkeypatch.setattr("sys.stdin", io.StringIO())  # nobody answers
    return clone


def test_every_verb_is_asked() -> None:
    assert set(ASKED) == set(VERBS)


def test_a_verb_works_in_a_clone_or_says_why_not(sides: Sides, cloned: Path) -> None:
    for verb in VERBS:
        said: Said = sides.project.huiyin(verb, *(word.format(public=sides.public) for word in ASKED[verb]))
        assert said.code == 0 if verb in WORK else said.code in (0, 1, 2), (verb, said)
        assert verb == "fmt" or (said.out + said.err).strip(), verb
        assert "Traceback" not in said.out + said.err, verb
        changed = sides.git("status", "--porcelain", at=cloned).splitlines()
        assert [line for line in changed if line != "?? build/"] == [], verb


def test_what_needs_templates_names_the_folder_to_run_it_in(sides: Sides, cloned: Path) -> None:
    for verb in ("build", "serve", "report"):
        said = sides.project.huiyin(verb, *ASKED[verb])
        assert said.code == 2
        assert f"--registry {cloned}/registry" in said.err
        assert said.err.count("\n") == 1


def test_a_clone_is_read_from_the_folder_of_the_program(
    sides: Sides, cloned: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(ROOT)
    said = sides.project.huiyin("check", "--registry", str(cloned / "registry"), "--quiet")
    assert said.code == 0, said.out
    said = sides.project.huiyin(
        "report", "--registry", str(cloned / "registry"), "--session", "cppcc-9-2", "--to", str(tmp_path / "reports")
    )
    assert said.code == 0, said.err
    assert (tmp_path / "reports" / "cppcc-9-2.html").is_file()


def test_a_first_line_that_leads_to_another_format_is_refused(
    sides: Sides, cloned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = cloned / "schema" / "member.schema.json"
    schema.write_bytes(schema.read_bytes() + b"\n")
    monkeypatch.chdir(ROOT)
    said = sides.project.huiyin("check", "--registry", str(cloned / "registry"), "--quiet")
    assert said.code == 1
    assert "schema-line" in said.out
