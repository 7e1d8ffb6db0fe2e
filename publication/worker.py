"""Does what is in line, one job after another, until it is told to stop.

Several may run at once, on one machine or many: each job is leased to one of them.
"""

import logging
import os
import secrets
import socket
import threading
import time
from dataclasses import dataclass, field

from django.db import Error, close_old_connections
from django.utils import timezone

from publication.models import Job
from publication.statistics import gather_statistics
from publication.tasks import prune, run, take

log = logging.getLogger(__name__)
SECONDS_BETWEEN_PRUNINGS = 3600.0


def own_name() -> str:
    return f"{socket.gethostname()[:80]}-{os.getpid()}-{secrets.token_hex(4)}"


@dataclass
class Worker:
    pause: float = 1.0
    """Seconds between two looks while there is nothing to do."""
    stop: threading.Event = field(default_factory=threading.Event)
    name: str = field(default_factory=own_name)
    pruned_at: float = float("-inf")

    def run(self) -> None:
        """Until `stop` is set, the job in hand finished first.

        A database that is away for a while ends nothing.
        """
        while not self.stop.is_set():
            try:
                has_worked = self.step()
            except Error:
                log.exception("The database does not answer as it should; trying again.")
                has_worked = False
            close_old_connections()
            if not has_worked:
                self.stop.wait(self.pause)

    def run_until_idle(self) -> None:
        """What is due now, and no more."""
        while not self.stop.is_set() and self.step():
            pass

    def step(self) -> bool:
        """Do one job; False where there is none to take."""
        self._prune_sometimes()
        # Looking is cheaper than taking: only who writes keeps other writers of SQLite waiting.
        jobs = Job.objects.takeable(timezone.now())
        job = take(self.name, jobs) if jobs.exists() else None
        if job is None:
            return False
        run(job)
        return True

    def _prune_sometimes(self) -> None:
        if time.monotonic() - self.pruned_at > SECONDS_BETWEEN_PRUNINGS:
            prune()
            gather_statistics()
            self.pruned_at = time.monotonic()
