"""Pictures of pages for elsewhere."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from blog.models import Post
from blog.social import (
    Words,
    path_of_post,
    path_of_site,
    picture,
    words_of_post,
    words_of_site,
)
from blog.views.formats import open_to_all
from blog.views.origin import publication_of

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def post(request: HttpRequest, uid: UUID, digest: str) -> HttpResponse:
    """One of a former headline leads to that of today."""
    publication = publication_of(request)
    found = get_object_or_404(Post.objects.published().with_bylines(), uid=uid)
    words = words_of_post(found, publication)
    return _answer(words, digest, path_of_post(found, publication))


@require_safe
def site(request: HttpRequest, digest: str) -> HttpResponse:
    publication = publication_of(request)
    return _answer(words_of_site(publication), digest, path_of_site(publication))


def _answer(words: Words, digest: str, path: str) -> HttpResponse:
    if words.digest != digest:
        return HttpResponseRedirect(path)
    response = HttpResponse(picture(words), content_type="image/png")
    response["Cache-Control"] = FOR_EVER
    return open_to_all(response)
