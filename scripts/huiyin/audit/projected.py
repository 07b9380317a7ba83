"""The audit of a projection: its chain, commits and key, and that changes of public text are explained."""

from __future__ import annotations

from huiyin.audit.result import Audit, Mark, Projected, violation
from huiyin.history import Objects, Repository
from huiyin.projection.verify import is_projection, verify


def audit_projection(repository: Repository, until: str) -> Audit | None:
    """Return the audit of every run up to `until`; None when that is no projection."""
    tree = repository.tree(until)
    with Objects(repository) as objects:
        if not is_projection(objects, tree):
            return None
    found = verify(repository, until)
    first = repository.ask("rev-list", "--first-parent", "--max-parents=0", until).decode().split()[-1]
    marks = [Mark(step.commit, step.at.date().isoformat(), "rules", step.title) for step in found.rules]
    return Audit(
        start=first,
        until=until,
        tree=tree,
        steps=found.runs,
        records=found.records,
        marks=tuple(marks),
        violations=tuple(violation(step.commit, step.at.date().isoformat(), one) for step, one in found.faults),
        projection=Projected(
            found.audience,
            found.last.run,
            found.last.digest if found.last.run else "",
            found.keys[-1] if found.keys else None,
            found.purged,
        ),
    )
