"""Who handles a proposal (承办单位), as a row tells it: a lead with co-handlers, or agencies that answer separately."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from huiyin.ledger import names
from huiyin.ledger.line import Line
from huiyin.ledger.mapping import EventSpec, HandlersSpec

LEAD, CO, SEPARATE = "lead", "co", "separate"
_BRACKETS = re.compile(r"[（(\[【〔]\s*([^（()）\[\]【】〔〕]{1,10})\s*[）)\]】〕]")


@dataclass(frozen=True)
class Handlers:
    """The agencies of an assignment as the row writes them, each once."""

    lead: str = ""
    co: tuple[str, ...] = ()
    separate: tuple[str, ...] = ()

    @property
    def written(self) -> tuple[str, ...]:
        """All of them, those that owe a reply first."""
        return (*((self.lead,) if self.lead else ()), *self.separate, *self.co)


@dataclass
class _Parts:
    """Agencies by their part, in the order in which the cell names them."""

    by_part: dict[str, list[str]] = field(default_factory=lambda: {LEAD: [], CO: [], SEPARATE: []})

    def add(self, part: str, agency: str) -> None:
        if agency and all(agency not in known for known in self.by_part.values()):
            self.by_part[part].append(agency)


def handlers(line: Line, spec: EventSpec) -> Handlers:
    """Return who handles the row's proposal; nobody where the row names no lead and no separate agencies."""
    if spec.handlers is not None and line.text(spec.handlers.column):
        return marked(line.text(spec.handlers.column), spec.handlers, spec.separators)
    separate = _listed(line, spec.separate, spec.separators)
    if separate:
        return _shared(separate)
    lead = spec.lead or line.text(spec.lead_column)
    if not lead:
        return Handlers()
    return Handlers(lead, tuple(name for name in _listed(line, spec.co, spec.separators) if name != lead))


def marked(cell: str, spec: HandlersSpec, separators: Iterable[str]) -> Handlers:
    """Read one cell such as 主办：住建局；会办：财政局、交通局, or 住建局（主办）、财政局（会办）.

    A word before a colon holds for what follows it, a word in brackets for the agency before them. Where there is
    more than one lead, the others co-handle.
    """
    parts = _Parts()
    part_of = _part_finder(spec)
    words = "|".join(map(re.escape, (*spec.lead, *spec.co, *spec.separate)))
    apart = re.sub(rf"\s+(?=(?:{words})(?:单位|單位)?\s*[：:])|(?<=[）)\]】〕])\s+", "\n", cell)
    now: str | None = None
    for piece in re.split("|".join(map(re.escape, [*separators, "。", "\n"])), apart):
        head, colon, rest = piece.replace(":", "：").partition("：")
        if colon and part_of(head) is not None:
            now, piece = part_of(head), rest
        bracket = next((found for found in _BRACKETS.finditer(piece) if part_of(found[1]) is not None), None)
        here = now
        if bracket is not None:
            here, piece = part_of(bracket[1]), piece[: bracket.start()] + piece[bracket.end() :]
        name = names.tidy(piece.strip("：: "))
        if here is None:
            here = LEAD if spec.unmarked == "first_leads" and not parts.by_part[LEAD] else CO
            here = SEPARATE if spec.unmarked == "separate" else here
        parts.add(here, name)
    lead, co, separate = (parts.by_part[part] for part in (LEAD, CO, SEPARATE))
    if separate:
        return _shared((*lead, *separate), tuple(co))
    return Handlers(lead[0] if lead else "", (*lead[1:], *co))


def _shared(separate: tuple[str, ...], co: tuple[str, ...] = ()) -> Handlers:
    """Agencies that answer separately; a single one is a lead, for nobody shares with it."""
    return Handlers(co=co, separate=separate) if len(separate) > 1 else Handlers(separate[0], co)


def _part_finder(spec: HandlersSpec) -> Callable[[str], str | None]:
    listed = ((LEAD, spec.lead), (CO, spec.co), (SEPARATE, spec.separate))
    part_of_word = {word: part for part, words in listed for word in words}

    def part_of(text: str) -> str | None:
        plain = text.strip().removesuffix("单位").removesuffix("單位")
        return part_of_word.get(plain)

    return part_of


def _listed(line: Line, columns: Iterable[str], separators: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for column in columns:
        for cell in line.items(column):
            found.update(dict.fromkeys(each.written for each in names.split(cell, [*separators], {}, "·").found))
    return tuple(found)
