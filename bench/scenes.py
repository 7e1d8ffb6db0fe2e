"""What is measured: reading a post and the front page, saving, importing, finding, searching."""

import platform
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from io import StringIO
from pathlib import Path
from wsgiref.util import setup_testing_defaults

from django.core.cache import cache
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench import steps
from bench.filling import fill
from bench.finding import all_referring, finding, recall
from bench.history import keep, last_run
from bench.measuring import Figure, against, table
from bench.searching import searching
from bench.serving import served
from blog.drift import batches, rebuild
from blog.models import Post
from blog.models.resolving import own_hosts
from blog.rendering import preview_post
from config.urls import urlpatterns
from publication.pages.site import keeping

SMALL, FULL = "500,5000", "500,5000,50000"
LONG_TEXT = 10_000
ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT.parent / "shared/samples/18f-blog"
SAMPLE_ADDRESS = "https://18f.gsa.gov"
Application = Callable[..., Iterable[bytes]]
# The site alone, and with the pages that it keeps.
application: Application = get_wsgi_application()
kept: Application = keeping(application)


def run(sizes: Sequence[int], folder: Path) -> str:
    """Import a folder, fill the site up to each size in turn, and measure at each."""
    call_command("migrate", verbosity=0)
    figures = [importing(folder)]
    found = recall(all_referring())
    for size in sizes:
        fill(size)
        figures += [*reading(size), *saving(size), rebuilding(size), previewing(size)]
        figures += [*finding(size), *searching(size)]
        figures += served(typical_post().get_absolute_url(), size)
    conditions = (
        f"{connection.vendor}, Python {platform.python_version()}, one process without a server; "
        f"per second of its processor time; posts from {folder.name}"
    )
    shown = table(figures, conditions, last_run(conditions))
    keep(figures, conditions)
    return f"{shown}\n\n{found}"


def importing(folder: Path) -> Figure:
    start = time.process_time()
    address = ["--site-url", SAMPLE_ADDRESS] if folder == SAMPLE else []
    call_command("import_markdown", str(folder), *address, stdout=StringIO(), stderr=StringIO())
    seconds = time.process_time() - start
    count = Post.objects.count()
    return Figure("import, posts", count, count / seconds)


def reading(size: int) -> list[Figure]:
    post = typical_post()
    address = post.get_absolute_url()
    page, floor = partial(fetch, address, through=kept), bare(len(fetch(address)))
    figures = [Figure("post page, kept", size, *against(page, floor))]
    for what, address, forget in (
        ("post page, text rendered before", post.get_absolute_url(), False),
        ("post page, text not rendered before", post.get_absolute_url(), True),
        ("front page", "/", False),
    ):
        length = len(fetch(address))
        page = partial(fetch, address, forget=forget)
        figures.append(Figure(what, size, *against(page, bare(length))))
    return figures


def saving(size: int) -> list[Figure]:
    post = typical_post()

    def save() -> None:
        post.body += "\n\nOne more line."
        post.save()

    return [Figure("saving a post", size, *against(save, bare(len(post.body))))]


def rebuilding(size: int) -> Figure:
    """Of some posts whose index is right already: what a look at each takes."""
    posts, hosts = next(batches()), own_hosts()
    start = time.process_time()
    rebuild(posts, hosts)
    return Figure("rebuild_references, posts", size, len(posts) / (time.process_time() - start))


def previewing(size: int) -> Figure:
    """The post screen's preview of a long text that was never rendered before."""
    words = " ".join(post.body for post in Post.objects.published()[:50]).split(" ")
    text = " ".join(words[:LONG_TEXT])

    def preview() -> None:
        cache.clear()
        preview_post(Post(body=text))

    return Figure(f"preview of {LONG_TEXT:,} words", size, *against(preview, bare(len(text))))


def typical_post() -> Post:
    """The published post whose number of marks is the middle one: the same rule at each size."""
    posts = Post.objects.published().annotate(marks=Count("citations")).order_by("marks", "pk")
    return posts[posts.count() // 2]


def fetch(address: str, *, forget: bool = False, through: Application = application) -> bytes:
    """The body of one page through a whole WSGI application. Raises unless it answers 200."""
    if forget:
        cache.clear()
    environ: dict[str, object] = {"PATH_INFO": address, "HTTP_HOST": "localhost"}
    setup_testing_defaults(environ)
    statuses: list[str] = []

    def start_response(status: str, headers: object, error: object = None) -> Callable[..., object]:
        statuses.append(status)
        return print

    body = b"".join(through(environ, start_response))
    if not statuses[0].startswith("200"):
        raise RuntimeError(f"{address} answered {statuses[0]}")
    return body


def bare(length: int) -> Callable[[], bytes]:
    """The floor: a view that returns a constant, behind the same handler and middleware."""
    constant = b"x" * length

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(constant)

    name = f"bench-bare-{length}"
    urlpatterns[:0] = [path(name, view)]  # type: ignore[list-item]
    return lambda: fetch(f"/{name}")


if __name__ == "__main__":
    parser = ArgumentParser(description="Measure what pages and saving cost.")
    parser.add_argument("--sizes", default=SMALL, help="numbers of posts, with commas")
    parser.add_argument("--full", action="store_const", const=FULL, dest="sizes")
    wanted = [int(size) for size in parser.parse_args().sizes.split(",")]
    print(run(wanted, SAMPLE if SAMPLE.is_dir() else ROOT / "demo"))
    print()
    print(steps.table())
