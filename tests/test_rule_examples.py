"""Every rule has a failing example: a folder under `examples/rules/` named after it, shown on the rule's page.

`input/` (and for the law `schema/`) is laid over the small sound registry in `examples/base/`, `huiyin check` runs
there, and `expected.txt` is all that it says. Rules about changes have `command` instead, a line such as `guard --base
HEAD~1 --head HEAD --actor 501`: `base/` is laid over that registry and committed, `head/` over the project and
committed with `message`, and the command runs there. `HUIYIN_GOLDEN=write` writes that file anew (see `golden`).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import huiyin.audit
import huiyin.checks
import huiyin.guard
import huiyin.load  # noqa: F401 (rules declare themselves when their modules are imported)
from huiyin.findings import RULES, Severity
from tests.golden import kept
from tests.project import EXAMPLES, Project, lay

RULE_EXAMPLES = EXAMPLES / "rules"
FOLDERS = sorted(path for path in RULE_EXAMPLES.iterdir() if path.is_dir())
PARTS = {"input", "schema", "base", "head", "command", "message", "expected.txt"}


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    assert {folder.name for folder in FOLDERS} == set(RULES)
    assert len(FOLDERS) >= 50


def test_the_registry_that_the_examples_start_from_has_no_finding_at_all(project: Project) -> None:
    said = project.with_base().huiyin("check")
    assert (said.code, said.out, said.err) == (0, "检查了 11 个文件：错误 0 处，提示 0 处\n", "")
    assert project.huiyin("fmt", "--check").code == 0


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_failing_example_fails_as_its_page_says(folder: Path, project: Project) -> None:
    rule = RULES[folder.name]
    project.with_base()
    lay(folder / "input", project.registry)
    lay(folder / "schema", project.root / "schema")

    argv = ["check"]
    if (folder / "command").is_file():
        lay(folder / "base", project.registry)
        project.commit()
        lay(folder / "head", project.root)
        message = folder / "message"
        project.commit(message.read_text(encoding="utf-8") if message.is_file() else "A step")
        argv = (folder / "command").read_text(encoding="utf-8").split()

    said = project.huiyin(*argv)

    text = re.sub(r"\b[0-9a-f]{12}\b", "……", said.out or said.err)  # ids of commits change with the schemas
    assert {path.name for path in folder.iterdir()} <= PARTS
    assert text == kept(folder / "expected.txt", text)
    words = {Severity.ERROR: "错误", Severity.WARNING: "提示"}
    assert f"{words[rule.severity]}[{rule.id}] {rule.title.zh}" in text
    found = set(re.findall(r"^(?:错误|提示)\[([a-z0-9-]+)\]", text, re.MULTILINE))
    assert found == {rule.id}, "an example breaks one rule only"
    assert said.code == (2 if rule.id == "law-table" else 1 if rule.severity == Severity.ERROR else 0)
