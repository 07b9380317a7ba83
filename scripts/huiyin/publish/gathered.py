"""Pages of what is gathered from proposals: key topics with all that belongs to them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from huiyin.charts import complaints
from huiyin.charts.lines import Lines
from huiyin.findings import Source
from huiyin.knowledge import policies
from huiyin.knowledge.duties import Duty, Kind
from huiyin.publish.page import Draft, Page, Site
from huiyin.publish.paging import Part, ids, parts
from huiyin.signals.series import Series, by_feed, over, series
from huiyin.topics import Repeated, TopicStanding
from huiyin.wording import Chip
from huiyin.wording.days import day_chip
from huiyin.wording.topics import came_back, complained, topic_chip, why_chip

TOPICS = ("重点议题", "topics/")
"""The crumb that leads to the list of topics."""
CANDIDATES = "topics/candidates/"
GROUPS, LAST = 10, 5
"""Problems that keep coming back on one page, and how much is told of each: so the page stays below 100 KB."""
Told = tuple[TopicStanding, Chip]
"""A topic as it stands, and its chip."""


def topics(site: Site) -> Iterator[Draft]:
    """Yield the list of topics, and a page for each that was set up by the day."""
    known = known_topics(site)
    for part in parts(TOPICS[1], known):
        shown = tuple(name for one, _ in part.rows for name in ids(one.cases))
        also = f"{part.number}/{part.of} {len(site.returning)}"
        yield Draft(part.path, partial(_list, site, part, known), shown, also, "gathered" if part.number > 1 else "")
    for one, how in known:
        path = f"{TOPICS[1]}{one.topic.id}/"
        yield Draft(path, partial(_topic, site, one, how), ids(one.cases), repr(listed(site)), kind="gathered")


def candidates(site: Site) -> Iterator[Draft]:
    """Yield the pages of what keeps coming back and is no topic yet, what was called resolved before first."""
    found = site.returning
    back = sum(bool(row.returns) for row in found)
    for part in parts(CANDIDATES, found, GROUPS):
        shows = tuple(dict.fromkeys(name for row in part.rows for name in row.proposals))
        told = [[came_back(one).zh for one in row.returns] for row in part.rows]
        also = repr((part.number, part.of, len(found), back, shows, told, listed(site)))
        yield Draft(part.path, partial(_candidates, site, part, len(found), back), shows, also, kind="gathered")


def _candidates(site: Site, part: Part[Repeated], total: int, back: int) -> Page:
    article = site.render(
        "candidates.html", part.path, found=part.rows, total=total, back=back, complained=complained,
        why_chip=why_chip, last=LAST, listed=listed(site), compared=site.compares, base=CANDIDATES,
        page_number=part.number, page_count=part.of,
    )  # fmt: skip
    title, about = "反复提出的问题", "同一问题在几次会议提出，或者答复已解决以后又出现，还没有设立重点议题的。"
    return Page(part.path, title, about, article, (TOPICS, (title, None)), part.links(CANDIDATES))


def known_topics(site: Site) -> tuple[Told, ...]:
    """Return the topics set up by the day: open ones by their time limit, then closed ones, the last first."""
    near = site.registry.settings.near_days
    waiting = sorted((one for one in site.topics if not one.closed), key=lambda one: (one.topic.due, one.topic.id))
    closed = sorted(
        (one for one in site.topics if one.closed), key=lambda one: (one.closed, one.topic.id), reverse=True
    )
    return tuple((one, topic_chip(one, near)) for one in (*waiting, *closed))


def _list(site: Site, part: Part[Told], known: tuple[Told, ...]) -> Page:
    open_ = sum(not one.closed for one, _ in known)
    article = site.render(
        "topics.html", part.path, rows=part.rows, open=open_, closed=len(known) - open_,
        waiting=len(site.returning), page_number=part.number, page_count=part.of, base=TOPICS[1],
    )  # fmt: skip
    about = "一再提出、答复以后又出现的问题：谁牵头、什么时候办成、怎样告诉大家。"
    return Page(part.path, "重点议题", about, article, links=part.links(TOPICS[1]))


def _topic(site: Site, one: TopicStanding, how: Chip) -> Page:
    topic, path = one.topic, f"{TOPICS[1]}{one.topic.id}/"
    address, registry = edit_address(site, topic.source, "topics"), site.registry
    known = [policies.stand(policy, site.as_of) for policy in registry.policies.values()]
    article = site.render(
        "topic.html", path, one=one, how=how, charts=charts(site, topic.category), drawn=site.draw,
        listed=listed(site), edit=address, complained=complained,
        research=[row for row in registry.research.values() if topic.id in row.topics and row.opened <= site.as_of],
        policies=[row for row in known if row and topic.id in row.policy.topics],
    )  # fmt: skip
    return Page(path, topic.title, topic.why[:140], article, (TOPICS, (topic.title, None)), edit=address)


def told_duties(site: Site, kind: Kind | None = None, who: str | None = None) -> list[tuple[Duty, Chip]]:
    """Return what is due of topics, research and policies and is not done, with its chip: of a kind, of somebody."""
    near = site.registry.settings.near_days
    return [
        (duty, day_chip(duty.days(site.as_of), False, near))
        for duty in site.duties
        if duty.done is None and kind in (None, duty.kind) and who in (None, duty.who)
    ]


def duty_board(site: Site) -> Iterator[Draft]:
    """Yield the board of what is due of topics, research and policies."""
    rows = told_duties(site)
    for part in parts("due/records/", rows):
        make = partial(_duties, site, part, len(rows))
        yield Draft(part.path, make, also=f"{part.number}/{part.of} {len(rows)}", kind="due", indexed=False)


def _duties(site: Site, part: Part[tuple[Duty, Chip]], total: int) -> Page:
    base, about = "due/records/", "重点议题办成、向单位要的数据、政策回头看的时限，没有完成的。"
    article = site.render(
        "duties.html", part.path, rows=part.rows, total=total, page_number=part.number, page_count=part.of, base=base
    )
    crumbs = (("时限", "due/"), ("议题、数据、政策", None))
    return Page(part.path, "时限：议题、数据、政策", about, article, crumbs, part.links(base))


def feeds(site: Site, category: str) -> list[list[Series]]:
    """Return the released series of a category, a list for each channel: the total, then its areas."""
    known = by_feed(series(over(site.registry.signals.values(), site.as_of), category))
    return [rows for rows in known if any(point.tickets != 0 for row in rows for point in row.points)]


def charts(site: Site, category: str) -> list[Lines]:
    """Return the charts of a category: one for each channel that has complaints of it."""
    title = site.registry.categories[category].zh
    return [complaints.by_area(rows, title) for rows in feeds(site, category)]


def listed(site: Site) -> tuple[str, ...]:
    """Return the categories that have a list of proposals."""
    return tuple(sorted({case.proposal.category for case in site.cases.values()}))


def edit_address(site: Site, source: Source, folder: str) -> str | None:
    """Return where a file can be edited on the git host; None when there is no such host."""
    settings = site.registry.settings
    if not settings.repository or not settings.edit:
        return None
    _, _, below = source.file.rpartition(f"{folder}/")
    return f"{settings.repository.rstrip('/')}/{settings.edit.strip('/')}/{folder}/{below}"
