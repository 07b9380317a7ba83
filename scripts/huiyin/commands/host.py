"""`huiyin host`: what workflows ask of the git host and tell it. Token and addresses come from the environment."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from huiyin.commands.context import UsageError, gather
from huiyin.host import requests, words
from huiyin.host.api import Host, HostError
from huiyin.review import MARK

SUMMARY = "工作流和代码托管平台之间的往来 / what workflows ask of the git host"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "act",
        choices=("actor", "comment", "answer", "request", "queue"),
        help="actor 谁在提交；comment 写检查说明；answer 答复表单；request 为表单发起请求；queue 已批准的请求",
    )
    parser.add_argument("--head", metavar="SHA", help="请求的最新提交 / the newest commit of the request")
    parser.add_argument("--number", type=int, metavar="N", help="请求或表单的编号 / number of the request or form")
    parser.add_argument("--file", type=Path, metavar="FILE", help="要写的内容 / what to write")
    parser.add_argument("--branch", default="main", help="主线，默认 main / the branch")


def run(arguments: argparse.Namespace) -> int:
    """Do one act and print what came of it."""
    try:
        return _ACTS[arguments.act](arguments, _host())
    except HostError as error:
        raise UsageError(*error.words) from None
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(
            f"代码托管平台的回答缺少内容：{error}", f"the answer of the host lacks something: {error}"
        ) from None


def _host() -> Host:
    names = ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GH_TOKEN")
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        raise UsageError(f"环境变量没有设：{'、'.join(missing)}", f"not set in the environment: {', '.join(missing)}")
    return Host(*(os.environ[name] for name in names))


def _login() -> str:
    """The account by which workflows write: that of the host's own token, or the one that the environment names."""
    return os.environ.get("HUIYIN_HOST_LOGIN") or "github-actions[bot]"


def _needed(arguments: argparse.Namespace, *names: str) -> None:
    missing = [f"--{name}" for name in names if getattr(arguments, name) is None]
    if missing:
        raise UsageError(f"缺少 {'、'.join(missing)}", f"{', '.join(missing)} is missing")


def _actor(arguments: argparse.Namespace, host: Host) -> int:
    _needed(arguments, "number")
    print(requests.actor(host, host.get(f"pulls/{arguments.number}"), _login()))
    return 0


def _comment(arguments: argparse.Namespace, host: Host) -> int:
    """The file was made from a change that nobody has looked at yet: its text is tamed, its claims are not used."""
    _needed(arguments, "head", "file")
    row = requests.of_head(host, arguments.head, arguments.branch)
    if row is None:
        print("没有以此提交为头的请求 / no open request has this commit as its head")
        return 0
    text = _text(arguments.file).removeprefix(f"{MARK}\n")
    server = os.environ.get("GITHUB_SERVER_URL", "").rstrip("/")
    own = f"{server}/{host.repository}/" if server else ""
    requests.say(host, int(row["number"]), words.tame(text, own), _login())
    print(f"#{row['number']}")
    return 0


def _text(path: Path) -> str:
    """The beginning of a file that may hold anything; raises UsageError when it is no file of its own."""
    if path.is_symlink() or not path.is_file():
        raise UsageError(f"没有文件 {path}", f"there is no file {path}")
    with path.open("rb") as file:
        return file.read(4 * words.LONGEST).decode("utf-8", "replace")


def _answer(arguments: argparse.Namespace, host: Host) -> int:
    _needed(arguments, "number", "file")
    requests.say(host, arguments.number, _text(arguments.file)[: words.LONGEST], _login())
    return 0


def _request(arguments: argparse.Namespace, host: Host) -> int:
    _needed(arguments, "number")
    row = requests.open_for_form(host, f"intake/{arguments.number}", arguments.branch, arguments.number)
    print(row["html_url"])
    return 0


def _queue(arguments: argparse.Namespace, host: Host) -> int:
    settings = gather(arguments).registry.settings
    print(json.dumps(requests.queue(host, arguments.branch, _login(), settings.timezone), ensure_ascii=False, indent=2))
    return 0


_ACTS = {"actor": _actor, "comment": _comment, "answer": _answer, "request": _request, "queue": _queue}
