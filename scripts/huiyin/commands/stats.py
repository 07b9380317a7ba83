"""`huiyin stats`: the figures, each with its numerator, denominator and definition."""

from __future__ import annotations

import argparse
import json

from huiyin.commands.context import add_day, gather, tell_unread
from huiyin.commands.due import pad
from huiyin.figures import Figure, figures
from huiyin.findings import Text

SUMMARY = "统计数字及其算法 / figures and how they are counted"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 / output format")
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print every figure."""
    context = gather(arguments)
    tell_unread(context)
    found = figures(context.cases.values(), context.as_of)
    if arguments.format == "json":
        rows = [_row(figure) for figure in found]
        print(json.dumps({"as_of": context.as_of.isoformat(), "figures": rows}, ensure_ascii=False, indent=2))
        return 0
    print(Text(f"截至 {context.as_of}", f"As of {context.as_of}").say(context.lang))
    for figure in found:
        counted = figure.counted
        value = str(counted.numerator)
        if counted.denominator is not None:
            few = Text("（件数太少，不算比率）", " (too few for a rate)").say(context.lang)
            rate = f"{figure.rate:.1%}" if figure.rate is not None else few
            value = f"{rate}  {counted.numerator}/{counted.denominator}"
        title = figure.definition.title.say(context.lang)
        out = Text(f"不含 {counted.excluded}", f"{counted.excluded} left out").say(context.lang)
        print(f"{pad(title, 28)}{pad(value, 34)}{out if counted.excluded else ''}".rstrip())
        print(f"    {figure.definition.counts.say(context.lang)}")
    return 0


def _row(figure: Figure) -> dict[str, object]:
    return {
        "id": figure.definition.id,
        "title": figure.definition.title._asdict(),
        "definition": figure.definition.counts._asdict(),
        "numerator": figure.counted.numerator,
        "denominator": figure.counted.denominator,
        "excluded": figure.counted.excluded,
        "rate": figure.rate,
    }
