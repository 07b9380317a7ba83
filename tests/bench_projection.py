"""Projection of a generated registry: the first run, one with a record changed, one with nothing changed, its audit.

`python tests/bench_projection.py 100000`, or `make bench-projection N=100000`. The registry is the one of `bench.py`:
copies of the demonstration with its texts, of which a part is open, a part withheld, and the rest not yet reviewed.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from huiyin.load.registry import schema_line  # noqa: E402 (run as a script, its folder is not the root)
from tests.bench import generate, measure  # noqa: E402

LEVELS = ("disclosure: {level: full}\n", "disclosure: {level: withheld, ground: third-party}\n", "")
"""What the header of one record after another says of disclosure."""
DISCLOSED = "  - id: e{number}\n    type: disclosed\n    on: 2026-11-19\n    by: {office}\n    level: full\n"
PROJECTIONS = "projections:\n  - {audience: public, address: https://public.huiyin.example/}\n"


def lay(root: Path, copies: int) -> int:
    """Make a private repository with about `copies` proposals and the schema, and return how many there are."""
    count = generate(root / "registry", copies)
    shutil.copytree(ROOT / "schema", root / "schema")
    settings = root / "registry" / "registry.yaml"
    text = settings.read_text(encoding="utf-8").replace("intake: open", "intake: private")
    settings.write_text(text + PROJECTIONS, encoding="utf-8")
    for n, path in enumerate(sorted((root / "registry").rglob("*.yaml"))):
        first, _, text = path.read_text(encoding="utf-8").partition("\n")
        if "proposals" in path.parts:
            text = re.sub(r"^disclosure:.*\n(  .*\n)*", "", text, flags=re.MULTILINE)
            text = text.replace("events:\n", f"{LEVELS[n % 3]}events:\n", 1)
        line = schema_line(path, root / "schema" / first.rpartition("/")[2])
        path.write_text(f"{line}\n{text}", encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root)
    return count


def git(root: Path, *argv: str) -> None:
    """Run git there, by nobody."""
    who = ("-c", "user.name=Bench", "-c", "user.email=bench@huiyin.example", "-c", "commit.gpgSign=false")
    subprocess.run(["git", *who, *argv], cwd=root, check=True)


def commit(root: Path) -> None:
    """Commit everything."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "A step")


def disclose(root: Path) -> None:
    """Open one record that was not reviewed, by an event."""
    paths = sorted((root / "registry" / "proposals").rglob("*.yaml"))
    path = next(path for path in paths if "\ndisclosure:" not in path.read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    office = "o-npc" if "session: npc" in text else "o-cppcc"
    number = 1 + max(int(one) for one in re.findall(r"^  - id: e(\d+)$", text, flags=re.MULTILINE))
    path.write_text(text + DISCLOSED.format(number=number, office=office), encoding="utf-8")
    commit(root)


def main(copies: int) -> int:
    """Print the table for about `copies` proposals; return 1 when a run failed."""
    console, failed = Console(), 0
    with tempfile.TemporaryDirectory() as temporary:
        private, public = Path(temporary) / "private", Path(temporary) / "public.git"
        count = lay(private, copies)
        git(Path(temporary), "init", "--quiet", "--bare", "--initial-branch=main", str(public))
        huiyin = str(Path(sys.executable).parent / "huiyin")
        project = [huiyin, "project", "--audience", "public", "--to", str(public)]
        table = Table("work", "wall s", "cpu s", "peak MiB", title=f"projection of {count:,} proposals")
        for name, where, command in (
            ("the first run", private, project),
            ("nothing changed", private, project),
            ("one record changed", private, project),
            ("everything made anew, nothing changed", private, [*project, "--whole"]),
            ("audit of the public side", public, [huiyin, "audit", "--head", "main"]),
        ):
            if name == "one record changed":
                disclose(private)
            wall, cpu, memory, exit_code = measure(command, Path("registry"), where)
            failed = failed or exit_code
            said = f" (exit {exit_code})" if exit_code else ""
            table.add_row(name + said, f"{wall:.1f}", f"{cpu:.1f}", f"{memory:,.0f}")
        console.print(table)
        console.print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
