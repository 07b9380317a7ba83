"""What the tests of the import share: ways to run a verb in this repository, and a small mapping to try rows with."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from huiyin.commands import main
from huiyin.yamltext import read
from tests.project import ROOT, Said

Run = Callable[..., Said]

SMALL = """\
source: {code: tst, name: 台账, licence: CC0, ignore: [n]}
format: {type: jsonl, may_lack: [n, kind, category, agency, co, reply, handed_in, answered, number]}
registry:
  name: {zh: 登记册}
  place: {zh: 某市}
  timezone: Asia/Shanghai
  address: https://huiyin.example/
  government_office: 政府办公室
  bodies: [{id: npc, kind: congress, name: {zh: 人大}, level: city, office: 代表工委}]
body: {always: npc}
kind: {always: suggestion}
session:
  id: npc-1
  title: {zh: 一次会议}
proposers: {columns: [who]}
fields:
  title: title
  category: {column: category, values: {交通: transport}, default: other}
events:
  submitted:
    day: {column: handed_in, form: [iso, western], otherwise: 台账没有写}
  accepted:
    number: "{number}"
    day: {unknown: 台账没有写}
  assigned:
    lead: {column: agency}
    co: [co]
    day: {unknown: 台账没有写}
  replied:
    text: reply
    day: {column: answered, form: [iso], otherwise: 台账没有写}
"""
"""A small mapping that tests change where they need to."""


@pytest.fixture
def huiyin(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a verb in this repository, as from a terminal in its root."""
    monkeypatch.chdir(ROOT)
    for name in ("HUIYIN_REGISTRY", "HUIYIN_LANG"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: Any) -> Said:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Said(code, *capsys.readouterr())

    return run


@pytest.fixture
def assert_sound(huiyin: Run) -> Callable[[Path], None]:
    """Assert that `check` finds no error in a folder and that `fmt` has nothing to do there."""

    def run(folder: Path) -> None:
        said = huiyin("check", "--quiet", "--registry", folder)
        assert said.code == 0, said.out
        said = huiyin("fmt", "--check", "--registry", folder)
        assert said.code == 0, said.out[:2000]

    return run


class Attempt:
    """Rows imported with the small mapping into `folder`."""

    def __init__(self, base: Path, huiyin: Run) -> None:
        self.base, self.folder, self._huiyin = base, base / "out", huiyin

    def __call__(self, *rows: dict[str, Any] | str, change: tuple[tuple[str, str], ...] = (), lang: str = "zh") -> Said:
        """Import the rows, with each change made to the text of the mapping."""
        text = SMALL
        for old, new in change:
            assert old in text
            text = text.replace(old, new)
        (self.base / "map.yaml").write_text(text, encoding="utf-8")
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        (self.base / "ledger").write_text("\n".join(lines), encoding="utf-8")
        return self.again(lang)

    def again(self, lang: str = "zh") -> Said:
        """Import what lies there once more."""
        arguments = (self.base / "ledger", "--mapping", self.base / "map.yaml", "--into", self.folder, "--lang", lang)
        return self._huiyin("import", *arguments)

    def files(self, kind: str) -> list[Path]:
        """The files of one of the registry's folders."""
        return sorted((self.folder / kind).rglob("*.yaml"))

    def data(self, kind: str) -> list[dict[str, Any]]:
        """What those files say, proposals in the order of their rows."""
        found = [read(path.read_text(encoding="utf-8")).data for path in self.files(kind)]
        return sorted(found, key=lambda data: (data.get("source", {}).get("row", 0), data["id"]))

    def rejected(self) -> dict[int, str]:
        """The reason for each row that is rejected, from the table of rows."""
        return {int(row["row"]): row["reason"] for row in self.table() if row["outcome"] == "rejected"}

    def table(self) -> list[dict[str, str]]:
        """The table of rows that lies beside the folder."""
        with self.folder.with_name("out.report.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def attempt(tmp_path: Path, huiyin: Run) -> Attempt:
    """Imports rows with the small mapping."""
    return Attempt(tmp_path, huiyin)
