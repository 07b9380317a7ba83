"""Which documents make a segment, what it is called, and the header that names all segments. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from huiyin.folding import fold_data, for_readers, pairs_for_readers
from huiyin.search.document import Document, Facet

FORMAT = 1
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


def name(documents: Sequence[Document], facets: Sequence[Facet]) -> str:
    """Return the name of a segment's folder, which follows from all that the segment is made from."""
    digest = hashlib.blake2b(f"{FORMAT} {[facet.id for facet in facets]}".encode(), digest_size=8)
    digest.update(json.dumps(fold_data()).encode())
    for document in documents:
        told = (document.id, document.url, document.number, document.title, document.names, document.text)
        digest.update("\0".join((*told, document.session, str(document.day), *document.facets, "")).encode())
    return digest.hexdigest()


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
