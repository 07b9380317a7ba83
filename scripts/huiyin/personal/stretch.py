"""Stretches of digits, the groups in them, and the runs of groups that have so many digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from huiyin.personal.kinds import Piece

_CHINESE = str.maketrans("〇零一幺二两三四五六七八九壹贰叁肆伍陆柒捌玖", "0011223456789123456789")
_DIGIT = "[0-9〇零一幺二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_LINE = r"[ \t]{0,3}\r?\n[ \t]{0,80}"
_BLANK = r" \t\u00a0\u2002-\u200a\u202f\u3000"
_DASH = r"\-‐‑‒–—―－_"
_DOT = r".．·•・‧∙"
_BETWEEN = rf"(?:[{_BLANK}{_DASH}{_DOT}/、,()（）]{{0,3}}|{_LINE})"
_STRETCH = re.compile(
    rf"{_DIGIT}(?<!{_DIGIT}{_DIGIT})(?>{_BETWEEN}{_DIGIT}){{10,}}+(?:{_BETWEEN}[Xx](?![0-9A-Za-z]))?+"
)
_GROUP = re.compile(r"[0-9]++|[〇零一幺二三四五六七八九壹贰叁肆伍陆柒捌玖]++|[Xx]")
_TIGHT = re.compile(rf"[{_DASH}{_DOT},]")
_PLAIN = re.compile(rf"[{_BLANK}{_DASH}·•・()（）]{{0,3}}|{_LINE}")


@dataclass
class Stretch:
    """A stretch of digits: its groups as places in the text, all digits in a row, and how many stand before each group.

    `edge` is the character before it, `open_end` whether a letter or digit follows it.
    """

    text: str
    groups: list[tuple[int, int]]
    digits: str
    edge: str
    open_end: bool
    offsets: list[int]
    _taken: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Keep which group starts behind how many digits."""
        self._starting = {offset: n for n, offset in enumerate(self.offsets)}

    def windows(self, count: int) -> Iterator[tuple[int, int, str]]:
        """Yield the first and the last group of each run with `count` digits that nobody took, and its digits."""
        if len(self.digits) < count:
            return
        for first in range(len(self.groups)):
            behind = self._starting.get(self.offsets[first] + count)
            if behind is None:
                continue
            if self._taken and not self._taken.isdisjoint(range(first, behind)):
                continue
            yield first, behind - 1, self.digits[self.offsets[first] : self.offsets[behind]]

    def take(self, first: int, last: int, piece: Piece) -> Piece:
        """Return the piece; its groups belong to it from now on."""
        self._taken.update(range(first, last + 1))
        return piece

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where a run stands in the text."""
        return self.groups[first][0], self.groups[last][1]

    def shape(self, first: int, last: int, skip: int = 0) -> tuple[int, ...]:
        """Return how many digits each group of a run has, without the `skip` digits at its start."""
        sizes = []
        for start, end in self.groups[first : last + 1]:
            size = end - start
            skipped = min(skip, size)
            skip -= skipped
            if size > skipped:
                sizes.append(size - skipped)
        return tuple(sizes)

    def begins(self, first: int, letters: str = "") -> bool:
        """Whether the run may begin there: behind no letter, save one of `letters`."""
        return first > 0 or not (self.edge.isascii() and self.edge.isalnum()) or self.edge in letters

    def between(self, group: int) -> str:
        """Return what stands before a group, since the one before it."""
        return self.text[self.groups[group - 1][1] : self.groups[group][0]]

    def inner(self, first: int, last: int) -> set[str]:
        """Return what stands between the groups of a run."""
        return {self.between(group) for group in range(first + 1, last + 1)}

    def joined_plainly(self, first: int, last: int, dotted: bool) -> bool:
        """Whether blanks or dashes stand between the groups, or the same dot each time where that is usual."""
        inner = self.inner(first, last)
        return all(_PLAIN.fullmatch(one) for one in inner) or (dotted and len(inner) == 1 and inner <= {".", "．"})

    def stands_alone(self, first: int, last: int, beside: int = 0) -> bool:
        """Whether the run is no part of a longer one: other groups stand apart from it otherwise than its own do."""
        if last == len(self.groups) - 1 and self.open_end:
            return False
        inner = self.inner(first, last)
        left = first == 0 or first - 1 in self._taken or self._parts(self.between(first), inner, first - 1)
        if not left:
            return False
        if last == len(self.groups) - 1 or last + 1 in self._taken:
            return True
        follows = beside and self._starting.get(self.offsets[last + 1] + beside)
        return bool(follows) or self._parts(self.between(last + 1), inner, last + 1)

    def _parts(self, between: str, inner: set[str], other: int) -> bool:
        start, end = self.groups[other]
        return between not in inner and (not _TIGHT.search(between) or end - start >= 11)


def stretches(text: str) -> Iterator[Stretch]:
    """Yield the stretches of eleven digits and more in `text`."""
    for match in _STRETCH.finditer(text):
        groups = [(group.start(), group.end()) for group in _GROUP.finditer(text, match.start(), match.end())]
        if text[groups[-1][0]] in "Xx" and len(groups) > 1:
            groups[-2:] = [(groups[-2][0], groups[-1][1])] if groups[-1][0] == groups[-2][1] else groups[-2:]
        digits = "".join(text[start:end] for start, end in groups).translate(_CHINESE).upper()
        offsets = [0]
        for start, end in groups:
            offsets.append(offsets[-1] + end - start)
        behind = text[match.end() : match.end() + 1]
        edge = text[match.start() - 1 : match.start()]
        yield Stretch(text, groups, digits, edge, behind.isascii() and behind.isalnum(), offsets)
