"""The home page: what this is, a search box, four figures, what is new and what is due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from huiyin.clocks import ClockState
from huiyin.disclosure import audience_of
from huiyin.disclosure.audience import PUBLIC
from huiyin.publish.gathered import Told, known_topics
from huiyin.publish.page import Draft, Due, Page, Site
from huiyin.publish.paging import newest
from huiyin.publish.watching import WEEK, answered

SHORT = 5
"""Rows of a short list."""
FEW = 3
"""Rows of a list that stands above another one, or of older things where the week has none."""


def front(site: Site) -> Iterator[Draft]:
    """Yield the home page as it is to be made."""
    yield Draft("", partial(_home, site), None, indexed=False)


def _home(site: Site) -> Page:
    found = {figure.definition.id: figure for figure in site.scope.figures}
    timed = bool(found["on_time"].counted.denominator)
    replies = answered(site.cases.values(), date.min)
    week = [row for row in replies if row[1].on and row[1].on > site.as_of - timedelta(days=WEEK)]
    late, near = _late(site), [row for row in site.due if row.deadline.state == ClockState.NEAR]
    article = site.render(
        "home.html",
        "",
        figures=found,
        timed=timed,
        days=WEEK,
        late=late[:FEW],
        more_late=len(late) - FEW,
        near=near[:SHORT],
        replies=(week or replies)[: SHORT if week else FEW],
        week=len(week),
        newest=newest(site.cases.values(), SHORT),
        topics=_topics(site),
        examples=_examples(site),
        everybody=_everybody(site),
    )
    return Page("", site.registry.settings.name.zh, _about(site), article)


def _late(site: Site) -> list[Due]:
    """What came to be overdue within the week, the last first."""
    return [row for row in site.due if row.deadline.state == ClockState.OVERDUE and row.deadline.days <= WEEK][::-1]


def _topics(site: Site) -> Sequence[Told]:
    """The key topics in hand; where none is, the few that were closed last."""
    known = known_topics(site)
    return [row for row in known if not row[0].closed][:SHORT] or known[:FEW]


def _about(site: Site) -> str:
    kinds = sorted({case.proposal.kind for case in site.cases.values()}, key=list(site.vocabulary.kinds).index)
    named = "、".join(site.vocabulary.kinds[kind].zh for kind in kinds)
    whom = "人人" if _everybody(site) else "一处"
    return f"{site.registry.settings.place.zh}{named}办理登记册。谁在办、什么时候该答复、答应的事做到没有，{whom}可查。"


def _everybody(site: Site) -> bool:
    """Whether the site is for everybody: one for members, for agencies, or of a private registry is not."""
    return audience_of(site.registry.settings) == PUBLIC


def _examples(site: Site) -> list[str]:
    """Words to try in the search box: those in the registry's own titles that most titles share."""
    candidates = ("老旧小区", "校门口", "电动自行车", "停车", "养老", "排水", "道路", "路燈", "學校", "排水溝", "農路")
    titles = [case.proposal.title for case in site.cases.values()]
    counts = {word: sum(word in title for title in titles) for word in candidates}
    return [word for word in sorted(candidates, key=lambda word: -counts[word]) if counts[word]][:4]
