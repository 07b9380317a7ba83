"""From files to nouns and findings: the only reader of `registry/` and `schema/`.

Every fault of every file becomes a finding with a position; one bad file never hides what is wrong with another. Only
what is sound becomes a noun.
"""

from huiyin.load.coverage import load_coverage
from huiyin.load.files import Entry, gather
from huiyin.load.law import Law, LawError, load_law
from huiyin.load.registry import Loaded, from_entries, load_registry

__all__ = [
    "Entry",
    "Law",
    "LawError",
    "Loaded",
    "from_entries",
    "gather",
    "load_coverage",
    "load_law",
    "load_registry",
]
