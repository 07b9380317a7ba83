"""Time and memory of the main verbs on a generated registry and of reading a ledger, each as a process of its own.

Run by `make bench-verbs N=1000`; `python tests/bench.py together` measures states, clocks and figures of 100,000
loaded proposals, `python tests/bench.py clocks 100000` states and clocks under each pack, `python tests/bench.py
personal` the search for personal data, `python tests/bench.py similar 10000` the likeness of texts. The registry is the
demonstration registry with N copies of its proposals under new ids, so that texts are real ones; the same N always
gives the same files. Nothing here is a test: figures depend on the machine.
"""

from __future__ import annotations

import calendar
import gc
import json
import os
import platform
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import Process
from pathlib import Path

from rich.console import Console
from rich.table import Table

from huiyin.cases import cases
from huiyin.clocks import Reckoning, deadlines
from huiyin.figures import GROUPINGS, figures, grouped
from huiyin.lifecycle import standing
from huiyin.load import load_law, load_registry
from huiyin.load.registry import schema_line
from huiyin.model import Proposal, Registry
from huiyin.personal import find
from huiyin.rules import Pack
from huiyin.similar import Document, Index, fold

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.story import proposal  # noqa: E402 (run as a script, its folder is not the root)

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def code(number: int) -> str:
    """Return a number as six characters of an id."""
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(25, -1, -5))


