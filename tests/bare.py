"""A real bare repository with a branch that only landings move, and a clone in which people make their changes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.project import Project, Said

MEMBER, OTHER_MEMBER, HOUSING, TRANSPORT, EXPIRED, CIVIL = 301, 311, 501, 511, 512, 521
NPC, NPC_TOO, CPPCC, GOVERNMENT, KEEPER, KEEPER_TOO, NOBODY = 101, 102, 111, 121, 901, 902, 777
"""The accounts of the small registry that the examples of rules start from; NOBODY is in none of its lists."""
NEW = "registry/proposals/npc-9-2/2026-z9x3c.yaml"
RATED = "registry/proposals/npc-9-2/2026-m4t7k.yaml"
CONSULTING = "registry/proposals/cppcc-9-2/2026-w8p3d.yaml"
PROPOSAL = """# yaml-language-server: $schema=../../../schema/proposal.schema.json
id: {id}
kind: suggestion
session: npc-9-2
title: 关于在南堤学校门前增设校车停靠位的建议
category: transport
proposers: [m-lu-chunyan]
status: submitted
situation: 南堤学校上学时段停车约60辆，校车只能停在机动车道上。
evidence:
  - claim: 停靠处不够。
    figure: 校车6辆，停靠位0处
    comparison: 县一小有停靠位4处。
    source: 南堤社区走访记录
asks:
  - id: q1
    text: 在校门东侧划停靠位3处。
    agency: a-transport
events:
  - id: e1
    type: submitted
    on: {on}
    by: m-lu-chunyan
"""


def event(identifier: str, kind: str, on: str, by: str, **more: Any) -> str:
    """Return an event as it stands in a file; values are written as JSON, which YAML reads."""
    rows = {"id": identifier, "type": kind, "on": on, "by": by}
    lines = [f"{key}: {value}" for key, value in rows.items()]
    lines += [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in more.items()]
    return "  - " + "\n    ".join(lines) + "\n"


class Bare:
    """The bare repository beside a project, which is its clone."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.path = project.root.parent / f"{project.root.name}.git"
        self.start = project.with_base().commit("Begin", day="2026-06-01")
        project.git("clone", "--quiet", "--bare", ".", str(self.path))
        project.git("remote", "add", "origin", str(self.path))
        project.git("checkout", "--quiet", "--detach")
        project.git("branch", "--delete", "--force", "main")
        self.requests = 0

    def tip(self) -> str:
        """Return the commit that the branch stands at."""
        return self.project.git("ls-remote", "origin", "refs/heads/main").split()[0]

    def submit(self, change: Callable[[Path], object], at: str | None = None) -> str:
        """Make a change on the branch (or on an older commit) as a request would hold it; return its commit."""
        self.project.git("fetch", "--quiet", "origin", "main")
        self.project.git("checkout", "--quiet", "--force", "--detach", at or "FETCH_HEAD")
        self.project.git("clean", "--quiet", "--force", "-d")
        change(self.project.root)
        self.requests += 1
        head = self.project.commit(f"Request {self.requests}")
        self.project.git("push", "--quiet", "origin", f"HEAD:refs/heads/request-{self.requests}")
        return head

    def append(self, name: str, *events: str, at: str | None = None) -> str:
        """Submit a change that appends events to a file."""

        def change(root: Path) -> None:
            path = root / name
            path.write_text(path.read_text(encoding="utf-8") + "".join(events), encoding="utf-8")

        return self.submit(change, at)

    def replace(self, name: str, old: str, new: str, at: str | None = None) -> str:
        """Submit a change that replaces a text which stands once in a file."""

        def change(root: Path) -> None:
            text = (root / name).read_text(encoding="utf-8")
            assert text.count(old) == 1, text
            (root / name).write_text(text.replace(old, new), encoding="utf-8")

        return self.submit(change, at)

    def guard(self, head: str, actor: int, day: str = "2026-06-30", *more: str) -> Said:
        """Judge a request as the check of a pull request would."""
        self.project.git("fetch", "--quiet", "origin", "main")
        return self.project.huiyin(
            "guard", "--base", self.tip(), "--head", head, "--actor", str(actor), "--as-of", day, "--lang", "en", *more
        )

    def land(self, *requests: dict[str, Any], day: str = "2026-06-30") -> Said:
        """Land requests in order."""
        queue = self.project.write("../queue.json", json.dumps(list(requests)))
        return self.project.huiyin("land", "--queue", str(queue), "--remote", "origin", "--as-of", day, "--lang", "en")

    def text(self, name: str) -> str:
        """Return a file as the branch has it."""
        self.project.git("fetch", "--quiet", "origin", "main")
        return self.project.git("show", f"FETCH_HEAD:{name}") + "\n"

    def audit(self) -> Said:
        """Replay every step of the branch."""
        self.project.git("fetch", "--quiet", "origin", "main")
        return self.project.huiyin("audit", "--head", "FETCH_HEAD", "--from", self.start, "--lang", "en")


def request(head: str, actor: int, *approved_by: int, **more: Any) -> dict[str, Any]:
    """Return a request as it stands in a queue."""
    return {"head": head, "actor": actor, "approved_by": list(approved_by), **more}
