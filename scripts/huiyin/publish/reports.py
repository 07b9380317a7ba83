"""Pages of the annual reports: one a session, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.annual.charts import svg
from huiyin.annual.compose import compose, sessions
from huiyin.annual.document import Chart, Report, Table
from huiyin.publish.page import Page, Site


def reports(site: Site) -> Iterator[Page]:
    """Yield the list of reports and a page for each session that anything was submitted to."""
    composed = [report_of(site, name) for name in sessions(site.cases.values()) if name in site.registry.sessions]
    article = site.render("reports.html", "reports/", reports=composed[::-1])
    yield Page("reports/", "办理情况报告", "每个届次的办理情况报告，数字都连到口径。", article, indexed=False)
    for report in composed:
        path = f"reports/{report.session}/"
        yield Page(path, report.title, f"{report.title}，截至{report.issued}。", report_article(site, path, report))


def report_of(site: Site, session: str) -> Report:
    """Return the report on a session; raises KeyError for one that is not there."""
    return compose(site.registry, site.vocabulary, site.cases, site.registry.sessions[session], site.as_of)


def report_article(site: Site, path: str, report: Report) -> str:
    """Return the article of a report for the page at `path`."""
    return site.render("report.html", path, report=report, definitions="figures/definitions/", **_tools())


def report_alone(site: Site, report: Report) -> str:
    """Return the report as a whole HTML file of its own, whose links lead to the site's address."""
    address = f"{site.registry.settings.address.rstrip('/')}/"
    return site.render("report_alone.html", "", report=report, address=address, **_tools())


def _tools() -> dict[str, object]:
    """What the template asks of a block: its drawing, and which kind it is."""
    return {
        "svg": svg,
        "is_chart": lambda block: isinstance(block, Chart),
        "is_table": lambda block: isinstance(block, Table),
    }
