"""From what an export counts to the files that may be released: months that are over, each once. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.signals.protection import Cell, order, protect
from huiyin.signals.series import calendar_months
from huiyin.tickets.counting import Count, Row
from huiyin.tickets.mapping import ExportMap


@dataclass(frozen=True)
class Month:
    """What becomes of a month: the data of its file, None where it was released before or holds no ticket."""

    month: str
    data: Mapping[str, Any] | None
    released_before: bool = False

    @property
    def shown(self) -> int:
        """How many counts of areas are released."""
        return sum(len(row.get("counts", ())) for row in self.data["rows"]) if self.data else 0

    @property
    def hidden(self) -> int:
        """How many are not."""
        return sum(len(row.get("suppressed", ())) for row in self.data["rows"]) if self.data else 0


def release(count: Count, mapping: ExportMap, first: str, last: str, there: Collection[str]) -> list[Month]:
    """Return what becomes of each month from `first` to `last`; `there` are the ids of what was released before.

    A month that was released stays as it is, whatever the export says of it now.
    """
    found = []
    for month in calendar_months(first, last):
        identifier = f"{mapping.feed}-{month}"
        rows = {row: cells for row, cells in count.cells.items() if row[0] == month}
        if identifier in there:
            found.append(Month(month, None, released_before=True))
        elif not rows:
            found.append(Month(month, None))
        else:
            found.append(Month(month, _data(identifier, month, rows, count.together, mapping)))
    return found


def _data(
    identifier: str,
    month: str,
    rows: Mapping[Row, Mapping[str, Cell]],
    together: Mapping[Row, int],
    mapping: ExportMap,
) -> Mapping[str, Any]:
    return {
        "id": identifier,
        "feed": mapping.feed,
        "title": mapping.title,
        "channel": mapping.channel,
        "month": month,
        "unit": "complainants" if mapping.keyed else "tickets",
        "k": mapping.k,
        "areas": list(mapping.areas),
        "rows": [_row(row, cells, together.get(row, 0), mapping) for row, cells in sorted(rows.items())],
    }


def _row(row: Row, cells: Mapping[str, Cell], together: int, mapping: ExportMap) -> Mapping[str, Any]:
    month, category = row
    areas = order([area["id"] for area in mapping.areas], mapping.feed, month, category)
    released = protect(cells, together, areas, mapping.k, mapping.keyed)
    data: dict[str, Any] = {"category": category}
    if released.total is not None:
        data["total"] = released.total
    if released.areas:
        data["counts"] = [{"area": area, "tickets": tickets} for area, tickets in sorted(released.areas.items())]
    if released.suppressed:
        data["suppressed"] = list(released.suppressed)
    return data
