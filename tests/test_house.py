"""The house stays as architecture.md lays it out. Each table holds exceptions with their reasons; a row that nothing
needs any more is a failure too.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

import huiyin.guard
import huiyin.load  # noqa: F401 (rules declare themselves when their modules are imported)
from huiyin import checks
from huiyin.commands import VERBS, module
from huiyin.findings import RULES
from huiyin.load import Law
from tests.project import ROOT

PACKAGE = ROOT / "scripts" / "huiyin"

ORDER = (
    "today",
    "collector",
    "digests",
    "processes",
    "folding",
    "prose",
    "yamltext",
    "layout",
    "findings",
    "personal",
    "days",
    "rules",
    "coverage",
    "vocabulary",
    "model",
    "disclosure",
    "load",
    "lifecycle",
    "clocks",
    "scores",
    "cases",
    "similar",
    "signals",
    "topics",
    "rubric",
    "wording",
    "figures",
    "assessment",
    "knowledge",
    "checks",
    "edit",
    "draft",
    "report",
    "history",
    "guard",
    "projection",
    "audit",
    "landing",
    "review",
    "branch",
    "host",
    "export",
    "charts",
    "opendata",
    "follow",
    "annual",
    "search",
    "stamp",
    "publish",
    "press",
    "ledger",
    "tickets",
    "mkdocs_plugin",
    "commands",
)
"""The rooms of the house from the ground up: each imports only those before it, and itself."""

CIRCLES = {"checks": "its checks declare themselves, so it imports them, last of all, and they import it"}
"""Packages whose own modules may import the package, and why."""

ONE_THING_ONE_MODULE = {
    "cryptography": {
        "history.signing",
        "history.writing",
        "landing.lander",
        "commands.land",
        "commands.project",
        "projection.running",
    },
    "yaml": {"yamltext", "layout"},
    "jsonschema": {"load.shapes"},
    "jsonschema_rs": {"load.shapes"},
    "git": {"history.revision", "branch"},
    "gc": {"collector"},
    "mkdocs": {"mkdocs_plugin"},
    "jinja2": {"publish.page"},
    "markdown_it": {"prose"},
    "markupsafe": {"prose"},
    "nh3": {"prose"},
    "rjieba": {"similar.text"},
    "scipy": {"similar.index"},
    "duckdb": {"export.forms", "tickets.counting"},
    "numpy": {
        "folding",
        "search.bits",
        "search.postings",
        "search.segment",
        "search.units",
        "similar.grams",
        "similar.index",
    },
    "chinese_calendar": {"commands.calendar_"},
    "holidays": {"commands.calendar_"},
    "docx": {"annual.word"},
    "altair": {"charts.drawing", "charts.drawn_lines"},
    "vl_convert": {"charts.drawing"},
    "python_calamine": {"ledger.reading.workbook"},
    "rich": {"commands.import_"},
    "subprocess": {"commands.build", "commands.serve", "history.repository"},
    "urllib": {"host.api", "follow.calendars", "follow.feeds"},
    "socket": {"commands.serve"},
    "zoneinfo": {
        "today",
        "audit.step",
        "commands.land",
        "checks.references",
        "host.requests",
        "ledger.mapping_checks",
        "projection.sealed",
    },
}
"""Every library from outside, and of the standard library what touches the world: the only modules that import it.

