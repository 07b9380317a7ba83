"""A folder with one of every kind of bad file: all findings, each with its place, never a traceback."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.project import Project, Said

SCHEMA_LINE = "# yaml-language-server: $schema=../schema/proposal.schema.json\n"
PROPOSAL = f"""{SCHEMA_LINE}id: {{id}}
kind: suggestion
session: npc-9-2
title: 关于修路的建议
category: transport
proposers: [m-lu-chunyan]
status: submitted
events:
  - id: e1
    type: submitted
    on: 2026-01-20
    by: m-lu-chunyan
"""

CONTENTS: dict[str, tuple[bytes, str]] = {
    "alias.yaml": (b"title: &a x\nnote: *a\n", "yaml-alias"),
    "alias-as-key.yaml": (b"*a : 1\n", "yaml-alias"),
    "bidi.yaml": ("title: 建议\u202e\n".encode(), "yaml-hidden-character"),
    "billion-laughs.yaml": (b"a: &a [x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n", "yaml-alias"),
    "bom.yaml": (b"\xef\xbb\xbfid: x\n", "yaml-byte-order-mark"),
    "brackets.yaml": (b"[" * 1_000_000, "yaml-too-deep"),
    "braces.yaml": (b"{" * 1_000_000, "yaml-key-not-text"),
    "comments-only.yaml": (b"# nothing here\n# or here\n", "shape-type"),
    "dashes.yaml": (b"- " * 500_000, "yaml-too-deep"),
    "deep.yaml": (b"".join(b" " * n + b"a:\n" for n in range(1000)), "yaml-too-deep"),
    "duplicate.yaml": (b"id: 2026-aaaaa\nid: 2026-bbbbb\n", "yaml-duplicate-key"),
    "empty.yaml": (b"", "shape-type"),
    "escaped.yaml": (b'title: "a\\u202eb"\n', "yaml-hidden-character"),
    "gbk.yaml": ("title: 关于修路的建议\n".encode("gbk"), "yaml-not-utf8"),
    "half-character.yaml": ("title: 路".encode()[:-1], "yaml-not-utf8"),
    "junk.yaml": (bytes(range(256)) * 64, "yaml-not-utf8"),
    "key-not-text.yaml": (b"? [a]\n: 1\n", "yaml-key-not-text"),
    "large.yaml": (b"# " + b"x" * (1 << 20), "file-too-large"),
    "list.yaml": (b"- a\n- b\n", "shape-type"),
    "nothing-allowed.yaml": (b"a: 1\nb: 2\n", "shape-unknown-key"),
    "nul.yaml": (b"title: a\x00b\n", "yaml-hidden-character"),
    "nul-in-schema-line.yaml": (b"# yaml-language-server: $schema=\x00x\nid: 1\n", "schema-line"),
    "number.yaml": (b"42\n", "shape-type"),
    "python.yaml": (b"!!python/object/apply:os.system ['true']\n", "yaml-tag"),
    "comment.yaml": ("title: 关于第 #3 号路口的建议\n".encode(), "yaml-comment-in-text"),
    "quote.yaml": (b'title: "never closed\n', "yaml-syntax"),
    "several.yaml": (b"id: x\n---\nid: y\n", "yaml-several-documents"),
    "tabs.yaml": (b"asks:\n\t- id: q1\n", "yaml-syntax"),
    "text.yaml": ("只有一句话\n".encode(), "shape-type"),
    "utf16.yaml": ("id: x\n".encode("utf-16"), "yaml-not-utf8"),
    "ending.txt": (b"id: x\n", "file-unexpected"),
    "no-ending": (b"id: x\n", "file-unexpected"),
    "colour\x1b[31m.yaml": (b"a: 1\n", "shape-unknown-key"),
    "two\nlines.yaml": (b"a: 1\n", "shape-unknown-key"),
    "::error::x.yaml": (b"a: 1\n", "shape-unknown-key"),
    " .yaml": (b"a: 1\n", "shape-unknown-key"),
    "x.yaml/inside.yaml": (b"a: 1\n", "shape-unknown-key"),
}
"""For each bad file what it holds, and one rule that must find it."""


def fifo(path: Path) -> None:
    os.mkfifo(path)


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def dangling(path: Path) -> None:
    path.symlink_to("/no/such/file")


def to_a_folder(path: Path) -> None:
    path.symlink_to(path.parent)


def through_a_loop(path: Path) -> None:
    path.with_name("round").symlink_to("round")
    path.write_text("# yaml-language-server: $schema=round/x\nid: 1\n", encoding="utf-8")


def bytes_for_a_name(path: Path) -> None:
    with open(os.fsencode(path.parent) + b"/\xff\xfe.yaml", "wb") as file:  # noqa: PTH123 (a Path has no such name)
        file.write(b"a: 1\n")


MADE: dict[str, tuple[Callable[[Path], None], str]] = {
    "fifo.yaml": (fifo, "file-unreadable"),
    "loop.yaml": (loop, "file-symlink"),
    "dangling.yaml": (dangling, "file-symlink"),
    "folder.yaml": (to_a_folder, "file-symlink"),
    "through-a-loop.yaml": (through_a_loop, "schema-line"),
    "\udcff\udcfe.yaml": (bytes_for_a_name, "shape-unknown-key"),
}
"""Bad files that are more than bytes: how each is made, and a rule that must find it."""

EXPECTED = {name: rule for table in (CONTENTS, MADE) for name, (_, rule) in table.items()}


def make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, (content, _) in CONTENTS.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    for name, (making, _) in MADE.items():
        making(folder / name)


def found(said: Said, prefix: str) -> dict[str, set[str]]:
    """Return the rules that found something, by file name below `prefix`."""
    rules: dict[str, set[str]] = {}
    for finding in json.loads(said.out)["findings"]:
        rules.setdefault(finding["file"].removeprefix(prefix), set()).add(finding["rule"])
    return rules


def test_every_bad_file_of_a_folder_is_found_with_its_place(project: Project, tmp_path: Path) -> None:
    project.with_base()
    make(tmp_path / "bad")
    started = time.monotonic()

    said = project.huiyin("check", "bad", "--format", "json")

    assert time.monotonic() - started < 20
    assert (said.code, said.err) == (1, "")
    rules = found(said, "bad/")
    assert {name for name, rule in EXPECTED.items() if rule not in rules.get(name, ())} == set()
    for finding in json.loads(said.out)["findings"]:
        assert finding["line"] >= 1
        assert finding["column"] >= 1


def test_bad_files_among_good_ones_hide_nothing_of_each_other(project: Project) -> None:
    project.with_base()
    make(project.registry / "proposals" / "bad")
    project.write("registry/proposals/2026-hhhhh.yaml", PROPOSAL.format(id="2026-hhhhh").replace("m-lu-", "m-li-"))

    said = project.huiyin("check", "--format", "json")

    assert (said.code, said.err) == (1, "")
    rules = found(said, "registry/proposals/bad/")
    assert {name for name, rule in EXPECTED.items() if rule not in rules.get(name, ())} == set()
    assert "reference-unknown" in rules["registry/proposals/2026-hhhhh.yaml"]
    base = {path.relative_to(project.root).as_posix() for path in project.registry.rglob("*m4t7k.yaml")}
    assert base
    assert not base & set(rules), "a good file got a finding"


@pytest.mark.parametrize("style", ["text", "github"])
def test_names_of_files_cannot_pretend_to_be_something_else(style: str, project: Project, tmp_path: Path) -> None:
    project.with_base()
    make(tmp_path / "bad")

    said = project.huiyin("check", "bad", "--format", style)

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said.out)
    for line in said.out.splitlines():
        assert not line.startswith("lines.yaml"), "a line break in a name breaks a line"
        if style == "github":
            assert re.match(r"::(error|warning) file=[^:,]*,line=\d+,col=\d+,title=[^:,]*::", line), line


def test_other_verbs_survive_the_same_folder(project: Project) -> None:
    project.with_base()
    make(project.registry / "proposals" / "bad")
    for argv in (["fmt", "--check"], ["show", "2026-m4t7k"], ["due", "--all"], ["stats"]):
        said = project.huiyin(*argv)
        assert said.code == (1 if argv[0] == "fmt" else 0), argv
        told = argv[0] in ("due", "stats")
        assert said.err.startswith("注意：") == told, "what is not counted is said, in one line"
        assert said.err.count("\n") == told


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_finding(project: Project) -> None:
    path = project.with_base().write("registry/agencies/a-secret.yaml", "id: a-secret\n")
    path.chmod(0)
    said = project.huiyin("check", "--format", "json")
    path.chmod(0o600)
    assert said.code == 1
    assert found(said, "registry/agencies/") == {"a-secret.yaml": {"file-unreadable"}}


def test_a_file_that_the_system_refuses_to_open_is_a_finding(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project.with_base().write("registry/agencies/a-secret.yaml", "id: a-secret\n")
    opened = Path.open

    def refuse(self: Path, *args: object, **more: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **more)  # type: ignore[arg-type, call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    said = project.huiyin("check")
    assert said.code == 1
    assert "错误[file-unreadable]" in said.out
    assert "无法读取：Permission denied" in said.out


def test_a_folder_that_the_system_refuses_to_list_is_a_finding(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.with_base().write("registry/members/closed/m-bad.yaml", "id: [\n")
    listed = os.scandir

    def refuse(folder: str) -> object:
        if str(folder).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    for argv in (["check"], ["check", "registry/members"]):
        said = project.huiyin(*argv)
        assert said.code == 1
        assert "--> registry/members/closed:1:1" in said.out


def test_a_folder_named_like_a_file_is_only_a_folder(project: Project) -> None:
    project.with_base().write("registry/proposals/2026-hhhhh.yaml/README.md", "notes\n")
    assert project.huiyin("check").code == 0


def test_a_registry_without_any_file_is_one_finding(project: Project) -> None:
    said = project.huiyin("check", "--format", "json")
    assert said.code == 1
    assert found(said, "registry/") == {"registry.yaml": {"registry-missing"}}


def test_settings_that_cannot_be_read_leave_the_findings_of_all_other_files(project: Project) -> None:
    project.with_base().write("registry/registry.yaml", "name: [\n")
    project.write("registry/agencies/a-bad.yaml", "level: planet\n")
    said = project.huiyin("check", "--format", "json")
    assert said.code == 1
    rules = found(said, "registry/")
    assert "yaml-syntax" in rules["registry.yaml"]
    assert {"shape-missing", "shape-value"} <= rules["agencies/a-bad.yaml"]
    for verb in (["show", "2026-m4t7k"], ["due"], ["stats"]):
        said = project.huiyin(*verb)
        assert (said.code, said.out) == (2, "")
        assert "huiyin check" in said.err


MANY = {
    "hidden characters": ("\u200b", 80_000),
    "mail addresses": ("a@b.cn ", 40_000),
    "mail addresses on lines": ("\n  a@b.cn", 30_000),
    "identity numbers": ("11010519491231002X ", 15_000),
    "unknown keys": ("\nk{n}: 1", 20_000),
    "repeated keys": ("\nname: x", 30_000),
    "anchors": ("\n  - &a x", 20_000),
    "entries of which one stands twice": ("\n  - x{n}", 25_000),
}


@pytest.mark.parametrize("mistake", MANY)
def test_a_file_full_of_one_mistake_takes_seconds(mistake: str, project: Project) -> None:
    line, times = MANY[mistake]
    head = f"id: a-x\nname: x\nlevel: county\n{'aliases:' if '  - ' in line else 'note: x'}"
    body = "".join(line.format(n=min(n, times - 2)) for n in range(times))
    project.with_base().write("registry/agencies/a-x.yaml", f"{head}{body}\n")
    started = time.process_time()  # of this process alone, however busy the machine is
    assert project.huiyin("check", "--format", "github").code == 1
    assert time.process_time() - started < 10
