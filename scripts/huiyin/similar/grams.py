"""Characters and pairs of characters of many texts, counted with numpy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from huiyin.similar.formulas import FORMULA
from huiyin.similar.text import FORMULA_WEIGHT

SHIFT = 21
"""Bits of a code point: a pair is the first shifted by them, and the second."""
WORD = np.array([bool(chr(point).isalnum()) for point in range(0x30000)])
"""Whether a code point is part of a word."""


class Grams(NamedTuple):
    """For each gram in each text, in the order of texts: which text, which gram, and how much it counts there."""

    texts: NDArray[np.int64]
    grams: NDArray[np.int64]
    weights: NDArray[np.float32]


def grams(texts: Sequence[str]) -> Grams:
    """Return the single characters and pairs of `texts`; a pair stands within a word.

    A gram counts 1 + ln(times) by the weight of its characters: formulas less, of several places the best.
    """
    points = [np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64) for text in texts]
    lengths = np.array([len(one) for one in points], dtype=np.int64)
    if not lengths.sum():
        nothing = np.zeros(0, dtype=np.int64)
        return Grams(nothing, nothing, np.zeros(0, dtype=np.float32))
    flat = np.concatenate(points)
    owner = np.repeat(np.arange(len(texts)), lengths)
    weight = np.concatenate([_weights(text) for text in texts])
    word = WORD[np.minimum(flat, len(WORD) - 1)]
    paired = np.flatnonzero(word[:-1] & word[1:] & (owner[:-1] == owner[1:]))
    single = np.flatnonzero(word)
    owners = np.concatenate([owner[single], owner[paired]])
    found = np.concatenate([flat[single], (flat[paired] << SHIFT) | flat[paired + 1]])
    weights = np.concatenate([weight[single], (weight[paired] + weight[paired + 1]) / 2])
    order = np.lexsort((found, owners))
    owners, found, weights = owners[order], found[order], weights[order]
    if not len(found):
        return Grams(owners, found, weights.astype(np.float32))
    starts = np.flatnonzero(np.r_[True, (owners[1:] != owners[:-1]) | (found[1:] != found[:-1])])
    times = np.diff(np.r_[starts, len(found)])
    best = np.maximum.reduceat(weights, starts) * (1 + np.log(times))
    return Grams(owners[starts], found[starts], best.astype(np.float32))


def _weights(text: str) -> NDArray[np.float64]:
    weights = np.ones(len(text))
    begin = 0
    for line in text.split("\n"):
        for match in FORMULA.finditer(line):
            weights[begin + match.start() : begin + match.end()] = FORMULA_WEIGHT
        begin += len(line) + 1
    return weights
