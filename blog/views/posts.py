"""A post's own page."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from blog.assumed import assumptions_of
from blog.built_on import has_way
from blog.corrections import notices_of
from blog.formats.head import head_of
from blog.formats.telling import Telling, telling
from blog.models import Post, Topic
from blog.placed import place_in_story, place_picture
from blog.previewed import previews_of, with_passages
from blog.reading import earlier_by, later
from blog.rendering import render_post, stored_rows
from blog.views.addresses import at_its_address
from blog.views.formats import HTML, told_in, wanted
from publication.compiled import compiled, prefetched


@require_safe
def post(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """The post, its notice, or the way to its present address; in the format that is asked for."""
    found = at_its_address(request, (year, month, day), slug)
    if isinstance(found, HttpResponse):
        return found
    told, media_type = telling(request), wanted(request)
    if media_type == HTML:
        response = render(request, "blog/post.html", _context(found, told))
    else:
        response = told_in(found, media_type, told)
    patch_vary_headers(response, ["Accept"])
    return response


def _context(found: Post, told: Telling) -> dict[str, object]:
    at, publication = told.at, told.publication
    prefetched(found, topics=_topics(found.pk))
    [rows] = stored_rows([found], at)
    before, after = earlier_by(rows.references, at), with_passages(later(found, at), found)
    rendered = render_post(found, at=at, publication=publication, rows=rows)
    notices = notices_of(found, at, publication)
    assumptions = assumptions_of(found, at, publication, mentions=rows.mentions)
    place = place_in_story(found, at)
    return {
        "post": found,
        "bylines": found.bylines.all(),
        "rendered": rendered,
        "notices": notices,
        "assumptions": assumptions,
        "earlier": before,
        "later": after,
        "previews": previews_of(before),
        "neighbours": place,
        "near": place_picture(found, place, at),
        "has_way": has_way(found, before),
        "head": head_of(
            found,
            told,
            rendered=rendered,
            notices=notices,
            assumptions=assumptions,
            earlier=before,
        ),
    }


@compiled
def _topics(post: int) -> QuerySet[Topic]:
    return Topic.objects.filter(posts=post)
