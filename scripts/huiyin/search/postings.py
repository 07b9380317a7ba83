"""Where each term occurs, as compact bytes cut into shards.

There are three kinds of terms: two units in a row, a character alone, and a word. A posting says that a term occurs in
a slot; slots are pieces of texts, see `segment`. Pairs and words carry the places inside the slot, characters do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from huiyin.search.bits import Numbers, golomb, pack

Integers = NDArray[np.int64]
HALF = 18
"""Bits of a unit: code points up to U+3FFFF."""
ROUNDS = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)
ALONE = 2
"""The second unit of a term that is a character alone."""
LETTER_ORDER = 6


def scatter(first: NDArray[np.uint32], second: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return a number of 36 bits for two units: the same for no other two, and spread evenly."""
    left, right = first, second
    for constant in ROUNDS:
        left, right = right, left ^ ((right * np.uint32(constant)) >> np.uint32(32 - HALF))
    return (left.astype(np.uint64) << np.uint64(HALF)) | right.astype(np.uint64)


def shard_of(key: NDArray[np.uint64], shards: int) -> Integers:
    """Return the shard in which the term of that number stands."""
    return (((key >> np.uint64(HALF)) * np.uint64(shards)) >> np.uint64(HALF)).astype(np.int64)


def spread_order(count: int) -> int:
    """Return the order of the codes for gaps between the numbers of `count` terms."""
    return max(0, ((1 << 2 * HALF) // max(1, count)).bit_length() - 1)


def gap_order(slots: int, postings: Integers) -> Integers:
    """Return the order of the codes for gaps between the slots of a term with that many postings.

    A quarter of the mean gap: most postings are in texts, a third of the slots, and they come in groups.
    """
    return np.maximum(0, _width(slots // np.maximum(1, postings)) - 3)


def place_order(slot_bits: int, times: Integers) -> Integers:
    """Return the order of the codes for places in a slot in which a term occurs that often."""
    return np.maximum(0, slot_bits - 1 - _width(times))


def _width(values: Integers) -> Integers:
    return np.frexp(values.astype(np.float64))[1].astype(np.int64)


@dataclass(frozen=True)
class Terms:
    """Terms in the order in which they are written, each with the codes that name it.

    `code` and `length` hold the codes of all, `counts` how many of them each term has, `shard` where each stands.
    """

    code: Numbers
    length: Numbers
    counts: Integers
    shard: Integers


def numbered(keys: NDArray[np.uint64], shards: int, order: int) -> Terms:
    """Return terms that are named by their numbers, given in rising order: gaps, after their count in each shard."""
    shard = shard_of(keys, shards)
    new = np.append(True, shard[1:] != shard[:-1])[: len(keys)]
    gap = np.where(new, keys, keys - np.roll(keys, 1)).astype(np.int64)
    code, length = golomb(gap, order)
    return _counted(code, length, np.ones(len(keys), dtype=np.int64), shard, new)


def spelled(words: Sequence[str], shard: Integers) -> Terms:
    """Return terms that are spelled out, given by shard and in rising order: what differs from the one before."""
    values: list[int] = []
    orders: list[int] = []
    counts: list[int] = []
    before, there = "", -1
    for word, place in zip(words, shard.tolist(), strict=True):
        shared, limit = 0, min(len(before), len(word)) if place == there else 0
        while shared < limit and before[shared] == word[shared]:
            shared += 1
        rest = word[shared:]
        values += [shared, len(rest), *map(ord, rest)]
        orders += [0, 0, *[LETTER_ORDER] * len(rest)]
        counts.append(2 + len(rest))
        before, there = word, place
    code, length = golomb(np.array(values, dtype=np.int64), np.array(orders, dtype=np.int64))
    new = np.append(True, shard[1:] != shard[:-1])[: len(words)]
    return _counted(code, length, np.array(counts, dtype=np.int64), shard, new)


def _counted(code: Numbers, length: Numbers, counts: Integers, shard: Integers, new: NDArray[np.bool_]) -> Terms:
    """Put before the first term of each shard how many terms the shard has."""
    firsts = np.flatnonzero(new)
    many, bits = golomb(np.diff(np.append(firsts, len(shard))), 0)
    at = (np.cumsum(counts) - counts)[firsts]
    return Terms(np.insert(code, at, many), np.insert(length, at, bits), counts + new, shard)


def with_places(terms: Terms, term: Integers, slot: Integers, place: Integers, size: tuple[int, int]) -> list[bytes]:
    """Return the bytes of each shard for terms with their occurrences, sorted by term, slot and place.

    `term` is the number of the term, from 0 on without holes; `size` how many slots there are, and the bits of a place.
    """
    slots, slot_bits = size
    new_term = np.append(True, term[1:] != term[:-1])
    new = new_term | np.append(True, slot[1:] != slot[:-1])
    first = np.flatnonzero(new)
    times = np.diff(np.append(first, len(term)))
    posting = np.cumsum(new) - 1
    order = place_order(slot_bits, times)[posting]
    before = np.where(new, -1, np.roll(place, 1))
    at = np.arange(len(term)) + 2 * (posting + 1)
    codes = [
        _Codes(term, at, *golomb(place - before - 1, order)),
        _Codes(term[first], at[first] - 1, *golomb(times - 1, 0)),
    ]
    return _join(terms, codes, at[first] - 2, (term[first], slot[first]), slots)


def without_places(terms: Terms, term: Integers, text: Integers, texts: int) -> list[bytes]:
    """Return the bytes of each shard for terms of which only the texts are said, sorted by term and text."""
    return _join(terms, [], np.arange(len(term)), (term, text), texts)


@dataclass(frozen=True)
class _Codes:
    """Codes that belong to terms, and where they stand as long as the codes of terms are not laid between them."""

    term: Integers
    at: Integers
    code: Numbers
    length: Numbers


def _join(
    terms: Terms, codes: list[_Codes], at: Integers, posting: tuple[Integers, Integers], slots: int
) -> list[bytes]:
    """Lay all codes into one row: of each term its own, the number of its postings, and each posting.

    `posting` holds term and slot of each posting, and `at` where its gap stands among `codes`.
    """
    term, slot = posting
    firsts = np.flatnonzero(np.append(True, term[1:] != term[:-1]))
    postings = np.diff(np.append(firsts, len(term)))
    gap = slot - np.roll(slot, 1) - 1
    gap[firsts] = slot[firsts]
    gaps = _Codes(term, at, *golomb(gap, gap_order(slots, postings)[term]))
    shift = np.cumsum(terms.counts + 1)
    total = int(shift[-1]) + len(term) + sum(len(part.term) for part in codes)
    code, length = np.zeros(total, dtype=np.uint64), np.zeros(total, dtype=np.uint64)
    for part in (*codes, gaps):
        moved = part.at + shift[part.term]
        code[moved], length[moved] = part.code, part.length
    many = at[firsts] + shift - 1
    code[many], length[many] = golomb(postings - 1, 0)
    begins = many - terms.counts
    own = np.repeat(begins - (np.cumsum(terms.counts) - terms.counts), terms.counts) + np.arange(len(terms.code))
    code[own], length[own] = terms.code, terms.length
    heads = np.flatnonzero(np.append(True, terms.shard[1:] != terms.shard[:-1]))
    packed, ends = pack(code, length, begins[heads])
    pieces = [b""] * (int(terms.shard[-1]) + 1)
    for shard, begin, end in zip(terms.shard[heads].tolist(), [0, *ends[:-1]], ends, strict=True):
        pieces[shard] = packed[begin:end]
    return pieces
