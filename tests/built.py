"""The demonstration site, built once by the real command for all test workers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[1]


def build(
    target: Path, registry: str = "registry", root: Path = ROOT, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the build of the site of the project at `root` into `target` and return what it said."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "HUIYIN_REGISTRY": registry, **variables}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(target)]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; workers share one build."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    target = shared / "site"
    with FileLock(str(shared / "site.lock")):
        if not (shared / "site.done").exists():
            done = build(target)
            assert done.returncode == 0, done.stdout + done.stderr
            (shared / "site.done").write_text("built")
    return target
