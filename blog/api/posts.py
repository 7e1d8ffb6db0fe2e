"""Posts: all of them by what they are about, and one of them whole."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from blog.api.answers import Data, number, paged, query, reading
from blog.formats import posts as formats
from blog.formats.telling import Telling
from blog.models import Citation, CrossReference, Post, State, public_claims
from blog.models.reading import PostQuerySet
from blog.views.addresses import named
from blog.views.formats import json_answer, open_to_all

FILTERS = (
    "story", "topic", "author", "year", "language", "cites", "outlet", "refers_to", "rests_on",
)  # fmt: skip


@reading
def posts(request: HttpRequest, told: Telling) -> Data:
    asked = query(request, *FILTERS)
    found = _narrowed(Post.objects.published(told.at), asked, told).newest_first()
    rows = found.with_bylines().prefetch_related("topics").defer("body", "paragraph_aliases")
    return paged(request, told, rows, lambda some: (formats.short(post, told) for post in some))


@reading
def post(request: HttpRequest, told: Telling, slug: str) -> Data | HttpResponse:
    """By its slug, or one that it once had."""
    found = named(slug)
    if found is None:
        raise Http404
    if found.state(told.at) is State.WITHDRAWN:
        notice = {"error": "This post was withdrawn.", "notice": found.withdrawal_notice}
        return json_answer(notice, 410)
    if found.slug != slug:
        return open_to_all(HttpResponsePermanentRedirect(told.page("api_post", found.slug)))
    return formats.whole(found, told)


def _narrowed(posts: PostQuerySet, asked: Mapping[str, str], told: Telling) -> PostQuerySet:
    plain = {
        "story": "story__slug",
        "topic": "topics__slug",
        "author": "authors__slug",
    }
    for name, path in plain.items():
        if name in asked:
            posts = posts.filter(**{path: asked[name]})
    if language := asked.get("language"):
        # A post that names no language is in that of the publication.
        meant = {language, ""} if language == told.publication.language else {language}
        posts = posts.filter(language__in=meant)
    if year := number(asked, "year"):
        posts = posts.filter(dated_on__year=year)
    return _connected(posts, asked, told)


def _connected(posts: PostQuerySet, asked: Mapping[str, str], told: Telling) -> PostQuerySet:
    """By public rows alone: what a post hides from readers is no ground to find it on."""
    citations = Citation.objects.public(told.at).order_by()
    if key := asked.get("cites"):
        posts = posts.filter(pk__in=citations.filter(source__citekey=key).values("post"))
    if slug := asked.get("outlet"):
        posts = posts.filter(pk__in=citations.filter(source__outlet__slug=slug).values("post"))
    if slug := asked.get("refers_to"):
        references = CrossReference.objects.public(told.at).order_by().filter(target__slug=slug)
        posts = posts.filter(pk__in=references.values("post"))
    if slug := asked.get("rests_on"):
        claim = public_claims(told.at).filter(slug=slug).first()
        posts = posts.resting_on(claim) if claim else posts.none()
    return posts
