"""The wrapper itself.

A page is stored under the key that held before it was made, and only where the same key holds
afterwards: what was made while somebody saved is shown once, and never kept.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from publication.generation.keys import Key, Watcher
from publication.pages.asking import Address, asked, coding, without_tracking
from publication.pages.folder import PageFolder
from publication.pages.hosts import Hosts
from publication.pages.kept import KIND, Answer, Page, page_of, sent_with
from publication.pages.lifetimes import Lifetimes
from publication.pages.making import Making
from publication.pages.memory import Memory

log = logging.getLogger(__name__)

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
# Who asks for a page sends nothing. In the charset of what a request says it sends, Django reads
# its query, too: all readers would get the page that one of them had made so.
WITHOUT_CONTENT = {"REQUEST_METHOD": "GET", "CONTENT_TYPE": "", "CONTENT_LENGTH": ""}


class Shared(Protocol):
    """Where other processes find what this one has made. Never raises."""

    def get(self, key: Key, address: Address) -> Page | None: ...

    def put(self, key: Key, address: Address, page: Page) -> None: ...


class PageCache:
    def __init__(
        self,
        application: Application,
        *,
        watcher: Watcher,
        memory: Memory,
        shared: Shared | None = None,
        folder: PageFolder | None = None,
        lifetimes: Lifetimes | None = None,
        hosts: Hosts | None = None,
    ) -> None:
        self.application = application
        self.watcher = watcher
        self.memory = memory
        self.shared = shared
        self.folder = folder
        self.lifetimes = lifetimes or Lifetimes()
        self.hosts = hosts or Hosts()
        self.making = Making()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        environ = without_tracking(environ)
        address = asked(environ)
        key = self._key() if address else None
        if address is None or key is None:
            return self._passed_on(environ, start_response)
        answer = self._kept(key, address) or self._made(key, address, environ)
        if isinstance(answer, Answer):
            return _as_it_is(answer, environ, start_response)
        return self._sent(answer, environ, start_response)

    def _key(self) -> Key | None:
        """None while the database does not answer: then nothing that is kept can be trusted."""
        try:
            return self.watcher.key()
        except Exception:
            log.exception("The key of what readers see cannot be read; no page is kept.")
            return None

    def _kept(self, key: Key, address: Address) -> Page | None:
        page = self.memory.get(key, address)
        if page and self.folder:
            self.folder.put_again(key, address, page)
        return page

    def _made(self, key: Key, address: Address, environ: Environ) -> Page | Answer:
        """A page, kept if nothing has changed meanwhile; or an answer that is never kept."""
        with self.making.turn(key, address):
            page = self.memory.get(key, address)
            if page is None:
                self._open_folder(key)
                page = self._shared(key, address)
            if page is None:
                answer = _answer(self.application, environ | WITHOUT_CONTENT)
                if not answer.is_keepable or not answer.is_in(address.accept):
                    return answer
                page = page_of(answer, self.memory.last(address))
                if self._key() == key and self.hosts.keep(address.host):
                    self._keep(key, address, page)
            return page

    def _shared(self, key: Key, address: Address) -> Page | None:
        page = self.shared.get(key, address) if self.shared else None
        if page:
            self.memory.put(key, address, page)
            if self.folder:
                self.folder.put(key, address, page)
        return page

    def _keep(self, key: Key, address: Address, page: Page) -> None:
        self.memory.put(key, address, page)
        if self.folder:
            self.folder.put(key, address, page)
        # Former addresses are cheap to answer, and any day leads to a post's own.
        if self.shared and not page.status.startswith("301"):
            self.shared.put(key, address, page)

    def _open_folder(self, key: Key | None) -> None:
        if key and self.folder and not self.folder.is_at(key):
            self.folder.follow(self.watcher.key)

    def _passed_on(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """What a request writes is committed when the answer is there, and not yet sent."""
        body = self.application(environ, start_response)
        if self.folder and environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            self._open_folder(self._key())
        return body

    def _sent(self, page: Page, environ: Environ, start_response: Start) -> Iterable[bytes]:
        taken = coding(environ)
        headers = sent_with(page, taken, self.lifetimes.headers(page.kind))
        if page.status.startswith("200") and page.is_known_to(environ, taken):
            start_response("304 Not Modified", [h for h in headers if h[0] != "Content-Type"])
            return []
        body = page.body(taken)
        start_response(page.status, [*headers, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _answer(application: Application, environ: Environ) -> Answer:
    said: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        said[:] = [status, headers]

    body = application(environ, start)
    status, headers = said
    return Answer(status, headers, body, environ.get(KIND, ""))


def _as_it_is(answer: Answer, environ: Environ, start_response: Start) -> Iterable[bytes]:
    start_response(answer.status, answer.headers)
    if environ["REQUEST_METHOD"] != "HEAD":
        return answer.body
    answer.close()
    return []
