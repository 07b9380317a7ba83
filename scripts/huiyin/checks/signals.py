"""Signals: the released counts hold what they promise, so that nobody can be told from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from huiyin.checks import Spotted, whole_registry
from huiyin.findings import Path, Text, did_you_mean, hinted, one_of
from huiyin.model import Registry, SignalRow, Signals

_AGAIN = Text(
    "用 huiyin signals 重新汇总，不要手写；已经公布的，删去 rows，写明 withdrawn",
    "let huiyin signals aggregate it, not by hand; if it was released, remove rows and say why under withdrawn",
)


def _rows(registry: Registry) -> Iterator[tuple[Signals, int, SignalRow]]:
    for signals in registry.signals.values():
        for n, row in enumerate(signals.rows):
            yield signals, n, row


@whole_registry("signal-small")
def small(registry: Registry) -> Iterator[Spotted]:
    """信号的件数太小 / Signal count too small

    公布的件数背后至少有 k 个来电人，所以不能小于文件里写的 k；更小的写进 suppressed。

    Behind each released count stand at least k complainants, so none is below the k of its file; smaller ones are named
    under `suppressed`.
    """
    for signals, n, row in _rows(registry):
        for m, (_, tickets) in enumerate(row.counts):
            if tickets < signals.k:
                yield _small(signals, tickets, ("rows", n, "counts", m, "tickets"))
        if row.total is not None and row.total < signals.k:
            yield _small(signals, row.total, ("rows", n, "total"))


def _small(signals: Signals, tickets: int, at: Path) -> Spotted:
    allowed = Text(f"不小于 {signals.k}", f"at least {signals.k}")
    return Spotted(at, Text(f"件数是 {tickets}", f"the count is {tickets}"), _AGAIN, allowed, signals.source)


@whole_registry("signal-recoverable")
def recoverable(registry: Registry) -> Iterator[Spotted]:
    """不公布的件数可以算出来 / Hidden count can be worked out

    合计减去公布的各区，剩下的是不公布的各区之和。不公布的至少两个区，这个和要足够大；没有不公布的区时，合计等于各区之和。

    The total less the counts that are shown is the sum of those that are hidden. At least two areas are hidden, and
    that sum is large enough; where none is hidden, the total is the sum of the areas.
    """
    for signals, n, row in _rows(registry):
        if row.total is None:
            continue
        rest, hidden = row.total - sum(tickets for _, tickets in row.counts), len(row.suppressed)
        least = hidden + signals.k if hidden else 0
        if hidden == 1 or rest < least or (not hidden and rest):
            yield Spotted(
                ("rows", n, "total"),
                Text(
                    f"合计减去公布的各区剩 {rest}，不公布的有 {hidden} 个区",
                    f"the total less the counts shown leaves {rest} for {hidden} hidden areas",
                ),
                _AGAIN,
                Text(
                    f"不公布的至少 2 个区、合起来不小于 {max(2, hidden) + signals.k}；没有不公布的区时剩 0",
                    f"at least 2 hidden, {max(2, hidden) + signals.k} or more together; 0 where none is hidden",
                ),
                signals.source,
            )


@whole_registry("signal-mismatch")
def mismatch(registry: Registry) -> Iterator[Spotted]:
    """信号文件前后不一 / Signal file contradicts itself

    编号是来源代号加月份；类别和区域各写一次；用到的区域都在 areas 里。

    The id is the code of the source and the month; each category, and each area of a row, stands once; areas that rows
    name are listed under `areas`.
    """
    for signals in registry.signals.values():
        due = f"{signals.feed}-{signals.month}"
        if signals.id != due:
            found = Text(f"编号是 {signals.id}", f"the id is {signals.id}")
            yield Spotted(("id",), found, Text("照来源和月份改正", "correct it"), Text(due, due), signals.source)
        times = Counter(row.category for row in signals.rows)
        for n, row in enumerate(signals.rows):
            if times[row.category] > 1:
                found = Text(f"类别 {row.category} 写了几次", f"the category {row.category} stands more than once")
                yield Spotted(("rows", n, "category"), found, _AGAIN, source=signals.source)
            twice = Counter(area for _, area in _named(row))
            for at, area in _named(row):
                if area not in signals.areas:
                    remedy = hinted(did_you_mean(area, signals.areas), _AGAIN)
                    found = Text(f"areas 里没有 {area}", f"{area} is not under areas")
                    yield Spotted(("rows", n, *at), found, remedy, one_of(signals.areas), signals.source)
                elif twice[area] > 1:
                    found = Text(f"区域 {area} 写了几次", f"the area {area} stands more than once")
                    yield Spotted(("rows", n, *at), found, _AGAIN, source=signals.source)


def _named(row: SignalRow) -> Iterator[tuple[Path, str]]:
    yield from ((("counts", n, "area"), area) for n, (area, _) in enumerate(row.counts))
    yield from ((("suppressed", n), area) for n, area in enumerate(row.suppressed))
