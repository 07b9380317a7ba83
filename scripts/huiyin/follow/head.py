"""What the head of a page says about following it, and about its data: `<link rel="alternate">`. Pure."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from huiyin.cases import Case
from huiyin.export.rows import Scope
from huiyin.follow import atom, ics
from huiyin.follow.calendars import path_of as calendar_path
from huiyin.follow.calendars import told
from huiyin.follow.feeds import is_open
from huiyin.follow.feeds import path_of as feed_path
from huiyin.opendata.api import BASE

JSON = "application/json"


class Alternate(NamedTuple):
    """Another form of a page: its media type, title, and path below the root of the site."""

    media: str
    title: str
    path: str


ALL = (
    Alternate(atom.MEDIA, "全部进展", feed_path("all")),
    Alternate(atom.MEDIA, "新逾期", feed_path("overdue")),
    Alternate(ics.MEDIA, "全部时限", calendar_path("all")),
)
"""What every page that has nothing of its own offers."""
_KINDS = {"a": "agencies", "m": "members", "g": "groups", "s": "sessions", "c": "categories", "p": "proposals"}


def alternates(scope: Scope, path: str) -> tuple[Alternate, ...]:
    """Return the other forms of the page at `path`, its own first, then those of the whole registry."""
    return (*own(scope, path), *ALL)


def own(scope: Scope, path: str) -> tuple[Alternate, ...]:
    """Return the other forms of the page at `path` alone ("a/a-transport/", "" for the home page).

    Further pages of a list have none.
    """
    kind, _, rest = path.strip("/").partition("/")
    if kind == "m" and rest.endswith("/suggested"):
        return (Alternate(atom.MEDIA, "可以调研什么", feed_path(path)),)
    if kind not in _KINDS or not rest or "/" in rest:
        return ()
    found = [Alternate(JSON, "数据", f"{BASE}{_KINDS[kind]}/{rest}.json")]
    if kind in "amgc" or (kind == "p" and _open(scope.cases.get(rest))):
        found.insert(0, Alternate(atom.MEDIA, "办理进展", feed_path(path)))
    if kind in "am" or (kind == "p" and _due(scope, rest)):
        name = f"p/{rest}" if kind == "p" else rest
        found.insert(-1, Alternate(ics.MEDIA, "时限", calendar_path(name)))
    return tuple(found)


def _due(scope: Scope, identifier: str) -> bool:
    case = scope.cases.get(identifier)
    return case is not None and bool(told(case, scope.as_of))


def _open(case: Case | None) -> bool:
    return case is not None and is_open(case)


def links(found: tuple[Alternate, ...], up: str) -> str:
    """Return them as HTML; `up` leads to the root of the site, without a slash at its end.

    `feed` beside `alternate` keeps the theme from taking them for other languages of the page.
    """
    return "\n".join(
        f'<link rel="alternate feed" type="{one.media}" title="{escape(one.title)}" href="{up}/{escape(one.path)}">'
        for one in found
    )
