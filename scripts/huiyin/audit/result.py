"""What an audit found, and its two files: what everyone should see, and who recorded which event. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from huiyin.findings import Finding

FILES = ("audit.json", "recorded.json")
"""The files of an audit, as they stand in a published site."""
STATED, ATTESTED, SIGNED = LEVELS = ("stated", "attested", "signed")
"""What holds: rules kept given the stated actors, actors attested by a landing key, personal signatures."""


class AuditFileError(ValueError):
    """A file of an earlier audit cannot be read."""


@dataclass(frozen=True)
class Violation:
    """One thing that a step did and must not do: its commit, and the finding as plain data."""

    commit: str
    day: str
    rule: str
    file: str
    line: int
    column: int
    found: Mapping[str, str]
    remedy: Mapping[str, str]


@dataclass(frozen=True)
class Mark:
    """A step that readers should know of: an import, a migration, or a change of the rules."""

    commit: str
    day: str
    kind: str
    title: str
    request: str | None = None


@dataclass(frozen=True)
class Recorded:
    """When an event landed, by whose account, who approved it, and in which commit of which request."""

    day: str
    actor: str
    approved: tuple[str, ...]
    commit: str
    request: str | None = None
    opened: str | None = None


@dataclass(frozen=True)
class Projected:
    """A projection that was verified: for whom, the number and digest of its last run, and its public key.

    `purged` is the day on which the history before was purged, if it was.
    """

    audience: str
    run: int
    digest: str
    key: str | None = None
    purged: str | None = None


@dataclass(frozen=True)
class Audit:
    """The result of an audit, from behind one commit up to another."""

    start: str | None
    until: str
    tree: str
    steps: int = 0
    records: int = 0
    """Steps that changed the registry; the others changed code, rules or words."""
    marks: tuple[Mark, ...] = ()
    violations: tuple[Violation, ...] = ()
    recorded: Mapping[str, Mapping[str, Recorded]] = field(default_factory=dict)
    """For each proposal, by the id of the event, how it was recorded."""
    stated: int = 0
    """Steps that state who acted."""
    attested: int = 0
    """Of these, the ones that a landing key signed."""
    projection: Projected | None = None
    """What holds of a projection, where the branch is one: who acted is not in it, so no level does."""

    @property
    def level(self) -> str | None:
        """Which level holds; None when the rules were not kept, nothing was audited, or it is a projection."""
        if not self.start or self.violations or self.projection is not None:
            return None
        return ATTESTED if self.stated and self.attested == self.stated else STATED

    def then(self, later: Audit) -> Audit:
        """Return this audit and the one that goes on from it as one."""
        recorded = {key: dict(value) for key, value in self.recorded.items()}
        for proposal, events in later.recorded.items():
            recorded.setdefault(proposal, {}).update(events)
        return replace(
            later,
            start=self.start,
            steps=self.steps + later.steps,
            records=self.records + later.records,
            stated=self.stated + later.stated,
            attested=self.attested + later.attested,
            marks=(*self.marks, *later.marks),
            violations=(*self.violations, *later.violations),
            recorded=recorded,
        )


def violation(commit: str, day: str, finding: Finding) -> Violation:
    """Return the finding of a step as plain data."""
    return Violation(
        commit,
        day,
        finding.rule.id,
        finding.place.file,
        finding.place.line,
        finding.place.column,
        finding.found._asdict(),
        finding.remedy._asdict(),
    )


def write(audit: Audit) -> dict[str, bytes]:
    """Return the contents of FILES; the same audit gives the same bytes."""
    told = {
        "from": audit.start,
        "until": audit.until,
        "tree": audit.tree,
        "steps": audit.steps,
        "records": audit.records,
        "stated": audit.stated,
        "attested": audit.attested,
        "level": audit.level,
        **({"projection": asdict(audit.projection)} if audit.projection else {}),
        "marks": [asdict(mark) for mark in audit.marks],
        "violations": [asdict(one) for one in audit.violations],
    }
    rows = {
        proposal: {event: asdict(how) for event, how in sorted(events.items())}
        for proposal, events in sorted(audit.recorded.items())
    }
    return {FILES[0]: _json(told, 2), FILES[1]: _json({"until": audit.until, "proposals": rows}, 0)}


def _json(data: Any, indent: int) -> bytes:
    text = json.dumps(data, ensure_ascii=False, indent=indent, sort_keys=False)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def read(files: Mapping[str, bytes]) -> Audit:
    """Return the audit that FILES hold; raises AuditFileError when they are broken or do not belong together."""
    try:
        told, rows = (json.loads(files[name]) for name in FILES)
        if told["until"] != rows["until"]:
            raise AuditFileError("the two files are of different audits")
        if not all(type(told[key]) is int for key in ("steps", "records", "stated", "attested")) or not isinstance(
            told["until"], str
        ):
            raise AuditFileError("its numbers are no numbers")
        recorded = {
            proposal: {e: Recorded(**{**how, "approved": tuple(how["approved"])}) for e, how in events.items()}
            for proposal, events in rows["proposals"].items()
        }
        return Audit(
            start=told["from"],
            until=told["until"],
            tree=told["tree"],
            steps=told["steps"],
            records=told["records"],
            stated=told["stated"],
            attested=told["attested"],
            marks=tuple(Mark(**mark) for mark in told["marks"]),
            violations=tuple(Violation(**one) for one in told["violations"]),
            recorded=recorded,
            projection=Projected(**told["projection"]) if "projection" in told else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise AuditFileError(str(error)) from None
