"""Handling: no agency has two duties in one assignment, no promise ends twice or before it was made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from huiyin.checks import Spotted, Subject, each_proposal
from huiyin.findings import Severity, Text


@each_proposal("agency-twice")
def twice(subject: Subject) -> Iterator[Spotted]:
    """同一单位承担两种责任 / Agency with two duties

    一次交办中，一个单位只能是主办、会办、分办中的一种。

    In one assignment an agency is lead, co-handler or one of the separate agencies, and only one of them.
    """
    for n, event in enumerate(subject.proposal.events):
        held = {event.lead, *event.separate}
        for m, agency in enumerate(event.co):
            if agency in held:
                name = subject.registry.name_of(agency)
                yield Spotted(
                    ("events", n, "co", m),
                    Text(f"{name}已经是主办或分办单位", f"{name} is the lead or a separate agency already"),
                    Text("从 co 中删去，或者改正主办单位", "take it out of co, or correct the lead"),
                )


@each_proposal("commitment-settled")
def settled(subject: Subject) -> Iterator[Spotted]:
    """承诺已经了结 / Commitment settled before

    一项承诺只能落实一次或放弃一次；之后又有新情况的，写进展（progressed）。已经更正（corrected）的节点不算。

    A commitment is kept once or given up once. What happens later is progress (`progressed`). An event that was
    corrected since does not count.
    """
    corrected = {event.refers_to for event in subject.proposal.events if event.type == "corrected"}
    ended: dict[str, tuple[str, date | None]] = {}
    for n, event in enumerate(subject.proposal.events):
        if event.type not in ("fulfilled", "dropped") or not event.commitment or event.id in corrected:
            continue
        if event.commitment in ended:
            before, day = ended[event.commitment]
            yield Spotted(
                ("events", n, "commitment"),
                Text(
                    f"承诺 {event.commitment} 已由 {before} 了结（{day or '日期不详'}）",
                    f"{before} settled the commitment {event.commitment} ({day or 'day unknown'})",
                ),
                Text("新情况用 progressed；编号写错就改正", "use progressed for what is new, or correct the id"),
            )
        ended.setdefault(event.commitment, (event.id, event.on))


@each_proposal("commitment-before-reply", Severity.WARNING)
def before_reply(subject: Subject) -> Iterator[Spotted]:
    """承诺期限早于答复 / Commitment due before the reply

    承诺是答应以后做的事，期限不早于作出承诺的那天。已经做完的写在答复里，不算承诺。

    A commitment is about what will be done: it is not due before the day on which it was made. What was done already
    is told in the reply.
    """
    for n, event in enumerate(subject.proposal.events):
        for m, commitment in enumerate(event.commitments):
            if commitment.due and event.on and commitment.due < event.on:
                yield Spotted(
                    ("events", n, "commitments", m, "due"),
                    Text(
                        f"期限 {commitment.due} 早于答复的 {event.on}",
                        f"due on {commitment.due}, before the reply of {event.on}",
                    ),
                    Text("改正期限；已经做完的写进答复", "correct the day; tell in the reply what is done already"),
                    Text(f"{event.on} 或更晚", f"{event.on} or later"),
                )
