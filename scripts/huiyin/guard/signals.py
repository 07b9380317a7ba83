"""Released counts of complaints: they stay as they are, since two versions side by side would tell what is hidden."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.checks import Spotted
from huiyin.findings import Text
from huiyin.guard.change import Change, guarded


@guarded("signal-changed")
def changed(change: Change) -> Iterator[Spotted]:
    """公布的信号改了 / Released signals changed

    一个月的件数只公布一次：同一个月的两个版本相减，会露出几个来电人，不公布的数也可能算出来。
    有误的整月收回（删去 rows，写明 withdrawn），不换成别的数，也不恢复。

    The counts of a month are released once: the difference of two versions may be about a few complainants, or tell
    what is hidden. A month that is wrong is withdrawn as a whole (rows go, `withdrawn` says why); no other counts take
    their place, nor do these come back.
    """
    for name, before in change.base.signals.items():
        after = change.head.signals.get(name)
        if after is None or after == before or (after.withdrawn and not after.rows and not before.withdrawn):
            continue
        yield Spotted(
            ("rows",) if after.rows else ("id",),
            Text(f"{before.month} 已经公布或收回，这里改了内容", f"{before.month} was released or withdrawn already"),
            Text(
                "恢复原来的内容；有误就删去 rows，写明 withdrawn",
                "restore what stood there; if it is wrong, remove rows and say why under withdrawn",
            ),
            source=after.source,
        )
