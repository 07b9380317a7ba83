"""`huiyin land`: bring approved changes to the branch, in order; the branch moves once, when all is done."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from huiyin.audit import settings_at
from huiyin.commands.context import UsageError, add_day, language
from huiyin.commands.guard import account, add_request, folder_of, open_repository
from huiyin.findings import Text
from huiyin.guard import Reader
from huiyin.history import HistoryError, Objects, Repository, signing
from huiyin.history.writing import checked_out, landing_lock, move, push, remote_tip
from huiyin.landing import Lander, Outcome, QueueError, Request, read_queue
from huiyin.load import LawError
from huiyin.model import Settings
from huiyin.report import report, visible
from huiyin.today import now

SUMMARY = "合入批准的改动 / land approved changes in order"
TRIES = 5
"""How often a landing is done anew when the branch moved in the meantime."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "--queue", metavar="FILE", help="批准的请求，JSON 列表，- 表示标准输入 / approved requests, JSON"
    )
    parser.add_argument("--head", metavar="REV", help="只合入这一个改动 / land this one change")
    parser.add_argument("--actor", type=account, metavar="ID", help="提交人的账号编号 / who acts")
    add_request(parser)
    parser.add_argument("--request", default="", metavar="URL", help="请求的网址或编号 / address of the request")
    parser.add_argument("--branch", default="main", help="主线，默认 main / the branch")
    parser.add_argument("--key", type=Path, metavar="FILE", help="合入密钥的私钥 / private landing key")
    parser.add_argument("--remote", metavar="NAME", help="推送到这个远端 / push to this remote")
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Land the requests and print what became of each; return 1 when one was refused."""
    requests = _requests(arguments)
    repository = open_repository()
    if not arguments.remote and checked_out(repository, arguments.branch):
        raise UsageError(
            f"{arguments.branch} 正被工作区检出；用 --remote 推送到远端，或在裸仓库里运行",
            f"{arguments.branch} is checked out here; push with --remote, or run it in a bare repository",
        )
    with landing_lock(repository):
        for _ in range(TRIES):
            outcomes, moved = _attempt(arguments, repository, requests)
            if moved:
                break
        else:
            raise HistoryError(
                "主线一直在变，没有合入任何改动；过一会儿再试",
                "the branch keeps moving; nothing landed, try again later",
            )
    for outcome in outcomes:
        print(_told(outcome, language(arguments)))
    return 1 if any(outcome.refused for outcome in outcomes) else 0


def _attempt(
    arguments: argparse.Namespace, repository: Repository, requests: list[Request]
) -> tuple[list[Outcome], bool]:
    """Land everything on the tip as it stands now, and move the branch; False when it moved in the meantime."""
    branch, remote = arguments.branch, arguments.remote
    tip = remote_tip(repository, remote, branch) if remote else repository.commit(f"refs/heads/{branch}")
    folder = folder_of(arguments)
    settings = settings_at(repository, tip, folder)
    at = _moment(arguments, settings)
    key = _key(arguments.key, settings, at.date())
    with Objects(repository) as objects:
        lander = Lander(repository, Reader(objects, folder), tip, at, key)
        outcomes = [_land(lander, request) for request in requests]
    if lander.tip == tip:
        return outcomes, True
    if remote:
        return outcomes, push(repository, remote, branch, lander.tip, tip)
    return outcomes, move(repository, branch, lander.tip, tip)


def _land(lander: Lander, request: Request) -> Outcome:
    try:
        return lander.land(request)
    except HistoryError as error:  # this request cannot be read; the others may
        return Outcome(request, conflict=error.words)
    except LawError as error:
        return Outcome(request, findings=tuple(error.findings))


def _key(path: Path | None, settings: Settings, day: date) -> Ed25519PrivateKey | None:
    """The key that signs; raises UsageError when the registry demands one and this is none of its keys."""
    key = signing.read_key(path) if path else None
    if settings.landing_keys and (key is None or not settings.attests(signing.public(key), day)):
        raise UsageError(
            "registry.yaml 写了合入密钥（landing_keys）：用 --key 给出其中一把正在使用的私钥",
            "registry.yaml names landing_keys: give the private key of one that is in force with --key",
        )
    return key


def _moment(arguments: argparse.Namespace, settings: Settings) -> datetime:
    day = arguments.as_of or settings.as_of
    if day:
        return datetime.combine(day, time(12), ZoneInfo(settings.timezone))
    return now(settings.timezone)


def _requests(arguments: argparse.Namespace) -> list[Request]:
    if bool(arguments.queue) == bool(arguments.head):
        raise UsageError("写 --queue，或者写 --head", "say --queue, or --head")
    if arguments.head:
        if arguments.actor is None:
            raise UsageError("写 --actor：提交人的账号编号", "say --actor: the account that acts")
        return [
            Request(
                arguments.head,
                arguments.actor,
                tuple(arguments.approved_by or ()),
                tuple(arguments.author or ()),
                arguments.request,
                arguments.opened,
                arguments.kind,
            )
        ]
    try:
        text = sys.stdin.read() if arguments.queue == "-" else Path(arguments.queue).read_text(encoding="utf-8")
        return read_queue(text)
    except QueueError as error:
        raise UsageError(*error.words) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{arguments.queue} 读不了：{error}", f"{arguments.queue} cannot be read: {error}") from None


def _told(outcome: Outcome, lang: str) -> str:
    name = outcome.request.request or outcome.request.head
    if outcome.commit:
        words = Text(f"{name}：已合入，{outcome.commit[:12]}", f"{name}: landed as {outcome.commit[:12]}")
    elif outcome.already:
        words = Text(f"{name}：主线上已经有了", f"{name}: is on the branch already")
    elif outcome.conflict:
        words = Text(f"{name}：没有合入。{outcome.conflict.zh}", f"{name}: not landed. {outcome.conflict.en}")
    else:
        words = Text(f"{name}：没有合入，不合规：", f"{name}: not landed, it is not legal:")
    line = visible(words.say(lang))
    return f"{line}\n{report(outcome.findings, 'text', lang, 1)}" if outcome.findings else line
