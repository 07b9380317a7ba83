"""Rounds of projecting a registry full of canaries while its disclosure changes, as the proofs do it."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.project import Project
from tests.projection.secretive import Secretive


@dataclass
class Proof:
    """A registry that was projected, and all that the command said on the way."""

    registry: Secretive
    said: str = ""


def project_rounds(
    project: Project, public: Path, seed: int, *, rounds: int, sound: bool, audience: str = "public"
) -> Proof:
    """Project a random registry, change it and project it again; messages and authors hold canaries too."""
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(public)], check=True)
    proof = Proof(Secretive(project.root, seed, sound=sound))
    for turn in range(rounds):
        if turn:
            proof.registry.change()
        commit(project, proof.registry)
        proof.registry.note(audience)
        day = f"2026-11-{20 + turn}"
        more = ("--dry-run",) if proof.registry.random.random() < 0.2 else ()
        for argv in (more, ()):
            said = project.huiyin("project", "--audience", audience, "--to", str(public), "--as-of", day, *argv)
            assert said.code == 0, said.err
            proof.said += said.out + said.err
    return proof


def commit(project: Project, registry: Secretive) -> None:
    """Commit everything by an author, with a message and on a branch that hold canaries."""
    words = {what: registry.nest.new("commit", None, what) for what in ("author", "mail", "message", "tag")}
    if not (project.root / ".git").exists():
        project.git("init", "--quiet", "--initial-branch=main")
    project.git("add", "--all")
    mail = f"{words['mail']}@x.example"
    environment = {**os.environ, "GIT_AUTHOR_NAME": words["author"], "GIT_AUTHOR_EMAIL": mail,
                   "GIT_COMMITTER_NAME": words["author"], "GIT_COMMITTER_EMAIL": mail}  # fmt: skip
    command = ["git", "-c", "commit.gpgSign=false", "commit", "--quiet", "--allow-empty", "-m", words["message"]]
    subprocess.run(command, cwd=project.root, env=environment, check=True)
    subprocess.run(["git", "tag", words["tag"]], cwd=project.root, check=True)
