"""Work that is spread over processes, and when it must not be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SPREAD = "from huiyin.processes import spread; pids = set(spread(lambda _: os.getpid(), 400, 1))"
DRAW = "from huiyin.charts.drawing import element; element('a', '甲', '乙', {'data': {'values': [{}]}, 'mark': 'bar'})"


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor: nothing is spread")
def test_work_is_spread_but_not_once_charts_were_drawn_here() -> None:
    for before, spread in (("", True), (f"{DRAW}; ", False)):
        code = f"import os; {before}{SPREAD}; print(os.getpid() not in pids)"
        said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=120)
        assert said.stdout == f"{spread}\n"


WAITING = """
import os, time
from huiyin.processes import spread
def work(number):
    print(os.getpid(), flush=True)
    time.sleep(600)
spread(work, 400, 1)
"""


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor: nothing is spread")
def test_processes_end_with_the_one_that_was_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", WAITING], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        working = [int(parent.stdout.readline()) for _ in range(2)]
        assert parent.pid not in working
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        until = time.monotonic() + 60
        while left := [pid for pid in working if _lives(pid)]:
            assert time.monotonic() < until, left
            time.sleep(0.1)


def _lives(pid: int) -> bool:
    """Whether a process is there and not just waiting to be counted as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2][0] != "Z"
    except OSError:
        return False
