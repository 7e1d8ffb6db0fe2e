"""The server of production: granian, whose workers share one listening socket."""

import multiprocessing
import os
import socket

from django.conf import settings
from granian._granian import SocketHolder
from granian.constants import HTTPModes, Interfaces
from granian.server import MPServer

# What a process has in hand when it is replaced; a longer request is cut off.
SECONDS_TO_FINISH = 30
BACKLOG = 1024
# What glibc does with memory that was given back: one heap for all threads, of which the end is
# returned, and blocks of their own for whole pages. Else what searches and lists needed for a
# moment stays with the process.
MEMORY = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "131072",
    "MALLOC_MMAP_THRESHOLD_": "32768",
}


class OneListener(MPServer):
    """Every worker takes connections from the same queue.

    Granian gives each worker a queue of its own on Linux, and what waits in one is lost when
    its worker ends. From a shared one another worker takes it: a restart loses no request.
    """

    def _init_shared_socket(self) -> None:
        family = socket.AF_INET6 if ":" in self.bind_addr else socket.AF_INET
        listener = socket.create_server(
            (self.bind_addr, self.bind_port), family=family, backlog=self.backlog
        )
        listener.setblocking(False)
        listener.set_inheritable(True)
        self._sso = listener
        # Granian names these where a socket is shared; on Linux its own code leaves them empty.
        shared = SocketHolder(listener.fileno(), False, self.backlog)  # type: ignore[call-arg]
        vars(self).update(_shd=shared, _sfd=listener.fileno())


def server(host: str, port: int, *, workers: int, threads: int) -> OneListener:
    """Not yet running. Each worker starts from nothing, so after a restart it runs the new code."""
    multiprocessing.set_start_method("spawn", force=True)
    # Read when a process begins, so by the workers and not by this one.
    for name, value in MEMORY.items():
        os.environ.setdefault(name, value)
    return OneListener(
        ":".join(settings.WSGI_APPLICATION.rsplit(".", 1)),
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=threads,
        backlog=BACKLOG,
        respawn_failed_workers=True,
        respawn_interval=2,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_access=False,
    )
