"""Pages of the annual reports: one a session, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from huiyin.annual.compose import compose, sessions, title
from huiyin.annual.document import Report, Table, table_of
from huiyin.charts import Chart
from huiyin.publish.counts import STATISTICS
from huiyin.publish.page import Draft, Page, Site


def reports(site: Site) -> Iterator[Draft]:
    """Yield the list of reports and a page for each session that anything was submitted to."""
    names = [name for name in sessions(site.cases.values()) if name in site.registry.sessions]
    yield Draft("reports/", partial(_list, site, names), None, kind="report", indexed=False)
    held: dict[str, list[str]] = {}
    for identifier, case in site.cases.items():
        held.setdefault(case.proposal.session, []).append(identifier)
    for name in names:
        also = repr(sorted(site.converted.intersection(held[name])))
        yield Draft(f"reports/{name}/", partial(_report, site, name), tuple(held[name]), also, kind="report")


def _list(site: Site, names: list[str]) -> Page:
    titles = [(name, title(site.registry, site.cases, site.registry.sessions[name])) for name in reversed(names)]
    article = site.render("reports.html", "reports/", reports=titles)
    crumbs = (STATISTICS, ("办理情况报告", None))
    return Page("reports/", "办理情况报告", "每个届次的办理情况报告，数字都连到口径。", article, crumbs)


def _report(site: Site, name: str) -> Page:
    report, path = report_of(site, name), f"reports/{name}/"
    crumbs = (("办理情况报告", "reports/"), (site.registry.sessions[name].title.zh, None))
    article = report_article(site, path, report)
    return Page(path, report.title, f"{report.title}，截至{report.issued}。", article, crumbs)


def report_of(site: Site, session: str) -> Report:
    """Return the report on a session; raises KeyError for one that is not there."""
    registry = site.registry
    return compose(registry, site.vocabulary, site.cases, registry.sessions[session], site.as_of, site.converted)


def report_article(site: Site, path: str, report: Report) -> str:
    """Return the article of a report for the page at `path`."""
    return site.render("report.html", path, report=report, definitions="figures/definitions/", **_tools(site))


def report_alone(site: Site, report: Report) -> str:
    """Return the report as a whole HTML file of its own, whose links lead to the site's address."""
    address = f"{site.registry.settings.address.rstrip('/')}/"
    return site.render("report_alone.html", "", report=report, address=address, **_tools(site))


def _tools(site: Site) -> dict[str, object]:
    """What the template asks of a block: its drawing, and which kind it is."""
    return {
        "svg": site.draw,
        "table_of": table_of,
        "is_chart": lambda block: isinstance(block, Chart),
        "is_table": lambda block: isinstance(block, Table),
    }
