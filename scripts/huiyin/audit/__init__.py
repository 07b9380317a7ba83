"""Audit: guard replayed over every step of the branch, and what that says about the registry.

Whoever holds a clone can do it again: the result depends on git objects alone, and the same history gives the same
bytes.
"""

from huiyin.audit.projected import audit_projection
from huiyin.audit.replay import audit, settings_at
from huiyin.audit.result import FILES, Audit, AuditFileError, Mark, Projected, Recorded, Violation, read, write
from huiyin.audit.step import TRAILERS, asked_of, trailer_lines

__all__ = [
    "FILES",
    "TRAILERS",
    "Audit",
    "AuditFileError",
    "Mark",
    "Projected",
    "Recorded",
    "Violation",
    "asked_of",
    "audit",
    "audit_projection",
    "read",
    "settings_at",
    "trailer_lines",
    "write",
]
