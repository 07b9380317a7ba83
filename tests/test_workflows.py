"""The workflow files keep the rules that make them safe; `make check` adds zizmor, actionlint and their schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huiyin import yamltext
from huiyin.commands import VERBS
from tests.project import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
SECRETS = {"land": {"LAND_KEY", "LAND_TOKEN"}, "intake": {"INTAKE_TOKEN"}}
"""The secrets that each workflow may name; each stands in an environment of that name."""
WRITES = {
    "comment": {"pull-requests"},
    "intake": {"issues"},
    "publish": {"pages", "id-token"},
}
"""What each workflow may write with the host's own token."""
OUTSIDE = {"comment", "intake", "land", "publish"}
"""Workflows that run on main's side and hold a token that writes: they take no code from a change."""


def read(path: Path) -> Any:
    document = yamltext.read(path.read_text(encoding="utf-8"))
    assert document.faults == []
    return document.data


def jobs(path: Path) -> Iterator[tuple[str, Any]]:
    yield from read(path)["jobs"].items()


def steps(path: Path) -> Iterator[Any]:
    for _, job in jobs(path):
        yield from job["steps"]


def test_all_workflows_are_there() -> None:
    names = {"check", "ci", "comment", "intake", "land", "prove", "publish"}
    assert {path.stem for path in WORKFLOWS} == names


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_nothing_is_allowed_but_what_a_job_asks_for(path: Path) -> None:
    assert read(path)["permissions"] == {}
    written = set()
    for _, job in jobs(path):
        assert isinstance(job["permissions"], dict)
        assert int(job["timeout-minutes"]) <= 120
        written |= {name for name, level in job["permissions"].items() if level == "write"}
    assert written == WRITES.get(path.stem, set())


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_one_run_at_a_time(path: Path) -> None:
    assert read(path)["concurrency"]["group"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_to_a_commit_with_their_version_beside_it(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.match(r"\s*(- )?uses:", line):
            assert re.search(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_nothing_from_outside_stands_in_a_script(path: Path) -> None:
    assert "pull_request_target" not in path.read_text(encoding="utf-8")
    for step in steps(path):
        assert "${{" not in step.get("run", ""), step


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_no_token_is_left_in_the_working_tree_and_only_main_is_checked_out(path: Path) -> None:
    for step in steps(path):
        if "actions/checkout@" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False
            assert path.stem == "ci" or step["with"]["ref"] == "main"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_secrets_stand_where_only_their_workflow_sees_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"secrets\.([A-Z_]+)", text)) == SECRETS.get(path.stem, set())
    for name, job in jobs(path):
        if path.stem in SECRETS:
            assert job["environment"] == path.stem, name


def test_only_the_two_that_need_no_trust_run_on_a_change() -> None:
    """What runs on `pull_request` takes its file from the request, so it has nothing to write with."""
    on_request = {path.stem for path in WORKFLOWS if "pull_request" in read(path)["on"]}
    assert on_request == {"check", "ci"}
    assert not on_request & OUTSIDE


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_verb_that_is_called_is_one(path: Path) -> None:
    called = set(re.findall(r"\.venv/bin/huiyin ([a-z]+)", path.read_text(encoding="utf-8")))
    assert called <= set(VERBS)


def test_owners_of_the_registry_are_not_owners_of_the_rules() -> None:
    lines = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    rows = dict(line.split(maxsplit=1) for line in lines if not line.startswith("#"))
    assert rows["*"] == rows["/registry/registry.yaml"] == rows["/registry/members/"] == "@wanglan/maintainers"
    assert "maintainers" not in rows["/registry/proposals/"]
    for pattern in rows:
        assert pattern == "*" or (ROOT / pattern.strip("/")).exists(), pattern


def test_the_page_on_hosting_names_every_workflow_secret_and_variable() -> None:
    page = (ROOT / "site/guide/hosting.md").read_text(encoding="utf-8")
    text = "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    for name in {*re.findall(r"(?:secrets|vars)\.([A-Z_]+)", text), *(p.stem for p in WORKFLOWS if p.stem != "ci")}:
        assert f"`{name}`" in page, name
