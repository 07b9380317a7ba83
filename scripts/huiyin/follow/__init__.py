"""Following: feeds (Atom) and calendars (iCalendar), and what pages say of them in their heads. Pure producers."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.export.rows import Scope
from huiyin.follow.calendars import calendars
from huiyin.follow.feeds import feeds
from huiyin.follow.head import Alternate, alternates, links, own
from huiyin.follow.suggested import suggested_feeds
from huiyin.opendata import Asset

__all__ = ["Alternate", "alternates", "follow", "links", "own"]


def follow(scope: Scope, address: str) -> Iterator[Asset]:
    """Yield every feed and calendar; `address` is the site's and ends with a slash."""
    yield from feeds(scope, address)
    yield from suggested_feeds(scope, address)
    yield from calendars(scope, address)
