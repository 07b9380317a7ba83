"""Checks of public scores: their ids, who counted them, how many, and that no days are counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from huiyin.checks import Spotted, registry_today, whole_registry
from huiyin.findings import Path, Text, one_of
from huiyin.model import Registry, Score
from huiyin.scores import ENOUGH


@whole_registry("score-id")
def identifiers(registry: Registry) -> Iterator[Spotted]:
    """评分的编号不对 / Id of scores is wrong

    编号是受理编号加渠道，所以一件在一个渠道只有一个文件，各批写在里面；批号不重复。

    The id is that of the proposal and the channel, so that a proposal has one file a channel with all batches in it.
    Ids of batches are used once.
    """
    for score in registry.scores.values():
        wanted = f"{score.proposal}-{score.channel}"
        if score.id != wanted:
            yield Spotted(
                ("id",),
                Text(f"编号是 {score.id}", f"the id is {score.id}"),
                Text("改正编号和文件名", "correct the id and the name of the file"),
                Text(wanted, wanted),
                score.source,
            )
        used: set[str] = set()
        for n, batch in enumerate(score.batches):
            if batch.id in used:
                yield Spotted(
                    ("batches", n, "id"),
                    Text(f"批号 {batch.id} 重复", f"{batch.id} stands twice"),
                    Text("换一个没用过的批号", "take an id that was not used"),
                    source=score.source,
                )
            used.add(batch.id)


@whole_registry("score-office")
def offices(registry: Registry) -> Iterator[Spotted]:
    """评分由不该汇总的机构汇总 / Scores counted by the wrong office

    公众评分由这件建议、提案所属机构的办事机构汇总和作废，承办一方和政府办事机构不能。

    The office of the proposal's own body counts and voids public scores, and nobody on the side that handles it.
    """
    for score in registry.scores.values():
        proposal = registry.proposals.get(score.proposal)
        body = registry.body_of(proposal) if proposal else None
        if body is None:
            continue
        for at, office in _offices(score):
            if office != body.office.id and office in registry.settings.offices:
                yield Spotted(
                    at,
                    Text(f"{registry.name_of(office)}不能汇总这件的评分", f"{office} may not count these scores"),
                    Text("由所属机构的办事机构汇总", "let the office of its body do so"),
                    one_of([body.office.id]),
                    score.source,
                )


def _offices(score: Score) -> Iterator[tuple[Path, str]]:
    for n, batch in enumerate(score.batches):
        yield ("batches", n, "by"), batch.by
        if batch.void:
            yield ("batches", n, "void", "by"), batch.void.by


@whole_registry("score-few")
def few(registry: Registry) -> Iterator[Spotted]:
    """一批评分人数太少 / Too few in a batch of scores

    不足 10 人的一批看得出谁打了几分，登记册和历史里都不能有，作废的也一样；先攒着，满 10 人再汇总。

    A batch of fewer than ten people tells who gave what. It may stand neither in the registry nor in its history,
    voided or not: wait until there are ten.
    """
    for score in registry.scores.values():
        for n, batch in enumerate(score.batches):
            if (people := sum(batch.counts)) < ENOUGH:
                yield Spotted(
                    ("batches", n, "counts"),
                    Text(f"这一批 {people} 人", f"{people} people in this batch"),
                    Text("去掉这一批，满 10 人再汇总", "take it out and count again once there are ten"),
                    Text(f"不少于 {ENOUGH} 人", f"at least {ENOUGH} people"),
                    score.source,
                )


@registry_today("score-days")
def days(registry: Registry, as_of: date) -> Iterator[Spotted]:
    """评分的日期重叠、颠倒或在今天以后 / Days of scores overlap, run backwards or are to come

    每批的止不早于起，不晚于今天；没有作废的各批按先后排列，日期不重叠，免得同一个人的评分算两次；作废不早于这一批，也不晚于今天。

    A batch does not end before it begins, nor after today. Batches that count stand by day and do not overlap, so that
    nobody is counted twice. A batch is voided neither before it ends nor after today.
    """
    for score in registry.scores.values():
        last = None
        for n, batch in enumerate(score.batches):
            wrong: list[tuple[Path, date, str]] = []
            if batch.until < batch.start:
                wrong.append((("batches", n, "until"), batch.until, f"≥ {batch.start}"))
            if batch.void and batch.void.on < batch.until:
                wrong.append((("batches", n, "void", "on"), batch.void.on, f"≥ {batch.until}"))
            if batch.until > as_of:
                wrong.append((("batches", n, "until"), batch.until, f"≤ {as_of}"))
            if batch.void and batch.void.on > as_of:
                wrong.append((("batches", n, "void", "on"), batch.void.on, f"≤ {as_of}"))
            if batch.void is None:
                if last and batch.start <= last:
                    wrong.append((("batches", n, "from"), batch.start, f"> {last}"))
                last = max(last, batch.until) if last else batch.until
            for at, day, allowed in wrong:
                yield Spotted(
                    at,
                    Text(f"{day} 与其他日期不合", f"{day} does not fit the other days"),
                    Text("改正日期；重复的一批作废", "correct the day, or void a batch that stands twice"),
                    Text(allowed, allowed),
                    score.source,
                )
