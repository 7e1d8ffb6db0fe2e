"""Several workers at once, killed and stopped ones: with real transactions and processes."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.contrib.sessions.models import Session
from django.db import OperationalError, close_old_connections, connection, transaction
from django.utils import timezone
from pytest_django import Settings

from publication import worker as worker_module
from publication.models import Job
from publication.models.jobs import JobQuerySet
from publication.tasks import TaskResultStatus, take
from publication.worker import Worker
from tests.publication import jobs

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = 200
PATIENCE = 60.0
# The command in a process of its own, on the database of the test.
WORKER = """
import os, sys, django
django.setup()
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.core.management import call_command
call_command("worker", *sys.argv[2:])
"""


@pytest.fixture(autouse=True)
def by_worker(settings: Settings) -> Iterator[None]:
    settings.PASSIM_TASKS = "worker"
    jobs.calls.clear()
    yield
    jobs.calls.clear()


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def starting(*options: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"]), *options],
            cwd=site_settings.BASE_DIR,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        started.append(process)
        return process

    yield starting
    for process in started:
        process.kill()
        process.communicate()


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "It did not happen."
        time.sleep(0.05)


def in_threads(work: Callable[[int], object], number: int) -> None:
    """Run it in so many threads at once; an error in one fails the test."""
    errors: list[BaseException] = []

    def one(index: int) -> None:
        try:
            work(index)
        except BaseException as error:  # noqa: BLE001 (told below)
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert errors == []
    assert not any(thread.is_alive() for thread in threads)


def test_threads_share_the_jobs_and_none_is_done_twice() -> None:
    for number in range(NUMBER):
        jobs.note.enqueue(number)
    in_threads(lambda index: Worker(name=f"w{index}").run_until_idle(), 3)
    Worker().run_until_idle()  # whatever others were about to take when a thread looked
    assert sorted(jobs.calls) == list(range(NUMBER))  # type: ignore[type-var]
    assert Job.objects.filter(status=TaskResultStatus.SUCCESSFUL, attempts=1).count() == NUMBER
    assert Job.objects.values("worker").distinct().count() > 1


def test_two_processes_share_the_jobs_and_none_is_done_twice(
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    for number in range(NUMBER):
        jobs.trace.enqueue(f"trace {number}")
    processes = [start("--pause=0.05"), start("--pause=0.05")]
    wait_for(lambda: not Job.objects.exclude(status=TaskResultStatus.SUCCESSFUL).exists())
    for process in processes:
        process.terminate()
        assert process.wait(PATIENCE) == 0
    assert Job.objects.filter(attempts=1).count() == NUMBER
    assert Session.objects.count() == NUMBER
    assert Job.objects.values("worker").distinct().count() == 2


def test_what_a_killed_worker_had_in_hand_is_done_again(
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    result = jobs.sleep.enqueue(60, "long")
    process = start()
    wait_for(Session.objects.filter(session_key="long began").exists)
    process.kill()
    process.wait(PATIENCE)
    result.refresh()
    assert result.status is TaskResultStatus.RUNNING

    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1), args=[0, "second"])
    assert start("--once").wait(PATIENCE) == 0
    result.refresh()
    assert (result.status, result.attempts) == (TaskResultStatus.SUCCESSFUL, 2)
    assert Session.objects.filter(session_key="second ended").exists()


def test_a_worker_that_is_asked_to_stop_finishes_what_it_has_in_hand_and_no_more(
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    first, second = jobs.sleep.enqueue(1, "first"), jobs.sleep.enqueue(1, "second")
    process = start()
    wait_for(Session.objects.filter(session_key="first began").exists)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    first.refresh()
    second.refresh()
    assert first.status is TaskResultStatus.SUCCESSFUL
    assert second.status is TaskResultStatus.READY


def test_an_idle_worker_stops_at_once_and_says_so(
    start: Callable[..., subprocess.Popen[str]],
) -> None:
    process = start("--pause=600")
    assert process.stdout is not None
    assert "waits for work" in process.stdout.readline()
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (0, "The worker has ended.\n")


def test_many_who_make_the_same_call_at_once_make_it_once() -> None:
    in_threads(lambda _: [jobs.note.enqueue("same") for _ in range(10)], 4)
    assert Job.objects.count() == 1


def test_what_a_transaction_asks_for_again_is_not_done_without_what_it_writes() -> None:
    """The call waits already when the transaction makes it: a worker must not take it before
    the commit, or nobody would ever look at what was written."""
    jobs.note.enqueue("same")
    with transaction.atomic():
        jobs.leave_trace("written")
        jobs.note.enqueue("same")
        if connection.vendor == "postgresql":
            in_threads(lambda _: Worker().step(), 1)
        assert jobs.calls == []
    Worker().run_until_idle()
    assert jobs.calls == ["same"]


def test_a_database_that_is_away_for_a_while_ends_no_worker(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    jobs.note.enqueue("a")
    worker, failures = (
        Worker(pause=0.01),
        iter([OperationalError("away"), OperationalError("away")]),
    )

    def away(name: str, waiting: JobQuerySet) -> Job | None:
        if error := next(failures, None):
            raise error
        worker.stop.set()
        return take(name, waiting)

    monkeypatch.setattr(worker_module, "take", away)
    worker.run()
    close_old_connections()
    assert jobs.calls == ["a"]
    assert caplog.text.count("does not answer") == 2
