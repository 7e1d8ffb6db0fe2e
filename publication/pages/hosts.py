"""The names under which pages are kept."""

from collections.abc import Iterable

# A port that is not the usual one, names within a domain all of which are served.
MOST_OTHERS = 50


class Hosts:
    """Those that the settings name, and a few more: the first that pages were made for.

    Django serves a name with any port and in any case. Were each of them kept, one reader could
    fill the disk.
    """

    def __init__(self, own: Iterable[str] = ()) -> None:
        self._own = frozenset(own)
        self._others: set[str] = set()

    def keep(self, host: str) -> bool:
        """Whether it is one of them; one that is new becomes so where there is room."""
        if host in self._own or host in self._others:
            return True
        if len(self._others) >= MOST_OTHERS:
            return False
        self._others.add(host)
        return True
