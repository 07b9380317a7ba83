"""Every figure in the order in which they are published, and the rules that hold for all of them."""

from __future__ import annotations

from huiyin.figures.definition import MINIMUM, Definition
from huiyin.figures.entries import ENTRIES, TIMES
from huiyin.figures.handling import HANDLING
from huiyin.figures.intake import INTAKE
from huiyin.figures.outcomes import DISCLOSURE, RESULTS
from huiyin.figures.ratings import PROMISES, PUBLIC_SCORES, RATINGS
from huiyin.findings import Text

DEFINITIONS: tuple[Definition, ...] = (
    *INTAKE,
    *HANDLING,
    *RESULTS,
    *RATINGS,
    *PUBLIC_SCORES,
    *PROMISES,
    *DISCLOSURE,
    *ENTRIES,
    *TIMES,
)
BY_ID = {definition.id: definition for definition in DEFINITIONS}

RULES_OF_COUNTING = (
    Text(
        f"分母不足 {MINIMUM} 的写“件数太少”，不算比率和用时；分母为 0 的写“无”。",
        f"Over fewer than {MINIMUM} no rate or time is stated: “too few”; over none: “none”.",
    ),
    Text(
        "日期不详的节点不进入任何比率和用时，只进入件数。",
        "An event whose day is not known enters counts, but no rate and no time.",
    ),
    Text(
        "导入的往年记录另计，只列件数，不进入比率和用时。",
        "Records imported from ledgers of the past are counted apart, without rates and times.",
    ),
    Text(
        "转为其他形式的、分案的，在“提出”和“受理”中只按原件计一次；转成或分出的各件照常计入交办以后的各项数字。",
        "What was converted or split counts once, as the original item, in submission and acceptance; what came of it "
        "counts as usual from assignment on.",
    ),
    Text(
        "按承办单位、层级分组时，分办的件在每个分办单位各计一次，各组之和可以大于总数；承诺归责任单位，登记归行为单位。",
        "By agency or level, an item with separate agencies counts for each, so groups may add up to more than the "
        "total; commitments are their owner's, records the actor's.",
    ),
    Text(
        "用时的中位数和九成数按乘积极限法（Kaplan–Meier）估计：未完结的按已过天数计入，不剔除；"
        "S(t) 首次不高于 0.5、0.1 的那一天即中位数、九成数。",
        "Medians and ninth deciles of times are product-limit (Kaplan–Meier) estimates: what is still open counts for "
        "the days it has lasted; they are the first t with S(t) at most 0.5 and 0.1.",
    ),
    Text(
        "百分数四舍五入到一位小数，但不到全部的不写 100.0%，不是没有的不写 0.0%。",
        "Percentages are rounded to one decimal, yet 100.0% is said only of all and 0.0% only of none.",
    ),
)
"""What holds for every figure, as pages and reports print it."""
