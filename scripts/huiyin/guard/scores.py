"""Batches of public scores: they are added and voided, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from huiyin.checks import Spotted
from huiyin.findings import Text
from huiyin.guard.change import Change, guarded


@guarded("score-changed")
def changed(change: Change) -> Iterator[Spotted]:
    """已经公布的评分改了 / Published scores changed

    汇总公布的各批只能增加、作废，不能修改、删除，也不能取消作废；评什么、哪个渠道也不能改。

    Batches are added and voided. None is changed or removed, no voiding is taken back, and what was scored through
    which channel stays.
    """
    for name, before in change.base.scores.items():
        after = change.head.scores.get(name)
        if after is None or after == before:
            continue
        now = {batch.id: batch for batch in after.batches}
        kept = all(
            batch.id in now and (now[batch.id] if batch.void else replace(now[batch.id], void=None)) == batch
            for batch in before.batches
        )
        if not kept or (before.proposal, before.channel, before.about) != (after.proposal, after.channel, after.about):
            yield Spotted(
                ("batches",),
                Text(f"{name} 里已有的内容改了", f"what {name} held was changed"),
                Text(
                    "恢复原来的各批；有误的写 void 作废，再加一批",
                    "restore the batches; void one that is wrong, add another",
                ),
                source=after.source,
            )
