"""Work that is spread over processes, and when it must not be."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SPREAD = "from huiyin.processes import spread; pids = set(spread(lambda _: os.getpid(), 400, 1))"
DRAW = "from huiyin.charts.drawing import element; element('a', '甲', '乙', {'data': {'values': [{}]}, 'mark': 'bar'})"


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor: nothing is spread")
def test_work_is_spread_but_not_once_charts_were_drawn_here() -> None:
    for before, spread in (("", True), (f"{DRAW}; ", False)):
        code = f"import os; {before}{SPREAD}; print(os.getpid() not in pids)"
        said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=120)
        assert said.stdout == f"{spread}\n"
