"""Pages of signals: complaints by category and area in each month, and by month for each category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from huiyin.charts import complaints
from huiyin.model import Signals
from huiyin.publish.gathered import feeds, known_topics, listed
from huiyin.publish.page import Draft, Page, Site
from huiyin.signals.series import Promise, categories, over

SIGNALS = ("民情信号", "signals/")
"""The crumb that leads to the signals of the last month."""
Months = Sequence[tuple[str, str]]
"""Months with the paths of their pages."""


def signals(site: Site) -> Iterator[Draft]:
    """Yield the page of each channel's last month, one for each earlier month, and one for each category."""
    by_feed: dict[str, list[Signals]] = {}
    for one in sorted(over(site.registry.signals.values(), site.as_of), key=lambda one: one.month, reverse=True):
        by_feed.setdefault(one.feed, []).append(one)
    last = [by_feed[feed][0] for feed in sorted(by_feed)]
    months = {feed: [(one.month, _path(one, last)) for one in rows] for feed, rows in by_feed.items()}
    yield Draft(SIGNALS[1], partial(_months, site, SIGNALS[1], last, months), kind="gathered")
    for rows in by_feed.values():
        for one in rows[1:]:
            yield Draft(_path(one, last), partial(_months, site, _path(one, last), [one], months), kind="gathered")
    topics = known_topics(site)
    for category in categories(over(site.registry.signals.values(), site.as_of)):
        own = [(one.topic.id, one.topic.title) for one, _ in topics if one.topic.category == category]
        path = f"{SIGNALS[1]}{category}/"
        yield Draft(path, partial(_category, site, category), also=repr((own, listed(site))), kind="gathered")


def _path(one: Signals, last: Sequence[Signals]) -> str:
    return SIGNALS[1] if one in last else f"{SIGNALS[1]}{one.id}/"


def _months(site: Site, path: str, channels: Sequence[Signals], months: Mapping[str, Months]) -> Page:
    """What came in during one month, a table of categories and areas for each channel."""
    shown = {one.id for one in channels}
    others = {
        one.feed: [(month, at) for month, at in months[one.feed] if f"{one.feed}-{month}" not in shown]
        for one in channels
    }
    article = site.render(
        "signals.html", path, channels=channels, others=others, table_of=_table,
        promise_of=lambda one: Promise(one.k, one.unit).words.zh,
    )  # fmt: skip
    about = "热线等渠道的诉求，按类别、区域和月份汇总的件数。"
    if path == SIGNALS[1]:
        return Page(path, SIGNALS[0], about, article)
    month = channels[0].month
    return Page(path, f"民情信号：{month}", f"{month} {about}", article, (SIGNALS, (month, None)))


def _table(one: Signals) -> list[tuple[str, list[int | None]]]:
    """The rows of a month: a category with the count of each area and the total, None where it is not shown."""
    rows = sorted(one.rows, key=lambda row: row.category)
    return [(row.category, [row.cell(area) for area in (*one.areas, None)]) for row in rows]


def _category(site: Site, category: str) -> Page:
    path, title = f"{SIGNALS[1]}{category}/", site.registry.categories[category].zh
    channels = [
        (rows, complaints.by_area(rows, title), complaints.by_area(rows, title, months=None))
        for rows in feeds(site, category)
    ]
    topics = [row for row in known_topics(site) if row[0].topic.category == category]
    article = site.render(
        "signals_category.html", path, category=category, title=title, channels=channels, drawn=site.draw,
        topics=topics, listed=listed(site),
    )  # fmt: skip
    about = f"“{title}”类诉求各区域、各月的件数，只有已经公布的。"
    return Page(path, f"诉求：{title}", about, article, (SIGNALS, (title, None)))
