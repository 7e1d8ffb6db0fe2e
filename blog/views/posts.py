"""A post's own page."""

from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.assumed import assumptions_of
from blog.corrections import notices_of
from blog.models import Post, State
from blog.previewed import previews_of, with_passages
from blog.reading import earlier, later, place_in_story
from blog.rendering import render_post
from blog.views.addresses import gone, moved, named
from blog.views.origin import publication_of


@require_safe
def post(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """The post, its notice, or the way to its present address."""
    found = named(slug)
    if found is None:
        if answer := moved(request):
            return answer
        raise Http404("There is no post at this address.")
    if (found.slug, found.dated_on) != (slug, _day(year, month, day)):
        return _elsewhere(request, found)
    if found.state() is State.WITHDRAWN:
        return gone(request, found)
    return render(request, "blog/post.html", _context(request, found, timezone.now()))


def _elsewhere(request: HttpRequest, found: Post) -> HttpResponse:
    """A former slug or a wrong date. An address once published decides before a slug does."""
    if answer := moved(request):
        return answer
    if found.state() is State.WITHDRAWN:
        return gone(request, found)
    return HttpResponsePermanentRedirect(found.get_absolute_url())


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _context(request: HttpRequest, found: Post, at: datetime) -> dict[str, object]:
    publication = publication_of(request)
    before, after = earlier(found, at), with_passages(later(found, at), found)
    return {
        "post": found,
        "bylines": found.bylines.all(),
        "rendered": render_post(found, at=at, publication=publication),
        "notices": notices_of(found, at, publication),
        "assumptions": assumptions_of(found, at, publication),
        "earlier": before,
        "later": after,
        "previews": previews_of(before),
        "neighbours": place_in_story(found, at),
    }
