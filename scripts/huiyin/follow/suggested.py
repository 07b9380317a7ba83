"""Feeds of what members might look into: an entry for each category and window of months. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from huiyin.days import add_months
from huiyin.export.rows import Scope
from huiyin.follow.atom import Entry, feed
from huiyin.follow.feeds import path_of, tag
from huiyin.knowledge import push
from huiyin.knowledge.push import Suggestion, suggestions
from huiyin.model import Member
from huiyin.opendata import Asset


def suggested_feeds(scope: Scope, address: str) -> Iterator[Asset]:
    """Yield the feed of each member; none where nothing was released that it could be made from."""
    ground = scope.ground
    if not ground.trends:
        return
    for member in scope.registry.members.values():
        found = suggestions(member, ground)
        shown = tuple(dict.fromkeys(name for one in found for name in one.earlier))
        make = partial(_feed, scope, address, member, found)
        yield Asset(path_of(f"m/{member.id}/suggested/"), make, shown, also=repr(found))


def _feed(scope: Scope, address: str, member: Member, found: Sequence[Suggestion]) -> bytes:
    page = f"m/{member.id}/suggested/"
    name, addresses = f"{tag(address, scope)}{page}", (f"{address}{path_of(page)}", f"{address}{page}")
    entries = [_entry(scope, addresses[1], one, name) for one in found]
    return feed(name, f"{member.name}：可以调研什么", addresses, scope.as_of, entries)


def _entry(scope: Scope, page: str, one: Suggestion, name: str) -> Entry:
    """What is told of a category; it is told when the last of its months is over, and not changed after that."""
    trend = one.trend
    category = scope.registry.categories[trend.category]
    why = "、".join(push.REASONS[reason].zh for reason in trend.reasons)
    earlier = [f"以前提过：{scope.cases[other].proposal.title}" for other in one.earlier]
    day = add_months(date.fromisoformat(f"{trend.months[-1]}-01"), 1)
    return Entry(
        id=f"{name}{trend.key}",
        title=f"{why}：{category.zh}",
        day=day,
        changed=day,
        address=page,
        author=scope.registry.settings.name.zh,
        lines=[push.said(trend).zh, *earlier],
        category=category,
    )
