"""The long proof that nothing private leaks: the repository, the site that is built from it, and every download."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from huiyin.export.files import STYLES
from tests.project import ROOT, Project
from tests.projection.canaries import found_in, in_folder, in_repository
from tests.projection.proof import project_rounds

pytestmark = pytest.mark.prove


@pytest.mark.parametrize("seed", range(10, 22))
def test_no_canary_reaches_the_public_repository_with_every_type_of_event(
    seed: int, project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    public = tmp_path_factory.mktemp("public") / "public.git"
    proof = project_rounds(project, public, seed, rounds=5, sound=False)
    assert proof.registry.nest.planted(in_repository(public)) == proof.registry.allowed


@pytest.mark.parametrize(("seed", "audience"), [(31, "public"), (32, "public"), (33, "member"), (34, "agency")])
def test_no_canary_reaches_a_site_or_a_download(
    seed: int,
    audience: str,
    project: Project,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = tmp_path_factory.mktemp("sites")
    proof = project_rounds(project, place / "public.git", seed, rounds=4, sound=True, audience=audience)
    nest, allowed = proof.registry.nest, proof.registry.allowed
    in_history = nest.planted(in_repository(place / "public.git"))
    assert in_history == allowed
    program(place / "program")
    subprocess.run(["git", "clone", "--quiet", str(place / "public.git"), str(place / "clone")], check=True)
    here = place / "clone"
    sight = nest.planted(in_folder(here / "registry"))
    monkeypatch.chdir(here)
    said = proof.said
    for argv in (("check", "--quiet"), ("audit", "--into", "audit"), ("due",), ("stats", "--format", "json")):
        said += heard(project, *argv)
    for style in STYLES:
        said += heard(project, "export", "--format", style, "--to", f"export/{style}/{f'all.{style}'}")
    monkeypatch.chdir(place / "program")
    registry = str(here / "registry")
    for session in ("npc-17-5", "cppcc-15-5"):
        said += heard(project, "report", "--registry", registry, "--session", session, "--to", "export/report")
    said += build("--registry", registry, "--audit", str(here / "audit"), "--to", "build/site")
    site = place / "program" / "build" / "site"
    seen = {name: nest.planted(looked(site / name)) for name in EVERYWHERE}
    others = [path for path in site.iterdir() if path.name not in {name.split("/")[0] for name in EVERYWHERE}]
    others += [path for path in (place / "program" / "build").iterdir() if path != site]
    others += [here / "audit", here / "export", place / "program" / "export"]
    found = nest.planted(set().union(found_in(said.encode()), *seen.values(), *map(looked, others)))
    assert found - allowed == set(), [nest.places[word] for word in found - allowed]
    assert found <= sight, "what was public once and is withheld now is in history only"
    assert len(found) > 300, "what is public is on the site"
    assert {name: len(words) > 20 for name, words in seen.items()} == dict.fromkeys(EVERYWHERE, True)
    for style in STYLES:
        assert len(nest.planted(in_folder(here / "export" / style))) > 20, f"the search sees into {style}"
    whom = {"public": "公众", "member": "代表和委员", "agency": "承办单位"}[audience]
    for page in site.rglob("*.html"):
        assert f"给{whom}看的版本" in page.read_text(encoding="utf-8"), page


def test_leaks_of_a_site_are_found_in_each_kind_of_file(
    project: Project, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site of the private registry itself leaks everything: each kind of its files is seen to do so."""
    place = tmp_path_factory.mktemp("sites")
    proof = project_rounds(project, place / "public.git", 35, rounds=2, sound=True)
    program(place / "program")
    monkeypatch.chdir(place / "program")
    build("--registry", str(project.registry), "--to", "build/site")
    site = place / "program" / "build" / "site"
    secret = set(proof.registry.nest.places) - proof.registry.allowed
    leaking = {name: len(secret & looked(site / name)) > 20 for name in EVERYWHERE}
    assert leaking == dict.fromkeys(EVERYWHERE, True)
    for page in site.rglob("*.html"):
        assert "内部登记册，不公开" in page.read_text(encoding="utf-8"), page


EVERYWHERE = (
    "p", "search", "feeds", "calendars", "api", "data/csv", "data/jsonl", "data/parquet", "data/xlsx",
    "data/huiyin.sqlite",
)  # fmt: skip
"""Folders of a site with one kind of files each, and its database."""


def looked(path: Path) -> set[str]:
    """The canaries in a folder or file."""
    return in_folder(path) if path.is_dir() else found_in(path.name.encode()) | found_in(path.read_bytes())


def heard(project: Project, *argv: str) -> str:
    """What a command says that finds nothing wrong."""
    done = project.huiyin(*argv)
    assert done.code in (0, 1), done.err
    return done.out + done.err


def build(*argv: str) -> str:
    """Build a site with the program of the working folder, and return what that says."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    command = [str(Path(sys.executable).with_name("huiyin")), "build", *argv]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def program(folder: Path) -> None:
    """Lay a folder of the program, as a maintainer has one: its formats, templates and pages, and no registry."""
    folder.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in ("site", "schema"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(ROOT / "tests" / "examples" / "rules", folder / "tests" / "examples" / "rules", symlinks=True)
