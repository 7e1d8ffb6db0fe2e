"""What opens the next folder of pages when nobody asks for one: at the due second."""

import logging
import threading
from datetime import timedelta

from django.utils import timezone

from publication.generation.keys import Watcher
from publication.pages.folder import PageFolder

log = logging.getLogger(__name__)

# What other programs write (an import, the worker) is seen this late at most.
PAUSE = timedelta(seconds=0.25)


def follow(folder: PageFolder, watcher: Watcher, stop: threading.Event | None = None) -> None:
    """Until `stop` is set, or for as long as the process lives."""
    stop = stop or threading.Event()
    while True:
        stop.wait(look(folder, watcher))
        if stop.is_set():
            return


def look(folder: PageFolder, watcher: Watcher) -> float:
    """Have the folder follow the key; how many seconds to wait until the next look."""
    try:
        known = watcher.known()
    except Exception:
        # Who cannot read cannot have written either: what is there stays.
        log.exception("The key of what readers see cannot be read.")
        return PAUSE.total_seconds()
    if not folder.is_at(known.key):
        folder.follow(watcher.key)
    until_due = known.until - timezone.now()
    return max(0.0, min(PAUSE, until_due).total_seconds())
