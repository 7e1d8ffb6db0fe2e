"""A page of every kind, asked for again and again at each size of the archive.

The same pages at every size, most of which show as much: what then grows grows with the archive. A
few show more, since filling makes a story longer and a claim more used: they are named apart.
Pages whose whole is cached are asked of the site beneath that cache; what is looked for once a
generation is there after the first of them, as it is for readers.
"""

import time
from collections.abc import Mapping
from statistics import median

from django.test import Client
from django.urls import reverse

from bench.measuring import Figure
from blog.models import Author, Citation, Post, Story, Topic, public_claims

ROUNDS = 9
FIXED: Mapping[str, str] = {
    "front page": "front",
    "about": "about",
    "archive": "archive",
    "map": "map",
    "stories": "stories",
    "topics": "topics",
    "authors": "authors",
    "sources": "sources",
    "claims": "claims",
    "corrections": "corrections",
    "search form": "search",
    "sitemaps": "sitemaps",
    "posts for programs": "api_posts",
    "references for programs": "api_references",
    "sources for programs": "api_sources",
}
# Months and parts of the sitemap of more years; what the copies of posts belong to or cite.
LONGER = frozenset({"archive", "sitemaps", "month", "story", "claim", "outlet"})


def growing(size: int) -> list[Figure]:
    """How many a second of its processor time one process makes, by kind of page."""
    client = Client(headers={"host": "localhost"})
    return [
        Figure(
            f"{'longer page' if kind in LONGER else 'page'}: {kind}",
            size,
            1 / _seconds(client, address),
        )
        for kind, address in addresses().items()
    ]


def addresses() -> dict[str, str]:
    """Of each kind one that is there; by ids, which filling leaves as they are."""
    fixed = {kind: reverse(f"blog:{name}") for kind, name in FIXED.items()}
    cited = Citation.objects.public().order_by("pk").select_related("post", "source__outlet")
    first = cited.filter(source__outlet__isnull=False).first()
    return fixed | (_of_citation(first) if first else {}) | _of_records()


def _of_citation(cited: Citation) -> dict[str, str]:
    post, source = cited.post, cited.source
    day, page = post.dated_on, post.get_absolute_url()
    if not (day and source and source.outlet):
        return {}
    return {
        "post": page,
        "post as Markdown": f"{page.rstrip('/')}.md",
        "way to a post": f"{page}path/",
        "year": reverse("blog:year", args=[day.year]),
        "month": reverse("blog:month", args=[day.year, day.month]),
        "day": reverse("blog:day", args=[day.year, day.month, day.day]),
        "source": reverse("blog:source", args=[source.citekey]),
        "outlet": reverse("blog:outlet", args=[source.outlet.slug]),
        "feed": reverse("blog:feed", args=["atom"]),
        "sitemap": reverse("blog:sitemap", args=["posts", (post.pk - 1) // 1000 + 1]),
    }


def _of_records() -> dict[str, str]:
    """Where there are any."""
    published = Post.objects.published()
    found = {
        "story": Story.objects.filter(posts__in=published).order_by("pk").first(),
        "topic": Topic.objects.filter(posts__in=published).order_by("pk").first(),
        "author": Author.objects.filter(posts__in=published).order_by("pk").first(),
    }
    claim = public_claims().order_by("pk").first()
    pages = {kind: one.get_absolute_url() for kind, one in found.items() if one}
    return pages | ({"claim": reverse("blog:claim", args=[claim.slug])} if claim else {})


def _seconds(client: Client, address: str) -> float:
    """The first, which finds what is kept for a generation, is not counted."""
    return median([_timed(client, address) for _ in range(ROUNDS + 1)][1:])


def _timed(client: Client, address: str) -> float:
    """Raises unless it is there."""
    start = time.process_time()
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return time.process_time() - start
