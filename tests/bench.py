"""Time and memory of the main verbs on a generated registry and of reading a ledger, each as a process of its own.

Run by `make bench N=1000`; `python tests/bench.py clocks 100000` measures states and clocks alone, `python
tests/bench.py personal` the search for personal data. The registry is the
demonstration registry with N copies of its proposals under new ids, so that texts are real ones; the same N always
gives the same files. Nothing here is a test: figures depend on the machine.
"""

from __future__ import annotations

import gc
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
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from huiyin.cases import cases
from huiyin.clocks import Reckoning, deadlines
from huiyin.figures import GROUPINGS, figures, grouped
from huiyin.lifecycle import standing
from huiyin.load import load_law, load_registry
from huiyin.load.registry import schema_line
from huiyin.personal import find

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


def measure(command: list[str], registry: Path) -> tuple[float, float, float, int]:
    """Return wall seconds, processor seconds, peak MiB and exit code of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "HUIYIN_REGISTRY": str(registry), "NO_MKDOCS_2_WARNING": "1"}
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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


def clocks(count: int) -> None:
    """Print the processor time of states and clocks of `count` loaded proposals under each pack, on one core."""
    law = load_law(ROOT / "schema", ROOT)
    table = Table("states and clocks", "proposals", "counts", "cpu s", "per 1,000")
    for name in (name for name, pack in sorted(law.packs.items()) if not pack.abstract):
        pack, dice = law.packs[name], random.Random(1)  # noqa: S311 (the same days on every run)
        items = []
        for _ in range(count):
            first = date(2024, 1, 1) + timedelta(days=dice.randrange(900))
            rows = [{"type": kind, "on": f"{first + timedelta(days=day)}", **more} for kind, day, more in STORY]
            items.append(proposal(rows, pack))
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


def main(copies: int) -> int:
    """Print one table for about `copies` proposals, and one for figures alone."""
    console = Console()
    count_figures(console)
    with tempfile.TemporaryDirectory() as temporary:
        registry = Path(temporary) / "registry"
        count = generate(registry, copies)
        verb = [str(Path(sys.executable).parent / "huiyin")]
        table = Table("work", "wall s", "cpu s", "peak MiB", "per 1,000", title=f"{count:,} proposals")
        site = str(Path(temporary) / "site")
        for name, command in {
            "huiyin check": [*verb, "check", "--quiet"],
            "huiyin due": [*verb, "due"],
            "huiyin stats": [*verb, "stats"],
            "huiyin stats --by agency": [*verb, "stats", "--by", "agency"],
            "huiyin report": [*verb, "report", "--session", "npc-17-5", "--to", f"{temporary}/report"],
            "mkdocs build": [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", site],
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


if __name__ == "__main__":
    if sys.argv[1:2] == ["personal"]:
        sys.exit(personal())
    if sys.argv[1:2] == ["clocks"]:
        sys.exit(clocks(int(sys.argv[2])))
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