def generate(folder: Path, copies: int) -> int:
    """Write a registry with about `copies` proposals and return how many there are."""
    shutil.copytree(ROOT / "registry", folder, ignore=shutil.ignore_patterns("proposals"))
    sources = sorted((ROOT / "registry" / "proposals").rglob("*.yaml"))
    ids = [path.stem for path in sources]
    rounds = max(1, copies // len(sources))
    known = re.compile("|".join(map(re.escape, ids)))
    for turn in range(rounds):
        for path in sources:
            text, stem = _copy(path.read_text(encoding="utf-8"), path.stem, known, ids, turn)
            _write(folder / "proposals" / path.parent.name / f"{turn // 100:03}" / f"{stem}.yaml", text, "proposal")
    kinds = {"sessions": "session", "members": "member", "groups": "group", "agencies": "agency"}
    for path in folder.rglob("*.yaml"):
        if path.parent.name in kinds or path.name == "registry.yaml":
            _write(path, path.read_text(encoding="utf-8"), kinds.get(path.parent.name, "registry"))
    return rounds * len(sources)


def _copy(text: str, stem: str, known: re.Pattern[str], ids: list[str], turn: int) -> tuple[str, str]:
    """Return a proposal's text under new ids and numbers of its own, and its new id."""

    def fresh(old: str) -> str:
        return f"{old[:4]}-{code(turn * len(ids) + ids.index(old))}"

    text = known.sub(lambda match: fresh(match[0]), text)
    return re.sub(r'number: "(\d+)"', lambda match: f'number: "{int(match[1]) + turn * 1000}"', text), fresh(stem)


def _write(path: Path, text: str, kind: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    line = schema_line(path, ROOT / "schema" / f"{kind}.schema.json")
    path.write_text(re.sub(r"\A.*", lambda _: line, text, count=1), encoding="utf-8")


PROPOSALS, LANDED, STEPS = 100_000, 200, 10_000
"""How many proposals a change is judged among, how many requests land at once, and how many steps are audited."""
LIFE = (
    ("submitted", "m-bai-tiecheng", ""),
    ("accepted", "o-npc", '    number: "{number}"\n'),
    ("assigned", "o-npc", "    lead: a-transport\n    co: [a-housing]\n"),
    ("signed_for", "a-transport", ""),
    (
        "contacted",
        "a-transport",
        "    how: visit\n    text: 到现场与代表一起看了路口，记录了高峰时段的车流。\n",
    ),
    ("co_opinion", "a-housing", "    text: 沿线小区出入口可以一并调整，所需费用列入今年老旧小区改造计划。\n"),
    (
        "replied",
        "a-transport",
        "    class: resolved\n    answers:\n      - ask: q1\n        text: 已经增设。\n",
    ),
    ("rated", "m-bai-tiecheng", "    event: e7\n    attitude: satisfied\n    result: satisfied\n"),
    ("closed", "o-npc", ""),
)
"""The events of each proposal of a generated history: type, whose act, and what it carries."""
STATES = ("submitted", "accepted", "assigned", "consulting", "handling", "handling", "replied", "rated", "closed")
ACCOUNTS = {"m-bai-tiecheng": 70003001, "o-npc": 70001001, "a-transport": 70002111, "a-housing": 70002081}
APPROVER = "70001002 wl-npc-2"


def event(number: int, turn: int, day: date) -> str:
    """Return the event of one turn in the life of the proposal of that number."""
    kind, by, more = LIFE[turn]
    head = f"  - id: e{turn + 1}\n    type: {kind}\n    on: {day}\n    by: {by}\n"
    return head + more.format(number=2000 + number)


def text_of(number: int, turns: int, day: date) -> str:
    """Return the text of a generated proposal after so many turns of its life, all on one day."""
    first = (ROOT / "registry/proposals/npc-17-5/2026-n9e3s.yaml").read_text(encoding="utf-8")
    body = re.search(r"^situation:.*?(?=^asks:)", first, re.MULTILINE | re.DOTALL)
    assert body
    return (
        "# yaml-language-server: $schema=../../../schema/proposal.schema.json\n"
        f"id: 2026-{code(number)}\nkind: suggestion\nsession: npc-17-5\ntitle: 关于增设第 {number} 处过街设施的建议\n"
        f"category: transport\nproposers: [m-bai-tiecheng]\nstatus: {STATES[turns - 1]}\n{body[0]}"
        "asks:\n  - id: q1\n    text: 增设过街设施。\n    agency: a-transport\nevents:\n"
        + "".join(event(number, turn, day) for turn in range(turns))
    )


def _grown(text: str | None, number: int, turn: int, day: date) -> str:
    if text is None:
        return text_of(number, 1, day)
    return text.replace(f"status: {STATES[turn - 1]}\n", f"status: {STATES[turn]}\n", 1) + event(number, turn, day)


def history(folder: Path, commits: int, proposals: int = 0) -> None:
    """Make a repository whose branch has so many landed steps behind its first commit, one event each.

    The first commit holds the demonstration registry without its proposals, and `proposals` accepted ones.
    """
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(folder)], check=True)
    stream = subprocess.Popen(["git", "-C", str(folder), "fast-import", "--quiet"], stdin=subprocess.PIPE)
    assert stream.stdin
    write = stream.stdin.write

    def commit(message: str, day: date, files: dict[str, str]) -> None:
        seconds = calendar.timegm(day.timetuple()) + 3600
        raw = message.encode()
        write(f"commit refs/heads/main\ncommitter Huiyin <land@huiyin.example> {seconds} +0800\n".encode())
        write(b"data %d\n%b\n" % (len(raw), raw))
        for name, text in files.items():
            raw = text.encode()
            write(f"M 100644 inline {name}\ndata {len(raw)}\n".encode() + raw + b"\n")

    start = date(2026, 3, 2)
    first = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for part in ("registry", "schema")
        for path in sorted((ROOT / part).rglob("*"))
        if path.is_file() and "proposals" not in path.parts
    }
    old = {
        f"registry/proposals/npc-17-5/{n // 1000:03}/2026-{code(n)}.yaml": _old(n)
        for n in range(1_000_000, 1_000_000 + proposals)
    }
    commit("Begin", start, {**first, **old})
    texts: dict[int, str] = {}
    for step in range(commits):
        group, place = divmod(step, 50 * len(LIFE))
        turn, number = place // 50, group * 50 + place % 50
        day = start + timedelta(days=step * 180 // commits)
        actor = ACCOUNTS[LIFE[turn][1]]
        message = f"Step {step}\n\nHuiyin-Actor: {actor} somebody\nHuiyin-Approved-By: {APPROVER}\n"
        texts[number] = _grown(texts.get(number), number, turn, day)
        commit(message, day, {f"registry/proposals/npc-17-5/2026-{code(number)}.yaml": texts[number]})
    stream.stdin.close()
    stream.wait()


def requests(folder: Path, count: int) -> None:
    """Add so many requests to a repository of `history`, each an assignment on a branch, and their queue.json."""
    stream = subprocess.Popen(["git", "-C", str(folder), "fast-import", "--quiet"], stdin=subprocess.PIPE)
    assert stream.stdin
    day = date(2026, 3, 3)
    for n in range(count):
        number = 1_000_000 + n
        text = _grown(_old(number), number, 2, day).encode()
        name = f"registry/proposals/npc-17-5/{number // 1000:03}/2026-{code(number)}.yaml"
        head = (
            f"commit refs/heads/request-{n}\ncommitter Somebody <x@huiyin.example> 1772600000 +0800\ndata 7\nRequest\n"
        )
        stream.stdin.write(f"{head}from refs/heads/main\nM 100644 inline {name}\ndata {len(text)}\n".encode() + text)
        stream.stdin.write(b"\n")
    stream.stdin.close()
    stream.wait()
    rows = [{"head": f"refs/heads/request-{n}", "actor": 70001001, "approved_by": [70001002]} for n in range(count)]
    (folder / "queue.json").write_text(json.dumps(rows), encoding="utf-8")


def _old(number: int) -> str:
    return text_of(number, 2, date(2026, 3, 2)).replace("../../../schema", "../../../../schema")


def measure(command: list[str], registry: Path, cwd: Path = ROOT) -> tuple[float, float, float, int]:
    """Return wall seconds, processor seconds, peak MiB and exit code of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "HUIYIN_REGISTRY": str(registry), "NO_MKDOCS_2_WARNING": "1"}
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


READING = """
import sys
from pathlib import Path
from huiyin.ledger.rows import Layout, open_ledger
assert sum(1 for _ in open_ledger(Path(sys.argv[1]), Layout()).rows()) == int(sys.argv[2])
"""


def write_ledger(path: Path, count: int, encoding: str) -> None:
    """Write a CSV of `count` different rows of some 250 bytes."""
    asked = "全市有充电桩的老旧小区不足一成。,每个街道先选两个小区试点。"
    rest = f"{asked},沈婉青,马立诚、柯行敏,城建,2025/1/14,住建局,供电公司"
    with path.open("w", encoding=encoding) as file:
        file.write("编号,案由,情况,建议,领衔人,附议人,类别,提交日期,主办,会办\n")
        file.writelines(f"{number},关于在第{number}号小区加装充电桩的建议,{rest}\n" for number in range(count))


STORY = (
    ("submitted", 0, {}),
    ("accepted", 5, {}),
    ("assigned", 15, {"lead": "a-lead", "co": ["a-co"]}),
    ("signed_for", 18, {}),
    ("contacted", 30, {"how": "phone"}),
    ("co_opinion", 40, {"text": "同意"}),
    ("replied", 80, {"commitments": [{"id": "c1", "text": "设站", "owner": "a-lead", "due": "2026-12-31"}]}),
    ("rated", 90, {}),
)
"""Eight events of a proposal, with the day of each after the first."""


TOGETHER = (10_000, 100_000)
"""Ten times as many proposals should take ten times as long."""


def together(console: Console) -> None:
    """Print the processor time of states, clocks and figures of loaded proposals, on one core.

    The ratio is that of the larger number to the smaller.
    """
    law = load_law(ROOT / "schema", ROOT)
    registry = load_registry(ROOT / "registry", law, ROOT).registry
    assert registry is not None
    table = Table("states, clocks and figures", "proposals", "cases s", "figures s", "cpu s", "ratio")
    for kind, session in (("cppcc_proposal", "cppcc-15-5"), ("suggestion", "npc-17-5")):
        before = 0.0
        for count in TOGETHER:
            name, standing_s, figures_s = _stand_and_count(registry, kind, session, count)
            cpu = standing_s + figures_s
            ratio = f"{cpu / before:.1f}" if before else ""
            table.add_row(name, f"{count:,}", f"{standing_s:.1f}", f"{figures_s:.1f}", f"{cpu:.1f}", ratio)
            before = cpu
    console.print(table)


def _stand_and_count(registry: Registry, kind: str, session: str, count: int) -> tuple[str, float, float]:
    """Return the pack of a session's proposals of that kind, and the seconds for cases and for figures of `count`."""
    pack = registry.packs[registry.settings.body(registry.sessions[session].body).packs[kind]]  # type: ignore[union-attr]
    day, dice = date(2026, 11, 20), random.Random(1)  # noqa: S311 (the same days on every run)
    ids = (f"2026-{code(number)}" for number in range(count))
    items = {name: story(dice, pack, id=name, kind=kind, session=session) for name in ids}
    many = replace(registry, proposals=items)
    gc.collect()
    gc.freeze()  # the proposals are loaded: looking through them again is not the work that is measured
    started = time.process_time()
    found = cases(many, day)
    stood = time.process_time()
    figures(found.values(), day)
    return pack.id, stood - started, time.process_time() - stood


def story(dice: random.Random, pack: Pack, **more: str) -> Proposal:
    """Return a proposal with the eight events, begun on some day."""
    first = date(2024, 1, 1) + timedelta(days=dice.randrange(900))
    rows = [{"type": kind, "on": f"{first + timedelta(days=day)}", **carried} for kind, day, carried in STORY]
    return proposal(rows, pack, **more)


def clocks(count: int) -> None:
    """Print the processor time of states and clocks of `count` loaded proposals under each pack, on one core."""
    law = load_law(ROOT / "schema", ROOT)
    table = Table("states and clocks", "proposals", "counts", "cpu s", "per 1,000")
    for name in (name for name, pack in sorted(law.packs.items()) if not pack.abstract):
        pack, dice = law.packs[name], random.Random(1)  # noqa: S311 (the same days on every run)
        items = [story(dice, pack) for _ in range(count)]
        gc.collect()
        gc.freeze()  # the proposals are loaded: looking through them again is not the clocks' work
        counts, reckoning = 0, Reckoning(pack, law.calendar, date(2026, 11, 20), 20)
        before = time.process_time()
        for item in items:
            counts += len(deadlines(item, standing(item, pack, reckoning.as_of).refused, reckoning))
        cpu = time.process_time() - before
        table.add_row(name, f"{count:,}", f"{counts:,}", f"{cpu:.1f}", f"{cpu / count * 1000:.3f}")
    Console().print(table)


def count_figures(console: Console, items: int = 100_000) -> None:
    """Print how long it takes to count every figure over cases that are loaded, and by agency; and for half of them."""
    law = load_law(ROOT / "schema", ROOT)
    registry = load_registry(ROOT / "registry", law, ROOT).registry
    assert registry is not None
    day = date(2026, 11, 20)
    loaded = list(cases(registry, day).values())
    many = (loaded * (items // len(loaded) + 1))[:items]
    events = sum(len(case.proposal.events) for case in many) / items
    table = Table("figures over loaded cases", "cpu s", title=f"{items:,} items of {events:.1f} events")
    for name, work in {
        "half of them": lambda: figures(many[: items // 2], day),
        "all": lambda: figures(many, day),
        "all, by agency": lambda: grouped(many, day, GROUPINGS["agency"], registry, law.vocabulary),
    }.items():
        started = time.process_time()
        work()
        table.add_row(name, f"{time.process_time() - started:.1f}")
    console.print(table)


def _large(folder: Path) -> None:
    history(folder, 0, PROPOSALS)
    requests(folder, LANDED)


def _steps(console: Console, verb: list[str], temporary: Path) -> None:
    """Print what guard, landing and audit take on generated repositories."""
    table = Table("work", "wall s", "cpu s", "peak MiB", title="changes")
    large, long = temporary / "large.git", temporary / "long.git"
    for made in (Process(target=_large, args=(large,)), Process(target=history, args=(long, STEPS))):
        made.start()  # apart, since a process that is started begins with the peak of the one that starts it
        made.join()
    queue = large / "queue.json"
    git = ["git", "-C", str(long), "rev-list", "--max-parents=0", "main"]
    first = subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()
    actor, day = ["--actor", "70001001", "--approved-by", "70001002"], ["--as-of", "2026-03-03"]
    for name, where, command in (
        (f"guard of 1 among {PROPOSALS:,}", large, ["guard", "--base=main", "--head=request-0", *actor, *day]),
        (f"land {LANDED}", large, ["land", "--queue", str(queue), *day]),
        (f"audit of {STEPS:,} steps", long, ["audit", "--head=main", f"--from={first}"]),
    ):
        wall, cpu, memory, exit_code = measure([*verb, *command], Path("registry"), where)
        failed = f" (exit {exit_code})" if exit_code else ""
        table.add_row(name + failed, f"{wall:.1f}", f"{cpu:.1f}", f"{memory:,.0f}")
    console.print(table)


def main(copies: int) -> int:
    """Print one table for about `copies` proposals, and one for figures alone."""
    console = Console()
    together(console)
    count_figures(console)
    with tempfile.TemporaryDirectory() as temporary:
        registry = Path(temporary) / "registry"
        count = generate(registry, copies)
        verb = [str(Path(sys.executable).parent / "huiyin")]
        table = Table("work", "wall s", "cpu s", "peak MiB", "per 1,000", title=f"{count:,} proposals")
        for name, command in {
            "huiyin check": [*verb, "check", "--quiet"],
            "huiyin due": [*verb, "due"],
            "huiyin stats": [*verb, "stats"],
            "huiyin stats --by agency": [*verb, "stats", "--by", "agency"],
            "huiyin report": [*verb, "report", "--session", "npc-17-5", "--to", f"{temporary}/report"],
        }.items():
            wall, cpu, memory, exit_code = measure(command, registry)
            failed = f" (exit {exit_code})" if exit_code else ""
            table.add_row(name + failed, f"{wall:.1f}", f"{cpu:.1f}", f"{memory:,.0f}", f"{wall / count * 1000:.2f}")
        console.print(table)
        rows = count * 100
        table = Table("encoding", "wall s", "cpu s", "peak MiB", title=f"a ledger of {rows:,} rows, read")
        ledger = Path(temporary) / "ledger.csv"
        for encoding in ("utf-8", "gb18030"):
            write_ledger(ledger, rows, encoding)
            command = [sys.executable, "-c", READING, str(ledger), str(rows)]
            wall, cpu, memory, exit_code = measure(command, registry)
            failed = f" (exit {exit_code})" if exit_code else ""
            table.add_row(encoding + failed, f"{wall:.1f}", f"{cpu:.1f}", f"{memory:,.0f}")
        console.print(table)
        _steps(console, verb, Path(temporary))
        console.print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    clocks(copies)
    return personal()


def personal() -> int:
    """Print how many characters a second are searched for personal data: real and hostile texts."""
    paths = sorted((ROOT / "registry").rglob("*.yaml"))
    texts = {
        "the demonstration registry": [path.read_text(encoding="utf-8") for path in paths] * 10,
        "one number of 1,000,000 digits": ["1" * 1_000_000],
        "500,000 digits with blanks": ["1 " * 500_000],
        "mobile numbers": ["13800138000 " * 80_000],
        "dwellings": ["1-1-111 " * 120_000],
    }
    table = Table("searched for personal data", "characters", "cpu s", "million characters a second")
    for name, parts in texts.items():
        before, size = time.process_time(), sum(map(len, parts))
        for part in parts:
            find(part)
        cpu = time.process_time() - before
        table.add_row(name, f"{size:,}", f"{cpu:.2f}", f"{size / cpu / 1e6:.2f}")
    Console().print(table)
    return 0


def likeness(count: int) -> int:
    """Index `count` texts, ask for one new text on the warm index, and find all pairs up to 10,000."""
    registry = load_registry(ROOT / "registry", load_law(ROOT / "schema", ROOT), ROOT).registry
    titles = [one.title for one in registry.proposals.values()] if registry else []
    chance = random.Random(0)  # noqa: S311 (texts, not secrets)
    made = [fold("".join(chance.choice(titles)[at : at + 8] for at in (0, 8, 16))) for _ in range(count)]
    bodies = [fold("".join(chance.choices(titles, k=15))) for _ in range(count)]
    documents = [Document(str(n), *texts) for n, texts in enumerate(zip(made, bodies, strict=True))]
    began = time.perf_counter()
    index = Index(documents)
    built = time.perf_counter()
    index.nearest(Document("new", made[0], bodies[-1]))
    asked = time.perf_counter()
    told = f"{count} texts: index {built - began:.1f} s, one new text {asked - built:.2f} s"
    if count <= 10_000:
        sum(map(len, index.all_nearest()))
        told += f", all pairs {time.perf_counter() - asked:.1f} s"
    Console().print(f"{told}, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["similar"]:
        sys.exit(likeness(int(sys.argv[2])))
    if sys.argv[1:2] == ["personal"]:
        sys.exit(personal())
    if sys.argv[1:2] == ["clocks"]:
        sys.exit(clocks(int(sys.argv[2])))
    if sys.argv[1:2] == ["together"]:
        sys.exit(together(Console()))
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
