"""Texts as units: a unit is a character, a whole word of Latin letters and digits, or a run of punctuation marks.

Units are what queries are matched by, and positions count them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from huiyin.folding import LETTER, MARK, NOTHING, SPACE, WORD, table


@dataclass(frozen=True)
class Units:
    """The units of many texts, one after another.

    `unit` holds code points, MARK or WORD; `text` the number of the text; `offset` the place in it; `counts` how many
    units each text has; `words` what each unit WORD is, in order.
    """

    unit: NDArray[np.uint32]
    text: NDArray[np.int32]
    offset: NDArray[np.int32]
    counts: NDArray[np.int64]
    words: list[str]


def units(texts: Sequence[str]) -> Units:
    """Cut texts into units.

    White space between two characters vanishes, since Chinese is broken and padded anywhere; elsewhere it is a mark.
    """
    raw = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded = table()[raw]
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), [len(text) for text in texts])
    if (kept := folded != NOTHING).sum() < len(folded):
        folded, owner = folded[kept], owner[kept]
    folded, owner = _spaces(folded, owner)
    again = np.zeros(len(folded), dtype=bool)
    again[1:] = owner[1:] == owner[:-1]
    letter = folded >= LETTER
    mark = folded == MARK
    again[1:] &= (letter[1:] & letter[:-1]) | (mark[1:] & mark[:-1])
    words = _words(folded[letter], again[letter])
    kept = ~again
    unit = np.where(letter, np.uint32(WORD), folded)[kept]
    text = owner[kept]
    counts = np.bincount(text, minlength=len(texts)).astype(np.int64)
    offset = np.arange(len(text), dtype=np.int32) - (np.cumsum(counts) - counts).astype(np.int32)[text]
    return Units(unit, text, offset, counts, words)


def _spaces(folded: NDArray[np.uint32], owner: NDArray[np.int32]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Take white space out, and leave a mark where it does not stand between two characters."""
    place = np.flatnonzero(folded != SPACE)
    if len(place) == len(folded):
        return folded, owner
    left, belongs = folded[place], owner[place]
    character = (left > SPACE) & (left < LETTER)
    gap = (np.diff(place) > 1) & (belongs[1:] == belongs[:-1]) & ~(character[1:] & character[:-1])
    at = np.flatnonzero(gap) + 1
    return np.insert(left, at, MARK), np.insert(belongs, at, belongs[at])


def _words(letters: NDArray[np.uint32], again: NDArray[np.bool_]) -> list[str]:
    """Return the words that letters make; `again` says which letters go on with the word before them."""
    whole = (letters & np.uint32(LETTER - 1)).astype("<u4").tobytes().decode("utf-32-le")
    starts = np.flatnonzero(~again).tolist()
    return [whole[start:end] for start, end in zip(starts, [*starts, len(whole)][1:], strict=True)]
