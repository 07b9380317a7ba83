"""What the verbs that write records share: what is given, judging a text before it is written, writing, committing."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiyin import branch, checks, yamltext
from huiyin.commands.context import Context, GivenError, UsageError
from huiyin.draft.given import pairs
from huiyin.draft.names import Problem
from huiyin.findings import Finding, Severity, Source, Text
from huiyin.load import Entry, Loaded, faults
from huiyin.load.registry import with_text
from huiyin.report import report, visible

TWO_SIDED = "merge-one-sided"
"""The one rule that a single file cannot keep: a merge or split is recorded on both sides, one after the other."""


@dataclass(frozen=True)
class Draft:
    """A text that a file of the registry is to hold, what it holds now (empty for none), and what that records."""

    entry: Entry
    before: str
    after: str
    name: str
    """What the branch and the commit are named after."""
    said: Text
    template: str
    """The request template of the host for this act."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what these verbs share: what is given, and what is done with it."""
    add_given(parser)
    add_done(parser)


def add_given(parser: argparse.ArgumentParser) -> None:
    """Add the options that give fields."""
    parser.add_argument(
        "--set",
        nargs="+",
        action="extend",
        default=[],
        metavar="KEY=VALUE",
        help="栏目和内容，单位、类别、满意度等可以写名称 / fields; names will do where codes are meant",
    )
    parser.add_argument(
        "--from",
        dest="source",
        metavar="FILE",
        help="从 YAML 或 JSON 读入，- 是标准输入 / read fields from YAML or JSON",
    )


