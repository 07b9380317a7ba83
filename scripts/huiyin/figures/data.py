"""A figure as data for other programs, each member of one type. Pure."""

from __future__ import annotations

from typing import Any

from huiyin.figures.definition import Figure


def as_data(figure: Figure) -> dict[str, Any]:
    """Return what a figure means and what was counted; what is not stated of it is None."""
    definition, counted, imported = figure.definition, figure.counted, figure.imported
    estimate = figure.estimate if figure.enough else None
    return {
        "id": definition.id,
        "section": definition.section.value,
        "title": definition.title._asdict(),
        "definition": definition.words._asdict(),
        "unit": definition.unit._asdict(),
        "columns": definition.columns,
        "numerator": counted.numerator,
        "denominator": counted.denominator,
        "excluded": counted.excluded,
        "rate": figure.rate,
        "median": estimate.median if estimate else None,
        "p90": estimate.p90 if estimate else None,
        "imported": {"numerator": imported.numerator, "denominator": imported.denominator},
    }
