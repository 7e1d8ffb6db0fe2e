"""Feeds of changes of standing: all of them, of a story's claims, of one claim.

A change is announced once, at the moment when what caused it was recorded.
"""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from blog.feeds.formats import Entry, Feed, answer, here, whole
from blog.filed import with_posts
from blog.models import Story, public_claims
from sources.models import Claim, StandingChange
from sources.models.claims import ClaimQuerySet
from sources.models.origins import fold_name

CHANGES_IN_FEED = 50


@require_safe
def site(request: HttpRequest, kind: str) -> HttpResponse:
    return _feed(request, kind, public_claims(), "Claims that moved", reverse("blog:claims"))


@require_safe
def story(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    found = get_object_or_404(with_posts(Story, timezone.now()), slug=slug)
    title = f"Claims that moved in “{found}”"
    return _feed(request, kind, public_claims(story=found), title, found.get_absolute_url())


@require_safe
def claim(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """At its present address: who follows a claim goes on when its slug changes."""
    found = public_claims().by_slugs([slug]).get(fold_name(slug))
    if found is None:
        raise Http404("There is no claim at this address.")
    if found.slug != slug:
        return HttpResponsePermanentRedirect(reverse("blog:claim_feed", args=[found.slug, kind]))
    page = reverse("blog:claim", args=[found.slug])
    return _feed(request, kind, Claim.objects.filter(pk=found.pk), found.statement, page)


def _feed(
    request: HttpRequest, kind: str, claims: ClaimQuerySet, title: str, page: str
) -> HttpResponse:
    changes = (
        StandingChange.objects.filter(claim__in=claims)
        .announced()
        .newest_first()
        .select_related("claim")[:CHANGES_IN_FEED]
    )
    entries = [_entry(request, change) for change in changes]
    return answer(request, kind, Feed(whole(request, page), here(request), entries, title))


def _entry(request: HttpRequest, change: StandingChange) -> Entry:
    return Entry(
        id=uuid.uuid5(change.claim.uid, change.at.isoformat()).urn,
        url=whole(request, reverse("blog:claim", args=[change.claim.slug])),
        title=f"{capfirst(change.words)}: {change.claim.statement}",
        html=told(change),
        published=change.at,
        updated=change.at,
        summary=f"{capfirst(change.was_words)} until then.",
    )


def told(change: StandingChange) -> SafeString:
    return format_html(
        "<p>{}</p><p>Was {}, is {}: {}</p>",
        change.claim.statement,
        change.was_words,
        change.words,
        change.because,
    )
