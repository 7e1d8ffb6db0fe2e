"""Names completed while they are typed: own posts, their paragraphs, sources, claims."""

import html
import re
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from blog.finding import (
    FoundClaim,
    FoundOrigin,
    FoundParagraph,
    FoundPost,
    FoundSource,
    find_claims,
    find_origins,
    find_paragraphs,
    find_posts,
    find_sources,
)
from blog.models import Post, Slug, State
from blog.roles import seen_by, signed_in

# In characters; what is longer names nothing.
LONGEST_QUERY = 200
MARKED = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)

Option = dict[str, Any]


def writer(request: HttpRequest) -> User:
    """Who writes posts; nobody else has anything to complete."""
    user = signed_in(request)
    if not user.has_perm("blog.change_post"):
        raise PermissionDenied("Writing posts is not among your permissions.")
    return user


@never_cache
@require_POST
def complete_posts(request: HttpRequest) -> JsonResponse:
    """For `[[`: the posts that the user may know of, but for `post`, which is being written."""
    user = writer(request)
    pk = request.POST.get("post", "")
    here = Post(pk=int(pk)) if pk.isdecimal() and len(pk) < 19 else None
    return _options(map(_of_post, find_posts(_query(request), user, besides=here)))


@never_cache
@require_POST
def complete_paragraphs(request: HttpRequest) -> JsonResponse:
    """For `[[slug#`: the paragraphs of the post that has, or once had, that slug."""
    user = writer(request)
    row = Slug.objects.naming([_query(request, "slug")]).select_related("post").first()
    if row is None or not seen_by(user).filter(pk=row.post_id).exists():
        return _options([])
    return _options(map(_of_paragraph, find_paragraphs(row.post, _query(request), user)))


@never_cache
@require_POST
def complete_sources(request: HttpRequest) -> JsonResponse:
    """For `[@`: sources by key, title, outlet, author."""
    user = writer(request)
    return _options(map(_of_source, find_sources(_query(request), user)))


@never_cache
@require_POST
def complete_claims(request: HttpRequest) -> JsonResponse:
    """For `[[claim::`: claims by words of their statement, or by slug."""
    user = writer(request)
    return _options(map(_of_claim, find_claims(_query(request), user)))


@never_cache
@require_POST
def complete_origins(request: HttpRequest) -> JsonResponse:
    """For a report: origins by name, or by the body they speak for."""
    user = writer(request)
    return _options(map(_of_origin, find_origins(_query(request), user)))


def _query(request: HttpRequest, name: str = "q") -> str:
    # PostgreSQL takes no NUL.
    return request.POST.get(name, "")[:LONGEST_QUERY].replace("\x00", "")


def _options(found: Iterable[Option]) -> JsonResponse:
    return JsonResponse({"options": list(found)})


def _of_post(found: FoundPost) -> Option:
    """`hidden` says why readers do not see the post: as yet it would show as plain words."""
    return {
        "value": found.slug,
        "title": _pieces(found.headline_html),
        "about": ", ".join(filter(None, (found.date_words, found.story))),
        "passage": _pieces(found.excerpt_html),
        "hidden": "" if found.state == State.PUBLISHED else found.state.capitalize(),
    }


def _of_paragraph(found: FoundParagraph) -> Option:
    return {"value": found.paragraph, "title": _pieces(found.excerpt_html)}


def _of_source(found: FoundSource) -> Option:
    about = ", ".join(filter(None, (found.authors, found.outlet, found.date_words)))
    return {
        "value": found.key,
        "title": _pieces(found.title_html),
        "about": f"@{found.key}" + (f". {about}" if about else ""),
    }


def _of_claim(found: FoundClaim) -> Option:
    return {
        "value": found.slug,
        "title": _pieces(found.statement_html),
        "about": found.standing,
    }


def _of_origin(found: FoundOrigin) -> Option:
    """`value` is its id: names as told to different outlets may look alike."""
    about = (
        "" if found.is_named else "not named",
        f"speaks for {found.body}" if found.body else "",
    )
    return {
        "value": str(found.pk),
        "title": _pieces(found.name_html),
        "about": ", ".join(filter(None, about)),
        "isNamed": found.is_named,
    }


def _pieces(marked: str) -> list[tuple[str, bool]]:
    """Text and marked text in turn, as words: the screen is sent no HTML."""
    pieces = enumerate(MARKED.split(marked))
    return [(html.unescape(words), place % 2 == 1) for place, words in pieces if words]
