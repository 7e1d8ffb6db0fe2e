"""One makes a page, and who asks for the same meanwhile waits for it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from publication.generation.keys import Key
from publication.pages.asking import Address

# Longer than a page takes; who has waited so long makes the page as if nobody else did.
PATIENCE = 3.0


class Making:
    """Which pages are being made in this process. Safe among threads."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._made: dict[tuple[Key, Address], threading.Event] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, key: Key, address: Address) -> Iterator[None]:
        """Whoever is first goes on at once, and the others when that one has done.

        They go on together: where nothing was kept, each makes an answer of its own.
        """
        mine = threading.Event()
        with self._lock:
            others = self._made.setdefault((key, address), mine)
        if others is not mine:
            others.wait(self.patience)
            yield
            return
        try:
            yield
        finally:
            with self._lock:
                del self._made[key, address]
            mine.set()
