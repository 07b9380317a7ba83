"""What can be found: a document, and the facets by which found ones are narrowed down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Document:
    """One page that can be found.

    `session` decides which segment it stands in. `url` is relative to the root of the site. `number` is shown, `names`
    are who proposed and who handles; matches in `title` and in `names` (which holds all spellings of the number too)
    count more than those in `text`. `facets` has one id for each facet, "" where it has none.
    """

    id: str
    session: str
    url: str
    number: str
    title: str
    names: str
    text: str
    date: date | None
    facets: tuple[str, ...]

    @property
    def day(self) -> int:
        """Days since 1970-01-01, 0 where the day is not known."""
        return max(0, self.date.toordinal() - EPOCH) if self.date else 0


EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Facet:
    """One column to narrow results by: its id, its title, and the words for its ids in the order to show them."""

    id: str
    title: str
    values: Mapping[str, str]
