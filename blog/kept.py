"""Which pages are the same for every reader until something changes that readers see.

Not among them: the search and the API, made of what is asked; files and pictures, which have
lifetimes of their own; the sitemap of news, which forgets by the minute; former addresses.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from publication.pages.kept import KIND

Handler = Callable[[HttpRequest], HttpResponse]

KEPT = frozenset(
    {
        "front",
        "about",
        "feed",
        "archive",
        "year",
        "month",
        "day",
        "post",
        "path",
        "post_text",
        "post_citations",
        "map",
        "stories",
        "story",
        "story_feed",
        "story_claims_feed",
        "topics",
        "topic",
        "topic_feed",
        "authors",
        "author",
        "author_feed",
        "sources",
        "source",
        "source_feed",
        "outlet",
        "outlet_feed",
        "claims",
        "claims_feed",
        "claim",
        "claim_feed",
        "origin",
        "corrections",
        "manifest",
        "robots",
        "security",
        "sitemaps",
        "sitemap",
        "opensearch",
    }
)


def name_kind(get_response: Handler) -> Handler:
    """Tell the cache around the site what kind of page it was, where it may be kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        if match and match.namespaces == ["blog"] and match.url_name in KEPT:
            request.META[KIND] = match.url_name
        return response

    return middleware
