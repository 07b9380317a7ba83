"""How an assessment is said: points with one decimal, and that there are too few cases for any. Pure."""

from __future__ import annotations

from huiyin.assessment.assess import Assessment, Tally
from huiyin.figures import MINIMUM
from huiyin.findings import Text

NOTE = Text(
    "每一分都指到哪一件、哪个节点；件数太少的不评总分，不排名。往年导入的记录和公众评分不计入。",
    "Each point leads to its proposal and event; few cases give no total, and nobody is ranked. Imported records of "
    "the past and public scores do not enter.",
)
FEW = Text("件数太少，不评总分", "too few cases for a total")


def points(tenths: int) -> str:
    """Return points given in tenths, with one decimal."""
    return f"{tenths // 10}.{tenths % 10}"


def total(one: Assessment) -> Text:
    """Return the total of an assessment over the points that could be counted, or that there are too few cases."""
    if one.tenths is None:
        return FEW
    value = points(one.tenths)
    if one.of == one.whole:
        return Text(f"{value} / {one.of} 分", f"{value} of {one.of} points")
    return Text(
        f"{value} / {one.of} 分（满分 {one.whole}，其余件数太少）",
        f"{value} of {one.of} points ({one.whole} in all, too few cases for the rest)",
    )


def criterion(tally: Tally) -> Text:
    """Return what one criterion came to: how many of how many, and the points."""
    if tally.tenths is None:
        few = f"{tally.counted} 项，不足 {MINIMUM} 项，不计分", f"{tally.counted}, fewer than {MINIMUM}, no points"
        return Text(few[0] if tally.counted else "没有", few[1] if tally.counted else "none")
    value, most = points(tally.tenths), tally.weight.points
    return Text(
        f"{tally.counted} 项中 {tally.earned} 项，得 {value} / {most} 分",
        f"{tally.earned} of {tally.counted}, {value} of {most} points",
    )
