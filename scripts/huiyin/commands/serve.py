"""`huiyin serve`: build the site, serve it on this machine, rebuild when a file changes."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time

from huiyin.commands.context import UsageError, demand_pages, places

SUMMARY = "在本机看网站 / build the site and serve it on this machine"
TRIED = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this verb."""
    parser.add_argument(
        "--port", type=int, default=8000, help="端口，被占用时用下一个 / port; the next free one is taken"
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    if not 1 <= arguments.port <= 65535 - TRIED:
        raise UsageError(f"端口 {arguments.port} 不可用", f"port {arguments.port} cannot be used")
    root, folder = places(arguments)
    demand_pages(root, folder)
    port = _free(arguments.port)
    print("正在生成网站…… / building the site …", flush=True)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "HUIYIN_REGISTRY": str(folder)}
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"]
    for name in (signal.SIGINT, signal.SIGTERM):  # also where a shell started us deaf to the first
        signal.signal(name, signal.default_int_handler)
    process = subprocess.Popen(command, cwd=root, env=environment)  # noqa: S603 (our own words)
    try:
        while process.poll() is None and not _answers(port):
            time.sleep(0.2)
        if process.poll() is None:
            print(f"回音 Huiyin: http://127.0.0.1:{port}/  （Ctrl+C 停止 / to stop）", flush=True)
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        return 0


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _free(first: int) -> int:
    for port in range(first, first + TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise UsageError(
        f"端口 {first} 到 {first + TRIED - 1} 都被占用，请用 --port 换一个",
        f"ports {first} to {first + TRIED - 1} are taken; name another with --port",
    )
