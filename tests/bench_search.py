"""Search on generated texts: time to build, bytes a query, and what is found against a plain substring count.

`python tests/bench_search.py 10000`, or `make bench-search N=100000`. Every figure comes from the files that a site
would serve and the scripts that a browser would run; the browser itself is not in it.
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
from huiyin.search.scripts import thin  # noqa: E402
from tests.generate import QUERIES, documents  # noqa: E402
from tests.search.node import MODULES, reader  # noqa: E402

FACETS = tuple(Facet(name, name, {}) for name in ("kind", "session", "state", "category", "agency"))
PAGE = ("box", "page", "site", "index", "bits", "fold", "find", "query", "snippet")
"""The scripts that the page of results loads."""


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
    console = Console()
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
    texts = plainly(held)
    scripts = sum(len(thin((MODULES / f"{name}.js").read_text(encoding="utf-8")).encode()) for name in PAGE)
    table = Table("query", "found", "plain", "missed", "false", "KB to the first result", "KB with 5 snippets", "files")
    first, all_of_it, wrong = [], [], 0
    with reader() as node:
        for query in QUERIES:
            said = node.ask("count", path=str(folder), query=query)
            expected = {one.url for one, text in zip(held, texts, strict=True) if query in text}
            found = set(said["urls"])
            missed, false = len(expected - found), len(found - expected)
            wrong += missed + false
            first.append((said["first"] + scripts) / 1000)
            all_of_it.append((said["all"] + scripts) / 1000)
            row = (
                said["total"],
                len(expected),
                missed,
                false,
                f"{first[-1]:.1f}",
                f"{all_of_it[-1]:.1f}",
                said["files"],
            )
            table.add_row(query, *(f"{one:,}" if isinstance(one, int) else one for one in row))
    console.print(table)
    console.print(
        f"to the first result: median {statistics.median(first):.1f} KB, largest {max(first):.1f} KB; with 5 snippets: "
        f"median {statistics.median(all_of_it):.1f} KB, largest {max(all_of_it):.1f} KB; scripts "
        f"{scripts / 1000:.1f} KB of it; missed or false: {wrong}"
    )


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
