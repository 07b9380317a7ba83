"""The demonstration's files as they are written, read by another reader than the program's: for second counts."""

from __future__ import annotations

from typing import Any

import yaml

from tests.project import ROOT

Cells = dict[tuple[str, str, str | None], int | None]


def files(folder: str) -> dict[str, dict[str, Any]]:
    """The data of each file of a folder of the registry, by id; days are texts."""
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 (texts only)
        for path in sorted((ROOT / "registry" / folder).glob("*.yaml"))
    }


def cells() -> Cells:
    """Every count by month, category and area, the total under None; None where it is hidden."""
    found: Cells = {}
    for data in files("signals").values():
        month, areas = data["month"], [area["id"] for area in data["areas"]]
        for row in data.get("rows", ()):
            shown = {cell["area"]: int(cell["tickets"]) for cell in row.get("counts", ())}
            hidden = row.get("suppressed", ())
            found[month, row["category"], None] = int(row["total"]) if "total" in row else None
            for area in areas:
                found[month, row["category"], area] = None if area in hidden else shown.get(area, 0)
    return found
