"""Which pages are the same for every reader until something changes that readers see.

Not among them: the search and the API, made of what is asked; files and pictures, which have
lifetimes of their own; the sitemap of news, which forgets by the minute; former addresses.
"""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from publication.pages.kept import KIND

Handler = Callable[[HttpRequest], HttpResponse]
# Where a page lacks something because the database did not answer for a moment.
LACKING = "passim.lacking"

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

PAGE = frozenset({"page"})
# What each reads of a query. With anything else it is the same page once more, and not kept.
READS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("front", "year", "month", "day", "map", "corrections"), PAGE),
    **dict.fromkeys(("story", "topic", "author", "source", "outlet", "origin"), PAGE),
    "sources": PAGE | {"sort"},
    "claims": PAGE | {"by"},
    "claim": PAGE | {"on"},
}


def name_kind(get_response: Handler) -> Handler:
    """Tell the cache around the site what kind of page it was, where it may be kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        if match and match.namespaces == ["blog"] and _is_kept(match.url_name or "", request):
            request.META[KIND] = match.url_name
        return response

    return middleware


def _is_kept(name: str, request: HttpRequest) -> bool:
    is_whole = LACKING not in request.META
    return is_whole and name in KEPT and request.GET.keys() <= READS.get(name, frozenset())
