"""Tasks for tests. They stand in a module, as a worker finds them by their names."""

import time

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from publication.tasks import task

calls: list[object] = []


@task
def note(what: object) -> None:
    calls.append(what)


@task(priority=10)
def note_soon(what: object) -> None:
    calls.append(what)


@task
def fail(message: str) -> None:
    calls.append(message)
    raise ValueError(message)


@task
def break_the_query() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")


def leave_trace(name: str) -> None:
    """A row that other processes see; a second one of that name is an error."""
    Session.objects.create(session_key=name, expire_date=timezone.now())


@task
def trace(name: str) -> None:
    leave_trace(name)


@task
def sleep(seconds: float, name: str) -> None:
    leave_trace(f"{name} began")
    time.sleep(seconds)
    leave_trace(f"{name} ended")


def no_task() -> None:
    calls.append("no task")
