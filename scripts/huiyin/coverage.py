"""Coverage (规则覆盖): which row of which pack carries out each handling rule of a place, or why none can.

The table is the other half of the packs: a pack shows what is counted and checked, the coverage also shows what a text
says and a machine cannot, so that a reader sees that nothing was forgotten. Nothing here judges a proposal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.findings import Text
from huiyin.rules import Pack

TABLES = {
    "id": Text("不计时", "not counted"),
    "clocks": Text("计时", "counted"),
    "events": Text("登记节点", "recorded as an event"),
    "classes": Text("答复类别", "class of reply"),
    "gaps": Text("缺了算错误", "an error when missing"),
    "refusal_grounds": Text("理由表", "listed ground"),
    "disclosure_grounds": Text("理由表", "listed ground"),
    "handling_forms": Text("承办方式", "form of handling"),
    "satisfaction_axes": Text("评价", "rated"),
}
"""The tables of a pack that a key may name first, and in which way a row there carries a rule out.

"id" names the pack as a whole, where it says that nothing is counted.
"""

EVERY = "any"
"""How a key names a term that holds for items of every case and occasion ("clocks.feedback.any")."""


@dataclass(frozen=True)
class Document:
    """A text that rules stand in. `date` is written as far as it is known; `described` when its title was not seen."""

    title: str
    date: str | None = None
    described: bool = False

    def say(self, article: str | None = None) -> str:
        """Return the citation as it is printed in Chinese."""
        name = self.title if self.described else f"《{self.title}》"
        return f"{name}{f'（{self.date}）' if self.date else ''}{article or ''}"


@dataclass(frozen=True)
class Row:
    """One rule: what it says, where it stands, and what carries it out: a place in a pack, a check, or a table.

    Where nothing does, `reason` is the code of why.
    """

    id: str
    what: Text
    document: Document
    article: str | None
    pack: str | None = None
    key: str | None = None
    check: str | None = None
    table: str | None = None
    reason: str | None = None
    note: Text | None = None

    @property
    def executed(self) -> bool:
        """Whether something carries the rule out."""
        return self.reason is None

    @property
    def does(self) -> Text:
        """In which way a place in a pack carries the rule out."""
        return TABLES[(self.key or "id").partition(".")[0]]


@dataclass(frozen=True)
class Coverage:
    """The rules of one place, in the order of their texts."""

    id: str
    title: Text
    as_of: date
    rows: tuple[Row, ...]

    @property
    def executed(self) -> int:
        """How many of the rules are carried out."""
        return sum(row.executed for row in self.rows)


def has(pack: Pack, key: str) -> bool:
    """Whether `key` is a place in `pack`: a table ("clocks"), one of its rows ("clocks.reply"), or a case of a clock.

    The last level of a clock is the case of one of its terms, or its occasion ("clocks.reply.complex").
    """
    table, _, rest = key.partition(".")
    if table == "id":
        return not rest
    rows = _rows(pack, table)
    if not rest:
        return bool(rows)
    name, _, case = rest.partition(".")
    if name not in rows:
        return False
    return not case or case in rows[name]


def _rows(pack: Pack, table: str) -> Mapping[str, frozenset[str]]:
    """The rows of a table of the pack, each with the names that may stand below it; none of an unknown table."""
    if table == "clocks":
        return {
            name: frozenset(term.case or term.occasion or EVERY for term in clock.terms)
            for name, clock in pack.clocks.items()
        }
    names = {
        "events": pack.events,
        "classes": pack.classes,
        "gaps": pack.errors,
        "refusal_grounds": [ground.id for ground in pack.refusal_grounds],
        "disclosure_grounds": [ground.id for ground in pack.disclosure_grounds],
        "handling_forms": [form.id for form in pack.handling_forms],
        "satisfaction_axes": [axis.id for axis in pack.satisfaction_axes],
    }.get(table, ())
    return dict.fromkeys(names, frozenset())
