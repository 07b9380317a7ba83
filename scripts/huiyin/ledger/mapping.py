"""What a mapping file says, typed: where each part of a proposal comes from in a row of the ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from huiyin.ledger.names import SEPARATORS
from huiyin.ledger.rows import Layout

Raw = Mapping[str, Any]
_HOLE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Template:
    """A text with holes: `{column}` stands for what the row says there."""

    text: str

    @cached_property
    def holes(self) -> tuple[str, ...]:
        """The names in braces, in order."""
        return tuple(_HOLE.findall(self.text))

    @property
    def sound(self) -> bool:
        """Whether every brace has its partner and every pair a name in it."""
        rest = _HOLE.sub("", self.text)
        return "{" not in rest and "}" not in rest and all(self.holes)

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the text with its holes filled; nothing stands for a name that `values` lacks."""
        return _HOLE.sub(lambda hole: values.get(hole[1], ""), self.text)


@dataclass(frozen=True, eq=False)
class Choice:
    """One of a few codes: always the same, or by a table of what a column says, with a default or without."""

    always: str | None = None
    column: str = ""
    values: Mapping[str, str] | None = None
    default: str | None = None
    within: bool = False
    """Whether a cell is told by a word of the table that stands anywhere in it."""


@dataclass(frozen=True)
class When:
    """What a column has to say: one of some texts, none of some, a beginning, or anything at all; or one of several."""

    column: str = ""
    one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    starts_with: tuple[str, ...] = ()
    any: tuple[When, ...] = ()


@dataclass(frozen=True)
class Condition:
    """What a row has to say to be in scope, or must not say (`unless`), and why it is out of scope otherwise."""

    when: When
    unless: bool
    reason: Template


@dataclass(frozen=True)
class Form:
    """How a cell is written that consists of named parts, like 第{term}屆 第{number}次 {meeting}."""

    text: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The form as a pattern; blanks around its parts and where it has one do not matter."""
        parts = _HOLE.split(self.text)
        literals = (r"\s*".join(re.escape(word) for word in re.split(r"\s+", part)) for part in parts[::2])
        holes = (rf"\s*(?P<{name}>\S.*?)\s*" for name in parts[1::2])
        woven = [piece for pair in zip(literals, [*holes, ""], strict=True) for piece in pair]
        return re.compile("".join(woven))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its parts."""
        return tuple(_HOLE.findall(self.text))


@dataclass(frozen=True)
class SessionSpec:
    """Which session a row belongs to: the cell, its form, and the id and title made from them."""

    title: Template
    title_en: Template | None = None
    column: str | None = None
    forms: tuple[Form, ...] = ()
    words: Mapping[str, str] | None = None
    id: Template | None = None
    otherwise: Raw | None = None
    """The id and title of the session of rows whose cell is empty."""


@dataclass(frozen=True)
class ProposerSpec:
    """Where the proposers stand and how their names are to be read."""

    columns: tuple[str, ...]
    separators: tuple[str, ...] = SEPARATORS
    middle_dot: str = "·"
    spellings: Mapping[str, Sequence[str]] | None = None


@dataclass(frozen=True)
class Particular:
    """A column that is kept as it is, under a label; numbers get a unit."""

    label: str
    column: str
    unit: str | None = None


@dataclass(frozen=True)
class DaySpec:
    """Where the day of an event comes from: a column, the letter of its document, or nowhere, for a reason."""

    unknown: Template | None = None
    column: str | None = None
    form: tuple[str, ...] = ()
    year: Template | None = None
    inside: str | None = None
    letter: bool = False
    otherwise: Template | None = None


