"""A Valkey or Redis of a test's own, on a socket."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis.backoff
import redis.retry


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Its URL. Skips where there is neither."""
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        pytest.skip("neither Valkey nor Redis is here")
    socket = folder / "s"
    options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        redis.Redis(unix_socket_path=str(socket), retry=_patient()).ping()
        yield f"unix://{socket}"
    finally:
        process.terminate()
        process.wait()


def _patient() -> redis.retry.Retry:
    return redis.retry.Retry(redis.backoff.ConstantBackoff(0.05), 200)
