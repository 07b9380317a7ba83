"""What is withheld still counts: figures and reports of a projection are those of the private registry, all of them."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from huiyin.annual.compose import compose
from huiyin.cases import cases
from huiyin.disclosure import AUDIENCES, TAKEN_OUT
from huiyin.figures import GROUPINGS, converted_into, figures, grouped
from huiyin.load import load_law, load_registry
from tests.project import Project
from tests.projection.proof import commit
from tests.projection.secretive import Secretive

DAY = date(2026, 11, 25)


def told(root: Path) -> dict[str, Any]:
    """Every figure, of everything and of each group, and the report of every session."""
    law = load_law(root / "schema", root)
    registry = load_registry(root / "registry", law, root).registry
    assert registry
    found = cases(registry, DAY)
    every, words = list(found.values()), law.vocabulary
    converted = converted_into(every)
    return {
        "all": figures(every, DAY, converted=converted),
        **{
            name: [
                (group.key, group.figures) for group in grouped(every, DAY, by, registry, words, converted=converted)
            ]
            for name, by in GROUPINGS.items()
        },
        **{
            identifier: compose(registry, words, found, session, DAY)
            for identifier, session in registry.sessions.items()
            if any(case.proposal.session == identifier for case in every)
        },
    }


@pytest.mark.parametrize("sound", [True, False], ids=["the demonstration", "every type of event"])
@pytest.mark.parametrize("seed", [51, 52])
def test_every_total_of_a_projection_is_that_of_the_private_registry(
    seed: int, sound: bool, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("sides")
    secretive = Secretive(project.root, seed, sound=sound)
    for data in secretive.records.values():  # a delegation would tell who asked for confidentiality
        data.pop("confidential", None)
    secretive.change()
    for identifier in secretive.records:
        secretive.write(identifier)
    commit(project, secretive)
    private = told(project.root)
    for audience in AUDIENCES:
        public, clone = place / f"{audience}.git", place / audience
        subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(public)], check=True)
        said = project.huiyin("project", "--audience", audience, "--to", str(public), "--as-of", f"{DAY}")
        assert said.code == 0, said.err
        subprocess.run(["git", "clone", "--quiet", str(public), str(clone)], check=True)
        seen = told(clone)
        assert list(seen) == list(private)
        for part, figure in private.items():
            assert seen[part] == figure, (audience, part)
    shown = "".join(path.read_text(encoding="utf-8") for path in (place / "public").rglob("proposals/**/*.yaml"))
    assert shown.count(f"title: {TAKEN_OUT}") > 3, "and there are stubs among them"


@pytest.mark.parametrize("seed", [61, 62])
def test_confidential_proposers_change_no_total_but_that_of_their_delegation(
    seed: int, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("sides")
    secretive = Secretive(project.root, seed, sound=True)
    assert sum("confidential" in data for data in secretive.records.values()) > 3
    commit(project, secretive)
    private = told(project.root)
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(place / "public")], check=True)
    said = project.huiyin("project", "--audience", "public", "--to", str(place / "public"), "--as-of", f"{DAY}")
    assert said.code == 0, said.err
    subprocess.run(["git", "clone", "--quiet", str(place / "public"), str(place / "clone")], check=True)
    seen = told(place / "clone")
    for part in ("all", *(name for name in GROUPINGS if name != "delegation")):
        assert seen[part] == private[part], part
    sums = [
        [sum(figures[n].counted.numerator for _, figures in rows["delegation"]) for n, _ in enumerate(rows["all"])]
        for rows in (private, seen)
    ]
    assert sums[0] == sums[1], "who is not named counts under no delegation"
