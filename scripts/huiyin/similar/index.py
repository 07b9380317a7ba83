"""The index of texts: which are nearest to one, and all pairs that are near.

Similarity is the cosine of TF-IDF over characters and pairs of characters, two thirds of the title and one third of
the whole text. What ranks is how far it exceeds what both are used to: half the mean similarity of each to its ten
nearest is taken off (cross-domain similarity local scaling, Conneau et al. 2018, with its own numbers), so that a
text that resembles everything is not everyone's first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags_array, hstack

from huiyin.similar.grams import SHIFT, Grams, grams
from huiyin.similar.text import Document

TITLE, WHOLE = 2 / 3, 1 / 3
"""Shares of the title and of the whole text, in which the title stands again."""
NEIGHBOURS = 10
"""How many of the nearest say what a text is used to."""
NEAREST = 50
"""How many of the nearest by plain similarity are ranked."""
COMMON = 10
"""In the whole text, grams that more than one in so many documents has are left out where there are many documents."""
FEW = 500
"""Up to so many documents every gram counts."""
TELLING = 0.5
"""How rare a term must be, on a scale from everywhere to once, to be told as a reason."""
ROWS = 256
"""Documents that are compared with all others at a time: bounds memory."""


class Match(NamedTuple):
    """One near document: its place in the index, the plain similarity from 0 to 1, and by how much it stands out."""

    place: int
    similarity: float
    margin: float


@dataclass(frozen=True)
class Field:
    """The vocabulary of titles, or of whole texts: grams in order, and the weight of each."""

    grams: NDArray[np.int64]
    rarity: NDArray[np.float32]
    unseen: float

    def rows(self, found: Grams, count: int) -> tuple[Any, NDArray[np.bool_]]:
        """Return a sparse matrix of `count` rows of length 1, or 0 where all a text says is common.

        Grams that nobody has only lengthen a row.
        """
        place = np.minimum(np.searchsorted(self.grams, found.grams), len(self.grams) - 1)
        known = self.grams[place] == found.grams
        values = found.weights * np.where(known, self.rarity[place], self.unseen)
        length = np.sqrt(np.bincount(found.texts, values**2, minlength=count))
        values = (values / np.maximum(length, 1e-12)[found.texts]).astype(np.float32)
        kept = known & (values > 0)
        placed = (values[kept], (found.texts[kept], place[kept]))
        return csr_matrix(placed, shape=(count, len(self.grams)), dtype=np.float32), length > 0


class Index:
    """Documents that are ready to be compared."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = tuple(documents)
        titles, wholes = (grams([getattr(one, name) for one in documents]) for name in ("title", "whole"))
        self._fields = (_field(titles, len(documents), common=False), _field(wholes, len(documents), common=True))
        self._matrix = self._rows(titles, wholes, len(documents))
        self._postings = self._matrix.T.tocsr()
        self._telling = np.array([one.says_something for one in documents], dtype=bool)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each document by its id."""
        return {one.id: place for place, one in enumerate(self.documents)}

    def rarity(self, term: str) -> float:
        """Return how rare a term is in whole texts: the sum over its pairs of characters, 1 for one that nobody has.

        A term that is common throughout tells nothing and counts 0.
        """
        field = self._fields[1]
        pairs = grams([term]).grams
        places = np.searchsorted(field.grams, pairs[pairs >> SHIFT > 0])
        places = places[places < len(field.grams)]
        shares = field.rarity[places] / field.unseen
        return float(shares.sum()) if len(shares) and shares.mean() >= TELLING else 0.0

    def _rows(self, titles: Grams, wholes: Grams, count: int) -> Any:
        """Both fields side by side; where one of them says nothing, the other counts for all."""
        parts, lengths = [], np.zeros(count)
        for field, found, share in zip(self._fields, (titles, wholes), (TITLE, WHOLE), strict=True):
            rows, said = field.rows(found, count)
            lengths[said] += share
            parts.append(rows * np.float32(share**0.5))
        scale = np.where(lengths > 0, 1 / np.sqrt(np.maximum(lengths, WHOLE)), 0).astype(np.float32)
        return diags_array(scale).tocsr() @ hstack(parts, format="csr")

    def nearest(self, one: Document, most: int = NEAREST) -> list[Match]:
        """Return what is nearest to a document, the best first; itself, by its id, is never among them.

        A document that says nothing of its own is near to none.
        """
        if not one.says_something or not self.documents:
            return []
        vector = self._rows(grams([one.title]), grams([one.whole]), 1)
        near = (vector @ self._postings).toarray()[0]
        near[~self._telling] = 0
        if one.id in self.places:
            near[self.places[one.id]] = 0
        places = _top(near, min(NEAREST, len(near)))
        used = float(_mean_of_nearest(near[None, :])[0])
        habits = self._habits(places)
        return _ranked(places, near[places], used, habits)[:most]

    def _habits(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the mean similarity of documents to their nearest."""
        if not len(places):
            return np.zeros(0, dtype=np.float32)
        near = (self._matrix[places] @ self._postings).toarray()
        near[:, ~self._telling] = 0
        near[np.arange(len(places)), places] = 0
        return _mean_of_nearest(near)

    def all_nearest(self, most: int = NEAREST) -> Iterator[list[Match]]:
        """Yield for every document what is nearest to it, the best first."""
        count = len(self.documents)
        found: list[tuple[NDArray[np.int64], NDArray[np.float32]]] = []
        habits = np.zeros(count, dtype=np.float32)
        for start in range(0, count, ROWS):
            rows = np.arange(start, min(start + ROWS, count))
            near = (self._matrix[rows] @ self._postings).toarray()
            near[:, ~self._telling] = 0
            near[np.arange(len(rows)), rows] = 0
            habits[rows] = _mean_of_nearest(near)
            for row in near:
                places = _top(row, min(NEAREST, count))
                found.append((places, row[places]))
        for place, (places, near_ones) in enumerate(found):
            used = float(habits[place])
            yield _ranked(places, near_ones, used, habits[places])[:most] if self._telling[place] else []


def _field(found: Grams, count: int, common: bool) -> Field:
    names, column = np.unique(found.grams, return_inverse=True)
    having = np.bincount(column, minlength=len(names))
    rarity = np.log((count + 1) / np.maximum(having, 1)).astype(np.float32)
    if common and count > FEW:
        rarity[having * COMMON > count] = 0
    nobody = np.zeros(1, dtype=np.int64)  # so that no table is empty; no text holds this gram
    names, rarity = (names, rarity) if len(names) else (nobody, nobody.astype(np.float32))
    return Field(names, rarity, float(np.log(count + 1)))


def _mean_of_nearest(near: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of the highest values of each row."""
    few = min(NEIGHBOURS, near.shape[1])
    best: NDArray[np.float32] = np.partition(near, near.shape[1] - few, axis=1)[:, -few:].mean(axis=1)
    return best


def _top(near: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    """Return the places of the highest values above zero."""
    places = np.argpartition(near, len(near) - most)[-most:]
    return np.sort(places[near[places] > 0])


def _ranked(
    places: NDArray[np.int64], near: NDArray[np.float32], used: float, habits: NDArray[np.float32]
) -> list[Match]:
    matches = [
        Match(int(place), round(float(similarity), 6), round(float(similarity) - (used + float(habit)) / 2, 6))
        for place, similarity, habit in zip(places, near, habits, strict=True)
    ]
    return sorted(matches, key=lambda match: (-match.margin, match.place))
