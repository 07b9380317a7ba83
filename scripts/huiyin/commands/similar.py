"""`huiyin similar`: which proposals may be about the same thing, and why; and how well that is found."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from huiyin import similar
from huiyin.commands.context import Context, GivenError, UsageError, find, gather, language, named, tell_unread
from huiyin.findings import Severity, Text
from huiyin.model import Proposal
from huiyin.report import visible
from huiyin.similar.measure import FIVE, within
from huiyin.wording.likeness import reasons

SUMMARY = "找可能是同一件事的建议、提案，并说明理由 / find proposals about the same thing, and say why"
MOST = 5
KINDS = ("merged", "procedural", "same_title")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "proposal",
        nargs="?",
        metavar="PROPOSAL",
        help="受理编号或案号；写 evaluate 则用已并案的成对议案检验 / its id or number, or: evaluate",
    )
    parser.add_argument("--new", metavar="FILE", help="还没有进登记册的建议文件 / a proposal that is not in yet")
    parser.add_argument("--all", action="store_true", help="列出全部待核对的成对件 / every pair to look at")
    parser.add_argument(
        "--bills", action="append", metavar="FILE", help="检验：议案，每行一个 JSON / bills, JSON Lines"
    )
    parser.add_argument("--pairs", metavar="FILE", help="检验：成对的议案，CSV / pairs of bills, CSV")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 / output format")


def run(arguments: argparse.Namespace) -> int:
    """Print candidates, the work list, or the measure."""
    evaluate = arguments.proposal == "evaluate"
    if {evaluate, bool(arguments.bills), bool(arguments.pairs)} == {True, False}:
        raise UsageError(
            "检验写成 huiyin similar evaluate --bills 文件 --pairs 文件",
            "to evaluate: huiyin similar evaluate --bills FILE --pairs FILE",
        )
    if evaluate:
        return _evaluate(arguments)
    if sum(map(bool, (arguments.proposal, arguments.new, arguments.all))) != 1:
        raise UsageError(
            "请写一件建议的编号、--new 文件 或 --all，三者选一", "give one of: an id or number, --new FILE, --all"
        )
    new = named([arguments.new]) if arguments.new else []
    context = gather(arguments, new)
    tell_unread(context)
    if arguments.all:
        rows = list(_work(context))
    else:
        rows = [_one(context, _given(context, new[0]) if new else find(context, arguments.proposal).proposal)]
    if arguments.format == "json":
        print(json.dumps([_json(*row) for row in rows], ensure_ascii=False, indent=2))
    else:
        _text(context, rows, arguments.all)
    return 0


def _given(context: Context, path: Path) -> Proposal:
    """The proposal that the file holds; raises GivenError with what is wrong in it, UsageError when it is none."""
    proposals = context.registry.proposals.values()
    inside = [one for one in proposals if Path(one.source.file).absolute() == path]
    if inside:
        return inside[0]
    wrong = [
        finding
        for finding in context.loaded.findings
        if finding.severity == Severity.ERROR and Path(finding.place.file).absolute() == path
    ]
    if wrong:
        raise GivenError(wrong)
    raise UsageError(f"{path.name} 不是一件建议的文件", f"{path.name} is not the file of a proposal")


def _one(context: Context, one: Proposal) -> tuple[Proposal, list[similar.Candidate]]:
    proposals = context.registry.proposals
    index = similar.Index([similar.document(proposal) for _, proposal in sorted(proposals.items())])
    return one, similar.candidates(one, proposals, index)[:MOST]


def _work(context: Context) -> Iterator[tuple[Proposal, list[similar.Candidate]]]:
    """Every pair once, under the later id, without those that the registry links already."""
    for one, near in similar.pairs(context.registry.proposals, MOST):
        open_pairs = [other for other in near if other.proposal.id < one.id and not similar.linked(one, other.proposal)]
        if open_pairs:
            yield one, open_pairs


def _text(context: Context, rows: Sequence[tuple[Proposal, list[similar.Candidate]]], all_pairs: bool) -> None:
    lang = context.lang
    for one, near in rows:
        print(visible(f"{one.id} {one.title}"))
        for other in near:
            mark = Text("已关联", "linked already") if similar.linked(one, other.proposal) else Text("", "")
            told = f"  {other.similarity:.2f}  {other.proposal.id} {other.proposal.title}  {mark.say(lang)}"
            print(visible(told.rstrip()))
            why = reasons(context.registry, other).say(lang)
            if why:
                print(visible(f"        {why}"))
        if not near:
            print(Text("  没有相似的", "  none is similar").say(lang))
    if all_pairs:
        count = sum(len(near) for _, near in rows)
        print(Text(f"{count} 对待核对", f"{count} pairs to look at").say(lang))


def _json(one: Proposal, near: Sequence[similar.Candidate]) -> dict[str, object]:
    return {
        "proposal": one.id,
        "title": one.title,
        "candidates": [
            {
                "proposal": other.proposal.id,
                "title": other.proposal.title,
                "similarity": round(other.similarity, 4),
                "margin": round(other.margin, 4),
                "linked": similar.linked(one, other.proposal),
                "terms": list(other.reasons.terms),
                "places": list(other.reasons.places),
                "agencies": list(other.reasons.agencies),
                "asks": [list(pair) for pair in other.reasons.asks],
            }
            for other in near
        ],
    }


# ------------------------------------------------------------------------------------------ the measure


def _evaluate(arguments: argparse.Namespace) -> int:
    councils, bills = _bills(named(arguments.bills))
    pairs = _pairs(named([arguments.pairs])[0], councils)
    results = similar.measure(bills, pairs)
    lang = language(arguments)
    rows = []
    for kind in KINDS:
        for council in [*bills, ""]:
            chosen = [r for r in results if r.pair.kind == kind and council in ("", r.pair.council)]
            if chosen:
                rows.append((kind, council, chosen))
    if arguments.format == "json":
        print(json.dumps([_measured(*row) for row in rows], ensure_ascii=False, indent=2))
        return 0
    for kind, council, chosen in rows:
        name = council or Text("合计", "together").say(lang)
        print(visible(f"{kind}  {name}  n = {len(chosen)}"))
        for words, most, strict in (
            (Text("  排第一", "  first"), 1, False),
            (Text("  排前五", "  in the first five"), FIVE, False),
            (Text("  排第一，同分排后", "  first, behind what is as near"), 1, True),
        ):
            hits = within(chosen, most, strict)
            low, high = similar.wilson(hits, len(chosen))
            print(f"{words.say(lang)}: {hits}/{len(chosen)}  95% {low:.0%}–{high:.0%}")
        for one in chosen:
            if kind == "procedural" or (kind == "merged" and not (one.rank and one.rank <= FIVE)):
                rank = one.rank or Text("不在候选之列", "not a candidate").say(lang)
                print(visible(f"    {one.pair.first} {one.pair.second}: {rank}"))
    return 0


def _measured(kind: str, council: str, chosen: Sequence[similar.Result]) -> dict[str, object]:
    count = len(chosen)
    first, five, strict = within(chosen, 1), within(chosen, FIVE), within(chosen, 1, strict=True)
    return {
        "kind": kind,
        "council": council or None,
        "pairs": count,
        "first": first,
        "first_interval": [round(end, 4) for end in similar.wilson(first, count)],
        "five": five,
        "five_interval": [round(end, 4) for end in similar.wilson(five, count)],
        "first_strict": strict,
        "ranks": [{"a": r.pair.first, "b": r.pair.second, "rank": r.rank, "strict": r.strict} for r in chosen],
    }


def _bills(paths: Sequence[Path]) -> tuple[dict[str, str], dict[str, list[similar.Document]]]:
    """The council of each bill by its uid, and the documents by council: title, description and method alone."""
    councils: dict[str, str] = {}
    bills: dict[str, list[similar.Document]] = {}
    for path in paths:
        for number, line in enumerate(_lines(path), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                uid, council, title = (row[key] for key in ("uid", "council", "title"))
                rest = [row.get(key) or "" for key in ("description", "method")]
                if not all(isinstance(text, str) for text in (uid, council, title, *rest)):
                    raise TypeError
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise _bad(
                    path,
                    number,
                    "需要 uid、council、title 三个文本",
                    "a JSON object with the texts uid, council, title",
                ) from None
            if uid in councils:
                raise _bad(path, number, f"uid {uid} 重复", f"the uid {uid} stands twice")
            councils[uid] = council
            text = similar.fold("\n".join(filter(None, rest)))
            bills.setdefault(council, []).append(similar.Document(uid, similar.fold(title), text))
    return councils, bills


def _pairs(path: Path, councils: dict[str, str]) -> list[similar.Merged]:
    """The pairs of which the bills are known; raises UsageError for any other."""
    pairs = []
    rows = csv.DictReader(io.StringIO("\n".join(_lines(path))))
    try:
        for row in rows:
            one, other, kind = row.get("uid_a"), row.get("uid_b"), row.get("kind")
            if kind not in KINDS:
                raise _bad(path, rows.line_num, f"kind 只能是 {'、'.join(KINDS)}", f"kind is one of {', '.join(KINDS)}")
            if not one or not other or councils.get(one) is None or councils.get(one) != councils.get(other):
                raise _bad(
                    path,
                    rows.line_num,
                    f"{one}、{other} 要在 --bills 里，且属同一议会",
                    f"{one} and {other} are not both in --bills and of one council",
                )
            pairs.append(similar.Merged(councils[one], one, other, kind))
    except csv.Error:
        raise _bad(path, rows.line_num, "不是 CSV", "this is not CSV") from None
    return pairs


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise UsageError(f"{path.name} 不是 UTF-8 编码", f"{path.name} is not UTF-8") from None


def _bad(path: Path, line: int, zh: str, en: str) -> UsageError:
    return UsageError(f"{path.name} 第 {line} 行：{zh}", f"{path.name}, line {line}: {en}")
