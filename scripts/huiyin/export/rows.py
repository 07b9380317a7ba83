"""The rows of each table of an export, in the order of its columns. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from huiyin.cases import Case, holders
from huiyin.figures import GROUPINGS, Figure, Group, figures, grouped_by
from huiyin.figures.stays import stays
from huiyin.knowledge.push import Ground, ground
from huiyin.model import Registry
from huiyin.signals.series import over
from huiyin.vocabulary import Vocabulary

Value = str | int | bool | date | None
Row = tuple[Value, ...]
JOINED = ";"
"""Stands between several ids in one column."""


@dataclass(frozen=True)
class Scope:
    """What rows are made from: the registry, its cases on a day, and the words for codes."""

    registry: Registry
    cases: Mapping[str, Case]
    words: Vocabulary
    as_of: date

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure over all proposals."""
        return figures(self.cases.values(), self.as_of)

    @cached_property
    def groups(self) -> Mapping[str, tuple[Group, ...]]:
        """Every figure for each group, by the name of the grouping: one pass serves pages and programs."""
        return grouped_by(self.cases.values(), self.as_of, GROUPINGS, self.registry, self.words)

    @cached_property
    def ground(self) -> Ground:
        """What members' suggestions are made from: pages, feeds and links to them go by the same."""
        return ground(over(self.registry.signals.values(), self.as_of), self.cases.values())

    def count(self) -> None:
        """Count figures and groups now, once for all processes that are started later."""
        _ = self.figures, self.groups


def _join(values: Iterable[str]) -> str:
    return JOINED.join(values)


def proposals(scope: Scope) -> Iterator[Row]:
    """One row a proposal."""
    for identifier, case in scope.cases.items():
        item, standing, deadline = case.proposal, case.standing, case.reply_deadline
        body = scope.registry.body_of(item)
        first = {event.type: event.on for event in reversed(case.events)}
        rating, origin = standing.rating, item.imported
        yield (
            identifier,
            standing.number,
            item.kind,
            body.id if body else None,
            item.session,
            item.occasion,
            item.title,
            item.category,
            item.origin,
            _join(item.proposers),
            standing.state,
            case.state.stage if case.state else None,
            standing.assignment.lead,
            _join(standing.assignment.co) or None,
            _join(standing.assignment.separate) or None,
            first.get("submitted"),
            first.get("accepted"),
            first.get("assigned"),
            first.get("replied"),
            deadline.earliest if deadline else None,
            deadline.latest if deadline else None,
            deadline.provisional if deadline and deadline.latest else None,
            deadline.state.value if deadline else None,
            deadline.days if deadline and deadline.latest else None,
            standing.reply.reply_class if standing.reply else None,
            rating.attitude if rating else None,
            rating.result if rating else None,
            item.disclosure.level if item.disclosure else None,
            _join(item.follows) or None,
            item.situation,
            item.analysis,
            origin.name if origin else None,
            origin.row if origin else None,
            case.reply_complete,
            case.itemised,
        )


def proposers(scope: Scope) -> Iterator[Row]:
    """One row a proposer of a proposal, the lead first."""
    for identifier, case in scope.cases.items():
        for place, proposer in enumerate(case.proposal.proposers, start=1):
            yield identifier, place, proposer, scope.registry.name_of(proposer)


def evidence(scope: Scope) -> Iterator[Row]:
    """One row a piece of evidence."""
    for identifier, case in scope.cases.items():
        for place, row in enumerate(case.proposal.evidence, start=1):
            yield identifier, place, row.claim, row.figure, row.comparison, row.source


def asks(scope: Scope) -> Iterator[Row]:
    """One row an ask, with its latest answer."""
    for identifier, case in scope.cases.items():
        for standing in case.standing.asks:
            event, answer = standing.answers[-1] if standing.answers else (None, None)
            yield (
                identifier,
                standing.ask.id,
                standing.ask.text,
                standing.ask.agency,
                bool(standing.answers),
                event.by if event else None,
                event.on if event else None,
                answer.text if answer else None,
                answer.reply_class if answer else None,
            )


