"""`huiyin project`: what an audience may see of the private registry, as one more commit of its repository."""

from __future__ import annotations

import argparse
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from huiyin.commands.context import UsageError, add_day, language
from huiyin.commands.guard import folder_of, open_repository
from huiyin.disclosure import AUDIENCES, DisclosureError, demand_audience
from huiyin.findings import Text
from huiyin.guard import Reader
from huiyin.history import HistoryError, Objects, Repository
from huiyin.history.signing import public as public_half
from huiyin.history.signing import public_of, read_key
from huiyin.history.writing import landing_lock
from huiyin.projection.memory import Memory, remember, remembered
from huiyin.projection.public import Public, demand_settled, stands
from huiyin.projection.running import Plan, apply, plan
from huiyin.projection.told import holding, still_held
from huiyin.report import visible
from huiyin.today import today

SUMMARY = "把可以公开的投影到公开仓库 / project what may be seen to a public repository"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    levels = "、".join(AUDIENCES)
    parser.add_argument("--audience", required=True, metavar="LEVEL", help=f"给谁看：{levels} / for whom")
    parser.add_argument(
        "--to", required=True, metavar="REPO", help="公开仓库的文件夹 / folder of the public repository"
    )
    parser.add_argument("--head", default="HEAD", metavar="REV", help="投影哪个提交，默认 HEAD / which commit")
    parser.add_argument("--branch", default="main", help="公开仓库的分支，默认 main / branch of the public repository")
    parser.add_argument("--key", metavar="FILE", help="签名用的 SSH 私钥 / SSH key that signs the run")
    parser.add_argument("--whole", action="store_true", help="不看上次，全部重做 / make everything anew")
    parser.add_argument("--restart", action="store_true", help="清除旧历史，另起一段 / begin a new history (purge)")
    parser.add_argument(
        "--dry-run", action="store_true", help="只说会怎样，不写 / say what would happen, write nothing"
    )
    add_day(parser)


def run(arguments: argparse.Namespace) -> int:
    """Project one commit and print what was done; everything is refused before anything is written."""
    try:
        return _run(arguments)
    except DisclosureError as error:
        raise UsageError(*error.words) from None


def _run(arguments: argparse.Namespace) -> int:
    demand_audience(arguments.audience)
    repository = open_repository()
    target = _target(arguments.to, repository)
    commit, folder, audience = repository.commit(arguments.head), folder_of(arguments), arguments.audience
    lang = language(arguments)
    with landing_lock(target), Objects(repository) as objects, Objects(target) as there:
        public = stands(target, there, arguments.branch, audience)
        worktree = demand_settled(target, arguments.branch, public.tip)
        last = _last(arguments, repository, target, public)
        made, private = plan(Reader(objects, folder), commit, audience, public, there, last)
        day = arguments.as_of or private.as_of or today(private.timezone)
        _demand_later(public, day.isoformat())
        key = _key(arguments, private.key)
        for line in _told(made, target, public, restart=arguments.restart):
            print(visible(line.say(lang)))
        if arguments.dry_run:
            return 0
        if not made.files and public.tip and not arguments.restart:
            remember(repository, audience, Memory(commit, public.tip, str(target.path)))
            return 0
        new = apply(
            target, there, public, made, day, private.timezone, arguments.branch,
            key=key, worktree=worktree, restart=arguments.restart,
        )  # fmt: skip
        if new is None:
            raise UsageError(
                "公开仓库刚刚被别人改了；再运行一次", "the public repository changed in the meantime; run this again"
            )
        remember(repository, audience, Memory(commit, new, str(target.path)))
    runs = len(public.runs) + 1
    print(Text(f"第 {runs} 次投影：{new[:12]}", f"run {runs}: {new[:12]}").say(lang))
    return 0


