"""What can be counted of whom, each measure in words: what is counted, what earns, and what is left out. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from huiyin.assessment.counting import (
    Counts,
    Scene,
    asks,
    clocks,
    commitments,
    contacted,
    entries,
    fulfilled,
    graded,
    look_back,
    quality,
)
from huiyin.findings import Text
from huiyin.rules import MEASURES as BY_LAW
from huiyin.rules import Weight


@dataclass(frozen=True)
class Measure:
    """Something that can be counted: what is counted, and what of it earns the point."""

    id: str
    counted: Text
    earns: Text
    left_out: Text
    count: Callable[[Scene, Weight], Iterator[Counts]]

    @property
    def of(self) -> tuple[str, ...]:
        """Whose duty it is."""
        return BY_LAW[self.id]


_NO_DAY = Text("日期不详的", "those without a day")
_RUBRIC = Text("有栏目没有公开的件", "proposals of which texts are not public")

MEASURES = (
    Measure(
        "clocks",
        Text("由其负责、已经完成或者逾期的各项时限", "clocks that are their duty and have ended or are overdue"),
        Text("按期完成的", "those met in time"),
        Text("还在期限内的、不再计算的、日期不详的", "those still running, not counted any more, or without a day"),
        clocks,
    ),
    Measure(
        "entries",
        Text("其各项行为的登记", "their acts that were recorded"),
        Text("没有超过登记期限、不用补录的", "those that were no late entries"),
        Text("批量导入的、日期不详的", "what was imported, and those without a day"),
        entries,
    ),
    Measure(
        "contacted",
        Text("其答复过的件", "proposals that they replied to"),
        Text("有走访、面商或座谈记录的", "those with a visit, meeting or round table of theirs"),
        _NO_DAY,
        contacted,
    ),
    Measure(
        "asks",
        Text("答复齐全的件里的各项诉求", "asks of proposals to which all replies were given"),
        Text("得到回应的，计在最近一次回应的单位", "those that were answered, for whoever answered last"),
        Text("没有要求逐条答复的件、日期不详的", "proposals without answers ask by ask, and those without a day"),
        asks,
    ),
    Measure(
        "commitments",
        Text("按类别应当写明承诺的答复", "replies whose class calls for a commitment"),
        Text("至少一项承诺写明责任单位和期限的", "those with a commitment that has an owner and a day"),
        _NO_DAY,
        commitments,
    ),
    Measure(
        "fulfilled",
        Text("由其负责、期限已过的承诺", "commitments of theirs whose day has passed"),
        Text("已经落实的，迟落实的也算", "those kept, late ones included"),
        Text("期限未到的、没有期限的、日期不详的", "those not due, without a term, or without a day"),
        fulfilled,
    ),
    Measure(
        "attitude",
        Text("对其答复的最近一次评价", "the latest ratings of their replies"),
        Text("办理态度满意或基本满意的", "those satisfied or basically satisfied with the attitude"),
        Text("没有评价的、日期不详的", "those not rated, and those without a day"),
        graded("attitude"),
    ),
    Measure(
        "result",
        Text("对其答复的最近一次评价", "the latest ratings of their replies"),
        Text("办理结果满意或基本满意的", "those satisfied or basically satisfied with the result"),
        Text("没有评价的、日期不详的", "those not rated, and those without a day"),
        graded("result"),
    ),
    Measure(
        "look_back",
        Text("对其主办、分办件的每次回头看", "look-backs at what they lead or handle separately"),
        Text("没有反复的", "those that did not find it back"),
        Text("没有写结果的、日期不详的", "those without a verdict or a day"),
        look_back,
    ),
    Measure(
        "facts",
        Text("领衔各件的“事实”各项", "the points for facts of what they proposed first"),
        Text("写到了的", "those that are there"),
        _RUBRIC,
        quality("facts"),
    ),
    Measure(
        "comparison",
        Text("领衔各件的“比较”一项", "the point for comparison of what they proposed first"),
        Text("写到了的", "those that are there"),
        _RUBRIC,
        quality("comparison"),
    ),
    Measure(
        "path",
        Text("领衔各件的“路径”各项", "the points for the path of what they proposed first"),
        Text("写到了的", "those that are there"),
        _RUBRIC,
        quality("path"),
    ),
)
"""Everything that the weights of a pack may name."""
BY_ID = {measure.id: measure for measure in MEASURES}
