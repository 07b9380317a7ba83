"""The demonstration registry as pages, and as the built site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from huiyin.cases import cases
from huiyin.load import load_coverage, load_law, load_registry
from huiyin.load.examples import load_examples
from huiyin.publish import Site
from huiyin.publish.page import environment
from tests.built import ROOT
from tests.built import site as site

DAY = date(2026, 11, 20)


def make(folder: Path, as_of: date = DAY) -> Site:
    """Return what pages are made from, for a registry folder on a day."""
    law = load_law(ROOT / "schema", ROOT)
    loaded = load_registry(folder, law, ROOT)
    assert loaded.registry is not None, loaded.findings
    return Site(
        registry=loaded.registry,
        cases=cases(loaded.registry, as_of),
        vocabulary=law.vocabulary,
        as_of=as_of,
        templates=environment(str(ROOT / "site" / "templates")),
        examples=load_examples(ROOT / "tests" / "examples" / "rules"),
        coverage=load_coverage(ROOT / "schema", law, ROOT),
    )


@pytest.fixture(scope="session")
def demonstration() -> Site:
    return make(ROOT / "registry")
