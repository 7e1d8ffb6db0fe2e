"""The site as production serves it, in processes of its own on the database of the test."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from django.conf import settings as site_settings
from django.db import connection

PATIENCE = 60.0
HOST = "127.0.0.1"


def address_of_database() -> str:
    """The database of this test, as DATABASE_URL names it."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    login = f"{given['USER']}:{given['PASSWORD']}" if given["PASSWORD"] else given["USER"]
    return f"postgres://{login}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "It did not happen."
        time.sleep(0.05)


@dataclass(frozen=True)
class Served:
    """A running `manage.py serve`."""

    process: subprocess.Popen[bytes]
    port: int

    def get(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """One request on a connection of its own. Raises OSError where nobody answers."""
        line = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            line.request("GET", path)
            response = line.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return response.status, headers, response.read()
        finally:
            line.close()

    def is_ready(self) -> bool:
        try:
            return self.get("/-/ready")[0] == 200
        except OSError:
            return False

    def workers(self) -> list[int]:
        """The processes that answer requests."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [pid for pid in map(int, children.split()) if _is_worker(pid)]

    def restart(self) -> None:
        self.process.send_signal(signal.SIGHUP)


def _is_worker(pid: int) -> bool:
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return b"spawn_main" in command


@contextmanager
def serving(folder: Path, *, workers: int = 2) -> Iterator[Served]:
    """`manage.py serve` until the end of the block; killed if it does not end by itself."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", f"--port={port}", f"--workers={workers}"],
        cwd=site_settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": address_of_database(),
            "PASSIM_VAR": str(folder),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    served = Served(process, port)
    try:
        wait_for(served.is_ready)
        yield served
        process.terminate()
        process.wait(timeout=PATIENCE)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


@dataclass
class Visitors:
    """Readers who ask for one page after the other, each in a thread, until told to leave."""

    served: Served
    paths: Sequence[str]
    number: int = 4
    tries: int = 1
    """Browsers ask again where a connection ends without an answer."""
    times: list[float] = field(default_factory=list)
    """Seconds, of every request that was answered."""
    faults: list[str] = field(default_factory=list)
    _leave: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> "Visitors":
        for _ in range(self.number):
            thread = threading.Thread(target=self._read)
            thread.start()
            self._threads.append(thread)
        return self

    def __exit__(self, *error: object) -> None:
        self._leave.set()
        for thread in self._threads:
            thread.join()

    def slowest(self, share: float) -> float:
        """The time within which all but this share were answered."""
        return sorted(self.times)[int(len(self.times) * (1 - share)) - 1]

    def _read(self) -> None:
        for path in cycle(self.paths):
            if self._leave.is_set():
                return
            start = time.monotonic()
            fault = self._ask(path)
            for _ in range(1, self.tries):
                fault = fault and self._ask(path)
            if fault:
                self.faults.append(fault)
            self.times.append(time.monotonic() - start)

    def _ask(self, path: str) -> str:
        """What is wrong with the answer, if anything."""
        try:
            status, _, content = self.served.get(path)
        except (OSError, http.client.HTTPException) as error:
            return f"{path}: {error!r}"
        return "" if status == 200 and content else f"{path}: {status}"
