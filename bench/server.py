"""The site behind its own server, in processes of its own: asked by wrk, and watched."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
CONNECTIONS = 8
SECONDS = 3
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A running program with processes below it that answer requests."""

    pid: int
    port: int

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii")
        return [int(child) for child in children.split()]

    def cpu(self) -> float:
        """Seconds of processor time that its workers have taken."""
        return sum(map(_cpu, self.workers()))

    def megabytes(self) -> float:
        """Of the largest worker, resident."""
        return max(map(resident, self.workers()))

    def share(self) -> float:
        """The same, where of what several processes have in common each has its part."""
        return max(map(_share, self.workers()))


@dataclass(frozen=True)
class Asked:
    """What wrk found in one round, and what the workers spent on it."""

    per_second: float
    cpu: float
    """Seconds of processor time for one request."""


def ask(server: Server, path: str, *, seconds: int = SECONDS) -> Asked:
    before = server.cpu()
    told = subprocess.run(
        [
            *("wrk", "--threads=2", f"--connections={CONNECTIONS}", f"--duration={seconds}s"),
            f"http://{HOST}:{server.port}{path}",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(f"{path}: {told}")
    requests = int(re.findall(r"(\d+) requests in", told)[0])
    rate = float(re.findall(r"Requests/sec:\s*([\d.]+)", told)[0])
    return Asked(rate, (server.cpu() - before) / requests)


@contextmanager
def serving(*, workers: int, **settings: str) -> Iterator[Server]:
    """`manage.py serve` with what the environment says, and these settings."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", f"--port={port}", f"--workers={workers}"],
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
    )
    with ended_after(process):
        wait_until_answered(port, "/-/ready")
        yield Server(process.pid, port)


@contextmanager
def ended_after(process: "subprocess.Popen[bytes]") -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def wait_until_answered(port: int, path: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://{HOST}:{port}{path}").close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("The server did not start.")


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS


def resident(pid: int) -> float:
    """Megabytes; none of a process that has ended."""
    return _told(pid, "status", "VmRSS")


def _share(pid: int) -> float:
    return _told(pid, "smaps_rollup", "Pss")


def _told(pid: int, file: str, name: str) -> float:
    try:
        text = Path(f"/proc/{pid}/{file}").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    found = re.findall(rf"^{name}:\s*(\d+)", text, re.MULTILINE)
    return int(found[0]) / 1024 if found else 0.0
