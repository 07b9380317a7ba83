"""One segment: the files that stand for the documents of a session, or of a part of one.

What a query is answered from changes when a text does. What lists show, and facets, change with the days too: they
stand in a folder of their own, so that a new day leaves the large files alone.

Documents are numbered by date, the newest first. Each has three texts: title, names, text; the texts of a segment are
numbered title by title, then names, then texts. A text takes one slot of 2^slot_bits units or, when it is longer,
several in a row. The last place of a text.s slots is never taken.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from huiyin.folding import MARK, WORD
from huiyin.search import postings
from huiyin.search.bits import pack
from huiyin.search.document import Document, Facet
from huiyin.search.units import Units, units

UNITS_A_SHARD = 1_200
"""A shard has about that many units of text: some 2.8 KB, a compromise between bytes a query and number of files."""
SHARDS_AT_ONCE = 100
CARDS, TEXTS = 4, 2
"""Documents of which one file holds what is shown in lists, and the text for snippets."""
LEAST_BITS, MOST_BITS = 5, 12
KEY_BITS = 28
"""Bits of a place in a segment: slot and place in the slot."""

Integers = postings.Integers


def order(documents: Sequence[Document]) -> list[Document]:
    """Return documents as they are numbered: the newest first, and by id."""
    return sorted(sorted(documents, key=lambda document: document.id), key=lambda document: -document.day)


def segment(documents: Sequence[Document]) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return the files of a segment's texts by name, and its row in the header."""
    ordered = order(documents)
    texts = [
        *(document.title for document in ordered),
        *(document.names for document in ordered),
        *(document.text for document in ordered),
    ]
    cut = units(texts)
    bits = _slot_bits(cut.counts[2 * len(ordered) :])
    taken = (cut.counts >> bits) + 1  # one place at least stays free, so that no text touches the next
    first = np.cumsum(taken) - taken
    slots = int(taken.sum())
    key = (first[cut.text] << bits) + cut.offset
    shards = max(1, len(key) // UNITS_A_SHARD)
    pairs, pairs_order = _pairs(cut, key, shards, (slots, bits))
    alone, alone_order = _alone(cut, shards)
    files = _shards((pairs, alone, _words(cut, key, shards, (slots, bits))), shards)
    files.update(_said(ordered))
    row = {
        "documents": len(ordered),
        "slot_bits": bits,
        "slots": slots,
        "long": [number for text in np.flatnonzero(taken > 1).tolist() for number in (text, int(taken[text]) - 1)],
        "shards": shards,
        "orders": [pairs_order, alone_order],
        "days": [
            number for day, same in itertools.groupby(d.day for d in ordered) for number in (day, sum(1 for _ in same))
        ],
    }
    return files, row


def _slot_bits(counts: Integers) -> int:
    """Bits for the places of a slot: enough for nine texts of ten."""
    usual = int(np.sort(counts)[len(counts) * 9 // 10]) if len(counts) else 0
    return min(MOST_BITS, max(LEAST_BITS, usual.bit_length()))


def _pairs(cut: Units, key: Integers, shards: int, size: tuple[int, int]) -> tuple[list[bytes], int]:
    """Two units in a row, with their places; also the order of the codes of their numbers."""
    same = cut.text[1:] == cut.text[:-1]
    number = postings.scatter(cut.unit[:-1][same], cut.unit[1:][same])
    row = np.left_shift(number, np.uint64(KEY_BITS)) | key[:-1][same].astype(np.uint64)
    row.sort()
    order = postings.spread_order(_different(row))
    pieces: list[bytes] = []
    for some in _blocks(row, shards):
        names, term, at = _terms(some, shards, order)
        pieces += postings.with_places(names, term, at >> size[1], at & ((1 << size[1]) - 1), size)[len(pieces) :]
    return pieces, order


def _alone(cut: Units, shards: int) -> tuple[list[bytes], int]:
    """Characters alone, with the texts that have them; also the order of the codes of their numbers."""
    character = (cut.unit != WORD) & (cut.unit != MARK)
    unit = cut.unit[character]
    number = postings.scatter(unit, np.full_like(unit, postings.ALONE))
    row = np.left_shift(number, np.uint64(KEY_BITS)) | cut.text[character].astype(np.uint64)
    row.sort()
    row = row[np.append(True, row[1:] != row[:-1])[: len(row)]]
    order = postings.spread_order(_different(row))
    pieces: list[bytes] = []
    for some in _blocks(row, shards):
        pieces += postings.without_places(*_terms(some, shards, order), len(cut.counts))[len(pieces) :]
    return pieces, order


def _different(row: NDArray[np.uint64]) -> int:
    """How many different numbers of terms there are in sorted rows."""
    return int(np.count_nonzero((row[1:] ^ row[:-1]) >> np.uint64(KEY_BITS))) + 1


def _blocks(row: NDArray[np.uint64], shards: int) -> Iterator[NDArray[np.uint64]]:
    """Yield the rows of some shards at a time, so that what is worked on stays small."""
    bits = 2 * postings.HALF + KEY_BITS
    starts = range(0, shards, SHARDS_AT_ONCE)
    firsts = [-(-(start << postings.HALF) // shards) << (bits - postings.HALF) for start in starts]
    cuts = [*np.searchsorted(row, np.array(firsts, dtype=np.uint64)).tolist(), len(row)]
    for begin, end in itertools.pairwise(cuts):
        if begin < end:
            yield row[begin:end]


def _terms(row: NDArray[np.uint64], shards: int, order: int) -> tuple[postings.Terms, Integers, Integers]:
    """Return the terms of sorted rows, the number of the term of each row, and the rest of each row."""
    number = row >> np.uint64(KEY_BITS)
    new = np.append(True, number[1:] != number[:-1])
    rest = (row & np.uint64((1 << KEY_BITS) - 1)).astype(np.int64)
    return postings.numbered(number[new], shards, order), np.cumsum(new) - 1, rest


def _words(cut: Units, key: Integers, shards: int, size: tuple[int, int]) -> list[bytes]:
    """Words, with their places; those that begin with the same two letters stand in one shard, in order."""
    numbers = {word: place for place, word in enumerate(dict.fromkeys(cut.words))}
    if not numbers:
        return []
    different = list(numbers)
    heads = np.array([[ord(word[0]), ord(word[1:2] or "\0")] for word in different], dtype=np.uint32)
    shard = postings.shard_of(postings.scatter(heads[:, 0], heads[:, 1]), shards)
    ordered = sorted(range(len(different)), key=lambda place: (int(shard[place]), different[place]))
    rank = np.empty(len(different), dtype=np.int64)
    rank[ordered] = np.arange(len(different))
    terms = postings.spelled([different[place] for place in ordered], shard[ordered])
    row = (rank[[numbers[word] for word in cut.words]] << KEY_BITS) | key[cut.unit == WORD]
    row.sort()
    at = row & ((1 << KEY_BITS) - 1)
    return postings.with_places(terms, row >> KEY_BITS, at >> size[1], at & ((1 << size[1]) - 1), size)


def _shards(parts: Sequence[list[bytes]], shards: int) -> dict[str, bytes]:
    """One file a shard: the lengths of its first two parts, and its three parts."""
    files = {}
    for shard in range(shards):
        pieces = [part[shard] if shard < len(part) else b"" for part in parts]
        files[f"{shard}.bin"] = b"".join([*(_varint(len(piece)) for piece in pieces[:2]), *pieces])
    return files


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; the highest bit says that more follow."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def shown(documents: Sequence[Document], facets: Sequence[Facet]) -> dict[str, bytes]:
    """Return the files by name of what is shown of a segment's documents: cards for lists, facets, days to reply."""
    ordered = order(documents)
    files = {}
    for start in range(0, len(ordered), CARDS):
        cards = [[d.url, d.title, d.number, d.day, *d.card] for d in ordered[start : start + CARDS]]
        files[f"c{start // CARDS}.json"] = json.dumps(cards, ensure_ascii=False, separators=(",", ":")).encode()
    for facet in facets:
        files[f"f-{facet.id}.bin"] = _column([document.facets.get(facet.id, ()) for document in ordered])
    files["due.json"] = json.dumps([document.due_day for document in ordered], separators=(",", ":")).encode()
    return files


def _said(ordered: Sequence[Document]) -> dict[str, bytes]:
    """Texts for snippets, in UTF-16 to be short."""
    files = {}
    for start in range(0, len(ordered), TEXTS):
        said = [[d.names, d.text] for d in ordered[start : start + TEXTS]]
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        files[f"t{start // TEXTS}.bin"] = text.encode("utf-16-le", "surrogatepass")
    return files


def _column(values: Sequence[tuple[str, ...]]) -> bytes:
    """One facet of all documents: the different lists of ids as a line of JSON, then for each document which it has."""
    different = sorted(set(values))
    place = {value: number for number, value in enumerate(different)}
    width = (len(different) - 1).bit_length()
    code = np.array([place[value] for value in values], dtype=np.uint64)
    packed, _ = pack(code, np.full(len(code), width, dtype=np.uint64), np.array([0]))
    return json.dumps(different, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" + packed
