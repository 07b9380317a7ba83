"""Numbers as bits, many at a time: exponential Golomb codes, and their packing into bytes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.uint64]


def golomb(values: NDArray[np.int64], order: NDArray[np.int64] | int) -> tuple[Numbers, Numbers]:
    """Return the exponential Golomb code of each value, and its length in bits.

    The code of x of order k is x + 2^k, n bits long, after n - 1 - k zeros. Values and orders: 0 <= x < 2^48, k <= 40.
    """
    code = values + np.left_shift(np.int64(1), order)
    width = np.frexp(code.astype(np.float64))[1].astype(np.int64)
    return code.astype(np.uint64), (2 * width - 1 - order).astype(np.uint64)


def pack(code: Numbers, length: Numbers, firsts: NDArray[np.int64]) -> tuple[bytes, list[int]]:
    """Write codes one after another, the highest bit first; where a part begins, a byte begins.

    `firsts` are the places of the codes that begin a part, from 0 on. Returns all bytes, and where each part ends.
    """
    if not len(code):
        return b"", []
    ends = np.cumsum(length, dtype=np.int64)
    start = ends - length.astype(np.int64)
    bits = np.diff(np.append(start[firsts], ends[-1]))
    part_ends = np.cumsum((bits + 7) // 8)
    shift = (part_ends - (bits + 7) // 8) * 8 - start[firsts]
    start += np.repeat(shift, np.diff(np.append(firsts, len(code))))
    out = np.zeros(int(part_ends[-1]) // 8 + 2, dtype=np.uint64)
    word = start >> 6
    room = 64 - (start & 63) - length.astype(np.int64)
    whole = np.left_shift(code, np.maximum(room, 0).astype(np.uint64))
    whole = np.where(room < 0, np.right_shift(code, np.maximum(-room, 0).astype(np.uint64)), whole)
    groups = np.flatnonzero(np.append(True, word[1:] != word[:-1]))
    out[word[groups]] = np.add.reduceat(whole, groups)
    over = np.flatnonzero(room < 0)  # at most one code runs over from a word into the next
    out[word[over] + 1] += np.left_shift(code[over], (64 + room[over]).astype(np.uint64))
    return out.astype(">u8").tobytes()[: int(part_ends[-1])], part_ends.tolist()
