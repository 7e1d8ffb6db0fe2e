"""A small site with everything that readers can see, and the addresses of all its pages."""

from collections.abc import Iterator
from random import Random

from django.contrib.auth.models import User
from django.urls import reverse

from blog.models import Author, Picture, Post, Story, Topic
from sources.models import Claim, Origin, Outlet, Source
from tests.factories import (
    make_author,
    make_claim,
    make_draft,
    make_origin,
    make_outlet,
    make_post,
    make_publication,
    make_report,
    make_source,
    make_story,
    make_topic,
    make_user,
)

FIXED = (
    *("/", "/?page=2", "/about/", "/archive/", "/map/", "/stories/", "/topics/", "/authors/"),
    *("/sources/", "/sources/?sort=name", "/claims/", "/claims/?by=moved", "/corrections/"),
    *("/feed.atom", "/feed.json", "/claims/feed.atom", "/sitemap.xml", "/sitemap-posts-1.xml"),
    *("/robots.txt", "/site.webmanifest", "/.well-known/security.txt", "/opensearch.xml"),
    *("/2024/", "/2024/11/", "/2025/", "/sitemap-claims-1.xml", "/nowhere/"),
)


def build() -> User:
    """The site at its beginning; its editor."""
    make_publication(contact="desk@margin.example.org")
    outlets = [make_outlet() for _ in range(3)]
    for n in range(6):
        make_source(f"key{n}", outlet=outlets[n % 3], url=f"https://o{n}.example.org/{n}")
    claims = [make_claim(f"Claim number {n} is true.", slug=f"claim-{n}") for n in range(4)]
    for claim in claims:
        make_report(claim, by=make_origin())
    authors, topics = [make_author() for _ in range(3)], [make_topic() for _ in range(3)]
    stories = [make_story() for _ in range(2)]
    Picture.objects.bulk_create(
        [Picture(file=f"pictures/{n}.png", alt=f"Picture {n}", width=9, height=9) for n in range(3)]
    )
    for n in range(8):
        make_post(
            f"Post {n}",
            slug=f"post-{n}",
            body=text(Random(n)),
            story=stories[n % 2],
            authors=[authors[n % 3]],
            topics=[topics[n % 3]],
        )
    make_draft("Draft", slug="draft-0", body=text(Random(0)))
    return make_user("editor")


def text(dice: Random) -> str:
    """Paragraphs with every kind of mark; some lead nowhere yet."""
    marks = (
        f"[[post-{dice.randrange(9)}]]",
        f"[[updates::post-{dice.randrange(9)}|before]]",
        f"[[draft-{dice.randrange(3)}|not yet]]",
        f"[@key{dice.randrange(8)}, p. {dice.randrange(90)}]",
        f"[[claim::claim-{dice.randrange(5)}|as is said]]",
        f"[elsewhere](https://o{dice.randrange(9)}.example.org/{dice.randrange(9)})",
        f"![](/media/pictures/{dice.randrange(3)}.png)",
    )
    chosen = dice.sample(marks, 4)
    return "\n\n".join(f"Paragraph {dice.randrange(99)}: {mark} it says." for mark in chosen)


def pages() -> list[str]:
    """Of every row that there is, whether or not readers may see it."""
    return [*FIXED, *_of_posts(), *_of_rows()]


def _of_posts() -> Iterator[str]:
    for post in Post.objects.exclude(dated_on=None):
        yield from pages_of(post)


def pages_of(post: Post) -> list[str]:
    if post.dated_on is None:
        return []
    page = post.get_absolute_url()
    return [page, f"{page}path/", f"{page[:-1]}.md", f"{page[:-1]}.json", f"{page}sources.bib"]


def _of_rows() -> Iterator[str]:
    for name, model, field in (
        ("story", Story, "slug"),
        ("topic", Topic, "slug"),
        ("author", Author, "slug"),
        ("source", Source, "citekey"),
        ("outlet", Outlet, "slug"),
        ("claim", Claim, "slug"),
        ("origin", Origin, "slug"),
    ):
        for value in model._default_manager.values_list(field, flat=True):
            yield reverse(f"blog:{name}", args=[value])
