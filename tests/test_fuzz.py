"""Whatever bytes a file holds, reading it never raises: it gives data, or findings with a place."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin import checks, yamltext
from huiyin.cases import cases
from huiyin.figures import figures
from huiyin.findings import Source
from huiyin.load import Law, load_registry
from huiyin.load.faults import finding
from huiyin.report import FORMATS, report
from huiyin.wording.counted import explain
from tests.project import BASE, ROOT

REAL = sorted(path.read_bytes() for path in (ROOT / "registry").rglob("*.yaml"))
SHAPES = ["a", "é", "路", "\U0001f68c", ": ", "- ", "\n", "\n  ", "  ", "[", "]", "{", "}", ",", "#", " #", "&a ", "*a"]
SHAPES += ["!", "!!str ", "|", ">", "|-\n  ", "'", '"', "\\", "\\u202e", "?", "? ", "---\n", "...\n", "%YAML 1.1\n"]
SHAPES += ["<<: ", "~", "null", "1", "-0", "1.50", "007", "2026-03-05", "\t", "\r\n", "\r", "\x85", "\u2028", "\ufeff"]


def read(raw: bytes) -> None:
    """Read as a command does, and say everything that was found."""
    text, faults = yamltext.decode(raw)
    document = yamltext.read(text, with_marks=True)
    source = Source("x.yaml", text)
    findings = [finding(fault, source) for fault in [*faults, *document.faults]]
    for one in findings:
        assert one.place.line >= 1
        assert one.place.column >= 1
    for style in FORMATS:
        report(findings, style, "zh", 1)
    plain = yamltext.read(text)
    assert plain.data == document.data
    assert plain.faults == document.faults


@settings(max_examples=500)
@given(st.binary(max_size=300))
def test_random_bytes_never_raise(raw: bytes) -> None:
    read(raw)


@settings(max_examples=1500)
@given(st.lists(st.sampled_from(SHAPES), max_size=40))
def test_random_pieces_of_yaml_never_raise(pieces: list[str]) -> None:
    read("".join(pieces).encode())


def mutated(raw: bytes, dice: random.Random) -> bytes:
    """Return a real file, sometimes with a few random cuts, copies, swaps and insertions."""
    for _ in range(dice.choice([0, 1, 1, 2, 4])):
        at, length = dice.randrange(len(raw) + 1), dice.randint(0, 60)
        match dice.randrange(5):
            case 0:
                raw = raw[:at] + raw[at + length :]
            case 1:
                raw = raw[:at] + raw[at : at + length] + raw[at:]
            case 2:
                raw = raw[:at] + dice.randbytes(dice.randint(1, 3)) + raw[at:]
            case 3:
                raw = raw[:at] + dice.choice(SHAPES).encode() + raw[at:]
            case _:
                raw = raw[:at] + raw[at:].replace(b": ", dice.choice([b":", b": [", b": &x ", b": 1"]), 1)
    return raw


@pytest.mark.parametrize("seed", range(8))
def test_mutated_registries_load_without_raising(seed: int, tmp_path: Path, law: Law) -> None:
    dice = random.Random(seed)  # noqa: S311 (the same mutations on every run)
    registry = tmp_path / "registry"
    shutil.copytree(ROOT / "registry", registry)
    shutil.copytree(BASE, registry, dirs_exist_ok=True)
    for path in sorted(registry.rglob("*.yaml")):
        path.write_bytes(mutated(path.read_bytes(), dice))
    loaded = load_registry(registry, law, tmp_path)
    for style in FORMATS:
        assert report(loaded.findings, style, "en", len(loaded.entries))
    assert loaded.findings
    if loaded.registry:
        day = date(2026, 11, 20)
        list(checks.run(loaded.registry, day))
        known = cases(loaded.registry, day)
        figures(known.values(), day)
        for case in known.values():
            for deadline in case.deadlines:
                explain(deadline, law.vocabulary)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(REAL), st.randoms(use_true_random=False))
def test_a_mutated_real_file_never_raises(law: Law, raw: bytes, dice: random.Random) -> None:
    changed = mutated(raw, dice)
    read(changed)
    text, _ = yamltext.decode(changed)
    for kind in ("proposal", "registry", "agency"):
        law.shapes.findings(kind, yamltext.read(text).data, Source("x.yaml", text))
