"""What all tests share: the law of this repository, read once, and temporary projects to run commands in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from huiyin.load import Law, load_law
from tests.project import Project

ROOT = Path(__file__).parent.parent

settings.register_profile("steady", deadline=None, derandomize=True)  # the same cases on every machine and run
settings.load_profile("steady")


@pytest.fixture(scope="session")
def law() -> Law:
    """The tables in `schema/` of this repository."""
    return load_law(ROOT / "schema", ROOT)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Project:
    """An empty project with the real `schema/`, made the working folder; commands run in it as in a terminal."""
    for name in ("HUIYIN_REGISTRY", "HUIYIN_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path, capsys)
