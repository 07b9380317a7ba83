"""Which documents make a segment, what it is called, and the header that names all segments. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from huiyin.folding import fold_data, for_readers, pairs_for_readers
from huiyin.search.document import Document, Facet

FORMAT = 3
"""The number of the format. A reader refuses any other; see `site/developers/search-format.md`."""
TOGETHER, LARGEST = 3_000, 12_000
"""Sessions in a row share a segment up to so many documents; a session of more documents than that is divided."""


def plan(documents: Iterable[Document]) -> list[list[Document]]:
    """Return the documents of each segment: every session alone, or with its neighbours where they are small."""
    sessions: dict[str, list[Document]] = {}
    for document in sorted(documents, key=lambda document: (document.session, document.id)):
        sessions.setdefault(document.session, []).append(document)
    segments: list[list[Document]] = []
    for held in sessions.values():
        if segments and len(segments[-1]) + len(held) <= TOGETHER:
            segments[-1].extend(held)
            continue
        segments.extend(held[start : start + LARGEST] for start in range(0, len(held), LARGEST))
    return segments


def names(documents: Sequence[Document], facets: Sequence[Facet]) -> tuple[str, str]:
    """Return the names of a segment's folders, of texts and of what is shown; each follows from what it is made of."""
    said = hashlib.blake2b(f"{FORMAT} ".encode(), digest_size=8)
    said.update(_rules())
    shown = hashlib.blake2b(f"{FORMAT} {[facet.id for facet in facets]}".encode(), digest_size=8)
    for document in documents:
        place = (document.id, str(document.day), document.title)
        said.update("\0".join((*place, document.names, document.text, "")).encode())
        shown.update("\0".join((*place, document.url, document.number, str(document.due_day), "")).encode())
        shown.update(repr((document.card, [document.facets.get(facet.id, ()) for facet in facets])).encode())
    return said.hexdigest(), shown.hexdigest()


@cache
def _rules() -> bytes:
    """The rules of folding, on which every text depends."""
    return json.dumps(fold_data()).encode()


def header(rows: Sequence[Mapping[str, Any]], facets: Sequence[Facet]) -> dict[str, bytes]:
    """Return the files beside the segments: the header, the words of facets, the table of folded characters."""
    documents = sum(row["documents"] for row in rows)
    head = {
        "format": FORMAT,
        "documents": documents,
        "fold": for_readers(),
        "segments": rows,
        "facets": [[facet.id, facet.title] for facet in facets],
    }
    files: dict[str, Any] = {"index.json": head, "fold.json": pairs_for_readers()}
    files |= {f"facet-{facet.id}.json": list(facet.values.items()) for facet in facets}
    return {file: json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() for file, data in files.items()}
