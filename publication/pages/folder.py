"""Pages as files, for a server in front that shows them without asking us (deploy/nginx.conf).

A folder for each key, and `current`, a link to that of the moment. Who changes the link reads the
key while holding the lock: whichever process comes last has read last, so the link never goes
back. A page is written to the folder of its key, whether or not that is still the current one.

Where something cannot be written, the link goes away and every reader is answered by the
application: slower, and right. What could not be written is tried again when somebody asks.
"""

import fcntl
import logging
import math
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from publication.generation.keys import Key
from publication.pages.asking import Address
from publication.pages.kept import Page

log = logging.getLogger(__name__)

CURRENT = "current"
CODINGS = {"": "plain", "gzip": "gzip", "br": "br"}
# What deploy/nginx.conf calls a file by its ending. Others are answered by the application.
TYPES = {
    "/": "text/html; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
}
# Also feeds are files within a folder of their name: a page may have an address that a feed could
# have, and only folders can be of both.
NAMES = {ending: f"index{ending}" for ending in TYPES} | {"/": "index.html"}
# What is sent with each page, and said again in deploy/nginx.conf. A page with more is no file.
SENT = {
    "content-type",
    "content-security-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
}
SECONDS_UNTIL_SWEPT = 60
SECONDS_UNTIL_TRIED_AGAIN = 5.0
LONGEST_PART = 255
# Of so many addresses it is known when their files were last seen to.
MOST_SEEN = 10_000
# What folders of pages are called: no other goes, should the root have been somebody else's.
OURS = re.compile(r"[0-9a-f]{16}-\d+-\d+")
# Another after each start of the machine, where the system tells of one.
BOOT = Path("/proc/sys/kernel/random/boot_id")
# The page is no longer wanted, or a folder has the name already.
NO_FAULT = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


class PageFolder:
    def __init__(self, root: Path, release: str) -> None:
        self.root = root
        self.release = release
        self._tried_again_at = 0.0
        self._is_begun = False
        # When each page was last written here, or last found to be there.
        self._seen_at: dict[Address, float] = {}

    def name(self, key: Key) -> str:
        return f"{self.release}-{key}"

    def is_at(self, key: Key) -> bool:
        """Never before `follow`: what an earlier process left is looked at there."""
        try:
            return self._is_begun and os.readlink(self.root / CURRENT) == self.name(key)
        except OSError:
            return False

    def follow(self, key: Callable[[], Key]) -> None:
        """Make `current` lead to the folder of the key, which is read within the lock."""
        if self._is_resting():
            return
        try:
            with self._locked():
                if not self._is_begun:
                    self._begin()
                self._switch(self.name(key()))
        except Exception:
            log.exception("Pages cannot be kept as files for now: the link to them goes.")
            self._tried_again_at = time.monotonic() + SECONDS_UNTIL_TRIED_AGAIN
            self.close()

    def put(self, key: Key, address: Address, page: Page) -> None:
        """Write the page's files, each at once whole. What cannot be written is left out."""
        self._see(address)
        name = file_of(address, page)
        if name is None:
            return
        try:
            for coding, body in page.files().items():
                place = _place(address, coding, name)
                self._write(self.root / self.name(key), place.split("/"), body, page.mark)
        except NO_FAULT:
            log.debug("No file was made of %s", name)
        except OSError as fault:
            log.warning("A page was not kept as a file: %s", fault)

    def put_again(self, key: Key, address: Address, page: Page) -> None:
        """For a page that is in memory and asked for all the same: its file may be missing."""
        if time.monotonic() - self._seen_at.get(address, 0.0) < SECONDS_UNTIL_TRIED_AGAIN:
            return
        self._see(address)
        name, (*_, last_written) = file_of(address, page), page.bodies
        folder = self.root / self.name(key)
        if name and not os.path.exists(folder / _place(address, last_written, name)):
            self.put(key, address, page)

    def _see(self, address: Address) -> None:
        if len(self._seen_at) >= MOST_SEEN:
            self._seen_at.clear()
        self._seen_at[address] = time.monotonic()

    def _is_resting(self) -> bool:
        """After a fault; but never while a link is there, which may lead to what was."""
        is_early = time.monotonic() < self._tried_again_at
        return is_early and not os.path.lexists(self.root / CURRENT)

    def _switch(self, name: str) -> None:
        (self.root / name).mkdir(exist_ok=True)
        link = self.root / f"{CURRENT}.new"
        link.unlink(missing_ok=True)
        link.symlink_to(name)
        link.replace(self.root / CURRENT)
        self._sweep(but=name, before=time.time() - SECONDS_UNTIL_SWEPT)

    def _begin(self) -> None:
        """What was written shortly before the power went may be empty: after a start of the machine
        nothing of before is shown."""
        mark = self.root / ".boot"
        boot = BOOT.read_text(encoding="ascii") if BOOT.exists() else ""
        if not mark.exists() or mark.read_text(encoding="ascii") != boot:
            (self.root / CURRENT).unlink(missing_ok=True)
            self._sweep(before=math.inf)
            mark.write_text(boot, encoding="ascii")
        self._is_begun = True

    def close(self) -> None:
        """No page is taken from a file until `follow` is called."""
        try:
            (self.root / CURRENT).unlink(missing_ok=True)
        except OSError:
            log.critical(
                "%s cannot be changed: a server in front may show what is no longer so.", self.root
            )

    def _sweep(self, *, but: str = "", before: float) -> None:
        """Folders of other keys go; in a young one another process may be at work."""
        for folder in self.root.iterdir():
            is_ours = OURS.fullmatch(folder.name) and folder.is_dir() and not folder.is_symlink()
            if is_ours and folder.name != but and folder.stat().st_mtime < before:
                shutil.rmtree(folder, ignore_errors=True)

    def _write(self, folder: Path, parts: list[str], body: bytes, mark: int) -> None:
        """Never makes the folder of a key: where that has gone, nobody wants the page."""
        for part in parts[:-1]:
            folder /= part
            folder.mkdir(exist_ok=True)
        draft = folder / f".{os.getpid()}-{threading.get_ident()}-{time.monotonic_ns()}"
        try:
            draft.write_bytes(body)
            os.utime(draft, (mark, mark))
            draft.replace(folder / parts[-1])
        finally:
            draft.unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _place(address: Address, coding: str, name: str) -> str:
    return f"{CODINGS[coding]}/{address.scheme}/{address.host}/{name}"


def file_of(address: Address, page: Page) -> str | None:
    """The name of a page's file, relative; None for what is no file."""
    headers = {name.lower(): value for name, value in page.headers}
    path = os.fsdecode(address.path.encode("latin-1"))
    ending = "/" if path.endswith("/") else os.path.splitext(path)[1]
    if not page.status.startswith("200") or address.query or address.accept:
        return None
    if TYPES.get(ending) != headers.get("content-type") or headers.keys() - SENT:
        return None
    folders = path.strip("/").split("/") if path != "/" else []
    names = [*folders, NAMES[ending], address.host, address.scheme]
    is_safe = all(map(_is_name, names)) and not set(folders) & set(NAMES.values())
    return "/".join([*folders, NAMES[ending]]) if is_safe else None


def _is_name(part: str) -> bool:
    """Whether it can be the name of a file, and of nothing above it."""
    is_short = len(os.fsencode(part)) <= LONGEST_PART
    return bool(part.strip(".")) and is_short and not set(part) & {"/", "\0"}
