"""`huiyin serve`: says where the site is once it can be read, takes a free port, and stops quietly."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.built import ROOT

HUIYIN = str(Path(sys.executable).parent / "huiyin")


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_on_the_next_free_port_and_stops_when_told(end: signal.Signals) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = subprocess.Popen([HUIYIN, "serve", "--port", str(port)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            said = ""
            while "http://" not in said:
                line = process.stdout.readline()
                assert line, said
                said += line
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
            assert found is not None
            assert int(found[1]) > port
            with urllib.request.urlopen(f"{found[0]}p/2026-k7f2q/", timeout=10) as answer:  # noqa: S310
                assert "现在轮到" in answer.read().decode()
        finally:
            process.send_signal(end)
            assert process.wait(timeout=20) == 0
            process.stdout.close()