def _target(named: str, private: Repository) -> Repository:
    path = Path(named)
    try:
        found = Repository(path)
    except HistoryError:
        raise UsageError(
            f"{named} 不是 git 仓库；先建一个（git init --bare {named}）",
            f"{named} is no git repository; make one first (git init --bare {named})",
        ) from None
    if found.path not in (path.resolve(), path.resolve() / ".git"):
        raise UsageError(
            f"{named} 在另一个仓库里面；写仓库本身的文件夹",
            f"{named} lies inside another repository; name the folder of the repository itself",
        )
    if found.path == private.path:
        raise UsageError(
            "公开仓库不能就是内部仓库；另建一个（git init --bare）",
            "the public repository cannot be the private one; make another (git init --bare)",
        )
    if _folder(found).is_relative_to(_folder(private)):
        raise UsageError(
            f"{named} 在内部仓库的文件夹里，会被一起提交或清掉；放到外面",
            f"{named} lies in the folder of the private repository and would be committed or cleaned up with it; "
            "put it elsewhere",
        )
    return found


def _folder(repository: Repository) -> Path:
    """The folder that people see: the working folder, or that of a bare repository."""
    return repository.path.parent if repository.path.name == ".git" else repository.path


def _last(arguments: argparse.Namespace, repository: Repository, target: Repository, public: Public) -> str | None:
    """The private commit of the last run, where what it made is what stands there; None makes everything anew.

    A repository that no run went into, a new clone say, must go on from a run into another one.
    """
    runs = remembered(repository, arguments.audience)
    runs = tuple(run for run in runs if run.target == str(target.path)) or runs
    if public.tip is None or not runs:
        return None
    for run in reversed(runs):
        if run.public == public.tip:
            known = repository.ask("cat-file", "-t", run.private, fine=(0, 128)).strip() == b"commit"
            return run.private if known and not arguments.whole else None
    if not any(target.descends(public.tip, run.public) for run in runs):
        last = runs[-1].public[:12]
        raise UsageError(
            f"公开仓库的历史与上次投影（{last}）接不上：被退回或改写过。查明以后恢复它，再运行",
            f"the public repository does not continue from the last run ({last}): it was rewound or "
            "rewritten. Find out why, restore it, and run this again",
        )
    return None


def _demand_later(public: Public, day: str) -> None:
    if public.runs and day < public.runs[-1].day:
        raise UsageError(
            f"上次投影是 {public.runs[-1].day}，不能退回 {day}",
            f"the last run was on {public.runs[-1].day}; this one cannot be of {day}",
        )


def _key(arguments: argparse.Namespace, public_key: str | None) -> Ed25519PrivateKey | None:
    if bool(arguments.key) != bool(public_key):
        raise UsageError(
            "registry.yaml 的 projections 写了公钥就要用 --key 签名，没有写就不能签名",
            "runs are signed with --key where `projections` in registry.yaml names a public key, and only there",
        )
    if not arguments.key:
        return None
    key = read_key(Path(arguments.key))
    if public_key and public_half(key) != public_of(public_key):
        raise UsageError(
            f"{arguments.key} 不是 registry.yaml 写的那一把",
            f"{arguments.key} is not the key that registry.yaml names",
        )
    return key


def _told(made: Plan, target: Repository, public: Public, *, restart: bool) -> list[Text]:
    """What a run does; what it withholds, and what the history of the public side holds all the same."""
    told = []
    for identifier, path, fields in made.gone:
        told.append(still_held(identifier, fields, holding(target, public.tip, path)))
    if restart:
        told.append(
            Text(
                f"另起一段历史：原来的 {len(public.runs)} 次投影只留下摘要，旧提交编号全部失效",
                f"a new history begins: of the {len(public.runs)} runs before only digests stay, and the ids of "
                "their commits are void",
            )
        )
    count = len(made.files)
    told.append(
        Text(f"要改动 {count} 个文件", f"{count} files to change")
        if count
        else Text("没有要改动的", "nothing to change")
    )
    return told