@dataclass(frozen=True)
class DocumentSpec:
    """Where the number of an event's document comes from: a column, or the letter that a text begins with."""

    column: str | None = None
    letter_in: str | None = None
    form: tuple[str, ...] = ()
    preceded_by: tuple[str, ...] = ()
    followed_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandlersSpec:
    """A column that names agencies with their parts, and the words that mark the parts."""

    column: str
    lead: tuple[str, ...] = ("主办", "牵头", "主辦", "牽頭")
    co: tuple[str, ...] = ("会办", "协办", "配合", "會辦", "協辦")
    separate: tuple[str, ...] = ("分办", "分辦")
    unmarked: str = "first_leads"


@dataclass(frozen=True)
class CommitmentSpec:
    """Where a reply's commitment stands: its text, its due day, and how that is written."""

    text: str
    due: str | None = None
    form: tuple[str, ...] = ("iso", "western")


@dataclass(frozen=True)
class Setting:
    """One value that an event carries: fixed, a filled template, or what a column says, by a table or as a day."""

    always: str | None = None
    text: Template | None = None
    column: str = ""
    table: Choice | None = None
    default: str | None = None
    form: tuple[str, ...] = ()


@dataclass(frozen=True)
class EachSpec:
    """A column whose cell holds several entries, one event for each."""

    column: str
    separators: tuple[str, ...] = ("；", ";", "\n")


@dataclass(frozen=True)
class EventSpec:
    """One type of event: its day, when it is there, its document, and what its type carries."""

    type: str
    day: DaySpec
    when: When | None = None
    document: DocumentSpec | None = None
    number: Template | None = None
    if_taken: str | None = None
    lead: str | None = None
    lead_column: str | None = None
    co: tuple[str, ...] = ()
    separate: tuple[str, ...] = ()
    handlers: HandlersSpec | None = None
    separators: tuple[str, ...] = SEPARATORS
    by: str | None = None
    """A role; for a reply the column that names the agency."""
    agency: str | None = None
    text: str | None = None
    by_handlers: bool = False
    """Whether one reply counts for each of the agencies that handle separately."""
    reply_class: Choice | None = None
    letter: str | None = None
    commitment: CommitmentSpec | None = None
    attitude: Choice | None = None
    result: Choice | None = None
    reasons: str | None = None
    each: EachSpec | None = None
    carried: Mapping[str, Setting] | None = None


@dataclass(frozen=True)
class BodySpec:
    """A body of the registry, and the place that stands before the names of its agencies."""

    id: str
    level: str
    place: str = ""

    @property
    def office(self) -> str:
        """The id of its office."""
        return f"o-{self.id}"


@dataclass(frozen=True)
class SourceSpec:
    """The ledger itself: the code that ids begin with, its name and licence."""

    code: str
    name: str
    licence: str
    address: str | None = None


@dataclass(frozen=True)
class LedgerMap:
    """A whole mapping file (台账映射)."""

    source: SourceSpec
    layout: Layout
    registry: Raw
    bodies: Mapping[str, BodySpec]
    corrections: Mapping[str, Mapping[str, str]]
    scope: tuple[Condition, ...]
    body: Choice
    kind: Choice
    session: SessionSpec
    proposers: ProposerSpec
    agencies: Mapping[str, Mapping[str, str]]
    """By body: how the ledger writes an agency, and its right name."""
    constants: Mapping[str, str]
    title: str
    category: Choice
    occasion: Choice | None
    origin: Choice | None
    situation: tuple[str, ...]
    analysis: tuple[str, ...]
    asks: tuple[str, ...]
    asks_numbered: bool
    particulars: tuple[Particular, ...]
    events: tuple[EventSpec, ...]
    steps: tuple[EventSpec, ...]
    key: tuple[str, ...] = ()
    """The columns that identify a row; empty where its whole content does."""
    blanks: frozenset[str] = frozenset()
    """What a cell without content says, like / or 无."""
    columns: frozenset[str] = frozenset()
    """Every column that the mapping reads."""


LIFE = ("submitted", "accepted", "assigned", "replied", "rated", "closed", "withdrawn")
"""The types of event that have a section of their own, in the order of a proposal's life."""
ENTRY = "@entry"
"""The column that holds one piece of a cell with several entries."""
