"""Both sides of a projection in a test: a private project, and the public repository that is made from it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from huiyin import edit, yamltext
from tests.project import Project, Said

SENSITIVE = "projections:\n" + "".join(
    f"  - audience: {audience}\n    address: https://{audience}.example/\n"
    for audience in ("public", "member", "agency")
)
PROPOSAL = "registry/proposals/cppcc-9-2/2026-w8p3d.yaml"


class Sides:
    """A private project in which commands run, and the repository of its projection for the public."""

    def __init__(self, project: Project, public: Path) -> None:
        self.project = project
        self.public = public
        settings = project.registry / "registry.yaml"
        text = settings.read_text(encoding="utf-8")
        assert "intake: open" in text
        text = text.replace("intake: open", "intake: private").rstrip("\n") + f"\n{SENSITIVE}"
        settings.write_text(text, encoding="utf-8")
        project.commit("Private from here on", day="2026-06-01")
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(public), at=project.root)

    def git(self, *argv: str, at: Path | None = None, fine: Iterable[int] = (0,)) -> str:
        """Run git in the public repository, or elsewhere."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        nobody = {
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_AUTHOR_NAME": "Other",
            "GIT_AUTHOR_EMAIL": "o@huiyin.example", "GIT_COMMITTER_NAME": "Other",
            "GIT_COMMITTER_EMAIL": "o@huiyin.example",
        }  # fmt: skip
        done = subprocess.run(
            ["git", *argv], cwd=at or self.public, env={**kept, **nobody}, capture_output=True, text=True, check=False
        )
        assert done.returncode in fine, done.stderr
        return done.stdout.strip()

    def run(self, *more: str, audience: str = "public", day: str = "2026-06-30", to: Path | None = None) -> Said:
        """Project for an audience on a day."""
        argv = ("project", "--audience", audience, "--to", str(to or self.public), "--as-of", day, *more)
        return self.project.huiyin(*argv)

    def done(self, *more: str, day: str = "2026-06-30") -> str:
        """Project, which must succeed, and return the tip of the public side."""
        said = self.run(*more, day=day)
        assert (said.code, said.err) == (0, ""), said
        return self.tip()

    def tip(self) -> str:
        return self.git("rev-parse", "main")

    def private(self, path: str = PROPOSAL) -> dict[str, Any]:
        """The data of a file of the private side."""
        data: dict[str, Any] = yamltext.read((self.project.root / path).read_text(encoding="utf-8")).data
        return data

    def write(self, data: dict[str, Any], path: str = PROPOSAL, message: str = "A step") -> str:
        """Write a proposal of the private side and commit it."""
        first = "# yaml-language-server: $schema=../../../schema/proposal.schema.json"
        self.project.write(path, edit.compose(data, first))
        return self.project.commit(message)

    def add(self, *events: dict[str, Any], path: str = PROPOSAL) -> str:
        """Append events to a proposal of the private side and commit that."""
        data = self.private(path)
        made = [{"id": f"e{n}", **event} for n, event in enumerate(events, start=len(data["events"]) + 1)]
        return self.write({**data, "events": [*data["events"], *made]}, path)

    def shown(self, identifier: str = "2026-w8p3d") -> dict[str, Any]:
        """The data of a proposal of the public side."""
        paths = self.git("ls-tree", "-r", "--name-only", "main").splitlines()
        path = next(path for path in paths if path.endswith(f"/{identifier}.yaml"))
        data: dict[str, Any] = yamltext.read(self.git("show", f"main:{path}")).data
        return data

    def clone(self, name: str = "clone") -> Path:
        """A clone of the public side with a working folder."""
        target = self.public.parent / name
        self.git("clone", "--quiet", str(self.public), str(target), at=self.public.parent)
        return target
