"""Whether a projection is what it says: its chain, its commits, its key, and that every change of text is explained.

Guard cannot be replayed on a projection, since who acted is not in it. What readers can know is checked instead, and
anyone who holds a clone can do it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from huiyin.disclosure import AUDIENCES, unexplained
from huiyin.disclosure.explained import ADDED, GONE, Unexplained
from huiyin.findings import Finding, Place, Severity, Text, rule
from huiyin.history import Objects, Repository, Step, steps
from huiyin.history.signing import public_of, signer
from huiyin.projection.chain import CHAIN, Run
from huiyin.projection.public import SETTINGS, data_in, data_of, runs_in, without_chain
from huiyin.projection.sealed import is_sealed

BROKEN = rule(
    "projection-broken",
    Severity.ERROR,
    """投影对不上 / Projection that does not hold

    投影的每一次提交都由工具写成：摘要链接着上一次，提交的写法固定，写了公钥的有签名；文字只随 disclosed 节点公开，
    只随 withheld 节点删去。对不上，就是有人直接改了公开仓库，或者悄悄换了内容。

    Every commit of a projection is made by the tools: its chain goes on from the run before, its form is fixed, and it
    is signed where a key is named; public text comes with an event `disclosed` and goes with `withheld`. Where that
    does not hold, somebody changed the public repository directly, or replaced something silently.""",
)
_REMEDY = Text(
    "与办事机构核对，从内部登记册重新投影",
    "ask the office, and have the projection made anew from the private registry",
)


@dataclass(frozen=True)
class Verified:
    """What verifying a projection found: for whom, its last run, the runs whose commits are there, and the faults.

    `purged` is the day on which the history before was purged, if it was. `rules` are the commits that changed the
    formats, and with them what is shown; `keys` are the public keys that signed, in order.
    """

    audience: str
    last: Run
    runs: int
    records: int
    purged: str | None
    rules: tuple[Step, ...]
    keys: tuple[str, ...]
    faults: tuple[tuple[Step, Finding], ...]


def is_projection(objects: Objects, tree: str) -> bool:
    """Whether a tree says of itself that it is a projection."""
    told = data_in(objects, tree, SETTINGS)
    return bool(told) and "projection" in (told or {})


def verify(repository: Repository, until: str) -> Verified:
    """Verify every commit up to `until`, from the first one that there is."""
    with Objects(repository) as objects:
        walk = _Walk(repository, objects)
        for step in steps(repository, until):
            for fault in walk.take(step):
                walk.faults.append((step, fault))
        return walk.result()


class _Walk:
    """What is known while the runs pass by."""

    def __init__(self, repository: Repository, objects: Objects) -> None:
        self._repository = repository
        self._objects = objects
        self._runs: list[Run] = []
        self._commits = self._records = 0
        self._purged: str | None = None
        self._audience = ""
        self._keys: list[str] = []
        self._rules: list[Step] = []
        self.faults: list[tuple[Step, Finding]] = []

    def take(self, step: Step) -> Iterator[Finding]:
        """Yield what is wrong with one commit."""
        before, self._commits = self._runs, self._commits + 1
        settings = data_in(self._objects, step.tree, SETTINGS) or {}
        yield from self._told(settings)
        runs = runs_in(self._objects, step.tree)
        if runs is None:
            yield _broken(CHAIN, "摘要链不完好", "the chain is not sound")
            return
        self._runs = runs
        if self._commits == 1:
            purged = runs[-1].restarted or len(runs) == 1
            self._purged = runs[-1].day if runs[-1].restarted else None
            if not purged:
                yield _broken(CHAIN, "第一次提交不是第一次投影，也没有写明另起一段", "the history begins in the middle")
        elif runs[:-1] != before or runs[-1].restarted:
            yield _broken(CHAIN, "摘要链没有接着上一次", "the chain does not go on from the run before")
        if runs[-1].tree != without_chain(self._objects, step.tree):
            yield _broken(CHAIN, "文件树与摘要链写的不同", "the tree is not the one that the chain names")
        yield from self._sealed(step, runs[-1], str(settings.get("timezone", "")))
        yield from self._texts(step)

    def _told(self, settings: dict[str, object]) -> Iterator[Finding]:
        told = settings.get("projection")
        told = told if isinstance(told, dict) else {}
        audience = str(told.get("audience", ""))
        if audience not in AUDIENCES or self._audience not in ("", audience):
            yield _broken(
                SETTINGS, "没有写明是给谁的投影，或者中途变了", "it does not say for whom it is, or that changed"
            )
        self._audience = self._audience or audience
        key = str(told.get("key", ""))
        if not self._keys or self._keys[-1] != key:
            self._keys.append(key)

    def _sealed(self, step: Step, run: Run, timezone: str) -> Iterator[Finding]:
        raw = self._objects.read(step.commit)[0]
        try:
            sealed = is_sealed(raw, date.fromisoformat(run.day), timezone)
        except (ValueError, KeyError, OSError):
            sealed = False
        if not sealed:
            yield _broken(CHAIN, "提交的署名、时间或说明不是投影的写法", "author, time or words are not those of a run")
        key = self._keys[-1]
        if key and signer(raw) != public_of(key):
            yield _broken(SETTINGS, "提交没有用写明的公钥签名", "the commit is not signed by the key that is named")

    def _texts(self, step: Step) -> Iterator[Finding]:
        if any(file.path.startswith("schema/") and file.path.endswith(".json") for file in step.changes):
            if self._commits > 1:
                self._rules.append(step)
            return  # what is shown follows the formats: the page on trust names these steps
        for file in step.changes:
            if not file.path.startswith("registry/proposals/"):
                continue
            self._records += 1
            before = data_of(self._objects, file.before) if file.before else None
            after = data_of(self._objects, file.after) if file.after else None
            if file.after and after is None:
                yield _broken(file.path, "文件读不懂", "the file cannot be read")
            else:
                yield from (_silent(file.path, one) for one in unexplained(before, after))

    def result(self) -> Verified:
        """Return what was found."""
        last = self._runs[-1] if self._runs else Run(0, "", "", "")
        keys = tuple(key for key in self._keys if key)
        return Verified(
            self._audience, last, self._commits, self._records, self._purged, tuple(self._rules), keys,
            tuple(self.faults),
        )  # fmt: skip


def _broken(path: str, zh: str, en: str) -> Finding:
    return BROKEN.finding(Place(path), Text(zh, en), _REMEDY)


def _silent(path: str, one: Unexplained) -> Finding:
    words = {
        ADDED: ("公开了，却没有 disclosed 节点", "became public without an event `disclosed`"),
        GONE: ("删去了，却没有写明它的 withheld 节点", "went without an event `withheld` that names it"),
    }.get(one.kind, ("悄悄改了或删了", "was changed or deleted silently"))
    name = one.field or "文件"
    return _broken(path, f"{name} {words[0]}", f"{one.field or 'the file'} {words[1]}")
