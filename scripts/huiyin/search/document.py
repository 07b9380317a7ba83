"""What can be found: a document, and the facets by which found ones are narrowed down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

Day = date
EPOCH = date(1970, 1, 1).toordinal()
Mark = tuple[str, str, str]
"""A short word for a state: its tone, its mark, and the word, so that colour is never alone."""


class Card(NamedTuple):
    """What lists show of a document beside its title: how it stands, whose turn it is, how its deadline stands."""

    state: Mark | None = None
    turn: str = ""
    deadline: Mark | None = None


NO_CARD = Card()


@dataclass(frozen=True)
class Document:
    """One page that can be found.

    `session` decides which segment it stands in. `url` is relative to the root of the site. `number` is shown, `names`
    are who proposed and who handles; matches in `title` and in `names` (which holds all spellings of the number too)
    count more than those in `text`. `facets` holds by facet the ids that apply, where there are any. `card` is
    what else lists show, `due` the day until which a reply is owed.
    """

    id: str
    session: str
    url: str
    number: str
    title: str
    names: str
    text: str
    date: Day | None
    facets: Mapping[str, tuple[str, ...]]
    card: Card = NO_CARD
    due: Day | None = None

    @property
    def day(self) -> int:
        """Days since 1970-01-01, 0 where the day is not known."""
        return _days(self.date)

    @property
    def due_day(self) -> int:
        """Days since 1970-01-01 until a reply is owed, 0 where none is."""
        return _days(self.due)


def _days(when: Day | None) -> int:
    return max(0, when.toordinal() - EPOCH) if when else 0


@dataclass(frozen=True)
class Facet:
    """One column to narrow results by: its id, its title, and the words for its ids in the order to show them."""

    id: str
    title: str
    values: Mapping[str, str]
