"""Inside a file and between numbers: ids are used once, and what is named stands there."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.checks import Spotted, Subject, each_proposal, whole_registry
from huiyin.findings import Path, Text, did_you_mean, one_of
from huiyin.model import Registry


@each_proposal("id-inside-duplicate")
def ids_inside(subject: Subject) -> Iterator[Spotted]:
    """文件内编号重复 / Id used twice in the file

    同一文件里节点、诉求、承诺的编号各不相同。

    Events, asks and commitments of a file have ids of their own.
    """
    proposal = subject.proposal
    commitments = [
        (("events", n, "commitments", m, "id"), commitment.id)
        for n, event in enumerate(proposal.events)
        for m, commitment in enumerate(event.commitments)
    ]
    events = [(("events", n, "id"), event.id) for n, event in enumerate(proposal.events)]
    asks = [(("asks", n, "id"), ask.id) for n, ask in enumerate(proposal.asks)]
    for rows in (events, asks, commitments):
        seen: set[str] = set()
        for at, identifier in rows:
            if identifier in seen:
                yield Spotted(
                    at,
                    Text(f"编号 {identifier} 已经用过", f"the id {identifier} is used already"),
                    Text("换下一个没有用过的号", "take the next number that is free"),
                )
            seen.add(identifier)


@each_proposal("reference-inside")
def references_inside(subject: Subject) -> Iterator[Spotted]:
    """引用了文件里没有的编号 / Reference to something not in the file

    答复和承诺引用的诉求、落实和进展引用的承诺、更正和反馈引用的节点，都要在同一文件里，而且在它之前。

    The asks that answers name, the commitments that progress names and the events that corrections name stand in the
    same file, and before it.
    """
    asks = [ask.id for ask in subject.proposal.asks]
    events: list[str] = []
    commitments: list[str] = []
    for n, event in enumerate(subject.proposal.events):
        commitments.extend(commitment.id for commitment in event.commitments)
        named: list[tuple[Path, str, list[str], Text]] = []
        if event.refers_to:
            named.append((("event",), event.refers_to, events, Text("在它之前的节点", "event before it")))
        if event.commitment:
            named.append(
                (
                    ("commitment",),
                    event.commitment,
                    commitments,
                    Text("已作出的承诺", "commitment made so far"),
                )
            )
        named.extend(
            (("answers", m, "ask"), answer.ask, asks, Text("诉求", "ask")) for m, answer in enumerate(event.answers)
        )
        named.extend(
            (("commitments", m, "ask"), promise.ask, asks, Text("诉求", "ask"))
            for m, promise in enumerate(event.commitments)
            if promise.ask
        )
        for at, identifier, known, what in named:
            if identifier not in known:
                yield Spotted(
                    ("events", n, *at),
                    Text(f"本文件没有{what.zh} {identifier}", f"this file has no {what.en} {identifier}"),
                    Text("改正编号", "correct the id"),
                    one_of(known),
                )
        events.append(event.id)


@each_proposal("ground-unknown")
def grounds(subject: Subject) -> Iterator[Spotted]:
    """没有这条理由 / Unknown ground

    不予立案和不予公开只能用办理规则列明的理由。

    Refusing and withholding need a ground that the rule pack lists.
    """
    refusal = [ground.id for ground in subject.pack.refusal_grounds]
    withholding = [ground.id for ground in subject.pack.disclosure_grounds]
    named: list[tuple[Path, str | None, list[str]]] = []
    disclosure = subject.proposal.disclosure
    if disclosure:
        named.append((("disclosure", "ground"), disclosure.ground, withholding))
    for n, event in enumerate(subject.proposal.events):
        if event.ground:
            known = refusal if event.type == "refused" else withholding
            named.append((("events", n, "ground"), event.ground, known))
        if event.disclosure:
            named.append((("events", n, "disclosure", "ground"), event.disclosure.ground, withholding))
    for at, ground, known in named:
        if ground and ground not in known:
            hint = did_you_mean(ground, known) or Text("从规则包的理由表里选", "choose one that the pack lists")
            yield Spotted(
                at,
                Text(
                    f"规则包 {subject.pack.id} 没有理由 {ground}",
                    f"the pack {subject.pack.id} has no ground {ground}",
                ),
                hint,
                one_of(known),
            )


@whole_registry("number-duplicate")
def numbers(registry: Registry) -> Iterator[Spotted]:
    """正式编号重复 / Official number used twice

    同一机构、届次、种类内，正式编号唯一。

    Official numbers are unique within body, session and kind.
    """
    seen: dict[tuple[str, str, str], str] = {}
    for identifier, proposal in sorted(registry.proposals.items()):
        if not proposal.number:
            continue
        key = (proposal.session, proposal.kind, proposal.number)
        first = seen.setdefault(key, identifier)
        if first != identifier:
            index = next(n for n, event in enumerate(proposal.events) if event.number)
            yield Spotted(
                ("events", index, "number"),
                Text(
                    f"编号 {proposal.number} 已给了 {first}",
                    f"the number {proposal.number} belongs to {first}",
                ),
                Text("核对台账，改用下一个空号", "look it up in the ledger and take the next free number"),
                source=proposal.source,
            )


@each_proposal("number-missing")
def number_missing(subject: Subject) -> Iterator[Spotted]:
    """受理时没有给编号 / Accepted without a number

    受理或立案的同时给出正式编号。

    Accepting a proposal gives it its official number.
    """
    for n, event in enumerate(subject.proposal.events):
        if event.type == "accepted" and not event.number:
            yield Spotted(
                ("events", n),
                Text("受理节点没有 number", "the event accepted has no number"),
                Text('补上正式编号，例如 number: "0042"', 'add the official number, for example number: "0042"'),
            )
