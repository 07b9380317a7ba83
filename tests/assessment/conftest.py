"""The demonstration registry, read once."""

from tests.figures.conftest import registry as registry
