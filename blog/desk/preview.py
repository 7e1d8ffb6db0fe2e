"""The post as a reader will see it, from a form that may not be saved yet. Writes nothing.

These pages, and no others, may stand in a frame of our own pages.
"""

import re
from collections.abc import Callable
from datetime import datetime

from csp.constants import SELF
from csp.decorators import csp_replace
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST

from blog.assumed import assumptions_of
from blog.assuming import read
from blog.corrections import notices_of
from blog.markup import is_slug, slugify
from blog.models import Author, Byline, Picture, Post, Story, Topic
from blog.placed import place_in_story
from blog.previewed import previews_of, with_passages
from blog.reading import earlier_by, later
from blog.rendering import preview_post, typed_rows
from blog.roles import seen_by, signed_in
from blog.views.origin import publication_of

# The longest text, in characters, that is rendered while it is being typed.
LONGEST = 400_000
BYLINE = re.compile(r"bylines-\d+-author")
TEXT_FIELDS = ("headline", "standfirst", "body", "language")
# Told by this from a log-in page or an error page, which must not pass for a preview.
MARK = "Passim-Preview"

View = Callable[..., HttpResponseBase]


def framed(view: View) -> View:
    """A page that our own pages may frame, and nobody keeps."""
    return never_cache(xframe_options_sameorigin(csp_replace({"frame-ancestors": [SELF]})(view)))


@framed
@require_POST
def preview_new(request: HttpRequest) -> HttpResponse:
    """A post that was never saved."""
    if not request.user.has_perm("blog.add_post"):
        raise PermissionDenied("Writing posts is not among your permissions.")
    return _shown(request, Post(), request.POST)


@framed
@require_http_methods(["GET", "HEAD", "POST"])
def preview_saved(request: HttpRequest, pk: int) -> HttpResponse:
    """A post as it is saved; for a POST as the form has it now."""
    post = Post.objects.editable_by(signed_in(request)).filter(pk=pk).first()
    if post is None:
        raise Http404("There is no such post among yours.")
    return _shown(request, post, request.POST if request.method == "POST" else None)


def _shown(request: HttpRequest, post: Post, typed: QueryDict | None) -> HttpResponse:
    if typed is not None and len(typed.get("body", "")) > LONGEST:
        return HttpResponse(
            f"The text is longer than {LONGEST:,} characters: too long to show as you type.",
            status=413,
            content_type="text/plain; charset=utf-8",
        )
    bylines = list(post.bylines.select_related("author")) if post.pk else []
    if typed is not None:
        bylines = _bylines(typed)
        _take(post, typed)
    typed_assumptions = None if typed is None else read(typed.get("assumes", "")).rows(post)
    _look_public(post)
    now = timezone.now()
    rows = typed_rows(post, seen=seen_by(signed_in(request)))
    before, after = earlier_by(rows.references, now), with_passages(later(post, now), post)
    context = {
        "post": post,
        "bylines": bylines,
        "rendered": preview_post(post, at=now, rows=rows),
        "earlier": before,
        "later": after,
        "previews": previews_of(before),
        "notices": notices_of(post, now, publication_of(request)),
        "assumptions": assumptions_of(
            post,
            now,
            publication_of(request),
            typed=typed_assumptions,
            mentions=rows.mentions,
        ),
        "neighbours": place_in_story(post, now),
    }
    response = render(request, "blog/post.html", context)
    response.headers[MARK] = "1"
    return response


def _take(post: Post, typed: QueryDict) -> None:
    """What the form says, as far as it makes sense; half-typed values are passed over."""
    for name in TEXT_FIELDS:
        setattr(post, name, typed.get(name, ""))
    slug = typed.get("slug", "").strip()
    post.slug = slug if is_slug(slug) else post.slug
    post.story = Story.objects.filter(pk__in=_ids(typed, "story")).first()
    post.lead_picture = Picture.objects.filter(pk__in=_ids(typed, "lead_picture")).first()
    post.known_at = _moment(typed.get("known_at", ""))
    topics = Topic.objects.filter(pk__in=_ids(typed, "topics"))
    # What a prefetch would have left here: the template asks the post for its topics.
    post._prefetched_objects_cache = {"topics": topics}  # type: ignore[attr-defined]


def _look_public(post: Post) -> None:
    """On this copy alone: a page needs an address, a day and an hour to be shown."""
    post.pk = post.pk or 0
    post.slug = post.slug or slugify(post.headline) or "untitled"
    post.published_at = post.published_at or timezone.now()
    post.dated_on = post.dated_on or timezone.localdate(post.published_at)


def _bylines(typed: QueryDict) -> list[Byline]:
    names = [name for name in typed if BYLINE.fullmatch(name)]
    kept = [name for name in names if not typed.get(name.replace("-author", "-DELETE"))]
    ids = [pk for name in kept for pk in _ids(typed, name)]
    authors = Author.objects.in_bulk(ids)
    return [Byline(author=authors[pk]) for pk in dict.fromkeys(ids) if pk in authors]


def _ids(typed: QueryDict, name: str) -> list[int]:
    return [int(value) for value in typed.getlist(name) if value.isdecimal() and len(value) < 19]


def _moment(written: str) -> datetime | None:
    try:
        moment = parse_datetime(written)
    except ValueError:
        return None
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment
