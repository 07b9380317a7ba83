"""Events: their order, their day, whose act they are, and whether the state table allows them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from huiyin.checks import Spotted, Subject, each_proposal
from huiyin.findings import Text, did_you_mean, hinted, one_of
from huiyin.lifecycle import UNASSIGNED
from huiyin.rules import NONE


@each_proposal("event-order")
def order(subject: Subject) -> Iterator[Spotted]:
    """节点没有按日期排列 / Events out of order

    节点按发生日期先后排列，同一天的按登记先后。

    Events stand in the order of their days; those of one day in the order in which they were recorded.
    """
    latest: date | None = None
    for n, event in enumerate(subject.proposal.events):
        if event.on is None:
            continue
        if latest and event.on < latest:
            yield Spotted(
                ("events", n, "on"),
                Text(f"{event.on} 排在 {latest} 的节点后面", f"{event.on} stands behind an event of {latest}"),
                Text(
                    "运行 huiyin fmt 排好次序；日期写错就改正",
                    "run huiyin fmt to sort them; correct the day if it is wrong",
                ),
                Text(f"{latest} 或更晚", f"{latest} or later"),
            )
        else:
            latest = event.on


@each_proposal("event-future")
def future(subject: Subject) -> Iterator[Spotted]:
    """日期在今天之后 / Day after today

    节点是已经发生的事实，不能晚于今天。

    An event is a fact: it cannot lie after today.
    """
    for n, event in enumerate(subject.proposal.events):
        if event.on and event.on > subject.as_of:
            yield Spotted(
                ("events", n, "on"),
                Text(
                    f"{event.on} 还没有到，今天是 {subject.as_of}",
                    f"{event.on} is still to come; today is {subject.as_of}",
                ),
                Text(
                    "等事情发生以后再登记；日期写错就改正",
                    "record it once it has happened, or correct the day",
                ),
                Text(f"不晚于 {subject.as_of}", f"{subject.as_of} or earlier"),
            )


@each_proposal("event-not-allowed")
def transitions(subject: Subject) -> Iterator[Spotted]:
    """现在不能有这个节点 / Event not allowed here

    每个节点都要符合办理规则的状态表：例如没有受理就不能交办，没有答复就不能评价。

    Every event must fit the pack's table of states: nothing is assigned before it is accepted, nothing rated before it
    is answered.
    """
    for refusal in subject.standing.refusals:
        state = subject.pack.states.get(refusal.state)
        zh = state.title.zh if state else "尚未提出"
        en = state.title.en if state else "not yet submitted"
        first = refusal.state == NONE
        yield Spotted(
            ("events", refusal.index, "type"),
            Text(f"“{zh}”的时候不能有 {refusal.event.type}", f'no {refusal.event.type} while it is "{en}"'),
            Text("第一个节点是 submitted", "the first event is submitted")
            if first
            else Text(
                "补上中间缺的节点，或者改正类型和日期",
                "add the events that are missing, or correct type and day",
            ),
            one_of(subject.pack.allowed_in(refusal.state), most=50),
        )


@each_proposal("event-wrong-actor")
def actors(subject: Subject) -> Iterator[Spotted]:
    """行为人不对 / Not theirs to do

    每种节点写明是谁的行为：例如只有提出人能评价，承办单位和政府办公厅（室）都不能；只有主办或分办单位能答复。

    Each type of event is someone's act: only proposers rate, never agencies or the government office; only the lead or
    a separate agency replies.
    """
    misassigned = _misassigned(subject)
    for n, event in enumerate(subject.proposal.events):
        rule = subject.pack.events.get(event.type)
        if rule is None:
            continue
        if set(rule.by) <= {"lead", "co", "agency"} and n >= misassigned:
            continue  # the id of an assigned agency is wrong, which is said there
        roles = _roles(subject, n, event.by)
        if not roles & set(rule.by):
            yield _not_theirs(subject, ("events", n, "by"), event.by, event.type, rule.by)
        if event.recorded_by and event.recorded_by != event.by:
            recorders = rule.recorded_by or (*rule.by, "body_office", "government_office")
            if not _roles(subject, n, event.recorded_by) & set(recorders):
                yield _not_theirs(subject, ("events", n, "recorded_by"), event.recorded_by, event.type, recorders)


def _not_theirs(subject: Subject, at: tuple[str | int, ...], actor: str, kind: str, roles: tuple[str, ...]) -> Spotted:
    name = subject.registry.name_of(actor)
    act = "记录" if at[-1] == "recorded_by" else "作出"
    return Spotted(
        at,
        Text(f"{name} 不能{act} {kind}", f"{name} may not {'record' if act == '记录' else 'do'} {kind}"),
        Text(
            "改成有权的人；由别人代录时写 recorded_by",
            "name who is entitled; where another entered it say recorded_by",
        ),
        one_of(roles),
    )


def _misassigned(subject: Subject) -> int:
    """The position of the first event before which an agency was assigned that is not in the registry."""
    known, assignments = subject.registry.agencies, subject.standing.assignments
    unknown = (n for n, one in enumerate(assignments) if any(agency not in known for agency in one.agencies))
    return next(unknown, len(assignments))


def _roles(subject: Subject, index: int, actor: str) -> set[str]:
    """The roles that `actor` has in this proposal just before the event at `index`."""
    roles = set()
    proposal, registry = subject.proposal, subject.registry
    if actor in proposal.proposers:
        roles.add("proposer")
    body = registry.body_of(proposal)
    if body and actor == body.office.id:
        roles.add("body_office")
    if actor == registry.settings.government_office.id:
        roles.add("government_office")
    assignments = subject.standing.assignments[: index + 1]
    now = assignments[-1] if assignments else UNASSIGNED
    if actor in now.repliers:
        roles.add("lead")
    if actor in now.co:
        roles.add("co")
    if any(actor in assignment.agencies for assignment in assignments) or any(
        actor == commitment.owner for event in proposal.events[:index] for commitment in event.commitments
    ):
        roles.add("agency")
    return roles


@each_proposal("event-field-missing")
def demanded(subject: Subject) -> Iterator[Spotted]:
    """缺少条文要求写明的内容 / Lacks what an article demands

    当地条文要求这种节点写明的内容，规则包逐项列出并注明出处。

    The pack lists, with their sources, the keys that a local article demands of this type of event.
    """
    for n, event in enumerate(subject.proposal.events):
        rule = subject.pack.events.get(event.type)
        for demand in rule.requires if rule else ():
            if not getattr(event, demand.field):
                yield Spotted(
                    ("events", n),
                    Text(
                        f"{event.type} 没有写明 {demand.field}（{demand.source.say()}）",
                        f"{event.type} lacks {demand.field} ({demand.source.say()})",
                    ),
                    Text(f"补上 {demand.field}", f"add {demand.field}"),
                )


@each_proposal("status-not-derived")
def status(subject: Subject) -> Iterator[Spotted]:
    """办理状态与节点不符 / Status differs from the events

    status 是由节点推算出来的副本，由工具写入，方便人看和检索；不能用改 status 的办法改变状态。

    `status` is a copy of what follows from the events, written by the tools so that people can read and search it.
    Changing it changes nothing: append an event.
    """
    derived = subject.standing.state
    if subject.proposal.status == derived or derived == NONE or subject.standing.refusals:
        return  # what follows from events that are not allowed says nothing; they are the cause, and are told
    states = subject.pack.states
    hint = did_you_mean(subject.proposal.status, states) if subject.proposal.status not in states else None
    remedy = Text("要改变状态就追加节点，然后运行 huiyin fmt", "append an event to change it, then run huiyin fmt")
    yield Spotted(
        ("status",),
        Text(
            f"写的是 {subject.proposal.status}，按节点推算是 {derived}（{states[derived].title.zh}）",
            f"it says {subject.proposal.status}; the events make it {derived} ({states[derived].title.en})",
        ),
        hinted(hint, remedy),
        Text(derived, derived),
    )
