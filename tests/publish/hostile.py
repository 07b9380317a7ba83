"""The demonstration registry with markup in every text, names and the registry's own name included."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from huiyin.load.registry import schema_line
from tests.built import ROOT

MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} ${1} </title></article> **b** '
MARKUP += "[j](javascript:alert(1)) ![i](https://evil.example/x) [k](https://evil.example/k)"
"""Every mark too, well and badly meant."""
SHORT = '"><img src=x onerror=alert(1)>'
"""For names, which may not be long."""
LONG_KEYS = {"title", "text", "claim", "figure", "source", "reason", "situation", "outcome", "place", "area", "work"}
NAMES = {"name", "zh", "en"}
FOLDERS = {"sessions": "session", "members": "member", "groups": "group", "agencies": "agency"} | {
    "signals": "signals",
    "topics": "topic",
    "scores": "score",
    "research": "research",
    "policies": "policy",
    "exemplars": "exemplar",
}


def hostile_registry(folder: Path) -> int:
    """Write it to `folder` and return how many texts were changed."""
    shutil.copytree(ROOT / "registry", folder)
    changed = 0
    for path in sorted(folder.rglob("*.yaml")):
        kind = "registry" if path.name == "registry.yaml" else FOLDERS.get(path.parent.name, "proposal")
        lines = [schema_line(path, ROOT / "schema" / f"{kind}.schema.json")]
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            key, _, value = line.strip().removeprefix("- ").partition(": ")
            long = LONG_KEYS - {"area", "source"} if kind == "signals" else LONG_KEYS  # there they are codes
            if value and key in long | NAMES and not re.match(r"[|{'\"]|CC0", value):
                markup = SHORT if key in NAMES or kind == "topic" else MARKUP
                line = line.replace(f"{key}: {value}", f"{key}: '{value[:6]}{markup}'")
                changed += 1
            lines.append(line)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return changed
