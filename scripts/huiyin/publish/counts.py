"""Pages of figures: their values, their definitions, and tables by session, agency and so on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from huiyin.charts import Chart, Kind, charts
from huiyin.figures import (
    BY_ID,
    DEFINITIONS,
    GROUPINGS,
    RULES_OF_COUNTING,
    SECTIONS,
    Group,
)
from huiyin.publish.page import Draft, Page, Site
from huiyin.publish.paging import Part, parts

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
STATISTICS = ("统计", "figures/")
"""The crumb that leads to the page of figures."""


def statistics(site: Site) -> Iterator[Draft]:
    """Yield the page of figures, the one of their definitions, the charts, and a table for each grouping.

    The numbers of the charts are counted here, so that they are drawn again only when one of them has changed.
    """
    yield Draft("figures/", partial(_figures, site), None, indexed=False)
    yield Draft("figures/definitions/", partial(_definitions, site))
    made = charts(site.registry, site.cases.values(), site.as_of)
    yield Draft("figures/charts/", partial(_charts, site, made), also=repr(made), kind="figures-by")
    for name in TABLES_BY:
        for part in parts(f"figures/by-{name}/", site.scope.groups[name]):
            yield Draft(part.path, partial(_table, site, name, part), None, kind="figures-by", indexed=False)


def _figures(site: Site) -> Page:
    article = site.render(
        "figures.html",
        "figures/",
        figures=site.scope.figures,
        sections=SECTIONS,
        groupings={name: GROUPINGS[name] for name in TABLES_BY},
        rules=RULES_OF_COUNTING,
    )
    return Page("figures/", "统计", "各项数字，以及每一项怎么算。", article)


def _charts(site: Site, made: tuple[Chart, ...]) -> Page:
    """Every chart, its numbers in a table below it."""
    path, keyed = "figures/charts/", (Kind.PARTS, Kind.COLUMNS, Kind.PAIRS)
    article = site.render("charts.html", path, charts=made, svg=site.draw, keyed=keyed)
    about = "每月提出和答复、走到哪一步、按期没有、答复类别和评价、停留多久、承诺到期，各图都附数字。"
    return Page(path, "统计图", about, article, (STATISTICS, ("统计图", None)))


def _definitions(site: Site) -> Page:
    article = site.render(
        "definitions.html",
        "figures/definitions/",
        definitions=DEFINITIONS,
        sections=SECTIONS,
        rules=RULES_OF_COUNTING,
    )
    crumbs = (STATISTICS, ("指标口径", None))
    return Page("figures/definitions/", "指标口径", "每一项数字的分子、分母、不计入的和数据出处。", article, crumbs)


def _table(site: Site, name: str, part: Part[Group]) -> Page:
    """A part of the table of the main figures by one grouping, the groups by name."""
    base, by = f"figures/by-{name}/", GROUPINGS[name]
    chosen = tuple(BY_ID[figure] for figure in TABLED)
    groups = []
    for group in part.rows:
        found = {figure.definition.id: figure for figure in group.figures}
        groups.append(replace(group, figures=tuple(found[figure] for figure in TABLED)))
    article = site.render(
        "figures_by.html", part.path, by=by, name=name, groups=groups, definitions=chosen,
        page_number=part.number, page_count=part.of, base=base,
    )  # fmt: skip
    crumbs = (STATISTICS, (f"按{by.title.zh}", None))
    title, about = f"统计：按{by.title.zh}", f"主要数字按{by.title.zh}分组。"
    return Page(part.path, title, about, article, crumbs, part.links(base))
