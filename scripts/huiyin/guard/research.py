"""Research: who may change it beside offices, and that what an agency was asked stays as it was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from huiyin.checks import Spotted
from huiyin.findings import Text
from huiyin.guard.change import Change, guarded
from huiyin.model import Research


@guarded("research-changed")
def changed(change: Change) -> Iterator[Spotted]:
    """要过的数据改了 / Request for data changed

    向单位要数据，提出以后不改、不删：要什么、向谁要、什么时候要都是给对方的时限；已经登记的答复也不改，有误的在调研里另写一次。

    What an agency was asked for is neither changed nor removed: whom, what and by when is its time limit. An answer
    that is recorded stays too; what was wrong is asked anew.
    """
    for name, before in change.base.research.items():
        after = change.head.research.get(name)
        if after is None:
            continue
        now = {one.id: one for one in after.requests}
        for one in before.requests:
            there = now.get(one.id)
            kept = there if there is None or one.answer else replace(there, answer=None)
            if kept != one:
                yield Spotted(
                    ("requests",),
                    Text(f"{name} 的 {one.id} 改了", f"{one.id} of {name} was changed"),
                    Text("恢复原来的内容，另加一次要数据", "restore it, and add another request"),
                    source=after.source,
                )


def theirs(change: Change, name: str) -> bool:
    """Whether the actor may change this research: it is theirs on both sides, or they answer what they were asked."""
    before, after = change.base.research.get(name), change.head.research.get(name)
    may = change.may(change.asked.actor)
    if after is None:
        return False
    if may & set(after.by) and (before is None or may & set(before.by)):
        return True
    return before is not None and _without_answers(before, may) == _without_answers(after, may)


def _without_answers(research: Research, to: frozenset[str]) -> Research:
    """The research without the answers of these agencies."""
    rows = tuple(replace(one, answer=None) if one.to in to else one for one in research.requests)
    return replace(research, requests=rows)
