"""The decision: every rule about changes, and every check on what the change leaves behind. Pure."""

from __future__ import annotations

from huiyin import checks
from huiyin.findings import Finding, Severity
from huiyin.guard import (  # noqa: F401 (their rules declare themselves)
    actors,
    approvals,
    events,
    files,
    given_numbers,
    research,
    scores,
    signals,
)
from huiyin.guard.change import GUARDS, Change

SETTLED = frozenset({"status-not-derived", "number-missing", "event-order"})
"""Checks that landing settles by itself: it sorts, writes the status and gives the next number."""
_ELSEWHERE = frozenset({"number-duplicate", "merge-circle", "id-duplicate"})
"""Checks that report one place of two: it may lie in a file that did not change."""


def judge(change: Change) -> list[Finding]:
    """Return everything that speaks against the change, and the warnings about the records that it touches.

    An error that the base has already, in the same words, is not the change's fault.
    """
    found = [
        checks.finding(declared, spotted, None, declared.severity)
        for declared, guarding in GUARDS
        for spotted in guarding(change)
    ]
    paths = {file.path for file in change.files}
    checked = [*change.found, *checks.run(change.head, change.asked.day)]
    checked = [f for f in checked if f.place.file in paths or f.rule.id in _ELSEWHERE]
    if not change.asked.landed:
        checked = [f for f in checked if f.rule.id not in SETTLED]
    if any(f.severity == Severity.ERROR for f in checked):
        known = {(f.rule.id, f.found) for f in checks.run(change.base, change.asked.day)}
        checked = [f for f in checked if f.severity != Severity.ERROR or (f.rule.id, f.found) not in known]
    return list(dict.fromkeys([*found, *checked]))
