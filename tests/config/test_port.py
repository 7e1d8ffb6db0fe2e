"""`make run` names a taken port before it does anything else."""

import socket
import subprocess
import sys

import pytest
from django.conf import settings

from config.port import HOST, refusal


def test_a_free_port_is_not_refused() -> None:
    with socket.socket() as finder:
        finder.bind((HOST, 0))
        port = finder.getsockname()[1]
    assert refusal(str(port)) is None


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert refusal(str(port)) == (
            f"Port {port} is taken by another program. Try: make run PORT=8123"
        )


@pytest.mark.parametrize("port", ["", "web", "0", "-1", "65536", "8000.5", "٨٠٠٠"])
def test_what_is_no_port_is_refused(port: str) -> None:
    assert "is not a port" in str(refusal(port))


def test_the_question_exits_with_the_sentence() -> None:
    asked = subprocess.run(
        [sys.executable, "config/port.py", "web"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (asked.returncode, asked.stderr.strip()) == (
        1,
        "PORT=web is not a port: it must be a number from 1 to 65535.",
    )
