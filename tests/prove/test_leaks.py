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


@pytest.mark.parametrize("seed", [31, 32])
def test_no_canary_reaches_the_site_or_a_download(
    seed: int,
    project: Project,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = tmp_path_factory.mktemp("sites")
    proof = project_rounds(project, place / "public.git", seed, rounds=4, sound=True)
    allowed = proof.registry.allowed
    assert proof.registry.nest.planted(in_repository(place / "public.git")) == allowed

    built = place / "built"
    subprocess.run(["git", "clone", "--quiet", str(place / "public.git"), str(built)], check=True)
    shutil.copy(ROOT / "mkdocs.yml", built)
    shutil.copytree(ROOT / "site", built / "site")
    shutil.copytree(ROOT / "tests" / "examples" / "rules", built / "tests" / "examples" / "rules", symlinks=True)
    monkeypatch.chdir(built)
    said = proof.said
    for argv in (("check", "--quiet"), ("audit", "--into", "audit"), ("due",), ("stats", "--format", "json")):
        done = project.huiyin(*argv)
        assert done.code in (0, 1), done.err
        said += done.out + done.err
    for session in ("npc-17-5", "cppcc-15-5"):
        done = project.huiyin("report", "--session", session, "--to", "export/report")
        assert done.code == 0, done.err
        said += done.out + done.err
    for style in STYLES:
        done = project.huiyin("export", "--format", style, "--to", f"export/{style}/{f'all.{style}'}")
        assert done.code == 0, done.err
        said += done.out + done.err
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "HUIYIN_REGISTRY": "registry", "HUIYIN_AUDIT": "audit"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    build = subprocess.run(command, cwd=built, env=environment, capture_output=True, text=True, check=False)
    assert build.returncode == 0, build.stdout + build.stderr
    found = in_folder(built / "build") | in_folder(built / "export") | found_in((said + build.stderr).encode())
    found = proof.registry.nest.planted(found)
    assert found - allowed == set()
    assert len(found) > 300, "what is public is on the site"
    for place in ("build/site/search", "build/site/p", *(f"export/{style}" for style in STYLES)):
        seen = proof.registry.nest.planted(in_folder(built / place))
        assert len(seen) > 20, f"the search sees into {place}"
    for page in (built / "build" / "site").rglob("*.html"):
        assert "给公众看的版本" in page.read_text(encoding="utf-8"), page
