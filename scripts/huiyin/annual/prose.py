"""Sentences with figures in them: every number comes from a figure and leads to its definition. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from huiyin.annual.document import Paragraph, Span
from huiyin.figures import Figure, say, why_none
from huiyin.findings import Text

MARK = re.compile(r"(?<!\{)\{(\w+)(?:\.(\w+))?\}")
"""`{on_time}` is a whole clause, `{on_time.value}` the number alone, `.n`, `.d` and `.x` what it is made of."""

Figures = Mapping[str, Figure]


def paragraph(lang: str, figures: Figures, *templates: str) -> Paragraph:
    """Return templates joined to one paragraph, their marks filled in; raises KeyError for an unknown figure."""
    spans = []
    template = ("" if lang == "zh" else " ").join(templates)
    end = 0
    for mark in MARK.finditer(template):
        if template[end : mark.start()]:
            spans.append(Span(template[end : mark.start()].replace("{{", "{")))
        name, part = mark.groups()
        spans.append(Span(_filled(lang, figures[name], part), name))
        end = mark.end()
    if template[end:]:
        spans.append(Span(template[end:].replace("{{", "{")))
    return Paragraph(tuple(spans))


def verbatim(words: str) -> str:
    """Return words of a record for a template: what looks like a mark in them is none."""
    return words.replace("{", "{{")


def _filled(lang: str, figure: Figure, part: str | None) -> str:
    counted = figure.counted
    match part:
        case None:
            return clause(figure).say(lang)
        case "n":
            return f"{counted.numerator:,}"
        case "d":
            return f"{counted.denominator or 0:,}"
        case "x":
            return f"{counted.excluded:,}"
        case "rest":
            return f"{(counted.denominator or 0) - counted.numerator:,}"
        case _:
            return say(figure).say(lang)


def clause(figure: Figure) -> Text:
    """Return a figure as a clause: its name with its value, or why there is none."""
    definition, counted = figure.definition, figure.counted
    unit, value = definition.unit, say(figure)
    title = definition.title
    if title.zh.endswith("）"):  # of which axis it is, the sentence has said
        title = title._replace(zh=title.zh.partition("（")[0])
    if counted.denominator is None:
        return Text(f"{title.zh}{value.zh}{unit.zh}", f"{title.en}: {value.en}")
    n = f"{counted.denominator:,}"
    if counted.denominator == 0:
        return Text(f"{title.zh}没有可统计的{unit.zh}", f"{title.en}: none")
    if why_none(figure):
        return Text(f"{title.zh}因只有{n}{unit.zh}不作统计", f"{title.en}: too few ({n} {unit.en})")
    if estimate := figure.estimate:
        half, most = (_days(days) for days in (estimate.median, estimate.p90))
        still = counted.denominator - counted.numerator
        return Text(
            f"{title.zh}中位数{half}、九成数{most}（{n}{unit.zh}，其中未完结{still:,}{unit.zh}）",
            f"{title.en}: median {value.en}, of {n} {unit.en}",
        )
    parts = f"{counted.numerator:,}/{n}"
    return Text(f"{title.zh}{value.zh}（{parts}）", f"{title.en}: {value.en} ({parts})")


def _days(days: int | None) -> str:
    return "尚未达到" if days is None else f"{days}天"


def some(figures: Figures, *pairs: tuple[str, str]) -> Iterable[str]:
    """Yield the template of each pair whose figure counts anything."""
    return (template for name, template in pairs if figures[name].total)