def events(scope: Scope) -> Iterator[Row]:
    """One row an event."""
    for identifier, case in scope.cases.items():
        for place, event in enumerate(case.events, start=1):
            yield (
                identifier,
                place,
                event.id,
                event.type,
                event.on,
                event.by,
                event.recorded_by,
                event.channel,
                event.document.number if event.document else None,
                event.text or event.outcome or event.reason or event.reasons or event.evidence,
                event.reply_class,
                event.attitude,
                event.result,
                event.commitment,
                event.refers_to,
                event.due,
                event.round,
                event.late_entry is not None,
                event.undated,
                event.to or event.joins or event.split_from,
                event.how,
                event.level or (event.disclosure.level if event.disclosure else None),
                event.about,
            )


def handlers(scope: Scope) -> Iterator[Row]:
    """One row an agency that handles a proposal now: lead, separate or co."""
    for identifier, case in scope.cases.items():
        assignment = case.standing.assignment
        lead = (assignment.lead,) if assignment.lead else ()
        for role, agencies in (("lead", lead), ("separate", assignment.separate), ("co", assignment.co)):
            for agency in agencies:
                yield identifier, agency, role


def deadlines(scope: Scope) -> Iterator[Row]:
    """One row a count of a clock of a proposal."""
    for identifier, case in scope.cases.items():
        decisive = (case.reply_deadline, case.feedback_deadline)
        for deadline in case.deadlines:
            started, ended = deadline.started_by, deadline.ended_by
            yield (
                identifier,
                deadline.clock.id,
                any(deadline is one for one in decisive),
                "|".join(deadline.clock.start.on),
                "|".join(deadline.clock.end.on),
                deadline.state.value,
                started is not None,
                started.on if started else None,
                deadline.original.latest if deadline.original else None,
                bool(deadline.extensions),
                deadline.earliest,
                deadline.latest,
                ended is not None,
                ended.on if ended else None,
                "|".join(holders(scope.registry, case, deadline)) or None,
            )


def inputs(scope: Scope) -> Iterator[Row]:
    """One row an opinion given in a consultation."""
    for identifier, case in scope.cases.items():
        for event in case.events:
            for place, given in enumerate(event.inputs, start=1):
                yield identifier, event.id, place, event.on, given.source, given.text, given.taken_up


def stretches(scope: Scope) -> Iterator[Row]:
    """One row a stay of a proposal in a stage."""
    for identifier, case in scope.cases.items():
        for place, stay in enumerate(stays(case), start=1):
            yield identifier, place, stay.stage, stay.since, stay.until, stay.end.value, stay.days(scope.as_of)


def commitments(scope: Scope) -> Iterator[Row]:
    """One row a commitment."""
    for identifier, case in scope.cases.items():
        for promise in case.standing.promises:
            commitment = promise.commitment
            yield (
                identifier,
                commitment.id,
                commitment.text,
                promise.owner,
                commitment.due,
                commitment.ask,
                promise.reply.on,
                promise.status,
                promise.settled.on if promise.settled else None,
                promise.overdue(scope.as_of),
            )


def scores(scope: Scope) -> Iterator[Row]:
    """One row a proposal and channel whose public scores are shown."""
    for identifier, case in scope.cases.items():
        for one in case.scores:
            if one.counts:
                yield identifier, one.channel, one.about, one.people, *one.counts, one.start, one.until


def particulars(scope: Scope) -> Iterator[Row]:
    """One row a further column of an imported ledger."""
    for identifier, case in scope.cases.items():
        for place, (label, said) in enumerate(case.proposal.particulars, start=1):
            yield identifier, place, label, said


def members(scope: Scope) -> Iterator[Row]:
    """One row a member."""
    for identifier, member in sorted(scope.registry.members.items()):
        terms = _join(str(term) for term in member.terms) or None
        yield identifier, member.name, member.body, terms, _join(member.groups) or None, member.area


def groups(scope: Scope) -> Iterator[Row]:
    """One row a group."""
    for identifier, group in sorted(scope.registry.groups.items()):
        yield identifier, group.name, group.body, group.kind


def agencies(scope: Scope) -> Iterator[Row]:
    """One row an agency."""
    for identifier, agency in sorted(scope.registry.agencies.items()):
        yield identifier, agency.name, agency.short, agency.level, agency.parent


def sessions(scope: Scope) -> Iterator[Row]:
    """One row a session."""
    for identifier, session in sorted(scope.registry.sessions.items()):
        yield (
            identifier,
            session.body,
            session.term,
            session.number,
            session.title.zh,
            session.title.en,
            session.opened,
            session.closed,
        )
