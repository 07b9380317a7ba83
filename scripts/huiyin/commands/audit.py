"""`huiyin audit`: guard replayed over every step of the branch, from the last audited commit or from the beginning."""

from __future__ import annotations

import argparse
from pathlib import Path

from huiyin.audit import (
    FILES,
    Audit,
    AuditFileError,
    Projected,
    Violation,
    audit,
    audit_projection,
    read,
    settings_at,
    write,
)
from huiyin.commands.context import UsageError, language
from huiyin.commands.guard import folder_of, open_repository
from huiyin.disclosure import WHOM
from huiyin.findings import RULES, Text
from huiyin.history import Repository
from huiyin.report import visible

SUMMARY = "从头重放检查每一步 / replay every step of the history"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument("--head", default="HEAD", metavar="REV", help="审计到哪里，默认 HEAD / up to which commit")
    parser.add_argument("--from", dest="start", metavar="REV", help="代替 audit_from / instead of audit_from")
    parser.add_argument("--last", metavar="DIR", help="上次审计的文件夹，从那里接着做 / folder of the last audit")
    parser.add_argument("--into", metavar="DIR", help="把结果写进这个文件夹 / write the result into this folder")


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; return 1 when a step broke a rule, or there is nothing to audit from."""
    repository = open_repository()
    folder = folder_of(arguments)
    until = repository.commit(arguments.head)
    result = audited(repository, until, folder, arguments.start, last_audit(arguments.last))
    for line in lines(result):
        print("\n".join(map(visible, line.say(language(arguments)).split("\n"))))
    if arguments.into:
        target = Path(arguments.into)
        target.mkdir(parents=True, exist_ok=True)
        for name, contents in write(result).items():
            (target / name).write_bytes(contents)
    return 1 if result.violations or result.start is None else 0


def audited(repository: Repository, until: str, folder: str, start: str | None, last: Audit | None) -> Audit:
    """Return the audit up to `until`; one that began nowhere when the registry does not say where it begins.

    A projection is verified from its first commit, whatever the registry says.
    """
    projected = audit_projection(repository, until)
    if projected:
        return projected
    named = start or settings_at(repository, until, folder).audit_from
    if named is None:
        return Audit(None, until, repository.tree(until))
    return audit(repository, until, repository.commit(named), folder, last)


def last_audit(named: str | None) -> Audit | None:
    """Return the audit whose files stand in a folder, None when it has none yet; raises UsageError for broken ones."""
    if named is None or not any((Path(named) / name).exists() for name in FILES):
        return None
    try:
        return read({name: (Path(named) / name).read_bytes() for name in FILES})
    except (AuditFileError, OSError) as error:
        raise UsageError(
            f"{named} 里的审计结果读不懂（{error}），删去它从头审计",
            f"the audit in {named} cannot be read ({error}); delete it and audit from the beginning",
        ) from None


def lines(result: Audit) -> list[Text]:
    """Return what an audit says, a line a violation and one in the end."""
    if result.start is None:
        return [
            Text(
                "registry.yaml 没有写 audit_from：还没有开始审计。请维护者写上起点提交的完整编号",
                "registry.yaml has no audit_from: nothing is audited yet; a maintainer sets it to the id of a commit",
            )
        ]
    told = [_told(one) for one in result.violations]
    if result.projection:
        return [*told, _projected(result, result.projection)]
    span = f"{result.start[:12]}..{result.until[:12]}"
    return [
        *told,
        Text(
            f"{span}：审计了 {result.steps} 步，其中 {result.records} 步改动登记册；违规 {len(result.violations)} 处",
            f"{span}: {result.steps} steps audited, {result.records} of them changed the registry; "
            f"{len(result.violations)} violations",
        ),
    ]


def _projected(result: Audit, found: Projected) -> Text:
    key = Text("，每次都有签名", ", each one signed") if found.key else Text("，没有签名", ", unsigned")
    purged = (
        Text(
            f"；{found.purged} 以前的历史已清除，只剩摘要", f"; before {found.purged} history was purged, digests stay"
        )
        if found.purged
        else Text("", "")
    )
    count, whom = len(result.violations), WHOM.get(found.audience, Text("？", "?"))
    return Text(
        f"给{whom.zh}的投影：核对了 {result.steps} 次，共 {found.run} 次{key.zh}{purged.zh}；"
        f"对不上 {count} 处。\n末次摘要 {found.digest}",
        f"a projection for {whom.en}: {result.steps} runs verified of {found.run}{key.en}{purged.en}; "
        f"{count} faults.\ndigest of the last run {found.digest}",
    )


def _told(one: Violation) -> Text:
    title, at = RULES[one.rule].title, f"{one.commit[:12]} {one.file}:{one.line}:{one.column}"
    return Text(
        f"错误[{one.rule}] {title.zh}\n  --> {at}\n  发现: {one.found['zh']}\n  处理: {one.remedy['zh']}\n",
        f"error[{one.rule}] {title.en}\n  --> {at}\n  found: {one.found['en']}\n  to do: {one.remedy['en']}\n",
    )
