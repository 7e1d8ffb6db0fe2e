"""Pages as files: nginx as deploy/ has it, against the same bytes as a plain file."""

import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.application import UNIT, in_turns, per_second, ratio
from bench.measuring import Figure, least
from bench.server import HOST, Asked, Server, ended_after, free_port, serving, wait_until_answered

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
PLAIN = "/plain"
# As Debian has it, but for what is logged, and with what deploy/nginx.conf asks for.
MAIN = """
daemon off;
pcre_jit on;
user root;
worker_processes auto;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 768; }}
http {{
    sendfile on;
    tcp_nopush on;
    access_log off;
    include site.conf;
}}
"""
# So near to each other that where processes happen to lie decides: of one start of nginx the median
# was 0.83 to 0.94, however many rounds it had.
STARTS, ROUNDS = 5, 10
# In the same server, as deep in folders: what nginx does with a file.
FLOOR = """
    location ^~ /plain/ {{
        root {folder};
        types {{ }}
        default_type "text/html; charset=utf-8";
    }}
    location / {{"""


def files(address: str, size: int) -> list[Figure]:
    """Nothing where there is no nginx."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if program is None:
        return []
    with TemporaryDirectory() as name:
        folder = Path(name)
        # The workers of nginx are somebody else.
        folder.chmod(0o755)
        page, plain = list[Asked](), list[Asked]()
        with serving(workers=1, PASSIM_PAGES=f"{folder}/pages") as site:
            for _ in range(STARTS):
                with _nginx(program, folder, site.port) as nginx:
                    _put_beside(folder, f"http://{HOST}:{nginx.port}{address}", address)
                    addresses = (address, f"{PLAIN}{address}index.html")
                    found = in_turns(nginx, *addresses, rounds=ROUNDS, seconds=1)
                page += found[0]
                plain += found[1]
    return [
        Figure("plain file, by nginx", size, per_second(plain), unit=UNIT),
        Figure("post, as a file", size, per_second(page), ratio(page, plain), UNIT, least(0.9)),
    ]


def _put_beside(folder: Path, url: str, address: str) -> None:
    """The first request makes the file; what it says is the plain one."""
    with urllib.request.urlopen(url) as answer:  # noqa: S310 (our own)
        content = answer.read()
    plain = folder / f"{PLAIN}{address}index.html".removeprefix("/")
    plain.parent.mkdir(parents=True, exist_ok=True)
    plain.write_bytes(content)
    if not list((folder / "pages/current").rglob("index.html")):
        raise RuntimeError("The page became no file.")


@contextmanager
def _nginx(program: str, folder: Path, site_port: int) -> Iterator[Server]:
    port = free_port()
    conf = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for ours, here in {
        "/var/lib/passim/pages": f"{folder}/pages",
        "/srv/passim/staticfiles": f"{folder}/static",
        "127.0.0.1:8000": f"{HOST}:{site_port}",
        "listen 80;": f"listen {HOST}:{port};",
        "\n    location / {": FLOOR.format(folder=folder),
    }.items():
        conf = conf.replace(ours, here)
    (folder / "site.conf").write_text(conf, encoding="utf-8")
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder), encoding="utf-8")
    shutil.copy(DEPLOY / "passim-page.conf", folder)
    shutil.copy("/etc/nginx/mime.types", folder)
    process = subprocess.Popen(
        [program, "-p", folder, "-c", folder / "nginx.conf", "-e", "stderr"],
        stderr=subprocess.DEVNULL,
    )
    with ended_after(process):
        wait_until_answered(port, "/-/health")
        yield Server(process.pid, port)
