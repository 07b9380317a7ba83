"""Disclosure: what of a record each audience may see, and which changes of public text are explained. Pure.

The schemas say it: `x-audience` stands at every property, and what has none is private. Texts follow the level of
disclosure besides: the whole item's, a reply's own, and what `withheld` and `disclosed` events say.
"""

from huiyin.disclosure.audience import AUDIENCES, TAKEN_OUT, WHOM, DisclosureError
from huiyin.disclosure.explained import Unexplained, unexplained
from huiyin.disclosure.frame import demand_audience, placeholders, row_of, settings
from huiyin.disclosure.openness import Openness, Why, can_mean
from huiyin.disclosure.record import Projector, Secrecy
from huiyin.disclosure.sight import Sight, audience_of

__all__ = [
    "AUDIENCES",
    "TAKEN_OUT",
    "WHOM",
    "DisclosureError",
    "Openness",
    "Projector",
    "Secrecy",
    "Sight",
    "Unexplained",
    "Why",
    "audience_of",
    "can_mean",
    "demand_audience",
    "placeholders",
    "row_of",
    "settings",
    "unexplained",
]
