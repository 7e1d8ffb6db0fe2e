"""The addresses of all pages, by kind: of every row, whether or not readers may see it.

What is asked for is a path, and behind a space the format that the reader wants, if any.
"""

from collections import defaultdict
from collections.abc import Iterator
from random import Random

from django.db import models

from blog.models import Author, OldAddress, Post, Story, Topic
from publication.models import Publication
from sources.models import Claim, Origin, Outlet, Source
from sources.models.claims import FormerClaimSlug
from sources.models.keys import FormerCitekey

FIXED = (
    *("/", "/?page=2", "/about/", "/archive/", "/map/", "/stories/", "/topics/", "/authors/"),
    *("/sources/", "/sources/?sort=name", "/claims/", "/claims/?by=moved", "/corrections/"),
    *("/feed.atom", "/feed.json", "/claims/feed.atom", "/claims/feed.json", "/sitemap.xml"),
    *("/sitemap-posts-1.xml", "/sitemap-claims-1.xml", "/sitemap-pages-1.xml"),
    *("/sitemap-sources-1.xml", "/sitemap-outlets-1.xml", "/sitemap-origins-1.xml"),
    *("/sitemap-stories-1.xml", "/sitemap-topics-1.xml", "/sitemap-authors-1.xml"),
    *("/sitemap-news.xml", "/robots.txt", "/site.webmanifest", "/.well-known/security.txt"),
    *("/opensearch.xml", "/nowhere/"),
)
FORMATS = (".md", ".json", "/sources.bib", "/sources.ris", "/sources.json", "/cite.bib", "/path/")
OTHER_FORMATS = ("text/markdown", "application/json", "application/x-bibtex")
# Where a row has its page, the column that names it there, and what else lies beneath.
ROWS: dict[type[models.Model], tuple[str, str, tuple[str, ...]]] = {
    Story: ("/stories/", "slug", ("feed.atom", "feed.json", "claims.atom")),
    Topic: ("/topics/", "slug", ("feed.atom",)),
    Author: ("/authors/", "slug", ("feed.atom",)),
    Source: ("/sources/", "citekey", ("feed.atom",)),
    Outlet: ("/outlets/", "slug", ("feed.atom",)),
    Claim: ("/claims/", "slug", ("feed.atom",)),
    Origin: ("/origins/", "slug", ()),
}
FORMER: tuple[tuple[str, type[models.Model], str], ...] = (
    ("/sources/", FormerCitekey, "key"),
    ("/claims/", FormerClaimSlug, "slug"),
)
MOST_FORMER = 20


def pages() -> dict[str, list[str]]:
    """By kind, so that what there is much of does not crowd out the rest."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in FIXED:
        found[path].append(path)
    for kind, path in (*_of_posts(), *_of_rows(), *_former()):
        found[kind].append(path)
    return dict(found)


def some(found: dict[str, list[str]], number: int, dice: Random) -> list[str]:
    return [dice.choice(found[kind]) for kind in dice.sample(list(found), number)]


def touched(row: models.Model) -> list[str]:
    """The pages on which a row is seen first."""
    if isinstance(row, Post):
        page = _page(row.dated_on, row.slug) if row.dated_on else ""
        return ["/", page] if page else ["/"]
    if isinstance(row, Publication):
        return ["/about/"]
    place, column, _ = ROWS.get(type(row), ("", "", ()))
    return [f"{place}{getattr(row, column)}/"] if place else []


def _page(day: object, slug: str) -> str:
    return f"/{day:%Y/%m/%d}/{slug}/"


def _of_posts() -> Iterator[tuple[str, str]]:
    posts = Post.objects.exclude(dated_on=None).order_by("pk").values_list("dated_on", "slug")
    for day, slug in posts:
        page = _page(day, slug)
        yield "post", page
        yield from ((ending, f"{page[:-1]}{ending}") for ending in FORMATS)
        yield from ((wanted, f"{page} {wanted}") for wanted in OTHER_FORMATS)
    for form in ("/%Y/", "/%Y/%m/", "/%Y/%m/%d/"):
        yield from ((form, path) for path in sorted({f"{day:{form}}" for day, _ in posts}))


def _of_rows() -> Iterator[tuple[str, str]]:
    for model, (place, column, beneath) in ROWS.items():
        for name in model._default_manager.order_by("pk").values_list(column, flat=True):
            yield place, f"{place}{name}/"
            yield from ((f"{place}{each}", f"{place}{name}/{each}") for each in beneath)


def _former() -> Iterator[tuple[str, str]]:
    old = OldAddress.objects.order_by("-pk").values_list("path", flat=True)
    yield from (("former post", path) for path in old[:MOST_FORMER])
    for place, model, column in FORMER:
        names = model._default_manager.order_by("-pk").values_list(column, flat=True)
        yield from ((f"former {place}", f"{place}{name}/") for name in names[:MOST_FORMER])
