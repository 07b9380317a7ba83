"""All pages of a site, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.publish import counts, law, lists, records, reports, trust
from huiyin.publish.page import Page, Site


def pages(site: Site) -> Iterator[Page]:
    """Yield every page that is made from records; hand-written ones are not among them."""
    yield lists.home(site)
    yield lists.browse(site)
    yield lists.board(site)
    yield lists.commitments(site)
    yield from counts.statistics(site)
    yield from reports.reports(site)
    for _, case in sorted(site.cases.items()):
        yield records.proposal(site, case)
    yield from records.agencies(site)
    yield from records.members(site)
    yield from lists.groups(site)
    yield from law.rules(site)
    yield from law.packs(site)
    yield law.coverage(site)
    yield law.tables(site)
    yield trust.trust(site)
