"""Pages of figures: their values, their definitions, and tables by session, agency and so on."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.figures import (
    BY_ID,
    DEFINITIONS,
    GROUPINGS,
    RULES_OF_COUNTING,
    SECTIONS,
    figures,
    grouped,
)
from huiyin.publish.page import Page, Site

TABLED = (
    "submitted",
    "accepted",
    "assigned",
    "replied",
    "on_time",
    "overdue",
    "contacted",
    "resolved",
    "satisfied_result",
    "fulfilled",
)
"""The figures that the tables by groups show, as many as fit on a page; commands give all of them."""
TABLES_BY = ("session", "agency", "category", "delegation", "level", "month")
"""The groupings that have a table of their own."""


def statistics(site: Site) -> Iterator[Page]:
    """Yield the page of figures, the one of their definitions, and a table for each grouping."""
    found = figures(site.cases.values(), site.as_of)
    article = site.render(
        "figures.html",
        "figures/",
        figures=found,
        sections=SECTIONS,
        groupings={name: GROUPINGS[name] for name in TABLES_BY},
        rules=RULES_OF_COUNTING,
    )
    yield Page("figures/", "统计", "各项数字，以及每一项怎么算。", article, indexed=False)
    article = site.render(
        "definitions.html",
        "figures/definitions/",
        definitions=DEFINITIONS,
        sections=SECTIONS,
        rules=RULES_OF_COUNTING,
    )
    yield Page("figures/definitions/", "指标口径", "每一项数字的分子、分母、不计入的和数据出处。", article)
    for name in TABLES_BY:
        yield _table(site, name)


def _table(site: Site, name: str) -> Page:
    """A table of the main figures by one grouping, the groups by name."""
    path, by = f"figures/by-{name}/", GROUPINGS[name]
    chosen = tuple(BY_ID[figure] for figure in TABLED)
    groups = grouped(site.cases.values(), site.as_of, by, site.registry, site.vocabulary, chosen)
    article = site.render("figures_by.html", path, by=by, name=name, groups=groups, definitions=chosen)
    return Page(path, f"统计：按{by.title.zh}", f"主要数字按{by.title.zh}分组。", article, indexed=False)
