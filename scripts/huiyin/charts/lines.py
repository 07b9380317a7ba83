"""Numbers that run over months, some of which are not known: as data that a drawing and a table below it show. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

HIDDEN = "×"
"""What is drawn at the foot of a month whose number is not shown."""
NOTHING = ""
"""What stands for a month that belongs to another line."""


class Line(NamedTuple):
    """A line: its title, its tone (one of `drawing.TONES`), and for each month a number, or words why there is none.

    Words in `hidden` mean that there is a number which is not shown; others that there is nothing to show.
    """

    title: str
    tone: str
    values: tuple[int | str, ...]


@dataclass(frozen=True)
class Lines:
    """A chart of lines over months: its words, the months, the lines, and what happened in which month.

    `marks` are the places of months with a few words each; `hidden` are the words for numbers that are not shown.
    """

    id: str
    title: str
    description: str
    how: str
    unit: str
    months: tuple[str, ...]
    lines: tuple[Line, ...]
    marks: tuple[tuple[int, str], ...] = ()
    hidden: frozenset[str] = frozenset()

    @property
    def in_turn(self) -> bool:
        """Whether each month belongs to one line only, so that one line begins where another has ended."""
        return len(self.lines) > 1 and all(
            sum(line.values[n] != NOTHING for line in self.lines) == 1 for n in range(len(self.months))
        )

    @property
    def head(self) -> tuple[str, ...]:
        """The heads of its table."""
        return ("月份", *(line.title for line in self.lines), *(("说明",) if self.marks else ()))

    @property
    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The rows of its table, as they are printed."""
        said = dict(self.marks)
        return tuple(
            (
                month,
                *(f"{v:,}" if isinstance(v := line.values[n], int) else v for line in self.lines),
                *((said.get(n, ""),) if self.marks else ()),
            )
            for n, month in enumerate(self.months)
        )
