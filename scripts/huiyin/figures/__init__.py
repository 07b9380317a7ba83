"""Figures: what is counted, with definition, numerator, denominator and what was left out. Pure.

Each figure can be recomputed by anyone from the tables of an export. A rate over fewer than MINIMUM cases is not
stated. Records imported from ledgers of the past enter no rate and are reported apart; so is no event without a day.
"""

from huiyin.figures.counting import Group, figures, grouped, grouped_by
from huiyin.figures.data import as_data
from huiyin.figures.definition import MINIMUM, SECTIONS, Counted, Definition, Duty, Estimate, Figure, Section
from huiyin.figures.definitions import BY_ID, DEFINITIONS, RULES_OF_COUNTING
from huiyin.figures.facts import converted_into
from huiyin.figures.groupings import GROUPINGS, Grouping, by_sound
from huiyin.figures.say import percent, say, why_none

__all__ = [
    "BY_ID",
    "DEFINITIONS",
    "GROUPINGS",
    "MINIMUM",
    "RULES_OF_COUNTING",
    "SECTIONS",
    "Counted",
    "Definition",
    "Duty",
    "Estimate",
    "Figure",
    "Group",
    "Grouping",
    "Section",
    "as_data",
    "by_sound",
    "converted_into",
    "figures",
    "grouped",
    "grouped_by",
    "percent",
    "say",
    "why_none",
]
