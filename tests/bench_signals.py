"""Counting a big export of complaints: seconds and memory, for text and for Parquet.

`python tests/bench_signals.py 10000000`, or `make bench-signals N=10000000`. The export is invented: 12 months, 60
words for categories, 20 areas, a third as many complainants as tickets, and texts that are never read. It is counted in
a process of its own, whose memory the system reports.
"""

from __future__ import annotations

import platform
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb
from rich.console import Console

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from huiyin.tickets.counting import count  # noqa: E402 (run as a script, its folder is not the root)
from huiyin.tickets.mapping import Columns, ExportMap  # noqa: E402

OUT = Console(highlight=False, soft_wrap=True)
AREAS = tuple({"id": f"area-{n}", "title": {"zh": f"第{n}街道"}} for n in range(20))
MAPPING = ExportMap(
    feed="hotline",
    title={"zh": "热线（虚构）"},
    channel="hotline",
    k=5,
    columns=Columns("工单编号", "受理时间", "类别", "区域", "来电人代号"),
    categories={f"类别{n}": f"category-{n % 15}" for n in range(60)},
    areas=AREAS,
    written={area["title"]["zh"]: area["id"] for area in AREAS},
)
GIVEN = """
SELECT 'WL' || (100000000 + range) AS "工单编号",
    strftime(TIMESTAMP '2025-01-01' + INTERVAL (hash(range) % 31536000) SECOND, '%Y-%m-%d %H:%M:%S') AS "受理时间",
    '类别' || hash(range + 1) % 60 AS "类别",
    '第' || (hash(range + 2) % 400 // (hash(range + 3) % 20 + 1) % 20) || '街道' AS "区域",
    'k' || hash(hash(range + 4) % {people}) AS "来电人代号",
    '市民反映小区门口道路破损，下雨积水，"多次"反映未解决，请尽快处理。编号' || hash(range) AS "内容"
FROM range({tickets})
"""


def main(tickets: int) -> None:
    OUT.print(
        f"{tickets:,} tickets, Python {platform.python_version()}, DuckDB {duckdb.__version__}, {platform.machine()}"
    )
    with tempfile.TemporaryDirectory(prefix="huiyin-") as place:
        for form, options in (("csv", "FORMAT csv, HEADER"), ("parquet", "FORMAT parquet")):
            path = Path(place) / f"export.{form}"
            given = GIVEN.format(tickets=tickets, people=max(1, tickets // 3))
            duckdb.sql(f"COPY ({given}) TO '{path}' ({options})")
            told = subprocess.run([sys.executable, __file__, str(path)], capture_output=True, text=True, check=True)
            OUT.print(f"{form:8} {path.stat().st_size / 1e6:,.0f} MB  {told.stdout.strip()}")
            path.unlink()


def measure(path: Path) -> None:
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="huiyin-") as place:
        found = count(path, MAPPING, Path(place), date(2026, 11, 20), "Asia/Shanghai")
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    peak, cpu = used.ru_maxrss / 1024, used.ru_utime + used.ru_stime
    cells = sum(map(len, found.cells.values()))
    OUT.print(
        f"{seconds:6.1f} s ({cpu:.0f} s of processor)  {peak:,.0f} MiB  "
        f"{found.counted:,} of {found.rows:,} counted in {cells:,} cells"
    )


if __name__ == "__main__":
    if sys.argv[1:] and not sys.argv[1].isdigit():
        measure(Path(sys.argv[1]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 1_000_000)
