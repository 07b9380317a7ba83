"""A full-text index of our own: documents in, small static files out; the reader stands in `site/assets/search`.

The format is described, byte by byte, in `site/developers/search-format.md`.
"""

from huiyin.search.by_hand import written
from huiyin.search.document import Card, Document, Facet
from huiyin.search.files import write
from huiyin.search.gather import documents, facets
from huiyin.search.records import records
from huiyin.search.scripts import thin_scripts

__all__ = ["Card", "Document", "Facet", "documents", "facets", "records", "thin_scripts", "write", "written"]
