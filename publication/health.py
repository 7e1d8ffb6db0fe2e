"""Two addresses for whoever keeps the site running: does a process answer, and can it serve?

They are answered before anything else looks at the request, so they ask for no host name and
no HTTPS, open no session and set no cookie.
"""

from collections.abc import Callable, Mapping
from functools import cache

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def answer_first(get_response: Handler) -> Handler:
    """A middleware that stands before all others."""

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = ANSWERS.get(request.path_info)
        return _told(*answer()) if answer else get_response(request)

    return middleware


def health() -> tuple[int, str]:
    """The process answers. Nothing is asked of the database: a restart would not mend that."""
    return 200, "alive"


def ready() -> tuple[int, str]:
    """Requests may be sent here: the database answers, and has all that this code expects."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        is_migrated()
    except Error:
        return 503, "The database does not answer."
    except MigrationsWaitError:
        return 503, "Migrations wait: manage.py migrate applies them."
    return 200, "ready"


class MigrationsWaitError(Exception):
    """The database is older than the code."""


@cache
def is_migrated() -> bool:
    """True, once and for all. Raises MigrationsWaitError until then, and asks again."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise MigrationsWaitError
    return True


def _told(status: int, words: str) -> HttpResponse:
    response = HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


ANSWERS: Mapping[str, Callable[[], tuple[int, str]]] = {"/-/health": health, "/-/ready": ready}
