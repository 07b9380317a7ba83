"""The page of exemplars: good proposals and good replies, each with why it was chosen, by whom and when."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from huiyin.cases import Case
from huiyin.model import Event, Exemplar
from huiyin.publish.page import Draft, Page, Site
from huiyin.publish.paging import Part, parts

BASE = ("范例", "exemplars/")


class Shown(NamedTuple):
    """An exemplar with its proposal, and its reply where that was chosen."""

    exemplar: Exemplar
    case: Case
    reply: Event | None


def exemplars(site: Site) -> Iterator[Draft]:
    """Yield the pages of exemplars: what was chosen by the day and not withdrawn, the latest first."""
    shown = sorted(_shown(site), key=lambda one: (one.exemplar.on, one.exemplar.id), reverse=True)
    for part in parts(BASE[1], shown):
        shows = tuple(sorted({one.case.proposal.id for one in part.rows}))
        also = repr((part.number, part.of, len(shown), [one.exemplar for one in part.rows]))
        kind = "exemplars" if part.number > 1 else ""
        yield Draft(part.path, partial(_page, site, part, len(shown)), shows, also, kind, part.number == 1)


def _shown(site: Site) -> Iterator[Shown]:
    for exemplar in site.registry.exemplars.values():
        case, withdrawn = site.cases.get(exemplar.proposal), exemplar.withdrawn
        if case is None or exemplar.on > site.as_of or (withdrawn and withdrawn.on <= site.as_of):
            continue
        reply = next((event for event in case.events if event.id == exemplar.reply), None)
        if reply or not exemplar.reply:
            yield Shown(exemplar, case, reply)


def _page(site: Site, part: Part[Shown], total: int) -> Page:
    article = site.render(
        "exemplars.html", part.path, rows=part.rows, total=total, page_number=part.number, page_count=part.of,
        base=BASE[1],
    )  # fmt: skip
    about = "写得好的建议、提案和答得好的答复，写明好在哪里、谁选的。"
    return Page(part.path, BASE[0], about, article, links=part.links(BASE[1]))