`yamltext` reads data and `layout` where their lines are, from the same parser. Some modules share arrays of numpy: some
make them, others compare or write them. Six modules ask `zoneinfo` whether a
time zone exists or which day a moment was there, which is a table and not the world. `history` reads git, `branch`
writes one commit. `follow` only takes the host out of an address.
"""

TOUCHES_DISK = {
    "host.api": "opens addresses of the host",
    "load.files": "reads registry files",
    "load.cache": "keeps data of files by their digest",
    "load.ready": "reads files and the schemas that the cache depends on",
    "load.coverage": "lists the files of schema/coverage/",
    "load.law": "lists the files of schema/",
    "load.shapes": "reads the schemas",
    "load.examples": "reads the failing examples for the rule pages",
    "history.checkout": "lays the tables of a commit where the loader of `schema/` reads them",
    "export.files": "writes tables for download",
    "export.workbook": "writes the parts of an archive that is open",
    "export.forms": "has engines write to temporary files",
    "ledger.reading.archive": "looks into a workbook before it is read",
    "ledger.reading.biff": "looks into a workbook before it is read",
    "ledger.reading.contents": "reads the end of a ledger",
    "ledger.reading.opendocument": "looks into a workbook before it is read",
    "ledger.reading.decoding": "reads a ledger that is imported",
    "ledger.known": "reads what an earlier import wrote",
    "ledger.reports": "writes the reports of an import",
    "annual.write": "writes reports",
    "tickets.opening": "reads an export of complaints, and writes its rows where they are counted",
    "commands.signals": "makes the folder of signals",
    "ledger.write": "writes what was imported",
    "folding": "reads which characters are one",
    "search.scripts": "thins the published scripts",
    "search.files": "writes the search index",
    "commands": "closes a broken pipe",
    "commands.land": "reads the queue",
    "history.signing": "reads the landing key",
    "history.writing": "holds the lock of landings",
    "projection.memory": "keeps beside the private objects what was projected last",
    "commands.audit": "writes the result of an audit, and reads an earlier one",
    "commands.verify": "reads the data of a site",
    "commands.similar": "reads the bills and pairs that the method is measured with",
    "commands.scores": "reads the table of votes that is counted",
    "commands.form": "reads the form that was sent, and whether the forms are new",
    "commands.writing": "reads what is given, writes registry files",
    "commands.host": "reads what is to be written to the host",
    "digests": "reads what the program and its tables are",
    "press.prepare": "reads the files of an audit",
    "press.words": "reads and keeps what the site builder made",
    "press.manifest": "reads and writes what a site was made from",
    "press.printing": "writes pages to the stage",
    "press.publishing": "puts a site in its place",
    "mkdocs_plugin": "lets mkdocs build into a folder of its own",
}
"""The modules that may list, read or write files, and what for."""
DISK = {
    "fdopen",
    "glob",
    "iterdir",
    "mkdir",
    "mkstemp",
    "open",
    "read_bytes",
    "read_text",
    "rglob",
    "rmtree",
    "unlink",
    "walk",
    "write_bytes",
    "write_text",
}

ASKS_FOR_TODAY = {"commands.context", "commands.land", "commands.import_", "commands.project", "press.prepare"}
"""The modules that may ask for the day; everything else is told."""

LIMIT = 300
LONG: dict[str, tuple[int, str]] = {}
"""Modules of more than LIMIT lines: how long they may be, and why they are. They may shrink and never grow."""

NOT_A_NAME = {"common", "core", "helper", "helpers", "manager", "misc", "util", "utils"}
LIKE_THE_STANDARD_LIBRARY: dict[str, str] = {}
"""Modules named like one of the standard library, each with the decision that allows it."""


@dataclass(frozen=True)
class Module:
    """One module of the package with what it imports."""

    path: Path

    @property
    def name(self) -> str:
        parts = self.path.relative_to(PACKAGE).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "huiyin"

    @property
    def room(self) -> str:
        return self.name.split(".")[0]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"))

    @cached_property
    def imports(self) -> set[str]:
        """Full names of all that is imported; what is imported from a module stands behind its name."""
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name}: imports are absolute"
                found.update(f"{node.module}.{alias.name}" for alias in node.names)
        return found

    @cached_property
    def inside(self) -> set[str]:
        """The modules of the package that it imports."""
        found = set()
        for name in self.imports:
            parts = name.split(".")
            if parts[0] == "huiyin":
                inner = parts[1:]
                while inner and ".".join(inner) not in NAMES:
                    inner.pop()
                found.add(".".join(inner) or "huiyin")
        return found

    @cached_property
    def outside(self) -> set[str]:
        """The first names of what it imports from elsewhere."""
        return {name.split(".")[0] for name in self.imports} - {"huiyin", "__future__"}

    @cached_property
    def calls(self) -> set[str]:
        """The last names of everything that it calls."""
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                if isinstance(node.func, ast.Attribute):
                    found.add(node.func.attr)
                elif isinstance(node.func, ast.Name):
                    found.add(node.func.id)
        return found


MODULES = [Module(path) for path in sorted(PACKAGE.rglob("*.py"))]
NAMES = {module.name for module in MODULES}


def the(name: str) -> Module:
    return next(module for module in MODULES if module.name == name)


# ------------------------------------------------------------------------------------------ imports


def test_every_room_has_its_place_in_the_order() -> None:
    assert {module.room for module in MODULES} - {"huiyin"} == set(ORDER)


@pytest.mark.parametrize("room", ORDER)
def test_imports_run_downward(room: str) -> None:
    below = set(ORDER[: ORDER.index(room) + 1])
    for one in MODULES:
        if one.room == room:
            upward = {name for name in one.inside if name.split(".")[0] not in below}
            assert not upward, f"{one.name} imports upward"


def test_no_module_imports_itself_through_others() -> None:
    edges = {one.name: set(one.inside) for one in MODULES}
    for package in CIRCLES:
        assert any(package in edges[name] for name in edges[package]), f"{package} needs no exception"
        edges[package] = {name for name in edges[package] if not name.startswith(f"{package}.")}
    done: set[str] = set()
    while ready := {name for name in edges if name not in done and edges[name] - {name} <= done}:
        done |= ready
    assert set(edges) == done, "these import one another in a circle"


def test_one_outside_thing_is_imported_by_one_module() -> None:
    harmless = set(sys.stdlib_module_names) - set(ONE_THING_ONE_MODULE)
    importers: dict[str, set[str]] = {}
    for one in MODULES:
        for name in one.outside - harmless:
            importers.setdefault(name, set()).add(one.name)
    assert importers == ONE_THING_ONE_MODULE


def test_what_draws_is_loaded_only_when_something_is_drawn() -> None:
    names = ", ".join(f"huiyin.{name}" for name in sorted(NAMES - {"huiyin"}))
    loaded = "print(*sorted({'altair', 'vl_convert', 'narwhals'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", f"import sys, {names}\n{loaded}"], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("\n", "")


def test_only_named_modules_touch_the_disk() -> None:
    touching = {one.name for one in MODULES if one.calls & DISK}
    assert touching == set(TOUCHES_DISK)


def test_only_commands_and_the_plugin_ask_for_today() -> None:
    assert {one.name for one in MODULES if "today" in one.inside} == ASKS_FOR_TODAY
    for one in MODULES:
        if one.name != "today":
            clock = {"datetime.now", "datetime.utcnow", "date.today", "time.time"}
            asked = {ast.unparse(node.func) for node in ast.walk(one.tree) if isinstance(node, ast.Call)}
            assert not {call for call in asked if any(call.endswith(sign) for sign in clock)}, one.name


# ------------------------------------------------------------------------------------------ names and sizes


def test_no_module_is_named_like_one_of_the_standard_library() -> None:
    stems = {one.name: one.path.parent.name if one.path.stem == "__init__" else one.path.stem for one in MODULES}
    alike = {name for name, stem in stems.items() if stem in sys.stdlib_module_names}
    assert alike == set(LIKE_THE_STANDARD_LIBRARY)
    assert not {name for name, stem in stems.items() if stem in NOT_A_NAME}, "says nothing"
    assert not {name for name, stem in stems.items() if "-" in stem}, "cannot be imported"


def test_no_module_is_longer_than_it_may_be() -> None:
    lines = {one.name: len(one.path.read_text(encoding="utf-8").splitlines()) for one in MODULES}
    too_long = {name: n for name, n in lines.items() if n > LONG.get(name, (LIMIT, ""))[0]}
    assert too_long == {}
    assert {name for name in LONG if lines.get(name, 0) <= LIMIT} == set(), "these rows are not needed any more"


def public(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield every public function and class, and the public methods of those, with their names."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            for inner in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner


@pytest.mark.parametrize("name", sorted(NAMES))
def test_everything_public_says_what_it_is(name: str) -> None:
    tree = the(name).tree
    assert ast.get_docstring(tree), "a module says what it is for"
    silent = [what for what, node in public(tree) if not ast.get_docstring(node)]  # type: ignore[arg-type]
    assert silent == []


# ------------------------------------------------------------------------------------------ names that must exist


def test_every_check_that_a_pack_turns_off_or_sharpens_exists(law: Law) -> None:
    assert checks.unknown_names(law.packs, RULES) == []


def test_a_name_that_does_not_exist_would_be_found(law: Law) -> None:
    assert checks.unknown_names(law.packs, set(RULES) - {"no-figure"}) == ["imported: no-figure"]


def test_every_kind_of_body_and_proposal_that_settings_name_has_a_usable_pack(law: Law) -> None:
    usable = {name for name, pack in law.packs.items() if not pack.abstract}
    assert {"cn-suggestion", "cn-motion", "cn-opinion-report", "demo-cppcc", "imported"} <= usable


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_a_module_with_the_same_three_parts(verb: str) -> None:
    part = module(verb)
    zh, _, en = part.SUMMARY.partition(" / ")  # type: ignore[attr-defined]
    assert zh
    assert en
    assert callable(part.add_arguments)  # type: ignore[attr-defined]
    assert callable(part.run)  # type: ignore[attr-defined]


def test_every_module_of_a_verb_is_a_verb() -> None:
    beside = {"asking", "context", "withholding", "writing"}
    stems = {path.stem for path in (PACKAGE / "commands").glob("*.py")} - {"__init__"} - beside
    names = {stem.rstrip("_") for stem in stems}
    assert names == set(VERBS)
