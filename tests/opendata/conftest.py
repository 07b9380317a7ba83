"""The open data of the demonstration, made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from huiyin.cases import cases
from huiyin.disclosure import Sight, audience_of
from huiyin.export.rows import Scope
from huiyin.load import Law, load_registry
from huiyin.model import Registry
from huiyin.opendata import assets
from tests.built import ROOT

AS_OF = date(2026, 11, 20)
ADDRESS = "https://huiyin.example/"


def scope_of(registry: Registry, law: Law) -> Scope:
    registry = Sight(law.shapes.schemas, audience_of(registry.settings)).registry(registry)
    return Scope(registry, cases(registry, AS_OF), law.vocabulary, AS_OF)


@pytest.fixture(scope="session")
def registry(law: Law) -> Registry:
    loaded = load_registry(ROOT / "registry", law, ROOT).registry
    assert loaded is not None
    return loaded


@pytest.fixture(scope="session")
def scope(registry: Registry, law: Law) -> Scope:
    return scope_of(registry, law)


@pytest.fixture(scope="session")
def made(scope: Scope) -> Mapping[str, bytes]:
    """Every file by its path."""
    return {asset.path: asset.make() for asset in assets(scope, ADDRESS)}


@pytest.fixture(scope="session")
def secretive(registry: Registry, law: Law) -> Scope:
    """The demonstration with something in every field that not everybody may see."""
    from tests.opendata.hidden import with_secrets

    items = {name: with_secrets(item, law) for name, item in registry.proposals.items()}
    return scope_of(replace(registry, proposals=items), law)
