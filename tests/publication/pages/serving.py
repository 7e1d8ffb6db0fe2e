"""nginx as deploy/nginx.conf has it, in front of a site in this process."""

import gzip
import http.client
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import brotli  # type: ignore[import-untyped]
import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from publication.generation.keys import Watcher
from publication.pages.cache import Environ, PageCache, Start
from publication.pages.folder import PageFolder
from publication.pages.memory import Memory
from tests.conftest import NO_NGINX
from tests.publication.pages.fakes import RELEASE

DEPLOY = Path(settings.BASE_DIR, "deploy")
MAIN = """
daemon off;
pcre_jit on;
user {user};
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include site.conf;
}}
"""


@dataclass
class Site:
    """The application with its pages kept. A POST to /edit/ calls `edit`, as the desk would."""

    folder: PageFolder
    watcher: Watcher
    edit: Callable[[], object] = lambda: None
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        handler = WSGIHandler()

        def inner(environ: Environ, start_response: Start) -> Iterable[bytes]:
            if environ["PATH_INFO"] != "/edit/":
                return handler(environ, start_response)
            content = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            self.edit()
            start_response("200 OK", [("Content-Type", "text/plain")])
            return [str(len(content)).encode()]

        self.cache = PageCache(
            inner, watcher=self.watcher, memory=Memory(10_000_000), folder=self.folder
        )

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        return self.cache(environ, start_response)


@dataclass(frozen=True)
class Response:
    status: int
    headers: dict[str, str]
    sent: bytes

    @property
    def body(self) -> str:
        coding = self.headers.get("content-encoding", "")
        decode = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}[coding]
        return str(decode(self.sent), "utf-8")


@dataclass(frozen=True)
class Served:
    site: Site
    port: int
    own_port: int

    def get(self, path: str, **headers: str) -> Response:
        return _asked(self.port, "GET", path, headers)

    def get_without_nginx(self, path: str, **headers: str) -> Response:
        return _asked(self.own_port, "GET", path, headers, host=f"127.0.0.1:{self.port}")

    def edit(self, content: bytes = b"") -> int:
        """How many bytes of the content the site was sent."""
        answer = _asked(self.port, "POST", "/edit/", {}, content=content)
        assert answer.status == 200
        return int(answer.body)

    def ask(self, method: str, path: str, **headers: str) -> Response:
        return _asked(self.port, method, path, headers)


def _asked(
    port: int,
    method: str,
    path: str,
    headers: dict[str, str],
    host: str = "",
    content: bytes = b"",
) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"Host": host or f"127.0.0.1:{port}", **named}.items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(content)))
        connection.endheaders(content)
        answer = connection.getresponse()
        its = {name.lower(): value for name, value in answer.getheaders()}
        return Response(answer.status, its, answer.read())
    except http.client.HTTPException as fault:
        raise AssertionError(f"{method} {path}: {fault}") from fault
    finally:
        connection.close()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def served(folder: Path, *, is_behind_a_proxy: bool = False) -> Iterator[Served]:
    """Skips where there is no nginx."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if program is None:
        pytest.skip(NO_NGINX)
    watcher = Watcher()
    site = Site(PageFolder(folder / "pages", RELEASE), watcher)
    server = make_server("127.0.0.1", 0, site, _Server, _Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = _free_port()
    _configure(folder, port, server.server_port, is_behind_a_proxy)
    nginx = subprocess.Popen([program, "-c", folder / "nginx.conf", "-p", folder, "-e", "stderr"])
    try:
        _wait_for(port)
        yield Served(site, port, server.server_port)
    finally:
        nginx.terminate()
        nginx.wait()
        server.shutdown()
        server.server_close()
        watcher.close()


def _configure(folder: Path, port: int, own_port: int, is_behind_a_proxy: bool) -> None:
    site = (DEPLOY / "nginx.conf").read_text()
    for ours, here in {
        "/var/lib/passim/pages": f"{folder}/pages",
        "/srv/passim/staticfiles": f"{folder}/static",
        "127.0.0.1:8000": f"127.0.0.1:{own_port}",
        "listen 80;": f"listen 127.0.0.1:{port};",
    }.items():
        assert ours in site
        site = site.replace(ours, here)
    if is_behind_a_proxy:
        site = site.replace("$scheme", "$passim_scheme")
    (folder / "site.conf").write_text(site)
    shutil.copy(DEPLOY / "passim-page.conf", folder)
    shutil.copy("/etc/nginx/mime.types", folder)
    user = Path(folder).owner()
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not answer")
