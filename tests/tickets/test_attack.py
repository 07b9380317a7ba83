"""Any two exports of a hotline, the second with late tickets: what is released lets nobody work out a hidden cell.

The attacker has every file that was ever released and solves all their equations at once.
"""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin import edit
from huiyin.findings import Source
from huiyin.load.nouns import signals
from huiyin.load.shapes import Shapes
from huiyin.signals.series import State, series
from huiyin.tickets.counting import count
from huiyin.tickets.mapping import Columns, ExportMap
from huiyin.tickets.release import release
from tests.project import ROOT

MONTHS = ("2026-05", "2026-06")
AREAS = ("东湾区", "南浦区", "西岭区", "北山区")
KINDS = {"停车": "transport", "公交": "transport", "内涝": "water", "噪声": "environment"}
COLUMNS = Columns("编号", "时间", "类别", "区域", "代号")
CANARY = "canary-"
"""What every cell that nobody may see begins with."""

Cell = tuple[str, str, str]
"""Month, category, area."""
Block = tuple[str, str, str, int, int]
"""Month, kind, area, how many tickets, of how many people."""
blocks = st.lists(
    st.tuples(
        st.sampled_from(MONTHS), st.sampled_from(sorted(KINDS)), st.sampled_from(AREAS),
        st.integers(1, 6) | st.integers(1, 30), st.integers(1, 40),
    ),
    max_size=14,
)  # fmt: skip


@cache
def shapes() -> Shapes:
    return Shapes(ROOT / "schema")


def mapping(keyed: bool) -> ExportMap:
    areas = tuple({"id": f"area-{n}", "title": {"zh": name}} for n, name in enumerate(AREAS))
    columns = COLUMNS if keyed else Columns(*COLUMNS.names[:4])
    written = {area["title"]["zh"]: area["id"] for area in areas}
    return ExportMap("hotline", {"zh": "热线"}, "hotline", 5, columns, KINDS, areas, written)


def write(path: Path, found: list[Block]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((*COLUMNS.names, "内容"))
        number = 0
        for month, kind, area, n, people in found:
            for i in range(n):
                number += 1
                day = f"{month}-{1 + i % 28:02} 08:30"
                writer.writerow((f"{CANARY}{number}", day, kind, area, f"{CANARY}p{i % people}", f"{CANARY}内容"))


def truth(found: list[Block], keyed: bool) -> dict[Cell, tuple[int, int]]:
    """Tickets and people of each cell, counted without the engine."""
    names = {name: f"area-{n}" for n, name in enumerate(AREAS)}
    tickets: dict[Cell, int] = defaultdict(int)
    people: dict[Cell, set[int]] = defaultdict(set)
    for month, kind, area, n, of in found:
        cell = month, KINDS[kind], names[area]
        tickets[cell] += n
        people[cell] |= {i % of for i in range(n)}
    return {cell: (n, len(people[cell]) if keyed else n) for cell, n in tickets.items()}


def files(found: list[Block], keyed: bool, last: str, there: set[str]) -> dict[str, Mapping[str, Any]]:
    """The files that an ingest of these tickets writes, by their ids."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "export.csv"
        write(path, found)
        counted = count(path, mapping(keyed), Path(place), date(2026, 11, 20), "Asia/Shanghai")
    assert counted.troubles == ()
    months = release(counted, mapping(keyed), MONTHS[0], last, there)
    return {str(month.data["id"]): month.data for month in months if month.data}


def determined(versions: list[Mapping[str, Any]]) -> set[Cell]:
    """The hidden cells that follow from all counts and totals of these files together."""
    rows = [((file["month"], row["category"]), row) for file in versions for row in file["rows"]]
    hidden = {(*of, area) for of, row in rows for area in row.get("suppressed", ())}
    shown = {(*of, cell["area"]) for of, row in rows for cell in row.get("counts", ())}
    cells = sorted(hidden | shown)
    equations = [[float(cell == one) for cell in cells] for one in sorted(shown)]
    for of, row in rows:
        if "total" in row:
            inside = {*row.get("suppressed", ()), *(cell["area"] for cell in row.get("counts", ()))}
            equations.append([float(cell[:2] == of and cell[2] in inside) for cell in cells])
    if not equations:
        return set()
    rank = np.linalg.matrix_rank(np.array(equations))
    units = dict(zip(cells, np.eye(len(cells)), strict=True))
    return {cell for cell in hidden if np.linalg.matrix_rank(np.vstack([*equations, units[cell]])) == rank}


@settings(max_examples=40)
@given(blocks, blocks, st.booleans())
def test_nothing_hidden_follows_from_what_two_exports_release(
    first: list[Block], late: list[Block], keyed: bool
) -> None:
    before = files(first, keyed, MONTHS[0], set())
    after = files([*first, *late], keyed, MONTHS[1], set(before))
    assert not set(before) & set(after), "a month is released once"
    versions = [*before.values(), *after.values()]

    assert determined(versions) == set()
    for export, written in ((first, before), ([*first, *late], after)):
        cells = truth(export, keyed)
        for file in written.values():
            assert shapes().allows("signals", file)
            assert CANARY not in edit.compose(file, "# x")
            for row in file["rows"]:
                for cell in row.get("counts", ()):
                    tickets, people = cells[file["month"], row["category"], cell["area"]]
                    assert cell["tickets"] == tickets
                    assert people >= 5
                real = {area: n for (m, c, area), n in cells.items() if (m, c) == (file["month"], row["category"])}
                assert {cell["area"] for cell in row.get("counts", ())} | {*row.get("suppressed", ())} == set(real)
                assert row.get("total") in (None, sum(n for n, _ in real.values()))

    # A topic page shows no number but these.
    released = {number for file in versions for row in file["rows"] for number in _numbers(row)}
    nouns = [signals(file, Source("x", "")) for file in versions]
    for kind in set(KINDS.values()):
        for one in series(nouns, kind):
            for point in one.points:
                assert point.tickets in {None, 0, *released}
                assert (point.tickets is None) == (point.state != State.COUNTED)


def _numbers(row: Mapping[str, Any]) -> list[int]:
    return [*(cell["tickets"] for cell in row.get("counts", ())), *([row["total"]] if "total" in row else [])]


def test_the_attack_finds_a_cell_that_is_hidden_alone() -> None:
    row = {"category": "water", "total": 20, "counts": [{"area": "a", "tickets": 17}], "suppressed": ["b"]}
    assert determined([{"month": "2026-05", "rows": [row]}]) == {("2026-05", "water", "b")}
    assert determined([{"month": "2026-05", "rows": [{**row, "suppressed": ["b", "c"]}]}]) == set()


def test_the_attack_finds_a_cell_between_two_versions() -> None:
    early = {"category": "water", "total": 20, "suppressed": ["b", "c"]}
    late = {"category": "water", "total": 23, "counts": [{"area": "c", "tickets": 12}], "suppressed": ["b"]}
    month = "2026-05"
    assert determined([{"month": month, "rows": [early]}, {"month": month, "rows": [late]}]) == {
        (month, "water", "b"),
        (month, "water", "c"),
    }
