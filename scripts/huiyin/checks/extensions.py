"""Extensions and reopenings: whether they were asked for, in time, within the cap, and whether a rule covers them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from huiyin.checks import Spotted, Subject, each_proposal
from huiyin.clocks import Deadline
from huiyin.clocks.counting import extended
from huiyin.findings import Severity, Text
from huiyin.model import Event


@dataclass(frozen=True)
class _Extension:
    """One extension of one clock, with the due day that held before it."""

    index: int
    event: Event
    deadline: Deadline
    before: date


def _extensions(subject: Subject) -> Iterator[_Extension]:
    """Yield every extension once, with the first clock that it moved."""
    index = {event.id: n for n, event in enumerate(subject.proposal.events)}
    seen: set[str] = set()
    for deadline in subject.deadlines:
        for n, event in enumerate(deadline.extensions):
            if deadline.original is not None and event.id not in seen:
                seen.add(event.id)
                before = extended(deadline.original, deadline.cap, deadline.extensions[:n])[1]
                yield _Extension(index[event.id], event, deadline, before)


@each_proposal("extension-cap", Severity.WARNING)
def cap(subject: Subject) -> Iterator[Spotted]:
    """延期超过最长期限 / Extended beyond the longest term

    同意延期到的日期晚于条文允许的最长期限。超过的部分不计；规则包引有条文的地方算错误。

    The new due day lies beyond the longest term that the article allows. What is beyond does not count; where the pack
    cites an article it is an error.
    """
    for one in _extensions(subject):
        limit, term, due = one.deadline.cap, one.deadline.term, one.event.due
        if limit and term and term.cap and due and due > limit.latest:
            yield Spotted(
                ("events", one.index, "due"),
                Text(
                    f"延至 {due}，最长只能到 {limit.latest}（{term.cap.source.say()}）",
                    f"extended to {due}, at most {limit.latest} ({term.cap.source.say()})",
                ),
                Text("按文书核对日期；确已超过的，按最长期限办", "compare the paper; the longest term holds"),
                Text(f"不晚于 {limit.latest}", f"{limit.latest} or earlier"),
            )


@each_proposal("extension-order", Severity.WARNING)
def later(subject: Subject) -> Iterator[Spotted]:
    """延期没有延长 / Extended to no later day

    同意延期到的日期不晚于原来的期限。期限不会因延期缩短，原期限仍然有效。

    The new due day is not after the one that held before. An extension never shortens a term: the earlier day holds.
    """
    for one in _extensions(subject):
        if one.event.due and one.event.due <= one.before:
            yield Spotted(
                ("events", one.index, "due"),
                Text(f"延至 {one.event.due}，原期限是 {one.before}", f"extended to {one.event.due} from {one.before}"),
                Text("按文书核对日期", "compare the day with the paper"),
                Text(f"晚于 {one.before}", f"later than {one.before}"),
            )


@each_proposal("extension-after-due", Severity.WARNING)
def in_time(subject: Subject) -> Iterator[Spotted]:
    """逾期以后才同意延期 / Extended after the due day

    同意延期的那天，原期限已过。批准以前的天数仍算逾期，页面会说明。

    The due day had passed when more time was granted. Until then it was overdue, and the page says so.
    """
    for one in _extensions(subject):
        if one.event.on and one.event.on > one.before:
            yield Spotted(
                ("events", one.index, "on"),
                Text(
                    f"{one.event.on} 才同意延期，原期限 {one.before} 已过",
                    f"granted on {one.event.on}, after the due day {one.before}",
                ),
                Text(
                    "按文书核对日期；确系逾期后批准的，保留原样", "compare the day with the paper; leave it if it is so"
                ),
                Text(f"{one.before} 或更早", f"{one.before} or earlier"),
            )


@each_proposal("extension-unrequested", Severity.WARNING)
def requested(subject: Subject) -> Iterator[Spotted]:
    """没有申请就同意延期 / Extended without a request

    同意或不同意延期之前，应当有承办单位的申请；有几次申请的，用 event 指明批复哪一次。

    Before more time is granted or refused an agency asked for it; with several requests `event` names which is meant.
    """
    waiting: list[str] = []
    kinds = {event.id: event.type for event in subject.proposal.events}
    for n, event in enumerate(subject.proposal.events):
        if event.type == "extension_requested":
            waiting.append(event.id)
        elif event.type in ("extended", "extension_refused"):
            named = event.refers_to or (waiting[-1] if waiting else None)
            if named in waiting:
                waiting.remove(named)
            else:
                where = ("events", n, "event" if event.refers_to else "type")
                told = f"{named} 不是待批的申请" if event.refers_to else "此前没有待批的延期申请"
                en = f"{named} is no request that waits" if event.refers_to else "no request waits before it"
                yield Spotted(
                    where,
                    Text(told, en),
                    Text(
                        "补录 extension_requested，或改正 event",
                        "add the extension_requested, or correct event",
                    ),
                    Text(
                        "、".join(i for i, kind in kinds.items() if kind == "extension_requested") or "先有申请",
                        ", ".join(i for i, kind in kinds.items() if kind == "extension_requested") or "a request first",
                    ),
                )


@each_proposal("extension-form", Severity.WARNING)
def form(subject: Subject) -> Iterator[Spotted]:
    """延期的手续不全 / Extension without what the article demands

    条文要求向提出人说明情况的，写明 proposer_told_on；要求书面报告的，申请写明 document。

    Where the article has the proposer told, the extension carries proposer_told_on; where it demands a written report,
    the request carries document.
    """
    events = {event.id: event for event in subject.proposal.events}
    for one in _extensions(subject):
        rule = one.deadline.term.cap if one.deadline.term else None
        if rule is None:
            continue
        if rule.consent == "explain" and one.event.proposer_told_on is None:
            yield Spotted(
                ("events", one.index),
                Text(
                    f"没有写明何时告知提出人（{rule.source.say()}）",
                    f"it does not say when the proposer was told ({rule.source.say()})",
                ),
                Text("写 proposer_told_on", "add proposer_told_on"),
            )
        request = events.get(one.event.refers_to or "")
        if rule.consent == "written_report" and (request is None or request.document is None):
            yield Spotted(
                ("events", one.index),
                Text(f"没有写明书面报告（{rule.source.say()}）", f"no written report is named ({rule.source.say()})"),
                Text(
                    "用 event 指明申请，并在申请中写 document",
                    "name the request in event, and its document in the request",
                ),
            )


@each_proposal("clock-no-rule", Severity.WARNING)
def uncovered(subject: Subject) -> Iterator[Spotted]:
    """没有期限规则的节点 / No rule for what this event starts

    重新启动或延期以后，办理规则没有写明相应的期限，所以不计算。登记册如实记录，不另设期限。

    The rule pack has no time limit for what follows a reopening or for an extension here, so nothing is counted. The
    registry records the fact and makes up no limit.
    """
    if not any(clock.terms for clock in subject.pack.clocks.values()):
        return
    moved = {event.id for deadline in subject.deadlines for event in deadline.extensions}
    for n, event in enumerate(subject.proposal.events):
        if n in subject.standing.refused:
            continue
        if (event.type == "reopened" and not subject.pack.starts("reopened")) or (
            event.type == "extended" and event.id not in moved
        ):
            yield Spotted(
                ("events", n, "type"),
                Text(
                    f"规则包 {subject.pack.id} 没有 {event.type} 之后的期限，不计算",
                    f"the pack {subject.pack.id} has no clock for {event.type}: nothing is counted",
                ),
                Text(
                    "条文写有期限的，请在规则包里补上；没有的，保留原样",
                    "add it to the pack if an article states one; otherwise leave it",
                ),
            )
