"""Relations between proposals: merges and splits have two sides, and nothing runs in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huiyin.checks import Spotted, whole_registry
from huiyin.findings import Path, Text
from huiyin.model import Proposal, Registry


@whole_registry("merge-one-sided")
def mutual(registry: Registry) -> Iterator[Spotted]:
    """并案或分案只有一方记录 / Merge or split recorded on one side only

    并案双方都要有节点：被并入的写 into，牵头的写 with；分案也一样，原件写 into，拆出的写 from。

    Both sides record a merge: the one that joins says `into`, the one that leads says `with`. A split likewise: the
    original says `into`, each part says `from`.
    """
    merges = {p.id: {e.joins for e in p.events if e.joins} for p in registry.proposals.values()}
    leads = {p.id: {other for e in p.events for other in e.joined_by} for p in registry.proposals.values()}
    origins = {p.id: {e.split_from for e in p.events if e.split_from} for p in registry.proposals.values()}
    parts = {p.id: {other for e in p.events for other in e.split_into} for p in registry.proposals.values()}
    for proposal in registry.proposals.values():
        for n, event in enumerate(proposal.events):
            sides: list[tuple[Path, str, Mapping[str, set[str]], str]] = []
            if event.joins:
                sides.append((("into",), event.joins, leads, "with"))
            if event.split_from:
                sides.append((("from",), event.split_from, parts, "into"))
            sides.extend((("with", m), other, merges, "into") for m, other in enumerate(event.joined_by))
            sides.extend((("into", m), other, origins, "from") for m, other in enumerate(event.split_into))
            for at, other, table, key in sides:
                if other in table and proposal.id not in table[other]:
                    yield Spotted(
                        ("events", n, *at),
                        Text(f"{other} 那一边没有对应的节点", f"{other} has no event for its side"),
                        Text(
                            f"在 {other} 中追加 {event.type}，写 {key}: {proposal.id}",
                            f"append {event.type} to {other}, with {key}: {proposal.id}",
                        ),
                        source=proposal.source,
                    )


@whole_registry("merge-circle")
def circles(registry: Registry) -> Iterator[Spotted]:
    """并案或前案成环 / Circle of merges or earlier proposals

    一件不能并入自己，几件不能互相并入成环；前案（follows）也不能成环。

    Nothing merges into itself, alone or through others, and nothing follows itself.
    """
    joins = {p.id: [e.joins for e in p.events if e.joins] for p in registry.proposals.values()}
    follows = {p.id: list(p.follows) for p in registry.proposals.values()}
    for proposal in registry.proposals.values():
        for links, at in ((joins, _merge_place(proposal)), (follows, ("follows",))):
            circle = _circle(proposal.id, links)
            if circle and proposal.id == min(circle):
                way = " → ".join([*circle, circle[0]])
                yield Spotted(
                    at,
                    Text(f"成环：{way}", f"a circle: {way}"),
                    Text("留下一个方向", "keep one direction"),
                    source=proposal.source,
                )


def _merge_place(proposal: Proposal) -> Path:
    index = next((n for n, event in enumerate(proposal.events) if event.joins), 0)
    return ("events", index, "into")


def _circle(start: str, links: Mapping[str, list[str]]) -> list[str]:
    """The ids on a way from `start` back to itself, in order; empty when there is none."""
    came_from: dict[str, str] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for there in links.get(here, ()):
            if there == start:
                way = [here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if there not in came_from:
                came_from[there] = here
                waiting.append(there)
    return []
