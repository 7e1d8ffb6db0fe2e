"""The site behind its own server, asked over the loopback by wrk, where that is installed."""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measuring import Figure
from config.port import HOST

PORT = 8765
SECONDS = 5
ADDRESS = f"http://{HOST}:{PORT}"
WORKERS = 2


def served(address: str, size: int) -> list[Figure]:
    """Requests per second of two processes at 8 connections, and what memory each then takes."""
    if not shutil.which("wrk"):
        return []
    with _server() as pid:
        floor = _requests_per_second("/-/health")
        rate = _requests_per_second(address)
        memory = max(map(_megabytes, _children(pid)))
    return [
        Figure("served: /-/health", size, floor, 1.0),
        Figure("served: post page, kept", size, rate, rate / floor),
        Figure("served: megabytes of a process", size, memory),
    ]


@contextmanager
def _server() -> Iterator[int]:
    command = [sys.executable, "manage.py", "serve", f"--port={PORT}", f"--workers={WORKERS}"]
    process = subprocess.Popen(
        command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_until_ready()
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _wait_until_ready() -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{ADDRESS}/-/ready").close()  # noqa: S310 (our own)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("The server did not start.")


def _requests_per_second(path: str) -> float:
    asked = subprocess.run(
        ["wrk", "--threads=2", "--connections=8", f"--duration={SECONDS}s", ADDRESS + path],
        capture_output=True,
        text=True,
        check=True,
    )
    if "Non-2xx" in asked.stdout:
        raise RuntimeError(f"{path}: {asked.stdout}")
    return float(re.findall(r"Requests/sec:\s*([\d.]+)", asked.stdout)[0])


def _children(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in children.split()]


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s*(\d+)", status)[0]) / 1024
