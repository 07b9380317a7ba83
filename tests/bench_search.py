"""Search on generated texts: time to build, and in Chromium bytes, time and what is found against a plain count.

`make bench-search N=100000`. It stands apart from `make bench`, which builds whole sites: here texts go into the index
without the way over files, so that 100,000 of them are bearable. Which documents are found is read from the same files
by the same scripts in Node; Chromium tells bytes and times, from this machine and over a link of 1.6 Mbit/s.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from huiyin.folding import fold_data  # noqa: E402
from huiyin.search import Document, Facet, write  # noqa: E402 (run as a script, its folder is not the root)
from tests.browser.chromium import INSTALL, find  # noqa: E402
from tests.generate import QUERIES, documents  # noqa: E402
from tests.search.node import reader  # noqa: E402
from tests.search.online import ask, lay, opened  # noqa: E402

FACETS = tuple(Facet(name, name, {}) for name in ("kind", "session", "state", "category", "agency"))


def plainly(held: list[Document]) -> list[str]:
    """Return everything of each document in one text, folded letter by letter, parts apart."""
    data = fold_data()
    table = str.maketrans(dict(zip(data["from"], data["to"], strict=True)))
    return [f"{one.title}|{one.names}|{one.text}".translate(table).replace("\n", "") for one in held]


def memory() -> float:
    """Return the highest memory of this process, or of one of its children when that is more, in MiB."""
    mine, theirs = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(mine, theirs) / 1024


def main(count: int) -> int:
    """Print the tables for `count` proposals."""
    console = Console(width=120)
    held = list(documents(count))
    before = memory()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "search"
        table = Table("build", "wall s", "cpu s", title=f"search, {count:,} proposals")
        _timed(table, "all", held, folder)
        _timed(table, "again, nothing changed", held, folder)
        changed = [replace(held[0], text=held[0].text + "改了一处。"), *held[1:]]
        _timed(table, "again, one proposal changed", changed, folder)
        _timed(table, "and back", held, folder)
        console.print(table)
        files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
        characters = sum(len(one.title) + len(one.names) + len(one.text) for one in held)
        console.print(
            f"{characters / count:,.0f} characters a proposal; {len(files):,} files, {sum(files) / 1e6:,.1f} MB"
        )
        console.print(f"peak memory {memory():,.0f} MiB, of which the texts themselves took {before:,.0f} MiB")
        _queries(console, held, folder)
    console.print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    return 0


def _timed(table: Table, name: str, held: list[Document], folder: Path) -> None:
    started, cpu = time.perf_counter(), os.times()
    write(held, FACETS, folder)
    spent = sum(os.times()[:4]) - sum(cpu[:4])
    table.add_row(name, f"{time.perf_counter() - started:.2f}", f"{spent:.2f}")


def _queries(console: Console, held: list[Document], folder: Path) -> None:
    if find() is None:
        console.print(f"bytes and times need Chromium: {INSTALL}")
        return
    site = folder.parent / "site"
    lay(folder, site)
    with opened(site) as (started, address):
        near = list(ask(started, address, QUERIES, slow=False))
        far = list(ask(started, address, QUERIES, slow=True))
    texts = plainly(held)
    columns = ("query", "found", "plain", "missed", "false", "KB, results", "KB, snippets", "ms here", "ms 1.6 Mbit/s")
    table, wrong = Table(*columns), 0
    with reader() as node:
        for query, here, slow in zip(QUERIES, near, far, strict=True):
            found = set(node.ask("count", path=str(folder), query=query))
            expected = {one.url for one, text in zip(held, texts, strict=True) if query in text}
            missed, false = len(expected - found), len(found - expected)
            wrong += missed + false + (here.found != len(expected)) + (slow.found != len(expected))
            numbers = (here.found, len(expected), missed, false)
            sizes = (f"{here.first / 1000:.1f}", f"{here.all / 1000:.1f}")
            times = (f"{here.milliseconds:,.0f}", f"{slow.milliseconds:,.0f}")
            table.add_row(query, *(f"{number:,}" for number in numbers), *sizes, *times)
    console.print(table)
    console.print(_middle("KB for the first query", [one.first / 1000 for one in near]))
    console.print(_middle("KB with the snippets in view", [one.all / 1000 for one in near]))
    console.print(_middle("ms to the first result on this machine", [one.milliseconds for one in near]))
    console.print(_middle("ms over 1.6 Mbit/s with 150 ms each way and back", [one.milliseconds for one in far]))
    console.print(f"missed, false or counted differently: {wrong}")


def _middle(name: str, numbers: list[float]) -> str:
    return f"{name}: median {statistics.median(numbers):,.1f}, largest {max(numbers):,.1f}"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
