"""The replay: guard over first-parent steps, in one streamed pass of git, or in several side by side.

Each step is judged by its own base, so parts of a long history can be replayed apart and put together.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from huiyin.audit.result import Audit, Mark, Recorded, Violation, violation
from huiyin.audit.step import (
    APPROVED,
    NOBODY,
    OPENED,
    REQUEST,
    REWRITTEN,
    UNATTESTED,
    UNSTATED,
    asked_of,
    day_of_landing,
)
from huiyin.findings import Finding, Place, Severity, Text
from huiyin.guard import CHANGE, Asked, Change, Reader, judge
from huiyin.guard.change import at
from huiyin.history import HistoryError, Objects, Repository, Step, steps
from huiyin.history.signing import signer
from huiyin.load import LawError
from huiyin.model import Registry, Settings
from huiyin.processes import workers

LEAST = 400
"""Steps that are worth a process of their own."""


def settings_at(repository: Repository, commit: str, folder: str) -> Settings:
    """Return the settings of the registry in a commit; raises HistoryError when it has none that can be used."""
    with Objects(repository) as objects:
        reader = Reader(objects, folder)
        tree = repository.tree(commit)
        registry = reader.frame(tree, reader.law(tree)).registry
    if registry is None:
        raise HistoryError(f"{commit[:8]} 里的 {folder}registry.yaml 无法使用", f"{folder}registry.yaml cannot be used")
    return registry.settings


def audit(
    repository: Repository, until: str, start: str, folder: str, last: Audit | None = None, processes: int | None = None
) -> Audit:
    """Return the audit of every step behind `start` up to `until`; `last` is an earlier one, from which it goes on.

    Both are full ids. `last` counts only if it began at the same commit and found nothing.
    """
    tree = repository.tree(until)
    after = last.until if last and last.start == start and not last.violations else start
    if not repository.descends(until, after):
        finding = REWRITTEN.finding(
            Place(f"{folder}registry.yaml"),
            Text(f"{after[:12]} 不在这条主线上", f"{after[:12]} is not on this branch"),
            Text(
                "查明是谁改写了历史，恢复原来的主线；audit_from 写错的改正它",
                "find out who rewrote history and restore the branch; correct audit_from if it is wrong",
            ),
        )
        return Audit(start, until, tree, violations=(violation(until, "", finding),))
    done = Audit(start, after, repository.tree(after)) if after == start else last
    assert done is not None  # noqa: S101 (`after` is its end)
    for part in _parts(repository, after, until, folder, processes or os.cpu_count() or 1):
        done = done.then(part)
    return done


def _parts(repository: Repository, after: str, until: str, folder: str, processes: int) -> list[Audit]:
    listed = repository.ask("rev-list", "--first-parent", "--reverse", f"{after}..{until}").decode().split()
    count = max(1, min(processes, len(listed) // LEAST))
    ends = [listed[len(listed) * n // count - 1] for n in range(1, count + 1)] if listed else []
    spans = list(zip([after, *ends[:-1]], ends, strict=True))
    if len(spans) < 2:
        return [replay(str(repository.path), first, end, folder) for first, end in spans]
    with workers(len(spans)) as pool:
        return list(pool.map(replay, *zip(*((str(repository.path), a, b, folder) for a, b in spans), strict=True)))


def replay(path: str, after: str, until: str, folder: str) -> Audit:
    """Return the audit of the steps of one part of the history."""
    repository = Repository(Path(path))
    with Objects(repository) as objects:
        walk = _Walk(Reader(objects, folder), after, repository.tree(after))
        for step in steps(repository, until, after):
            walk.take(step)
        return walk.result()


class _Walk:
    """What is known while steps pass by."""

    def __init__(self, reader: Reader, start: str, tree: str) -> None:
        self.reader = reader
        self.start, self.commit, self.tree = start, start, tree
        self.steps = self.records = self.stated = self.attested = 0
        self.marks: list[Mark] = []
        self.violations: list[Violation] = []
        self.recorded: dict[str, dict[str, Recorded]] = {}

    def take(self, step: Step) -> None:
        before, self.commit, self.tree = self.tree, step.commit, step.tree
        self.steps += 1
        self.records += any(file.path.startswith(self.reader.folder) for file in step.changes)
        try:
            self._judge(step, before)
        except LawError as error:
            self.violations.extend(violation(step.commit, step.at.date().isoformat(), one) for one in error.findings)
        self.reader.advance(before, step.tree, step.changes)

    def _judge(self, step: Step, before: str) -> None:
        frame = self.reader.frame(before, self.reader.law(before)).registry
        timezone = frame.settings.timezone if frame else "UTC"
        asked = asked_of(step, timezone)
        day = day_of_landing(step, timezone).isoformat()
        ruled = any(file.path.startswith(self.reader.schema) for file in step.changes)
        if ruled:
            self.marks.append(Mark(step.commit, day, "rules", step.title, step.trailer(REQUEST)))
        records = any(file.path.startswith(self.reader.folder) for file in step.changes)
        if not step.changes or (asked is None and not records and not ruled):
            return  # code and words without a statement: whose they are is for the host to say
        stated = asked or Asked(NOBODY, day_of_landing(step, timezone), approvers=(), landed=True)
        change = self.reader.change(before, step.tree, step.changes, stated)
        found = [finding for finding in judge(change) if finding.severity == Severity.ERROR]
        if asked is None:
            found = [_unstated(step), *(f for f in found if not f.rule.id.startswith(("actor-", "approval-")))]
        self.violations.extend(violation(step.commit, day, finding) for finding in sorted(found, key=_order))
        if asked is not None:
            self._attest(step, asked.day, frame)
            if asked.kind != CHANGE:
                self.marks.append(Mark(step.commit, day, asked.kind, step.title, step.trailer(REQUEST)))
            self._record(step, day, asked, change)

    def _attest(self, step: Step, day: date, frame: Registry | None) -> None:
        self.stated += 1
        if frame is None or not frame.settings.landing_keys:
            return
        commit, _ = self.reader.objects.read(step.commit)
        if frame.settings.attests(signer(commit), day):
            self.attested += 1
        else:
            self.violations.append(violation(step.commit, day.isoformat(), _unattested(step)))

    def _record(self, step: Step, day: str, asked: Asked, change: Change) -> None:
        how = Recorded(
            day=day,
            actor=change.name_of(asked.actor),
            approved=tuple(value.partition(" ")[2] or value for value in step.trailers.get(APPROVED, ())),
            commit=step.commit,
            request=step.trailer(REQUEST),
            opened=step.trailer(OPENED),
        )
        for pair in change.pairs:
            for _, event in pair.added:
                if pair.after:
                    self.recorded.setdefault(pair.after.id, {})[event.id] = how

    def result(self) -> Audit:
        return Audit(
            self.start,
            self.commit,
            self.tree,
            self.steps,
            self.records,
            tuple(self.marks),
            tuple(self.violations),
            self.recorded,
            self.stated,
            self.attested,
        )


def _order(finding: Finding) -> tuple[Place, str, str]:
    return finding.order


def _unattested(step: Step) -> Finding:
    return UNATTESTED.finding(
        at(step.changes[0]),
        Text(
            f"提交 {step.commit[:12]} 没有合入密钥的签名",
            f"the commit {step.commit[:12]} is not signed by a landing key",
        ),
        Text("恢复主线，改由 huiyin land --key 合入", "restore the branch and let huiyin land --key bring it in"),
    )


def _unstated(step: Step) -> Finding:
    return UNSTATED.finding(
        at(step.changes[0]),
        Text(f"提交 {step.commit[:12]} 没有写明一个提交人", f"the commit {step.commit[:12]} states no one actor"),
        Text("恢复主线，改由 huiyin land 合入", "restore the branch and let huiyin land bring it in"),
    )
