"""What posts cite, and what they are filed under."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from blog.api.answers import Data, paged, query, reading
from blog.claimed import shown_outlets, shown_sources
from blog.filed import Filed, with_posts, with_tallies
from blog.formats import posts as formats
from blog.formats.references import citation_edge
from blog.formats.telling import Telling
from blog.models import Author, Citation, Story, Topic
from sources.csl import to_csl
from sources.models import Outlet, Source

PASSAGES_OF_A_SOURCE = 100


@reading
def sources(request: HttpRequest, told: Telling) -> Data:
    asked = query(request, "outlet")
    rows = shown_sources(told.at).order_by("citekey")
    if slug := asked.get("outlet"):
        rows = rows.filter(outlet__slug=slug)
    return paged(request, told, rows, lambda some: (_source(one, told) for one in some))


@reading
def source(request: HttpRequest, told: Telling, citekey: str) -> Data:
    """With the newest passages that cite it."""
    query(request)
    found = get_object_or_404(shown_sources(told.at), citekey=citekey)
    cited = Citation.objects.public(told.at).filter(source=found).select_related("post", "source")
    rows = cited.order_by("-post__published_at", "-post_id", "position").defer("post__body")
    return _source(found, told) | {
        "cited_in": [citation_edge(row, told) for row in rows[:PASSAGES_OF_A_SOURCE]],
        "citations_url": f"{told.page('api_citations')}?source={quote(citekey, safe='')}",
    }


@reading
def outlets(request: HttpRequest, told: Telling) -> Data:
    query(request)
    rows = shown_outlets(told.at).order_by("name", "pk")
    return paged(request, told, rows, lambda some: (_outlet(one, told) for one in some))


@reading
def outlet(request: HttpRequest, told: Telling, slug: str) -> Data:
    query(request)
    found = get_object_or_404(shown_outlets(told.at), slug=slug)
    return _outlet(found, told) | {
        "sources_url": f"{told.page('api_sources')}?outlet={quote(slug)}"
    }


# --- Stories, topics, authors: each with how much is filed there ------------------------


@reading
def stories(request: HttpRequest, told: Telling) -> Data:
    query(request)
    return _listed(request, Story, told, _story)


@reading
def story(request: HttpRequest, told: Telling, slug: str) -> Data:
    query(request)
    return _story(_called(Story, slug, told), told)


@reading
def topics(request: HttpRequest, told: Telling) -> Data:
    query(request)
    return _listed(request, Topic, told, _topic)


@reading
def topic(request: HttpRequest, told: Telling, slug: str) -> Data:
    query(request)
    return _topic(_called(Topic, slug, told), told)


@reading
def authors(request: HttpRequest, told: Telling) -> Data:
    query(request)
    return _listed(request, Author, told, _author)


@reading
def author(request: HttpRequest, told: Telling, slug: str) -> Data:
    query(request)
    return _author(_called(Author, slug, told), told)


def _listed(
    request: HttpRequest, model: type[Filed], told: Telling, tell: Callable[[Filed, Telling], Data]
) -> Data:
    rows = with_posts(model, told.at)
    return paged(
        request, told, rows, lambda some: (tell(one, told) for one in with_tallies(some, told.at))
    )


def _called(model: type[Filed], slug: str, told: Telling) -> Filed:
    found = get_object_or_404(with_posts(model, told.at), slug=slug)
    return with_tallies([found], told.at)[0]


def _topic(topic: Topic, told: Telling) -> Data:
    return _filed(topic, "topic", told)


def _story(story: Story, told: Telling) -> Data:
    return _filed(story, "story", told) | {
        "summary": story.summary,
        "is_concluded": story.is_concluded,
        "claims_url": f"{told.page('api_claims')}?story={quote(story.slug)}",
    }


def _author(author: Author, told: Telling) -> Data:
    return _filed(author, "author", told) | {
        "family": author.family,
        "given": author.given,
        "bio": author.bio,
        "links": author.elsewhere,
    }


def _filed(row: Story | Topic | Author, name: str, told: Telling) -> Data:
    """Of one with its tallies."""
    return formats.named(row, told) | {
        "post_count": getattr(row, "post_count", 0),
        "last_published_at": told.moment(getattr(row, "last_published", None)),
        "posts_url": f"{told.page('api_posts')}?{name}={quote(row.slug)}",
    }


def _source(source: Source, told: Telling) -> Data:
    return {
        "id": source.citekey,
        "url": told.page("source", source.citekey),
        "outlet": source.outlet.slug if source.outlet else None,
        "csl": to_csl(source),
    }


def _outlet(outlet: Outlet, told: Telling) -> Data:
    own = ("slug", "name", "native_name", "kind", "country", "language", "is_party", "party_note")
    return {name: getattr(outlet, name) for name in (*own, "note")} | {
        "url": told.page("outlet", outlet.slug)
    }
