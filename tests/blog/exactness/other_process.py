"""A second process that serves the site through a cache of its own.

Started by the test: reads a line for each request, the moment and the path, and answers with what
a reader would get.
"""

import hashlib
import json
import os
import subprocess
import sys
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import django
import time_machine
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from publication.generation.keys import Watcher
from tests.publication.pages.fakes import ask, cache_around

Said = tuple[int, str, str, str]


def said(site: Any, path: str) -> Said:
    """What a reader gets: status, type, where it leads, and the bytes, as their digest."""
    plain, _, query = path.partition("?")
    answer = ask(site, plain, query, HTTP_HOST="localhost")
    kind, leads_to = (answer.headers.get(name, "") for name in ("Content-Type", "Location"))
    return answer.status, kind, leads_to, hashlib.sha256(answer.body).hexdigest()


class OtherProcess:
    """Our end of it."""

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": _database()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.communicate()

    def ask(self, moment: datetime, paths: list[str]) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps([moment.isoformat(), paths]) + "\n")
        self.process.stdin.flush()

    def answers(self) -> list[Said]:
        assert self.process.stdout
        return [(a, b, c, d) for a, b, c, d in json.loads(self.process.stdout.readline())]


def _database() -> str:
    its = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{its['NAME']}"
    user = f"{its['USER']}:{its['PASSWORD']}" if its["PASSWORD"] else its["USER"]
    return f"postgres://{user}@{its['HOST']}:{its['PORT'] or 5432}/{its['NAME']}"


def serve() -> None:
    cache = cache_around(WSGIHandler(), Watcher(), 50_000_000)
    for line in sys.stdin:
        moment, paths = json.loads(line)
        with time_machine.travel(datetime.fromisoformat(moment), tick=False):
            print(json.dumps([said(cache, path) for path in paths]), flush=True)  # noqa: T201


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    serve()
