"""A page of every kind, asked for again and again at each size of the archive.

Pages that show as much at every size, such as the first of the longest topic: what then grows grows
with the archive. Others show more, since copies fall on the same days and cite the same sources: a
day of one post becomes one of twelve. They are named apart.
Pages whose whole is cached are asked of the site beneath that cache; what is looked for once a
generation is there after the first of them, as it is for readers.
"""

from collections.abc import Mapping
from functools import partial

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.test import Client
from django.urls import reverse

from bench.measuring import Figure, Turn, medians, turns
from blog.models import Author, Citation, Post, Story, Topic, public_claims
from sources.wordlists import words

# A bare view of about as many bytes as a page has.
FLOOR = "/-/bare/8600"
PASSES, ROUNDS = 3, 5
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
# Days of more copies, the sitemap of more years, what copies belong to or cite, and the map, which
# draws nine hundred posts where there are as many.
LONGER = words("archive sitemaps sitemap month day story claim source outlet map")


def growing(size: int) -> list[Figure]:
    """How many a second of its processor time one process makes, by kind of page.

    All kinds in turn, and again: a machine is busy for seconds, which are then not all of one kind.
    """
    client = Client(headers={"host": "localhost"})
    floor = partial(_ask, client, FLOOR)
    found: dict[str, list[Turn]] = {}
    for _ in range(PASSES):
        for kind, address in addresses().items():
            page = partial(_ask, client, address)
            found.setdefault(kind, []).extend(turns(page, floor, rounds=ROUNDS))
    return [Figure(_name(kind), size, *medians(its)) for kind, its in found.items()]


def _name(kind: str) -> str:
    return f"{'longer page' if kind in LONGER else 'page'}: {kind}"


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
        "month": reverse("blog:month", args=[day.year, day.month]),
        "day": reverse("blog:day", args=[day.year, day.month, day.day]),
        "source": reverse("blog:source", args=[source.citekey]),
        "outlet": reverse("blog:outlet", args=[source.outlet.slug]),
        "feed": reverse("blog:feed", args=["atom"]),
        "sitemap": reverse("blog:sitemap", args=["posts", (post.pk - 1) // 1000 + 1]),
    }


def _of_records() -> dict[str, str]:
    """Where there are any; of topics, authors and years those of most posts."""
    published = Post.objects.published()
    years = published.values(year=ExtractYear("dated_on")).annotate(n=Count("pk"))
    most = years.order_by("-n", "year").first()
    found = {
        "story": Story.objects.filter(posts__in=published).order_by("pk").first(),
        "topic": _fullest(Topic),
        "author": _fullest(Author),
    }
    claim = public_claims().order_by("pk").first()
    pages = {kind: one.get_absolute_url() for kind, one in found.items() if one}
    if most:
        pages["year"] = reverse("blog:year", args=[most["year"]])
    return pages | ({"claim": reverse("blog:claim", args=[claim.slug])} if claim else {})


def _fullest(model: type[Author] | type[Topic]) -> Author | Topic | None:
    counted = model._default_manager.annotate(n=Count("posts")).filter(n__gt=0)
    return counted.order_by("-n", "pk").first()


def _ask(client: Client, address: str) -> None:
    """Raises RuntimeError unless it is there."""
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
