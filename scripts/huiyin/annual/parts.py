"""The parts of a report, each from figures alone. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.annual.document import Block, Part, Span, Table
from huiyin.annual.prose import Figures, paragraph, some
from huiyin.charts import Chart, bars
from huiyin.figures import BY_ID, Duty, Figure, Group, say
from huiyin.figures.outcomes import CLASSES
from huiyin.wording import long_day

PUBLIC_BY_LAW = (
    "《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》（2025-03-11）第五十一条第三款规定，"
    "代表建议、批评和意见办理情况的报告应当予以公开。"
)
GRADES = (("satisfied", "满意"), ("basically_satisfied", "基本满意"), ("dissatisfied", "不满意"))


@dataclass(frozen=True)
class Material:
    """What a report is written from: the figures of the session, and the same by groups."""

    figures: Figures
    by: Mapping[str, Sequence[Group]]
    as_of: date

    def has(self, name: str) -> bool:
        """Whether a count is more than nothing."""
        return self.figures[name].total > 0

    def counts(self, name: str) -> bool:
        """Whether a rate has anything to count."""
        return bool(self.figures[name].counted.denominator)

    def bars(self, by: str, name: str) -> tuple[tuple[str, int], ...]:
        """The count of a figure in each group that has any."""
        place = tuple(self.figures).index(name)
        values = ((group.name.zh, group.figures[place].total) for group in self.by[by])
        return tuple((label, value) for label, value in values if value)


def _shown(figure: Figure) -> str:
    """A figure in a cell: its value, with numerator and denominator behind a rate."""
    counted = figure.counted
    if not counted.denominator:
        return say(figure).zh
    return f"{say(figure).zh}（{counted.numerator:,}/{counted.denominator:,}）"


def _heads(*names: str) -> tuple[Span, ...]:
    return tuple(Span(BY_ID[name].title.zh, name) for name in names)


def _table(caption: str, what: str, groups: Sequence[Group], *names: str) -> Table:
    rows = []
    for group in groups:
        found = {figure.definition.id: figure for figure in group.figures}
        rows.append((group.name.zh, *(_shown(found[name]) for name in names)))
    return Table(caption, (Span(what), *_heads(*names)), tuple(rows))


def intake(material: Material, body: str) -> Part:
    """How many were submitted, when, from where, and what became of them at the door."""
    found = material.figures
    ended = "、".join(
        some(
            found,
            ("refused", "不予立案{refused.value}件"),
            ("withdrawn", "提出人撤回{withdrawn.value}件"),
            ("converted", "转为其他形式{converted.value}件"),
        )
    )
    kinds = material.bars("kind", "submitted")
    agencies = sum(1 for label, _ in material.bars("agency", "assigned") if label)
    blocks: list[Block] = [
        paragraph(
            "zh",
            found,
            f"截至{long_day(material.as_of)}，共提出{{submitted.value}}件",
            f"（{'、'.join(f'{label}{value}件' for label, value in kinds)}）" if len(kinds) > 1 else "",
            "，其中大会期间提出{in_session.n}件、闭会期间提出{in_session.rest}件"
            if material.counts("in_session")
            else "",
            "。{accepted}。",
            f"{ended}。" if ended else "",
            "并案办理{merged.value}件。" if material.has("merged") else "",
            f"交办{{assigned.value}}件，由{agencies}个单位主办或者分办。" if material.has("assigned") else "",
            f"另有往年台账导入的记录{found['submitted'].imported.numerator:,}件，已计入件数，不计入比率。"
            if found["submitted"].imported.numerator
            else "",
            PUBLIC_BY_LAW if body == "congress" else "",
        )
    ]
    categories, origins = material.bars("category", "submitted"), material.bars("origin", "submitted")
    blocks += _chart("category", "各类别提出的件数", "类别", "件", categories)
    if len(origins) > 1:
        told = "、".join(f"{label}{value}件" for label, value in origins)
        blocks.append(paragraph("zh", found, f"按来源分：{told}。"))
    return Part("基本情况", tuple(blocks))


def _chart(name: str, title: str, labels: str, unit: str, pairs: tuple[tuple[str, int], ...]) -> Iterator[Chart]:
    """A chart with a description that says its bars, if there are any."""
    if pairs:
        yield bars(f"chart-{name}", title, labels, unit, pairs)


def handling(material: Material) -> Part:
    """How many were answered, how many in time, and how long it took."""
    found = material.figures
    return Part(
        "办理进度和按期答复",
        (
            paragraph("zh", found, "{replied}，{closed}。{contacted}。"),
            paragraph(
                "zh",
                found,
                "{on_time}，{on_time_original}。",
                "{extended}。" if material.counts("extended") else "",
                "期限已过尚未答复{overdue.value}件。",
                "按期答复率没有计入的{on_time.x}件，是还在期限内、没有期限、日期不详或者不再计时的。"
                if found["on_time"].counted.excluded
                else "",
            ),
            paragraph(
                "zh",
                found,
                "{time_to_reply}。",
                *some(
                    found,
                    ("rehandled", "提出人不满意后重新办理{rehandled.value}件。"),
                    ("key_supervised", "重点督办{key_supervised.value}件。"),
                ),
            ),
            _table(
                "各承办单位办理和答复情况（按名称排列）",
                "承办单位",
                [group for group in material.by["agency"] if group.key and _any(group, "assigned")],
                "assigned",
                "replied",
                "on_time",
                "overdue",
                "contacted",
            ),
            _times(found),
        ),
    )


def _times(found: Figures) -> Table:
    names = [name for name in found if name.startswith("time_") and found[name].counted.denominator]
    rows = []
    for name in names:
        figure = found[name]
        half, most = ("—", "—") if not figure.enough or not figure.estimate else _days(figure)
        ended, total = figure.counted.numerator, figure.counted.denominator or 0
        rows.append((figure.definition.title.zh, half, most, f"{total:,}", f"{total - ended:,}"))
    head = (Span("用时"), Span("中位数（天）"), Span("九成数（天）"), Span("计入"), Span("其中未完结"))
    return Table("各阶段用时（不足 5 次的不估计，写“—”）", head, tuple(rows))


def _days(figure: Figure) -> tuple[str, str]:
    estimate = figure.estimate
    half, most = (estimate.median, estimate.p90) if estimate else (None, None)
    return tuple("尚未达到" if days is None else str(days) for days in (half, most))  # type: ignore[return-value]


def results(material: Material) -> Part:
    """What the replies say they will do, and whether they answer what was asked."""
    found = material.figures
    bars = tuple(
        (
            BY_ID[name].title.zh.removesuffix("占比") if name != "resolved" else "已解决或采纳",
            found[name].counted.numerator,
        )
        for name in CLASSES
    )
    blocks: list[Block] = [
        paragraph(
            "zh",
            found,
            "最近一次答复注明类别的{resolved.d}件中，"
            + "、".join(f"{label}{{{name}.n}}件" for (label, value), name in zip(bars, CLASSES, strict=True) if value)
            + "。{resolved}。"
            if material.counts("resolved")
            else "最近一次答复都没有注明类别。",
            "{asks_answered}。",
            "{inputs_taken_up}。" if material.counts("inputs_taken_up") else "",
        )
    ]
    if material.counts("resolved"):
        blocks += _chart("class", "最近一次答复的类别", "类别", "件", bars)
    return Part("办理结果", tuple(blocks))


def ratings(material: Material) -> Part:
    """How proposers rated attitude and result, those who did not among them."""
    found = material.figures
    silent = (found["rated"].counted.denominator or 0) - found["rated"].counted.numerator
    blocks: list[Block] = [
        paragraph(
            "zh",
            found,
            "{rated}；尚未评价的{rated.rest}件。{time_to_feedback}。",
            "{feedback_on_time}。" if material.counts("feedback_on_time") else "",
        )
    ]
    for axis, what in (("attitude", "办理态度"), ("result", "办理结果")):
        if material.counts(f"satisfied_{axis}"):
            said = "、".join(f"{word}{{{grade}_{axis}.n}}件" for grade, word in GRADES)
            blocks.append(paragraph("zh", found, f"{what}：{said}；{{satisfied_{axis}}}。"))
            bars = tuple((word, found[f"{grade}_{axis}"].counted.numerator) for grade, word in GRADES)
            blocks += _chart(f"rating-{axis}", f"提出人对{what}的评价", "评价", "件", (*bars, ("尚未评价", silent)))
    return Part("提出人评价", tuple(blocks))


def promises(material: Material) -> Part:
    """What became of the commitments that replies made."""
    return Part(
        "承诺落实",
        (
            paragraph(
                "zh",
                material.figures,
                "答复中作出承诺{fulfilled.d}项，已落实{fulfilled.n}项，{fulfilled}；{due_fulfilled}。",
                "期限已过而既未落实也未说明的{promises_overdue.value}项，说明原因后不再落实的{dropped.value}项。",
            ),
            _table(
                "各责任单位承诺落实情况（按名称排列）",
                "责任单位",
                [group for group in material.by["agency"] if group.key and _any(group, "fulfilled")],
                "fulfilled",
                "due_fulfilled",
                "promises_overdue",
                "dropped",
            ),
        ),
    )


def _any(group: Group, name: str) -> bool:
    """Whether a figure has anything to count in a group."""
    found = next(figure for figure in group.figures if figure.definition.id == name)
    return bool(found.counted.denominator or found.total)


def disclosure(material: Material) -> Part:
    """How much of texts and replies is public."""
    return Part("公开情况", (paragraph("zh", material.figures, "{disclosed_content}；{disclosed_reply}。"),))


def entries(material: Material) -> Part:
    """How acts were recorded, and the duties of both sides beside each other."""
    found = material.figures
    sides = (("承办单位", Duty.AGENCY), ("提出人", Duty.PROPOSER))
    rows = tuple(
        (f"{who}：{definition.title.zh.removeprefix(who)}", _shown(found[definition.id]))
        for who, duty in sides
        for definition in BY_ID.values()
        if definition.duty is duty
    )
    return Part(
        "登记情况和双方责任",
        (
            paragraph(
                "zh",
                found,
                "办理节点共{late_entries.d}个，写明补录原因的{late_entries.n}个，{late_entries}；",
                "其中承办单位{late_agencies.n}个、提出人{late_proposers.n}个。{recorded_for_others}。",
            ),
            Table("承办单位和提出人的责任", (Span("谁的责任"), Span("数值")), rows),
        ),
    )


def appendix(material: Material) -> Part:
    """The main figures by category and delegation."""
    names = ("submitted", "replied", "on_time", "resolved", "satisfied_result")
    delegations = [group for group in material.by["delegation"] if group.key]
    tables = [_table("各类别主要指标（按名称排列）", "类别", material.by["category"], *names)]
    if delegations:
        tables.append(_table("各代表团主要指标（按名称排列）", "代表团", delegations, *names))
    return Part("附表", tuple(tables))
