"""Which characters are one and the same to a reader, and of which class each is.

Both come from `fold.json`, which the reader of the index gets too, so that texts and queries are folded alike.
"""

from __future__ import annotations

import base64
import json
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

MARK, WORD, NOTHING, SPACE = 0, 1, 3, 4
"""What stands for a punctuation mark, for a word of Latin letters or digits, for nothing at all, and for white space.

Characters stand for themselves; 2 is kept for "a character alone", see `postings`.
"""
LETTER = 1 << 24
"""Added to the code points of letters and digits, which make words."""
CODE_POINTS = 0x110000
KINDS = {"mark": 0, "space": 1, "nothing": 2, "word": 3, "character": 4}
"""The classes of `fold.json` as readers get them."""
FIRST, LAST = 0x4E00, 0x9FFF
"""The block that the bitmap of folded characters covers."""


@cache
def fold_data() -> dict[str, Any]:
    """Return the content of `fold.json`."""
    data: dict[str, Any] = json.loads(files("huiyin").joinpath("fold.json").read_text(encoding="utf-8"))
    return data


@cache
def _simplified() -> dict[int, int]:
    data = fold_data()
    return str.maketrans(data["from"], data["to"])


def simplified(text: str) -> str:
    """Return `text` with every Traditional character, and every compatibility ideograph, as the Simplified one."""
    return text.translate(_simplified())


@cache
def table() -> NDArray[np.uint32]:
    """Return for every code point what it becomes: a class, a letter, or a character."""
    data = fold_data()
    becomes = np.arange(CODE_POINTS, dtype=np.uint32)
    for first, last, add in data["runs"]:
        becomes[first : last + 1] = np.arange(first + add, last + add + 1)
    becomes[[ord(old) for old in data["from"]]] = [ord(new) for new in data["to"]]
    kinds = np.empty(CODE_POINTS, dtype=np.uint32)
    rows = data["classes"]
    for (start, name), (end, _) in zip(rows, [*rows[1:], [CODE_POINTS, ""]], strict=True):
        kinds[start:end] = KINDS[name]
    kind = kinds[becomes]
    made = np.choose(kind, [MARK, SPACE, NOTHING, becomes | LETTER, becomes])
    return made.astype(np.uint32)


def for_readers() -> dict[str, Any]:
    """Return what a reader needs for every query: rules, classes, and which characters the table of pairs is for.

    `folded` is a bitmap from U+4E00 on, base64. Only for a query with such a character, or with one outside that
    block, is the table of pairs fetched.
    """
    data = fold_data()
    bits = np.zeros(LAST - FIRST + 1, dtype=np.uint8)
    bits[[ord(old) - FIRST for old in data["from"] if FIRST <= ord(old) <= LAST]] = 1
    classes = [[start, KINDS[name]] for start, name in data["classes"]]
    return {
        "runs": [number for run in data["runs"] for number in run],
        "classes": [number for row in classes for number in row],
        "folded": base64.b64encode(np.packbits(bits).tobytes()).decode("ascii"),
    }


def pairs_for_readers() -> dict[str, str]:
    """Return the table of pairs, with its notice."""
    data = fold_data()
    return {key: data[key] for key in ("notice", "from", "to")}
