"""`huiyin stats`: the figures, each with its numerator, denominator and definition."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Sequence

from huiyin.commands.context import Context, UsageError, add_day, gather, session, tell_unread
from huiyin.commands.due import pad
from huiyin.export.columns import safe
from huiyin.figures import (
    BY_ID,
    DEFINITIONS,
    GROUPINGS,
    Definition,
    Figure,
    Group,
    as_data,
    converted_into,
    figures,
    grouped,
    say,
)
from huiyin.findings import Text, did_you_mean

SUMMARY = "统计数字及其算法 / figures and how they are counted"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("figure", nargs="*", metavar="FIGURE", help="只要这几项，例如 on_time / only these figures")
    parser.add_argument("--by", choices=tuple(GROUPINGS), help="按什么分组 / group by")
    parser.add_argument("--session", metavar="SESSION", help="只算这个届次 / only this session")
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text", help="输出格式 / output format")
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the figures that were asked for."""
    wanted = _definitions(arguments.figure)
    context = gather(arguments)
    tell_unread(context)
    everything = context.cases.values()
    chosen = list(everything)
    if arguments.session:
        name = session(context, arguments.session)
        chosen = [case for case in everything if case.proposal.session == name]
    as_of = context.as_of
    converted = converted_into(everything)
    if arguments.by:
        by = GROUPINGS[arguments.by]
        words = context.law.vocabulary
        groups = grouped(chosen, as_of, by, context.registry, words, wanted, converted)
    else:
        groups = (Group("", Text("全部", "all"), figures(chosen, as_of, wanted, converted)),)
    _PRINTERS[arguments.format](context, arguments, groups)
    return 0


def _definitions(names: Sequence[str]) -> tuple[Definition, ...]:
    """Return the figures of these ids, in the order in which they are published."""
    for name in names:
        if name not in BY_ID:
            hint = did_you_mean(name, BY_ID) or Text("", "")
            raise UsageError(
                f"没有 {name!r} 这一项数字。{hint.zh}运行 huiyin stats --format csv 可以看到全部编号",
                f"there is no figure {name!r}. {hint.en} huiyin stats --format csv shows all ids".replace("  ", " "),
            )
    return tuple(one for one in DEFINITIONS if one.id in names) if names else DEFINITIONS


def _text(context: Context, arguments: argparse.Namespace, groups: Sequence[Group]) -> None:
    """Without groups each figure with its definition; with them a table for each figure."""
    lang = context.lang
    print(Text(f"截至 {context.as_of}", f"As of {context.as_of}").say(lang))
    for n, definition in enumerate(_chosen(groups, arguments)):
        found = [group.figures[n] for group in groups]
        title = definition.title.say(lang)
        if arguments.by is None:
            print(f"{pad(title, 28)}{_value(found[0], lang)}".rstrip())
        else:
            by = GROUPINGS[arguments.by].title
            print(Text(f"\n{title}，按{by.zh}", f"\n{title}, by {by.en}").say(lang))
        print(f"    {definition.words.say(lang)}")
        if arguments.by:
            for group, figure in zip(groups, found, strict=True):
                print(f"  {pad(group.name.say(lang), 26)}{_value(figure, lang)}".rstrip())


def _value(figure: Figure, lang: str) -> str:
    """The value, its numerator and denominator, what was left out, and what was imported."""
    counted, imported = figure.counted, figure.imported
    parts = ""
    if counted.denominator is not None:
        parts = f"{counted.numerator}/{counted.denominator}"
    notes = []
    if counted.excluded:
        notes.append(Text(f"不含 {counted.excluded}", f"{counted.excluded} left out").say(lang))
    if imported.denominator:
        apart = f"{imported.numerator}/{imported.denominator}"
        notes.append(Text(f"往年记录另计 {apart}", f"imported, apart: {apart}").say(lang))
    elif imported.numerator:
        notes.append(Text(f"其中往年记录 {imported.numerator}", f"{imported.numerator} of them imported").say(lang))
    return f"{pad(say(figure).say(lang), 22)}{pad(parts, 12)}{', '.join(notes)}"


def _json(context: Context, arguments: argparse.Namespace, groups: Sequence[Group]) -> None:
    """One object: the day, what was asked for, and the figures, or the groups with their figures."""
    told: dict[str, object] = {"as_of": context.as_of.isoformat(), "session": arguments.session, "by": arguments.by}
    if arguments.by:
        told["groups"] = [
            {"key": group.key, "name": group.name._asdict(), "figures": [as_data(figure) for figure in group.figures]}
            for group in groups
        ]
    else:
        told["figures"] = [as_data(figure) for figure in groups[0].figures]
    print(json.dumps(told, ensure_ascii=False, indent=2))


COLUMNS = (
    "as_of",
    "session",
    "by",
    "key",
    "name",
    "figure",
    "title",
    "numerator",
    "denominator",
    "excluded",
    "rate",
    "median_days",
    "p90_days",
    "imported_numerator",
    "imported_denominator",
)
"""Columns of the CSV form, in order."""


def _csv(context: Context, arguments: argparse.Namespace, groups: Sequence[Group]) -> None:
    """One row a figure and group; with a byte order mark, as Excel needs it for Chinese."""
    sys.stdout.write("\ufeff")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for group in groups:
        for figure in group.figures:
            counted, imported = figure.counted, figure.imported
            estimate = figure.estimate if figure.enough else None
            row = (
                context.as_of.isoformat(),
                arguments.session,
                arguments.by,
                group.key,
                group.name.say(context.lang),
                figure.definition.id,
                figure.definition.title.say(context.lang),
                counted.numerator,
                counted.denominator,
                counted.excluded,
                None if figure.rate is None else f"{figure.rate:.4f}",
                estimate.median if estimate else None,
                estimate.p90 if estimate else None,
                imported.numerator,
                imported.denominator,
            )
            writer.writerow(map(safe, row))


def _chosen(groups: Sequence[Group], arguments: argparse.Namespace) -> Iterable[Definition]:
    """The definitions of what was counted; without any group, of what was asked for."""
    return [figure.definition for figure in groups[0].figures] if groups else _definitions(arguments.figure)


_PRINTERS = {"text": _text, "json": _json, "csv": _csv}
