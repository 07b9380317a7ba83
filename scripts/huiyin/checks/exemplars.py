"""Checks of exemplars: that the reply is there, that people may read what was chosen, and their days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from huiyin import yamltext
from huiyin.checks import Spotted, registry_today, whole_registry
from huiyin.disclosure import Openness, Why
from huiyin.disclosure.audience import PUBLIC
from huiyin.findings import Path, Text, one_of
from huiyin.model import Event, Exemplar, Proposal, Registry


def _chosen(registry: Registry) -> Iterator[tuple[Exemplar, Proposal, Event | None]]:
    """Every exemplar with its proposal and, where that was chosen and is there, its reply."""
    for exemplar in registry.exemplars.values():
        proposal = registry.proposals.get(exemplar.proposal)
        if proposal:
            yield exemplar, proposal, next((one for one in proposal.events if one.id == exemplar.reply), None)


@whole_registry("exemplar-reply")
def replies(registry: Registry) -> Iterator[Spotted]:
    """范例所指的不是答复 / The exemplar names no reply

    reply 写的是这一件里一个答复节点的编号；选的是建议、提案本身就不写 reply。

    `reply` is the id of an event of that proposal that is a reply. Leave it out where the proposal itself was chosen.
    """
    for exemplar, proposal, reply in _chosen(registry):
        if exemplar.reply and (reply is None or reply.type != "replied"):
            yield Spotted(
                ("reply",),
                Text(f"{proposal.id} 的 {exemplar.reply} 不是答复", f"{exemplar.reply} of {proposal.id} is no reply"),
                Text("写答复节点的编号，或者去掉 reply", "write the id of a reply, or leave `reply` out"),
                one_of([event.id for event in proposal.events if event.type == "replied"]),
                exemplar.source,
            )


@whole_registry("exemplar-hidden")
def hidden(registry: Registry) -> Iterator[Spotted]:
    """范例没有公开 / The exemplar is not public

    范例是给大家学的，所选的建议、提案或者答复要全文公开。后来不再公开的，写 withdrawn 撤下。

    An exemplar is there for everybody to learn from: the proposal, or the reply, has to be public in full. Withdraw
    one that is not public any more.
    """
    for exemplar, proposal, reply in _chosen(registry):
        if exemplar.withdrawn is None and (why := _closed(registry, proposal, reply)):
            yield Spotted(
                ("reply",) if reply else ("proposal",),
                Text(f"{proposal.id} 没有全文公开（{why.code}）", f"{proposal.id} is not public ({why.code})"),
                Text("换一件公开的，或者写 withdrawn 撤下", "choose one that is public, or withdraw this one"),
                source=exemplar.source,
            )


def _closed(registry: Registry, proposal: Proposal, reply: Event | None) -> Why | None:
    """Why not everybody may read it; an open intake is public from the first minute, unless something is withheld."""
    data = yamltext.read(proposal.source.text).data
    event = next((row for row in data["events"] if reply and row["id"] == reply.id), None)
    why = Openness(data, PUBLIC).closed("text" if event else "situation", event)
    return why if why and (why.code == "withheld" or registry.settings.intake == "private") else None


@registry_today("exemplar-days")
def days(registry: Registry, as_of: date) -> Iterator[Spotted]:
    """范例的日期不合 / Days of an exemplar do not fit

    选定不早于所选的提出或答复，撤下不早于选定，都不晚于今天。

    It was not chosen before it was submitted or given, and not withdrawn before it was chosen; neither is to come.
    """
    for exemplar, proposal, reply in _chosen(registry):
        first = reply or next(iter(proposal.events), None)
        start = first.on if first and first.on else None
        wrong: list[tuple[Path, date, str]] = []
        if start and exemplar.on < start:
            wrong.append((("on",), exemplar.on, f"≥ {start}"))
        if exemplar.on > as_of:
            wrong.append((("on",), exemplar.on, f"≤ {as_of}"))
        if exemplar.withdrawn and not exemplar.on <= exemplar.withdrawn.on <= as_of:
            wrong.append((("withdrawn", "on"), exemplar.withdrawn.on, f"≥ {exemplar.on}，≤ {as_of}"))
        for at, day, allowed in wrong:
            yield Spotted(
                at,
                Text(f"{day} 与其他日期不合", f"{day} does not fit the other days"),
                Text("改正日期", "correct the day"),
                Text(allowed, allowed.replace("，", ", ")),
                exemplar.source,
            )
