"""How posts hang together: the map of all of them, and the way to one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.built_on import way_to
from blog.mapped import site_map
from blog.models import Post
from blog.pictured import kinds_between, picture
from blog.ranked import ranking, ranking_begun, with_weights
from blog.views.addresses import at_its_address
from blog.views.paging import paged

POSTS_OF_THE_TABLE = 50


@require_safe
def map_of_site(request: HttpRequest) -> HttpResponse:
    """The picture stands above the first page of its table."""
    at = timezone.now()
    ranked = ranking(at) if "page" in request.GET else ranking_begun(at)
    page = paged(request, ranked, POSTS_OF_THE_TABLE)
    drawn = site_map(ranked, at) if page.number == 1 else None
    context = {"map": drawn, "posts": with_weights(list(page.object_list), at), "page_obj": page}
    return render(request, "blog/map.html", context)


@require_safe
def path(request: HttpRequest, year: int, month: int, day: int, slug: str) -> HttpResponse:
    """What a post builds on; also where that is nothing, since a later edit may change it."""
    found = at_its_address(request, (year, month, day), slug, address=_path_to)
    if isinstance(found, HttpResponse):
        return found
    at = timezone.now()
    way = way_to(found, at)
    context = {"post": found, "way": way}
    if way.stops:
        posts = [*way.posts, found]
        context["picture"] = picture(
            posts, kinds_between(posts, at), me=found, listed_at=lambda n: f"#post-{n}"
        )
    return render(request, "blog/path.html", context)


def _path_to(post: Post) -> str:
    return reverse("blog:path", args=[*post.path.split("/")[1:4], post.slug])
