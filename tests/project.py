"""Temporary projects laid out as a real one, `schema/` beside `registry/`, and what a command says in them."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from huiyin.commands import main

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "tests" / "examples"
BASE = EXAMPLES / "base"


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


class Project:
    """A folder with `schema/` and whatever is laid into `registry/`; the caller has made it the working folder."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.registry = root / "registry"
        self._capsys = capsys
        self.registry.mkdir()
        shutil.copytree(ROOT / "schema", root / "schema")

    def with_base(self) -> Project:
        """Lay out the small sound registry that the examples of rules start from."""
        lay(BASE, self.registry)
        return self

    def with_demonstration(self) -> Project:
        """Lay out the demonstration registry of this repository."""
        lay(ROOT / "registry", self.registry)
        return self

    def with_templates(self) -> Project:
        """Lay out the templates that pages are made with."""
        shutil.copytree(ROOT / "site" / "templates", self.root / "site" / "templates")
        return self

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file of the project, for example "registry/members/m-a.yaml"; bytes and line ends stay as given."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def git(self, *argv: str, day: str = "2026-06-30") -> str:
        """Run git in the project as on `day`, without anybody's own settings, and return what it printed."""
        stamp = f"{day}T10:00:00+08:00"
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
            **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (
                ("NAME", "Somebody"), ("EMAIL", "somebody@huiyin.example"), ("DATE", stamp))},
        }  # fmt: skip
        command = ["git", "-c", "core.quotePath=false", "-c", "commit.gpgSign=false", *argv]
        done = subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def commit(self, message: str = "A step", day: str = "2026-06-30") -> str:
        """Commit everything that stands in the project and return the id of the commit."""
        if not (self.root / ".git").exists():
            self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, day=day)
        return self.git("rev-parse", "HEAD")

    def huiyin(self, *argv: str) -> Said:
        """Run the command as a terminal would and return what it said."""
        self._capsys.readouterr()
        try:
            code = main(argv)
        except SystemExit as end:  # argparse ends so
            code = int(end.code or 0)
        out, err = self._capsys.readouterr()
        return Said(code, out, err)


def lay(source: Path, target: Path) -> None:
    """Lay the files of `source` over those of `target`. Endings stand for what cannot be committed as it is:

    - `name.repeat`: a count on the first line, then the text to repeat that often;
    - `name.fifo`: a named pipe;
    - `name.gone`: no such file, even where `target` has it;
    - `name.bidi`: a file whose name begins with the character that turns the direction of text.
    """
    for folder, _, names in os.walk(source):
        for name in names:
            path = Path(folder) / name
            aim = target / path.relative_to(source)
            aim.parent.mkdir(parents=True, exist_ok=True)
            made = aim.with_suffix("")
            if path.is_symlink():
                aim.symlink_to(path.readlink())
            elif path.suffix == ".repeat":
                count, _, text = path.read_text(encoding="utf-8").partition("\n")
                made.write_text(text * int(count), encoding="utf-8", newline="\n")
            elif path.suffix == ".fifo":
                os.mkfifo(made)
            elif path.suffix == ".gone":
                made.unlink()
            elif path.suffix == ".bidi":
                shutil.copyfile(path, made.with_name(f"\u202e{made.name}"))
            else:
                shutil.copyfile(path, aim)
