"""What each schema allows and refuses: files under `examples/schema/<kind>/`, picked up without a line of code.

Those in `valid/` give no finding. Each one in `invalid/` stands beside `<name>.expected.txt`, the report in English;
one file may hold many mistakes. `HUIYIN_GOLDEN=write` writes the reports anew (see `golden`).

Together with the real files of this repository the examples show every property, enum value, constant and pattern of
every schema, and break every one of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from huiyin import yamltext
from huiyin.findings import Source
from huiyin.load import Law
from huiyin.report import report
from tests.golden import kept
from tests.project import EXAMPLES, ROOT
from tests.schema_places import Place, all_places, broken, met

KINDS = (
    "agency",
    "calendar",
    "categories",
    "coverage",
    "exemplar",
    "group",
    "member",
    "policy",
    "proposal",
    "registry",
    "research",
    "rules",
    "score",
    "session",
    "signal-mapping",
    "signals",
    "topic",
)
ELSEWHERE = {"mapping": "the ledger's own tests, in tests/mappings/"}
"""Schemas whose examples stand elsewhere, and where."""

VALID = sorted(EXAMPLES.glob("schema/*/valid/*.yaml"))
INVALID = sorted(EXAMPLES.glob("schema/*/invalid/*.yaml"))
REAL = {
    "registry": "registry/registry.yaml",
    "session": "registry/sessions/*.yaml",
    "member": "registry/members/*.yaml",
    "group": "registry/groups/*.yaml",
    "agency": "registry/agencies/*.yaml",
    "proposal": "registry/proposals/**/*.yaml",
    "topic": "registry/topics/*.yaml",
    "score": "registry/scores/*.yaml",
    "research": "registry/research/*.yaml",
    "policy": "registry/policies/*.yaml",
    "exemplar": "registry/exemplars/*.yaml",
    "rules": "schema/rules/*.yaml",
    "calendar": "schema/calendar/*.yaml",
    "categories": "schema/categories.yaml",
    "coverage": "schema/coverage/*.yaml",
    "signal-mapping": "tests/examples/signals/*.mapping.yaml",
    "signals": "registry/signals/*.yaml",
}

NOT_BROKEN = {
    r"/\$defs/event_[a-z_]+/properties/type": "the type itself chooses the definition: another value is another one",
}
"""Places that no data can break, as patterns of their pointers, each with its reason."""


def the_kind(path: Path) -> str:
    return path.parent.parent.name


def the_text(path: Path) -> str:
    text, faults = yamltext.decode(path.read_bytes())
    assert not faults
    return text


def the_data(path: Path) -> object:
    document = yamltext.read(the_text(path))
    assert not document.faults
    return document.data


def named(path: Path) -> str:
    return f"{the_kind(path)}-{path.stem}"


def test_there_are_examples_for_every_schema(law: Law) -> None:
    assert set(law.shapes.schemas) - set(ELSEWHERE) == set(KINDS)
    assert {the_kind(path) for path in VALID} == {the_kind(path) for path in INVALID} == set(KINDS)


@pytest.mark.parametrize("path", VALID, ids=named)
def test_a_valid_example_gives_no_finding(path: Path, law: Law) -> None:
    source = Source(path.name, the_text(path))
    assert law.shapes.findings(the_kind(path), the_data(path), source) == []


@pytest.mark.parametrize("path", INVALID, ids=named)
def test_an_invalid_example_gives_the_report_beside_it(path: Path, law: Law) -> None:
    findings = law.shapes.findings(the_kind(path), the_data(path), Source(path.name, the_text(path)))
    assert findings
    text = report(list(dict.fromkeys(findings)), "text", "en", 1) + "\n"
    assert text == kept(path.with_suffix(".expected.txt"), text)


@pytest.mark.parametrize("path", [*VALID, *INVALID], ids=named)
def test_the_first_line_of_an_example_leads_an_editor_to_its_schema(path: Path) -> None:
    found = re.match(r"# yaml-language-server: \$schema=(\S+)\n", the_text(path))
    assert found
    assert (path.parent / found[1]).resolve() == ROOT / "schema" / f"{the_kind(path)}.schema.json"


def test_no_report_is_left_over() -> None:
    reports = {path.name.removesuffix(".expected.txt") for path in EXAMPLES.glob("schema/*/invalid/*.txt")}
    assert reports == {path.stem for path in INVALID}


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_value_and_pattern_occurs_in_a_valid_example(kind: str, law: Law) -> None:
    schema = law.shapes.schemas[kind]
    files = [*(path for path in VALID if the_kind(path) == kind), *ROOT.glob(REAL[kind])]
    shown = set[Place]().union(*(met(schema, the_data(path)) for path in files))
    wanted = {place for place in all_places(schema) if place.kind in ("property", "enum", "const", "pattern")}
    missing = sorted(wanted - shown)
    told = f"{kind}: {len(wanted) - len(missing)} of {len(wanted)} places shown by {len(files)} files"
    print(told, *missing, sep="\n  ")  # noqa: T201 (pytest -rP shows it)
    assert missing == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_value_and_pattern_is_broken_in_an_invalid_example(kind: str, law: Law) -> None:
    schema = law.shapes.schemas[kind]
    files = [path for path in INVALID if the_kind(path) == kind]
    hit = set[Place]().union(*(broken(schema, the_data(path)) for path in files))
    places = all_places(schema)
    excused = {place for place in places if any(re.fullmatch(sign, place.pointer) for sign in NOT_BROKEN)}
    missing = sorted(places - hit - excused)
    told = f"{kind}: {len(places & hit)} of {len(places)} places broken by {len(files)} files, {len(excused)} excused"
    print(told, *missing, sep="\n  ")  # noqa: T201 (pytest -rP shows it)
    assert missing == []
    assert not excused & hit, "these can be broken after all"


def test_every_excuse_is_needed(law: Law) -> None:
    used = defaultdict(int)
    for schema in law.shapes.schemas.values():
        for place in all_places(schema):
            for sign in NOT_BROKEN:
                used[sign] += bool(re.fullmatch(sign, place.pointer))
    assert all(used[sign] for sign in NOT_BROKEN)
