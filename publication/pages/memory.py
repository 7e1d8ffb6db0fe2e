"""Pages in the memory of one process, the last used first to stay."""

import threading
from collections import OrderedDict

from publication.generation.keys import Key
from publication.pages.asking import Address
from publication.pages.kept import Page


class Memory:
    """As many as fit into so many bytes. Safe among threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._pages: OrderedDict[Address, tuple[Key, Page]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key, address: Address) -> Page | None:
        with self._lock:
            its_key, page = self._pages.get(address) or (None, None)
            if page is None or its_key != key:
                return None
            self._pages.move_to_end(address)
            return page

    def last(self, address: Address) -> Page | None:
        """What was kept for the address, whether or not it still holds."""
        _, page = self._pages.get(address) or (None, None)
        return page

    def put(self, key: Key, address: Address, page: Page) -> None:
        with self._lock:
            _, former = self._pages.pop(address, (None, None))
            self._pages[address] = (key, page)
            self.size += page.size - (former.size if former else 0)
            while self.size > self.most and self._pages:
                _, (_, oldest) = self._pages.popitem(last=False)
                self.size -= oldest.size
