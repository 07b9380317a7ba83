"""`huiyin quality`: a proposal by the published rubric, with the sentence that cost each point; and the rubric."""

from __future__ import annotations

import argparse
import json

from huiyin.commands.context import find, gather, language
from huiyin.findings import Text
from huiyin.report import visible
from huiyin.rubric import RUBRIC, Criterion, marks

SUMMARY = "按公布的标准看一件写得怎样，失分的句子在哪里 / a proposal by the published rubric"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("proposal", nargs="?", metavar="PROPOSAL", help="受理编号或案号；不写就列出标准 / id or number")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 / output format")


def run(arguments: argparse.Namespace) -> int:
    """Print the rubric, or the marks of one proposal."""
    lang = language(arguments)
    if not arguments.proposal:
        if arguments.format == "json":
            print(json.dumps([_json(one) for one in RUBRIC], ensure_ascii=False, indent=2))
        else:
            for one in RUBRIC:
                print(f"{one.part.say(lang)}  {one.asks.say(lang)}")
        return 0
    proposal = find(gather(arguments), arguments.proposal).proposal
    found = marks(proposal)
    if arguments.format == "json":
        rows = [{**_json(mark.criterion), "given": mark.given, "sentences": mark.sentences} for mark in found]
        told = {"proposal": proposal.id, "points": sum(mark.given for mark in found), "of": len(found), "marks": rows}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return 0
    print(visible(f"{proposal.id} {proposal.title}"))
    if not found:
        print(Text("  有栏目没有公开，不评", "  texts of it are not public, so it is not marked").say(lang))
        return 0
    for mark in found:
        sign = "●" if mark.given else "○"
        print(f"  {sign} {mark.criterion.part.say(lang)}  {mark.criterion.asks.say(lang)}")
        for sentence in () if mark.given else mark.sentences:
            print(visible(f"      {sentence}"))
        if not mark.given and not mark.sentences:
            print(Text("      没有写", "      nothing is written").say(lang))
    points = sum(mark.given for mark in found)
    print(Text(f"  {len(found)} 分得 {points} 分", f"  {points} of {len(found)} points").say(lang))
    return 0


def _json(one: Criterion) -> dict[str, object]:
    return {"id": one.id, "part": one.part._asdict(), "asks": one.asks._asdict()}
