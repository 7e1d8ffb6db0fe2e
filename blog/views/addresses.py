"""Every address that a post ever had leads to it, or says that it was withdrawn."""

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import resolve
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.markup import fold
from blog.models import Byline, OldAddress, Post, State
from blog.models.addresses import own_path
from blog.models.reading import PostQuerySet
from publication.compiled import compiled, prefetched


def moved(request: HttpRequest) -> HttpResponse | None:
    """The answer for a path under which a post was once published; None where there was none."""
    path = own_path(request.get_full_path(), frozenset())
    if path is None:
        return None
    found = OldAddress.objects.filter(
        path__in={path, path.partition("?")[0]}, post__in=Post.objects.addressed()
    )
    # With its query an address says more than without: "/?p=12" before "/".
    old = found.select_related("post").order_by("-path").first()
    return _here_or_gone(request, old.post) if old else None


def named(slug: str) -> Post | None:
    """The post that has or had this slug, if readers may know of it, with its bylines."""
    for post in _named(fold(slug), timezone.now()):
        prefetched(post, bylines=_bylines(post.pk))
        return post
    return None


@compiled
def _named(folded: str, at: datetime) -> PostQuerySet:
    return Post.objects.addressed(at).filter(slugs__folded=folded).select_related("story")


@compiled
def _bylines(post: int) -> QuerySet[Byline]:
    return Byline.objects.filter(post=post)


def at_its_address(
    request: HttpRequest,
    day: tuple[int, int, int],
    slug: str,
    *,
    address: Callable[[Post], str] = Post.get_absolute_url,
) -> Post | HttpResponse:
    """The post at a dated address, or the answer in its place: its notice, or the way to it.

    `address` is what is asked for of a post: its page, or one of its formats.
    Raises Http404.
    """
    found = named(slug)
    if found and (found.slug, found.dated_on) == (slug, _day(*day)):
        return gone(request, found) if found.state() is State.WITHDRAWN else found
    # A former slug or a wrong date. An address once published decides before a slug does.
    if answer := moved(request):
        return answer
    if found is None:
        raise Http404("There is no post at this address.")
    if found.state() is State.WITHDRAWN:
        return gone(request, found)
    return HttpResponsePermanentRedirect(address(found))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _here_or_gone(request: HttpRequest, post: Post) -> HttpResponse:
    if post.state() is State.WITHDRAWN:
        return gone(request, post)
    return HttpResponsePermanentRedirect(post.get_absolute_url())


def gone(request: HttpRequest, post: Post) -> HttpResponse:
    """The notice of a withdrawn post. Its headline and day stay known, its text does not."""
    notice = Post(
        headline=post.headline,
        language=post.language,
        dated_on=post.dated_on,
        withdrawn_at=post.withdrawn_at,
        withdrawal_notice=post.withdrawal_notice,
    )
    return render(request, "blog/withdrawn.html", {"post": notice}, status=410)


@require_safe
def old_address(request: HttpRequest, path: str) -> HttpResponse:
    """What no other pattern knows: an old address, or one that lacks its slash."""
    answer = moved(request)
    if answer:
        return answer
    if not path.endswith("/") and resolve(f"/{path}/").url_name != "old_address":
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    raise Http404("There is no page at this address.")
