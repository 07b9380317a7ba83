"""Public scores in words. Pure."""

from __future__ import annotations

from huiyin.findings import Text
from huiyin.scores import ENOUGH, Histogram
from huiyin.vocabulary import Vocabulary

CAVEAT = Text(
    "由愿意评分的人给出，不代表全体市民。", "Given by whoever wanted to; not representative of all residents."
)


def told(one: Histogram, words: Vocabulary) -> Text:
    """Return one line: the channel, how many scored, the mean and how many gave each score, or that they are few."""
    channel, about = words.score_channels[one.channel], words.score_about[one.about]
    head = f"{channel.zh}，评{about.zh}：", f"{channel.en}, {about.en.lower()}: "
    if one.counts is None or one.start is None or one.until is None:
        return Text(f"{head[0]}不足 {ENOUGH} 人，不显示", f"{head[1]}fewer than {ENOUGH}, not shown")
    parts = "、".join(f"{score} 分 {count}" for score, count in enumerate(one.counts, start=1))
    parts_en = ", ".join(f"{score}: {count}" for score, count in enumerate(one.counts, start=1))
    return Text(
        f"{head[0]}{one.people} 人，平均 {one.mean} 分（{parts}；{one.start} 至 {one.until}）",
        f"{head[1]}{one.people} people, mean {one.mean} ({parts_en}; {one.start} to {one.until})",
    )


def voided(one: Histogram) -> list[Text]:
    """Return a line for each batch that was voided: how many scores, on which day, why."""
    return [
        Text(
            f"{batch.id} 作废（{batch.void.on}，{sum(batch.counts)} 人）：{batch.void.reason}",
            f"{batch.id} voided ({batch.void.on}, {sum(batch.counts)} people): {batch.void.reason}",
        )
        for batch in one.voided
        if batch.void
    ]
