"""Search the plain way, to compare with: fold texts letter by letter, and look whether one list stands in another."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from functools import cache

from huiyin.folding import fold_data

Unit = tuple[str, str]
"""A kind ("character", "word", "mark") and what it is."""


@cache
def _pairs() -> dict[str, str]:
    data = fold_data()
    return dict(zip(data["from"], data["to"], strict=True))


def folded(letter: str) -> tuple[str, str]:
    """Return the kind of a letter and what it becomes."""
    data = fold_data()
    code = ord(_pairs().get(letter, letter))
    code += next((add for first, last, add in data["runs"] if first <= code <= last), 0)
    starts = [start for start, _ in data["classes"]]
    return data["classes"][bisect.bisect_right(starts, code) - 1][1], chr(code)


def units(text: str) -> list[Unit]:
    """Return the units of a text."""
    letters = [one for one in map(folded, text) if one[0] != "nothing"]
    found: list[Unit] = []
    spaced = False
    for kind, letter in letters:
        if kind == "space":
            spaced = bool(found)
            continue
        if spaced and not (kind == "character" and found[-1][0] == "character") and found[-1][0] != "mark":
            found.append(("mark", ""))
        if kind == "word" and found and found[-1][0] == "word":
            found[-1] = ("word", found[-1][1] + letter)
        elif kind != "mark" or not found or found[-1][0] != "mark":
            found.append((kind, "" if kind == "mark" else letter))
        spaced = False
    return found


def stands_in(query: Sequence[Unit], text: Sequence[Unit], prefix: bool) -> bool:
    """Whether the units of a query stand in a row in those of a text; the last word may be the beginning of one."""
    if not prefix:
        return any(list(text[at : at + len(query)]) == list(query) for at in range(len(text) - len(query) + 1))
    *first, (_, last) = query
    return any(
        list(text[at : at + len(first)]) == first
        and text[at + len(first)][0] == "word"
        and text[at + len(first)][1].startswith(last)
        for at in range(len(text) - len(query) + 1)
    )


def trimmed(query: Iterable[Unit]) -> list[Unit]:
    """Return a query without the marks around it."""
    found = list(query)
    while found and found[0][0] == "mark":
        found.pop(0)
    while found and found[-1][0] == "mark":
        found.pop()
    return found


def holds(texts: Iterable[str], pieces: Iterable[tuple[str, bool, bool]]) -> bool:
    """Whether every wanted piece stands in one of the texts and no unwanted one; a piece: text, excluded, quoted."""
    cut, asked = [units(text) for text in texts], False
    for piece, excluded, quoted in pieces:
        wanted = trimmed(units(piece))
        if not wanted:
            continue
        asked = True
        prefix = not quoted and wanted[-1][0] == "word" and len(wanted[-1][1]) >= 2
        if any(stands_in(wanted, text, prefix) for text in cut) == excluded:
            return False
    return asked
