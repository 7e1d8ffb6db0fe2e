"""The second process. It reads a line for each thing that is asked of it, and answers with one.

What is asked is the moment, and what a `Process` is to do, by name, with the arguments.
"""

import gc
import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import time_machine
from django.conf import settings
from django.db import connection

from blog.formats import sitemaps
from tests.blog.exactness.serving import Flavour, Process, Said, hushed

Call = tuple[str, list[Any]]
# WhiteNoise misses the collected files, which only production has.
NO_FILES = "ignore:No directory at:UserWarning"
# There are no models before there is a site.
BEGIN = f"import sys, django; django.setup(); from {__name__} import serve; serve(sys.argv[1])"


class OtherProcess:
    """Our end of it."""

    def __init__(self, flavour: Flavour) -> None:
        self.flavour = flavour

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(
            [sys.executable, "-W", NO_FILES, "-c", BEGIN, json.dumps(asdict(self.flavour))],
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

    def ask(self, *calls: Call) -> None:
        """It begins at once, while we go on."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps([datetime.now(UTC).isoformat(), calls]) + "\n")
        self.process.stdin.flush()

    def answers(self) -> list[Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, "The other process has ended."
        found: list[Any] = json.loads(line)
        return found

    def said(self) -> list[list[Said]]:
        return [[Said(*each) for each in every] for every in self.answers()]


def _database() -> str:
    its = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{its['NAME']}"
    user = f"{its['USER']}:{its['PASSWORD']}" if its["PASSWORD"] else its["USER"]
    return f"postgres://{user}@{its['HOST']}:{its['PORT'] or 5432}/{its['NAME']}"


def serve(flavour: str) -> None:
    # As in every test: tests/conftest.py says why.
    sitemaps.IDS_IN_A_PART = 10**6
    process = Process(Flavour(**json.loads(flavour)))
    answers, sys.stdout = sys.stdout, sys.stderr
    gc.freeze()
    for line in sys.stdin:
        moment, calls = json.loads(line)
        with hushed(), time_machine.travel(datetime.fromisoformat(moment), tick=False):
            told = [getattr(process, name)(*given) for name, given in calls]
        answers.write(json.dumps(told) + "\n")
        answers.flush()
