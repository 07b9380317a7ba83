"""The guide tells the truth: its YAML is valid, its commands print what it shows, its dates and links hold.

Code blocks are examples by their first line: `- id: e…` is a list of events, `# yaml-language-server` a whole file that
could be added to the demonstration registry, and `$ huiyin …` in a console block a command with its output. A line `…`
there leaves lines out, and `# exit N` tells the exit code when it is not 0. Commands that write are not run here. The
pages on importing have mappings and commands of their own, which the tests of imports prove.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import huiyin.audit
import huiyin.checks
import huiyin.guard  # noqa: F401 (rules declare themselves when their modules are imported)
from huiyin import yamltext
from huiyin.commands import VERBS, main
from huiyin.findings import RULES
from huiyin.load import Law
from huiyin.load.files import FOLDERS, SCHEMA_LINE
from tests.project import ROOT, Project

SITE = ROOT / "site"
PAGES = sorted(path for path in SITE.rglob("*.md") if path.relative_to(SITE).parts[0] in ("guide", "developers"))
CHINESE = [page for page in PAGES if page.parent.name == "guide"]
BOARDS = ("agencies", "members", "new", "unanswered", "asks", "look-back", "late-entries", "records")
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
READ_ONLY = {"check", "due", "show", "similar", "stats", "fmt"}
WRITING = {"event", "new", "signals"}
"""Verbs that write nothing when they are asked to show the difference, or only what is allowed."""
IMPORTING = {"import.md", "mapping.md"}
FENCE = re.compile(r"^(?P<indent> *)```(?P<kind>[a-z]*)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
COUNTED = re.compile(
    r"^\| (?P<start>\d{4}-\d\d-\d\d) \| (?P<value>\d+) (?P<unit>个月|日|个工作日) \| (?P<nominal>\d{4}-\d\d-\d\d)"
    r" \| (?P<due>\d{4}-\d\d-\d\d)(?: 至 (?P<latest>\d{4}-\d\d-\d\d))?(?P<provisional>（暂定）)? \|",
    re.MULTILINE,
)
UNITS = {"个月": "month", "日": "day", "个工作日": "workday"}


@dataclass(frozen=True)
class Block:
    """A code block of a page: where it stands, its language and its text."""

    page: Path
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


@dataclass(frozen=True)
class Call:
    """A command that a page shows, with the lines printed below it and the exit code."""

    block: Block
    command: str
    printed: tuple[str, ...]
    code: int

    def __str__(self) -> str:
        return f"{self.block} {self.command}"


def blocks(*kinds: str) -> list[Block]:
    found = []
    for page in (page for page in (*PAGES, *READMES) if page.name not in IMPORTING):
        text = page.read_text(encoding="utf-8")
        for match in FENCE.finditer(text):
            if match["kind"] in kinds:
                found.append(Block(page, text.count("\n", 0, match.start()) + 1, match["kind"], match["text"]))
    return found


def calls() -> Iterator[Call]:
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, *lines = part.removeprefix(".venv/bin/").rstrip("\n").split("\n")
            codes = [int(line.split()[2]) for line in lines if re.fullmatch(r"# exit \d", line)]
            printed = tuple(line.rstrip() for line in lines if not re.fullmatch(r"# exit \d", line))
            verb = command.split()[1] if command.startswith("huiyin ") else ""
            if verb in READ_ONLY or (verb in WRITING and (" --dry-run" in command or len(command.split()) == 3)):
                yield Call(block, command, printed, codes[0] if codes else 0)


EVENTS = [block for block in blocks("yaml") if block.text.lstrip().startswith("- id: e")]
WHOLE = [block for block in blocks("yaml") if block.text.startswith("# yaml-language-server")]
PACKS = [block for block in WHOLE if "rules.schema.json" in block.text.partition("\n")[0]]
FILES = [block for block in WHOLE if block not in PACKS]
CALLS = list(calls())


def test_every_yaml_block_is_a_list_of_events_or_a_whole_file() -> None:
    shown = {block for block in blocks("yaml") if block.text.startswith("# tests/examples/")}
    assert {*EVENTS, *FILES, *PACKS, *shown} == set(blocks("yaml"))
    assert len(EVENTS) >= 30
    assert len(FILES) >= 2


@pytest.mark.parametrize("block", EVENTS, ids=str)
def test_events_of_the_guide_are_valid(block: Block, law: Law) -> None:
    document = yamltext.read(block.text)
    assert document.faults == []
    schema = {"$ref": "#/$defs/event", "$defs": law.shapes.schemas["proposal"]["$defs"]}
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for event in document.data for error in validator.iter_errors(event)] == []
    assert block.text.startswith("  - id: e"), "it should be copied as it stands in a file"


def test_a_sentence_about_the_law_stands_in_the_file_that_it_names() -> None:
    shown = [block for block in blocks("yaml") if re.match(r"# tests/examples/\S+\.yaml\n", block.text)]
    for block in shown:
        name, _, text = block.text.partition("\n")
        assert text.strip() in (ROOT / name.removeprefix("# ")).read_text(encoding="utf-8"), str(block)
    assert shown


@pytest.mark.parametrize("block", FILES, ids=str)
def test_whole_files_of_the_guide_could_join_the_demonstration(block: Block, project: Project) -> None:
    data = yamltext.read(block.text).data
    match = SCHEMA_LINE.match(block.text)
    assert match, block.text
    kind = match[1].rsplit("/", 1)[-1].removesuffix(".schema.json")
    folder = next(folder for folder, held in FOLDERS.items() if held == kind)
    name = "/".join(filter(None, ("registry", folder, data.get("session"), f"{data['id']}.yaml")))
    project.with_demonstration().write(name, block.text)
    said = project.huiyin("check", name)
    assert (said.code, said.err) == (0, ""), said.out
    assert project.huiyin("fmt", "--check", name).out == ""


@pytest.mark.parametrize("block", PACKS, ids=str)
def test_packs_of_the_guide_could_join_the_law(block: Block, project: Project) -> None:
    project.with_base().write(f"schema/rules/{yamltext.read(block.text).data['id']}.yaml", block.text)
    said = project.huiyin("check")
    assert (said.code, said.err) == (0, "")


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_commands_print_what_the_guide_shows(
    call: Call, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    verb, *arguments = call.command.split()[1:]
    assert verb != "fmt" or "--check" in arguments, "the guide's tests write nothing"
    for name in ("HUIYIN_REGISTRY", "HUIYIN_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(ROOT)

    code = main([verb, *arguments])

    out, err = capsys.readouterr()
    said = [line.rstrip() for line in (out + err).rstrip("\n").split("\n")]
    assert code == call.code
    if "…" in call.printed:
        left = iter(said)
        missing = [line for line in call.printed if line != "…" and line not in left]
        assert missing == [], "this line, or the next one, is not printed here any more"
    else:
        assert list(call.printed) == [line for line in said if line or call.printed]


def test_the_guide_shows_every_verb() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in CHINESE)
    assert {verb for verb in VERBS if f"huiyin {verb}" not in text} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(SITE).as_posix())
def test_links_to_other_pages_lead_somewhere(page: Path, law: Law) -> None:
    made = {
        "index.md",
        "figures/definitions.md",
        "reports/index.md",
        "commitments/quarters.md",
        "figures/charts.md",
        "topics/candidates.md",
        *(f"due/{name}.md" for name in BOARDS),
        *(
            f"{name}/index.md"
            for name in ("browse", "due", "commitments", "figures", "rules", "packs", "coverage", "tables", "trust")
        ),
        *(
            f"{name}/index.md"
            for name in ("topics", "signals", "research", "policies", "assessment", "quality", "exemplars")
        ),
    }
    made |= {f"rules/{rule}.md" for rule in RULES}
    made |= {f"packs/{pack.id}.md" for pack in law.packs.values() if not pack.abstract}
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for link in LINK.findall(text):
        if re.match(r"https?:", link) or link.startswith("#"):
            continue
        target = (page.parent / link.partition("#")[0]).resolve()
        assert target.is_file() or target.relative_to(SITE.resolve()).as_posix() in made, link


@pytest.mark.parametrize("page", CHINESE, ids=lambda page: page.name)
def test_each_page_of_the_guide_has_one_title_and_ends_in_english(page: Path) -> None:
    lines = FENCE.sub("", page.read_text(encoding="utf-8")).splitlines()
    assert lines[0].startswith("# ")
    assert [line for line in lines[1:] if line.startswith("# ")] == []
    assert [line for line in lines if line.startswith("## ")][-1] == "## In English"


def test_the_worked_deadlines_are_counted_so(law: Law) -> None:
    rows = list(COUNTED.finditer((SITE / "guide/deadlines.md").read_text(encoding="utf-8")))
    assert len(rows) >= 10
    for row in rows:
        count = law.calendar.count(date.fromisoformat(row["start"]), int(row["value"]), UNITS[row["unit"]], True)
        told = (row["nominal"], row["due"], row["latest"] or row["due"], bool(row["provisional"]))
        assert told == (str(count.nominal), str(count.earliest), str(count.latest), count.provisional), row[0]


def test_the_format_page_names_every_key_and_every_type_of_event(law: Law) -> None:
    text = (SITE / "guide/format.md").read_text(encoding="utf-8")
    schema = law.shapes.schemas["proposal"]
    rows = dict(re.findall(r"^\| `([a-z_]+)` \|(.*)\|$", text, re.MULTILINE))
    assert set(schema["properties"]) - set(rows) == set()
    base = {"id", "type", "on", "undated", "by", "recorded_by", "channel", "document", "note", "late_entry"}
    for kind in schema["$defs"]["event"]["properties"]["type"]["enum"]:
        own = schema["$defs"][f"event_{kind}"]
        told = set(re.findall(r"`([a-z_]+)`", rows[kind]))
        assert own["title"].split(" / ")[0] in rows[kind], kind
        assert "同上" in rows[kind] or told == set(own["properties"]) - base, kind
        assert set(own["required"]) - base <= set(re.findall(r"\*\*`([a-z_]+)`", rows[kind])), kind
