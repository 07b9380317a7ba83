"""How long a site takes: a generated registry of N proposals, ours cold, warm and after one edit, and other builders.

`make bench N=10000`. Others get the same articles as HTML in files of their own: Hugo (when `hugo` is on PATH or named
by HUGO), with templates that print them in a bare frame, and Material's own pipeline with its search, as far as N is
bearable. Every step is a process of its own; wall and processor time, peak memory of one process, bytes and files.
"""

from __future__ import annotations

import json
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from tests.generate import write_registry  # noqa: E402 (run as a script, its folder is not the root)

DAY = "2026-11-20"
BEARABLE = 2_000
"""Pages for which Material's own pipeline is waited for."""
HUIYIN = str(Path(sys.executable).parent / "huiyin")


class Took(NamedTuple):
    """What a process took: seconds, seconds of processors, MiB, and its exit code."""

    wall: float
    cpu: float
    memory: float
    code: int


def run(command: list[str], cwd: Path = ROOT, **variables: str) -> Took:
    """Run a process and return what it took, its children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, env={**os.environ, **variables}, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(wall, cpu, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status))


def size(folder: Path) -> tuple[int, int]:
    """Return how many bytes and files a folder has."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file() and ".huiyin" not in path.parts]
    return sum(sizes), len(sizes)


def articles(site: Path) -> list[tuple[str, str]]:
    """Return the title and article of each proposal's page that we made."""
    found = []
    for path in sorted((site / "p").glob("*/index.html")):
        html = path.read_text(encoding="utf-8")
        title = re.search(r"<title>(.*?) · ", html)
        article = re.search(r"<article class=\"hy hy-proposal\">.*?</article>", html, re.DOTALL)
        assert title
        assert article
        found.append((path.parent.name, f"{title[1]}\n{article[0]}"))
    return found


def hugo(folder: Path, made: list[tuple[str, str]]) -> list[str]:
    """Lay out the articles for Hugo and return the command."""
    (folder / "layouts" / "_default").mkdir(parents=True)
    (folder / "content" / "p").mkdir(parents=True)
    settings = 'baseURL = "https://example.org/"\ntitle = "x"\ndisableKinds = ["taxonomy"]\n'
    (folder / "hugo.toml").write_text(f"{settings}[security]\nallowContent = ['.*']\n")  # HTML is not, unasked
    frame = "<!doctype html><title>{{ .Title }}</title><main>{{ .Content }}</main>"
    for name in ("single", "list"):
        (folder / "layouts" / "_default" / f"{name}.html").write_text(frame)
    for name, text in made:
        title, _, article = text.partition("\n")
        head = json.dumps({"title": title}, ensure_ascii=False)
        (folder / "content" / "p" / f"{name}.html").write_text(f"{head}\n{article}", encoding="utf-8")
    return [os.environ.get("HUGO") or shutil.which("hugo") or "", "--quiet"]


def material(folder: Path, made: list[tuple[str, str]]) -> list[str]:
    """Lay out the articles for Material and return the command."""
    (folder / "docs" / "p").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: x\ntheme: {name: material, language: zh, font: false}\n")
    (folder / "docs" / "index.md").write_text("# x\n")
    for name, text in made:
        title, _, article = text.partition("\n")
        head = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n"
        (folder / "docs" / "p" / f"{name}.md").write_text(head + article.replace("\n\n", "\n"), encoding="utf-8")
    return [sys.executable, "-m", "mkdocs", "build", "--quiet"]


def main(count: int) -> int:
    """Print the table for `count` proposals."""
    console = Console(width=120)
    title = f"{count:,} proposals"
    table = Table("work", "wall s", "cpu s", "peak MiB", "MB", "files", "cpu ms a proposal", title=title)

    def row(name: str, took: Took, folder: Path | None = None, of: int = count) -> None:
        bytes_, files = size(folder) if folder else (0, 0)
        failed = f" (exit {took.code})" if took.code else ""
        about = (f"{bytes_ / 1e6:,.1f}", f"{files:,}") if folder else ("", "")
        numbers = (f"{took.wall:.1f}", f"{took.cpu:.1f}", f"{took.memory:,.0f}")
        table.add_row(name + failed, *numbers, *about, f"{took.cpu / of * 1000:.2f}")

    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        registry, site = base / "registry", base / "site"
        write_registry(registry, count)
        variables = {"HUIYIN_REGISTRY": str(registry), "NO_MKDOCS_2_WARNING": "1"}
        build = [HUIYIN, "build", "--as-of", DAY, "--to"]
        run([*build, str(base / "first")], **variables)  # the pages by hand, which do not depend on N
        shutil.rmtree(base / "first")
        for name in ("cold", "warm"):
            if name == "cold":
                (ROOT / "build" / "cache" / "records.sqlite").unlink(missing_ok=True)
            shutil.rmtree(site, ignore_errors=True)
            row(f"huiyin build, clean, {name} cache", run([*build, str(site)], **variables), site)
        row("huiyin build, nothing changed", run([*build, str(site)], **variables))
        first = next((registry / "proposals").rglob("*.yaml"))
        first.write_text(first.read_text(encoding="utf-8").replace("关于", "再次关于", 1), encoding="utf-8")
        row("huiyin build --pages, one proposal edited", run([*build, str(site), "--pages"], **variables))
        row("huiyin build, its files for programs", run([*build, str(site)], **variables))
        (ROOT / "build" / "cache" / "records.sqlite").unlink(missing_ok=True)
        for name in ("cold", "warm"):
            row(f"huiyin check --quiet, {name}", run([HUIYIN, "check", "--quiet"], **variables))
        made = articles(site)
        if os.environ.get("HUGO") or shutil.which("hugo"):
            command = hugo(base / "hugo", made)
            row("Hugo, bare pages", run(command, base / "hugo"), base / "hugo" / "public")
        some = made[:BEARABLE]
        command = material(base / "material", some)
        took = run(command, base / "material", **variables)
        row(f"Material's own pipeline, {len(some):,} pages", took, base / "material" / "site", len(some))
        pages = sorted(((path.stat().st_size, path) for path in site.rglob("*.html")), reverse=True)
        console.print(table)
        largest = ", ".join(f"{path.parent.relative_to(site)} {length / 1000:.0f} KB" for length, path in pages[:5])
        console.print(f"largest pages: {largest}")
    console.print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
