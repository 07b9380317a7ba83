"""Temporary projects laid out as a real one, `schema/` beside `registry/`, and what a command says in them."""

from __future__ import annotations

import os
import shutil
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
    - `name.gone`: no such file, even where `target` has it.
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
            else:
                shutil.copyfile(path, aim)
