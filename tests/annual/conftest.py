"""Reports on the demonstration, and on the rough registry that has all that spoils a rate."""

from __future__ import annotations

from huiyin.annual.compose import compose
from huiyin.annual.document import Report
from huiyin.export.rows import Scope
from tests.figures.conftest import registry as registry
from tests.figures.conftest import rough as rough
from tests.figures.conftest import scope as scope


def report_on(scope: Scope, session: str) -> Report:
    return compose(scope.registry, scope.words, scope.cases, scope.registry.sessions[session], scope.as_of)
