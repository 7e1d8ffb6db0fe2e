"""What is measured, in which order, at each size of the archive."""

import gc
import os
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from io import StringIO
from pathlib import Path
from wsgiref.util import setup_testing_defaults

from django.core.cache import cache
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

from bench.application import application
from bench.files import files
from bench.filling import fill
from bench.finding import all_referring, finding, recall
from bench.growing import growing
from bench.history import keep, last_run
from bench.lighthouse import lighthouse
from bench.measuring import Figure, against, growth
from bench.memory import memory
from bench.searching import searching
from bench.server import has_wrk, resident
from bench.steps import steps
from bench.table import conditions, heading, table
from bench.typical import typical_post
from bench.visiting import visiting
from blog.models import Post
from blog.rendering import preview_post

SMALL, FULL = "500,5000", "500,50000"
LONG_TEXT = 10_000
ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT.parent / "shared/samples/18f-blog"
SAMPLE_ADDRESS = "https://18f.gsa.gov"
# The site alone, without the pages that it keeps.
site: Callable[..., Iterable[bytes]] = get_wsgi_application()


def run(wanted: Namespace) -> str:
    """Import a folder, fill the site up to each size in turn, and measure at each."""
    folder = SAMPLE if SAMPLE.is_dir() else ROOT / "demo"
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    figures = [] if Post.objects.exists() else [importing(folder)]
    address = typical_post().get_absolute_url()
    imported = Post.objects.count()
    figures += recall(all_referring()).figures(imported)
    figures += [*visiting(address, imported), *lighthouse(), *steps()]
    for size in map(int, wanted.sizes.split(",")):
        fill(size)
        figures += at(size, address)
    figures += growth(figures)
    alike = conditions(folder.name)
    before = last_run(alike)
    # The longest part comes last. What breaks it off leaves all else that was found.
    keep(figures, alike)
    if has_wrk():
        sys.stderr.write(f"{table(figures, before)}\n\nMemory is next.\n")
        keep(its := memory(wanted.memory_minutes, size), alike)
        figures += its
    return f"{heading(alike)}\n\n{table(figures, before)}"


def at(size: int, address: str) -> list[Figure]:
    # What filling has left in this process is not to be looked through with each page.
    gc.collect()
    gc.freeze()
    served = [*files(address, size), *application(address, size)] if has_wrk() else []
    return [
        *served,
        *reading(size, address),
        *growing(size),
        saving(size),
        *rebuilding(size),
        previewing(size),
        *finding(size),
        *searching(size),
    ]


def importing(folder: Path) -> Figure:
    start = time.process_time()
    address = ["--site-url", SAMPLE_ADDRESS] if folder == SAMPLE else []
    call_command("import_markdown", str(folder), *address, stdout=StringIO(), stderr=StringIO())
    count = Post.objects.count()
    return Figure("import, posts", count, count / (time.process_time() - start))


def reading(size: int, address: str) -> list[Figure]:
    """In this process, without server and pages kept: what grows with the archive, if anything."""
    pages = (
        ("post page, text rendered before", partial(fetch, address)),
        ("post page, text not rendered", partial(fetch, address, forget=True)),
        ("front page", partial(fetch, "/")),
    )
    return [Figure(what, size, *against(page, bare(len(page())))) for what, page in pages]


def saving(size: int) -> Figure:
    post = typical_post()

    def save() -> None:
        post.standfirst = f"Saved at {time.time()}."
        post.save()

    return Figure("saving a post", size, *against(save, bare(len(post.body))))


def rebuilding(size: int) -> list[Figure]:
    """Of an index that is right already: what a look at each post takes, and the memory for all."""
    start, highest = time.monotonic(), 0.0
    command = [sys.executable, "manage.py", "rebuild_references"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            highest = max(highest, resident(process.pid))
            time.sleep(0.1)
    if process.returncode:
        raise RuntimeError("rebuild_references failed.")
    per_second = Post.objects.count() / (time.monotonic() - start)
    return [
        Figure("rebuild_references, posts", size, per_second),
        Figure("rebuild_references, memory at most", size, highest, unit="MB"),
    ]


def previewing(size: int) -> Figure:
    """The post screen's preview of a long text that was never rendered before."""
    words = " ".join(post.body for post in Post.objects.published()[:50]).split(" ")
    text = " ".join(words[:LONG_TEXT])

    def preview() -> None:
        cache.clear()
        preview_post(Post(body=text))

    return Figure(f"preview of {LONG_TEXT:,} words", size, *against(preview, bare(len(text))))


def bare(length: int) -> Callable[[], bytes]:
    """The floor: a view that returns so many bytes, behind the same handler and middleware."""
    return partial(fetch, f"/-/bare/{length}")


def fetch(address: str, *, forget: bool = False) -> bytes:
    """The body of one page through the whole application. Raises unless it answers 200."""
    if forget:
        cache.clear()
    environ: dict[str, object] = {"PATH_INFO": address, "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    statuses: list[str] = []

    def start_response(status: str, headers: object, error: object = None) -> Callable[..., object]:
        statuses.append(status)
        return print

    body = b"".join(site(environ, start_response))
    if not statuses[0].startswith("200"):
        raise RuntimeError(f"{address} answered {statuses[0]}")
    return body


def wanted(arguments: Sequence[str] | None = None) -> Namespace:
    parser = ArgumentParser(prog="bench", description="Measure what Passim costs, in one table.")
    parser.add_argument("--sizes", default=SMALL, help="numbers of posts, with commas")
    parser.add_argument("--full", action="store_const", const=FULL, dest="sizes")
    parser.add_argument("--memory-minutes", type=float, default=1.0, metavar="N")
    parser.add_argument(
        "--site", default="", help="a folder for the site, kept for another run; else one for once"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    os.chdir(ROOT)
    print(run(wanted()))
