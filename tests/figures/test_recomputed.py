"""Anyone can recompute every figure from the downloads: SQL over the exported tables gets the same, in every group."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from huiyin.export.files import write
from huiyin.export.rows import Scope
from huiyin.figures import BY_ID, DEFINITIONS, GROUPINGS, Figure, figures, grouped
from tests.figures import sql

Key = tuple[str, str, str]


def told(scope: Scope) -> Iterator[tuple[Key, Figure]]:
    """Every figure of the program, for all and for each group."""
    rows = scope.cases.values()
    for figure in figures(rows, scope.as_of):
        yield (figure.definition.id, "all", ""), figure
    for name, grouping in GROUPINGS.items():
        for group in grouped(rows, scope.as_of, grouping, scope.registry, scope.words):
            for figure in group.figures:
                yield (figure.definition.id, name, group.key), figure


def test_every_figure_has_its_sql() -> None:
    times = {definition.id for definition in DEFINITIONS if definition.time}
    assert set(sql.FIGURES) | times == set(BY_ID)
    assert not set(sql.FIGURES) & times


@pytest.mark.parametrize("which", ["scope", "rough"])
def test_sql_over_the_exported_tables_gets_the_same(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    scope: Scope = request.getfixturevalue(which)
    write(scope, "parquet", tmp_path / "tables")
    database = sql.opened(tmp_path / "tables", scope.as_of.isoformat())
    counts = {tuple(row[:4]): tuple(row[4:]) for row in database.execute(sql.COUNT).fetchall()}
    times = {tuple(row[:3]): tuple(row[3:]) for row in database.execute(sql.TIME).fetchall()}
    seen = 0
    for key, figure in told(scope):
        counted = figure.counted
        if figure.estimate:
            found = (
                counted.numerator,
                counted.denominator,
                counted.excluded,
                figure.estimate.median,
                figure.estimate.p90,
            )
            if counted.denominator:
                assert times.pop(key) == found, key
                seen += 1
            continue
        for imported, mine in ((False, figure.counted), (True, figure.imported)):
            hit, miss, out = counts.pop((*key, imported), (0, 0, 0))
            plain = mine.denominator is None
            assert mine.numerator == hit, (key, imported)
            assert plain or (mine.denominator, mine.excluded) == (hit + miss, out), (key, imported)
            seen += bool(hit or miss or out)
    assert (counts, times) == ({}, {}), "the program knows of no such group"
    assert seen > 1000
    database.close()


def test_the_rough_registry_spoils_rates_in_every_way(rough: Scope) -> None:
    found = {figure.definition.id: figure for figure in figures(rough.cases.values(), rough.as_of)}
    sparing = {"rated", "extended", "inputs_taken_up"}
    rates = [figure for figure in found.values() if figure.counted.denominator is not None]
    assert [f.definition.id for f in rates if not f.counted.excluded and f.definition.id not in sparing] == []
    assert found["feedback_on_time"].counted.denominator
    assert found["submitted"].imported.numerator
    assert found["satisfied_result"].imported.denominator
