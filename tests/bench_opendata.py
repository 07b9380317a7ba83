"""Time and memory of open data on a generated registry of N proposals: the interface and the downloads, in processes.

`python tests/bench_opendata.py 10000`. Loading is not counted; files are written to a folder that is removed.
"""

from __future__ import annotations

import gc
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from huiyin.cases import cases  # noqa: E402 (run as a script, its folder is not the root)
from huiyin.disclosure import Sight  # noqa: E402
from huiyin.export.rows import Scope  # noqa: E402
from huiyin.follow import follow  # noqa: E402
from huiyin.load import load_law, load_registry  # noqa: E402
from huiyin.opendata import Api, Asset, downloads  # noqa: E402
from huiyin.processes import spread  # noqa: E402
from tests.generate import write_registry  # noqa: E402

DAY = date(2026, 11, 20)
ADDRESS = "https://huiyin.example/"


def used() -> tuple[float, float]:
    """Return seconds of processors and the highest MiB of one process, children included."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    return cpu, max(own.ru_maxrss, children.ru_maxrss) / 1024


def write(assets: Iterable[Asset], folder: Path) -> tuple[int, int]:
    """Make and write all assets and return how many bytes and files they are."""
    every = list(assets)
    rows = sorted((asset for asset in every if asset.heavy), key=lambda asset: not asset.path.endswith("sqlite"))
    light = [asset for asset in every if not asset.heavy]

    def to(chosen: list[Asset], place: int) -> int:
        asset = chosen[place]
        content = asset.make()
        target = folder / asset.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return len(content)

    sizes = spread(lambda place: to(rows, place), len(rows), 2, chunk=1)
    sizes += spread(lambda place: to(light, place), len(light), 300)
    return sum(sizes), len(sizes)


def main(count: int) -> int:
    """Print the table for `count` proposals."""
    console = Console(width=120)
    table = Table("work", "wall s", "cpu s", "peak MiB", "MB", "files", title=f"{count:,} proposals")
    law = load_law(ROOT / "schema", ROOT)
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        write_registry(base / "registry", count)
        registry = load_registry(base / "registry", law, ROOT, kept=base / "kept.sqlite").registry
        assert registry is not None
        registry = Sight(law.shapes.schemas, "public").registry(registry)
        scope = Scope(registry, cases(registry, DAY), law.vocabulary, DAY)
        gc.collect()
        table.add_row("loaded", "", "", f"{used()[1]:,.0f}", "", "")
        works = {
            "interface": lambda: Api(scope, ADDRESS).assets(),
            "downloads": lambda: downloads(scope),
            "feeds and calendars": lambda: follow(scope, ADDRESS),
        }
        for name, work in works.items():
            before, started = used()[0], time.perf_counter()
            size, files = write(work(), base / "site")
            wall, (cpu, peak) = time.perf_counter() - started, used()
            table.add_row(
                name, f"{wall:.1f}", f"{cpu - before:.1f}", f"{peak:,.0f}", f"{size / 1e6:,.1f}", f"{files:,}"
            )
    console.print(table)
    console.print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
