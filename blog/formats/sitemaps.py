"""Sitemaps (protocol 0.9): every public page, and the posts of the last two days as news.

Written element by element, so that nothing a headline says can break them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator

from blog.claimed import origins_on_record, shown_outlets, shown_sources
from blog.feeds.formats import plain
from blog.filed import with_posts, with_tallies
from blog.formats.telling import Telling
from blog.models import Author, Post, Story, Topic, public_claims
from publication.generation.kept import of_generation

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# A part has those of so many ids in a row: it is found without looking through those before it, and
# what is withdrawn from one moves nothing in another.
IDS_IN_A_PART = 1000
MOST_PARTS = 10**9
FILED = (Author, Story, Topic)
NEWS_AT_MOST = 1000
NEWS_LASTS = timedelta(days=2)


@dataclass(frozen=True)
class Page:
    path: str
    changed_at: datetime | None = None
    """As far as readers are told: a copy edit moves nothing."""


# What there is of each kind, and the page of one of them.
KINDS: Mapping[str, tuple[Callable[[datetime], QuerySet[Any]], Callable[[Any], Page]]] = {
    "posts": (
        lambda at: Post.objects.published(at).named().with_notices(at),
        lambda post: Page(post.get_absolute_url(), _told_at(post)),
    ),
    "stories": (
        lambda at: with_posts(Story, at),
        lambda story: Page(story.get_absolute_url(), story.last_published),
    ),
    "topics": (
        lambda at: with_posts(Topic, at),
        lambda topic: Page(topic.get_absolute_url(), topic.last_published),
    ),
    "authors": (
        lambda at: with_posts(Author, at),
        lambda author: Page(author.get_absolute_url(), author.last_published),
    ),
    "sources": (
        lambda at: shown_sources(at),
        lambda source: Page(reverse("blog:source", args=[source.citekey])),
    ),
    "outlets": (
        lambda at: shown_outlets(at),
        lambda outlet: Page(reverse("blog:outlet", args=[outlet.slug])),
    ),
    "claims": (
        lambda at: public_claims(at).with_standing(at),
        lambda claim: Page(reverse("blog:claim", args=[claim.slug]), claim.moved_at),
    ),
    "origins": (
        lambda at: origins_on_record(at),
        lambda origin: Page(reverse("blog:origin", args=[origin.slug])),
    ),
}
# Those that there is one of, and that are never empty of sense.
LISTS = (
    "front",
    "about",
    "archive",
    "map",
    "stories",
    "topics",
    "authors",
    "sources",
    "claims",
    "corrections",
)
# What Google wants with its country; of any other language only the language.
CHINESE = frozenset({"zh-cn", "zh-tw"})


def parts(at: datetime) -> list[tuple[str, int]]:
    """The kind and number of every part that holds a page; looked for once a generation."""
    return [("pages", 1), *of_generation("sitemap", at, lambda: _parts(at))]


def _parts(at: datetime) -> list[tuple[str, int]]:
    """One query for each kind."""
    number = (F("pk") - 1) / IDS_IN_A_PART + 1
    return [
        (kind, part)
        for kind, (rows, _) in KINDS.items()
        for part in rows(at).order_by().values_list(number, flat=True).distinct().order_by(number)
    ]


def pages(kind: str, number: int, at: datetime) -> list[Page]:
    """The pages of one part; none for one that is not there."""
    if kind == "pages":
        return [Page(reverse(f"blog:{name}")) for name in LISTS] if number == 1 else []
    if not 0 < number < MOST_PARTS:
        return []
    rows, page = KINDS[kind]
    last = number * IDS_IN_A_PART
    found = rows(at).filter(pk__gt=last - IDS_IN_A_PART, pk__lte=last).order_by("pk")
    return [page(row) for row in (with_tallies(found, at) if found.model in FILED else found)]


def newest(at: datetime) -> list[Post]:
    """What counts as news, newest first."""
    posts = Post.objects.published(at).filter(published_at__gt=at - NEWS_LASTS)
    return list(posts.named().newest_first()[:NEWS_AT_MOST])


# --- Writing --------------------------------------------------------------------------


def index_xml(told: Telling) -> bytes:
    entries = [{"loc": told.page("sitemap", kind, number)} for kind, number in parts(told.at)]
    return _written("sitemapindex", "sitemap", entries)


def part_xml(found: Iterable[Page], told: Telling) -> bytes:
    entries = (
        {"loc": told.site + page.path, "lastmod": told.moment(page.changed_at)} for page in found
    )
    return _written("urlset", "url", entries)


def news_xml(told: Telling) -> bytes:
    entries = [
        {
            "loc": told.post(post),
            "news:news": {
                "news:publication": {
                    "news:name": told.publication.name,
                    "news:language": _news_language(told.language(post)),
                },
                "news:publication_date": told.moment(post.published_at),
                "news:title": post.headline,
            },
        }
        for post in newest(told.at)
    ]
    return _written("urlset", "url", entries, {"xmlns:news": NEWS})


def _written(
    root: str,
    each: str,
    entries: Iterable[Mapping[str, Any]],
    namespaces: Mapping[str, str] | None = None,
) -> bytes:
    out = BytesIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement(root, AttributesImpl({"xmlns": SITEMAP, **(namespaces or {})}))
    for entry in entries:
        _element(xml, each, entry)
    xml.endElement(root)
    return out.getvalue()


def _element(xml: SimplerXMLGenerator, name: str, value: Mapping[str, Any] | str | None) -> None:
    if not value:
        return
    xml.startElement(name, AttributesImpl({}))
    if isinstance(value, str):
        xml.characters(plain(value))
    else:
        for inner, content in value.items():
            _element(xml, inner, content)
    xml.endElement(name)


def _news_language(language: str) -> str:
    folded = language.lower()
    return folded if folded in CHINESE else folded.partition("-")[0]


def _told_at(post: Post) -> datetime | None:
    return getattr(post, "noticed_at", None) or post.published_at
