"""Production's server: it answers, says whether it can, and restarts without losing a request."""

import os
import signal
from pathlib import Path

import pytest

from tests.factories import make_post
from tests.publication.served import Served, Visitors, serving, wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a site of its own keeps its secret."""
    return tmp_path


def renewed(served: Served, before: list[int]) -> bool:
    """All the old processes are gone, and as many new ones are there."""
    now = served.workers()
    return len(now) == len(before) and not set(now) & set(before)


def test_a_restart_under_load_loses_no_request_and_replaces_every_process(folder: Path) -> None:
    path = make_post("Read all the time", body="It says so.").get_absolute_url()
    with serving(folder) as served:
        before = served.workers()
        with Visitors(served, ["/", path, "/-/health"]) as visitors:
            wait_for(lambda: len(visitors.times) > 20)
            served.restart()
            wait_for(lambda: renewed(served, before))
            seen = len(visitors.times)
            wait_for(lambda: len(visitors.times) > seen + 20)
    assert len(before) == 2
    assert visitors.faults == []


def test_a_killed_process_is_replaced_and_the_others_go_on(folder: Path) -> None:
    with serving(folder) as served:
        killed, kept = served.workers()
        os.kill(killed, signal.SIGKILL)
        wait_for(lambda: len(served.workers()) == 2 and killed not in served.workers())
        assert kept in served.workers()
        assert served.get("/")[0] == 200


def test_it_ends_when_told_to_and_leaves_no_process(folder: Path) -> None:
    with serving(folder) as served:
        workers = served.workers()
    assert served.process.returncode == 0
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
