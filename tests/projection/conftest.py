"""A private registry with an empty repository for its projection."""

from __future__ import annotations

import pytest

from tests.project import Project
from tests.projection.sides import Sides


@pytest.fixture
def sides(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Sides:
    """The small sound registry, taken in privately and committed, and an empty bare repository beside it."""
    return Sides(project.with_base(), tmp_path_factory.mktemp("public") / "public.git")