def add_done(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is done with a sound text."""
    parser.add_argument("--dry-run", action="store_true", help="只显示差异，什么也不写 / print the difference only")
    parser.add_argument("--commit", action="store_true", help="提交到一个分支，不动工作区 / commit on a branch")
    parser.add_argument("--branch", metavar="NAME", help="分支名，默认由编号得出 / name of the branch")
    parser.add_argument("--pr", action="store_true", help="提交，并给出发起合并请求的命令 / commit, and say how to ask")


def given(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return what --from and --set say, the latter over the former; raises UsageError and GivenError."""
    data = _read(arguments.source) if arguments.source else {}
    if any(text != text.encode("utf-8", "replace").decode() for text in arguments.set):
        raise UsageError("--set 里有不是 UTF-8 的字符", "--set holds what is not UTF-8")
    fields, problems = pairs(arguments.set)
    refuse(problems)
    return {**data, **fields}


def refuse(problems: Sequence[Problem]) -> None:
    """Raise UsageError with all problems, if there are any."""
    if problems:
        said = [problem.say() for problem in problems]
        raise UsageError("；".join(words.zh for words in said), "; ".join(words.en for words in said))


def _read(name: str) -> dict[str, Any]:
    if name == "-":
        raw = sys.stdin.buffer.read(yamltext.LARGEST + 1)
    else:
        with Path(name).open("rb") as file:
            raw = file.read(yamltext.LARGEST + 1)
    if len(raw) > yamltext.LARGEST:
        raise UsageError(f"{name} 超过 {yamltext.LARGEST:,} 字节", f"{name} has more than {yamltext.LARGEST:,} bytes")
    text, found = yamltext.decode(raw)
    text = _json_as_yaml(text)
    source = Source(name, text)
    document = yamltext.read(text)
    wrong = [faults.finding(fault, source) for fault in [*found, *document.faults]]
    if wrong:
        raise GivenError(wrong)
    if not isinstance(document.data, dict):
        raise UsageError(
            f"{name} 里应该是“栏目: 内容”，一行一栏", f'{name} should hold lines of "key: value", or a JSON object'
        )
    return document.data


def _json_as_yaml(text: str) -> str:
    """JSON with its escapes resolved: YAML does not know surrogate pairs. A key that stands twice stays twice."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        flow = _flow(json.loads(text, object_pairs_hook=_Pairs))
        flow.encode("utf-8")  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        return text  # YAML in braces, or a mistake that the reader of YAML points at
    return flow


class _Pairs(list[tuple[str, Any]]):
    """The keys and values of a JSON object, those that stand twice too."""


def _flow(value: Any) -> str:
    if isinstance(value, _Pairs):
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_flow(inner)}" for key, inner in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def judge(context: Context, *drafts: Draft) -> list[Finding]:
    """Return what `huiyin check` would newly say if the files held the texts, and every error in those files."""
    before = {_key(finding) for finding in _all(context, context.loaded)}
    loaded = context.loaded
    for draft in drafts:
        loaded = with_text(loaded, draft.entry, draft.after, context.law)
    names = {draft.entry.name for draft in drafts}
    return [
        finding
        for finding in _all(context, loaded)
        if _key(finding) not in before or (finding.place.file in names and finding.severity == Severity.ERROR)
    ]


def _all(context: Context, loaded: Loaded) -> list[Finding]:
    assert loaded.registry is not None  # noqa: S101 (a context with a day has one)
    return list(dict.fromkeys([*loaded.findings, *checks.run(loaded.registry, context.as_of)]))


def _key(finding: Finding) -> tuple[str, str, Text]:
    return finding.place.file, finding.rule.id, finding.found


def settle(context: Context, draft: Draft, arguments: argparse.Namespace, *more: Draft) -> int:
    """Judge the draft, then show, write or commit it; return the exit code. Nothing is written when it is wrong.

    `more` are other files of the same act: all are written or none, as one commit named after the first.
    """
    found = judge(context, draft, *more)
    errors = [finding for finding in found if finding.severity == Severity.ERROR and finding.rule.id != TWO_SIDED]
    if found:
        print(report(found, "text", context.lang, 1 + len(more)), file=sys.stderr)
    if errors:
        print(Text("没有写入任何内容。", "Nothing was written.").say(context.lang), file=sys.stderr)
        return 1
    write(context, draft, arguments, *more)
    return 0


def write(context: Context, draft: Draft, arguments: argparse.Namespace, *more: Draft) -> None:
    """Show, write or commit drafts of one act that were judged, as the command line asks."""
    drafts = (draft, *more)
    if arguments.dry_run:
        label = Text("拟写入", "to be written").say(context.lang)
        for one in drafts:
            print(difference(visible(one.entry.name), one.before, one.after, label), end="")
    elif arguments.commit or arguments.pr or arguments.branch:
        _commit(context, drafts, arguments)
    else:
        for one in drafts:
            one.entry.path.parent.mkdir(parents=True, exist_ok=True)
        replace({one.entry.path: one.after for one in drafts})
        for one in drafts:
            print(visible(f"{one.entry.name}: {one.said.say(context.lang)}"))


def _commit(context: Context, drafts: Sequence[Draft], arguments: argparse.Namespace) -> None:
    draft, lang = drafts[0], context.lang
    name = arguments.branch or draft.name
    message = f"{draft.name}: {draft.said.zh}"
    try:
        made = branch.commit([(one.entry.path, one.before, one.after) for one in drafts], name, message)
    except branch.BranchError as error:
        raise UsageError(*error.words) from None
    lines = [f"{one.entry.name}: {one.said.say(lang)}" for one in drafts]
    lines.append(
        Text(
            f"已提交到分支 {name}（{made[:8]}），工作区没有改动",
            f"Committed on the branch {name} ({made[:8]}); the working tree is as it was",
        ).say(lang)
    )
    if arguments.pr:
        lines.append(Text(f"下一步：git push origin {name}", f"Next: git push origin {name}").say(lang))
        if context.registry.settings.repository:
            address = context.registry.settings.repository.rstrip("/")
            url = f"{address}/compare/main...{name}?expand=1&template={draft.template}"
            lines.append(Text(f"然后打开 {url}", f"Then open {url}").say(lang))
    for line in lines:
        print(visible(line))


def difference(name: str, before: str, after: str, label: str) -> str:
    """Return the difference between two texts of a file as lines that start with + and -."""
    lines = difflib.unified_diff(before.splitlines(True), after.splitlines(True), name, f"{name} ({label})")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def replace(texts: Mapping[Path, str]) -> None:
    """Write files whole or not at all: a killed run leaves what was there, and a full disk changes none of them."""
    ready: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            ready[path] = Path(temporary)
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            ready[path].chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        for path, made in ready.items():
            made.replace(path)
    except BaseException:
        for made in ready.values():
            made.unlink(missing_ok=True)
        raise
