"""All pages of a site, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.publish import (
    assessed,
    boards,
    counts,
    exemplars,
    gathered,
    home,
    knowledge_pages,
    law,
    lists,
    records,
    reports,
    signal_pages,
    suggested,
    trust,
    watching,
)
from huiyin.publish.page import Draft, Page, Site

ALONE = (
    "",
    "browse/",
    "due/",
    "commitments/",
    "topics/",
    "figures/",
    "figures/definitions/",
    "assessment/",
    "quality/",
    "exemplars/",
    "packs/",
    "coverage/",
    "rules/",
    "tables/",
    "trust/",
)
"""Pages that are the only one of their kind and have a place in the menu: each is its own shell."""
KINDS = {
    "p": "browse/",
    "a": "browse/",
    "m": "browse/",
    "g": "browse/",
    "list": "browse/",
    "due": "due/",
    "commitments": "commitments/",
    "gathered": "topics/",
    "figures-by": "figures/",
    "report": "figures/",
    "assessment": "figures/",
    "rule": "guide/",
    "pack": "guide/",
    "exemplars": "guide/",
}
"""Kinds of pages that share a shell, each with the page that stands for it in the menu."""


def drafts(site: Site) -> Iterator[Draft]:
    """Yield every page that is made from records as it is to be made; hand-written ones are not among them."""
    yield from home.front(site)
    yield from lists.entrances(site)
    yield from boards.boards(site)
    yield from watching.watching(site)
    yield from gathered.topics(site)
    yield from gathered.candidates(site)
    yield from signal_pages.signals(site)
    yield from knowledge_pages.research(site)
    yield from knowledge_pages.policies(site)
    yield from gathered.duty_board(site)
    yield from suggested.suggested(site)
    yield from counts.statistics(site)
    yield from reports.reports(site)
    yield from assessed.assessed(site)
    yield from exemplars.exemplars(site)
    yield from records.proposals(site)
    yield from records.agencies(site)
    yield from records.proposers(site)
    yield from lists.groups(site)
    yield from law.law(site)
    yield trust.page(site)


def pages(site: Site) -> Iterator[Page]:
    """Yield every page that is made from records."""
    return (draft.make() for draft in drafts(site))
