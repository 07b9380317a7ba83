"""The demonstration registry with markup in every text, names and the registry's own name included."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from huiyin.load.registry import schema_line
from tests.built import ROOT

MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %} ${1} </title></article> **b** '
MARKUP += "[j](javascript:alert(1)) ![i](https://evil.example/x) [k](https://evil.example/k)"
"""Every mark too, well and badly meant."""
SHORT = '"><img src=x onerror=alert(1)>'
TINY = '"><script>a</script>'
"""For texts that may not be long."""
FOLDERS = {"sessions": "session", "members": "member", "groups": "group", "agencies": "agency"} | {
    "signals": "signals",
    "topics": "topic",
    "scores": "score",
    "research": "research",
    "policies": "policy",
    "exemplars": "exemplar",
}
FIELD = re.compile(r"(?P<before> *(?:- )?(?P<key>[a-z_]+): )(?P<value>.*)")
HAN = re.compile("[\u3400-\u9fff]")
WORDED = "area", "source"
"""Keys that hold codes in files of signals, in Chinese too."""
CODED = {"licence", "undoes"}


@cache
def room(kind: str) -> dict[str, int]:
    """Return how many characters every text of a kind of record may have, by key, the least where several have it."""
    schema = json.loads((ROOT / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    found: dict[str, int] = {}
    waiting: list[Any] = [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            for key, shape in node.get("properties", {}).items():
                if isinstance(shape, dict) and "maxLength" in shape:
                    found[key] = min(shape["maxLength"], found.get(key, shape["maxLength"]))
            waiting.extend(node.values())
    return found


def hostile_registry(folder: Path) -> int:
    """Write it to `folder` and return how many texts were changed."""
    shutil.copytree(ROOT / "registry", folder)
    changed = 0
    for path in sorted(folder.rglob("*.yaml")):
        kind = "registry" if path.name == "registry.yaml" else FOLDERS.get(path.parent.name, "proposal")
        lines = [schema_line(path, ROOT / "schema" / f"{kind}.schema.json")]
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            lines.append(_hostile(line, kind))
            changed += lines[-1] != line
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return changed


def _hostile(line: str, kind: str) -> str:
    """A line of a file with markup in its text, if it has one: a value, or a line of a block."""
    found = FIELD.fullmatch(line)
    if not found:
        block = line.startswith("  ") and HAN.search(line) and "- " not in line
        return f"{line}{MARKUP}" if block else line
    key, value = found["key"], found["value"]
    if (
        not (HAN.search(value) or key == "en")
        or value[0] in "{[|'"
        or key in CODED
        or (kind == "signals" and key in WORDED)
    ):
        return line
    value = json.loads(value) if value[0] == '"' else value
    left = room(kind).get(key, len(SHORT) + 6) - 6
    markup = next(one for one in (MARKUP, SHORT, TINY) if len(one) <= left or one == TINY)
    return f"{found['before']}{json.dumps(value[:6] + markup, ensure_ascii=False)}"
