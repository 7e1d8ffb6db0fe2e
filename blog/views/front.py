"""The front page and the page about the publication."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.filed import developing
from blog.formats import schema
from blog.formats.telling import telling
from blog.fragments import opening
from blog.linked_data import script
from blog.models import Post
from blog.rendering import render_post, render_text
from blog.small_pictures import with_small_pictures
from blog.views.addresses import moved
from blog.views.origin import publication_of
from blog.views.paging import paged_posts

POSTS_ON_A_PAGE = 20


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The newest post with its opening, then the others. "/?p=12" may be an old address."""
    if request.GET.keys() - {"page"} and (answer := moved(request)):
        return answer
    at = timezone.now()
    page = paged_posts(request, Post.objects.published(at).newest_first(), POSTS_ON_A_PAGE, at)
    posts = list(page.object_list)
    lead = posts.pop(0) if posts and page.number == 1 else None
    context = {
        "lead": lead,
        "lead_opening": _opening(request, lead) if lead else "",
        "posts": posts,
        "page_obj": page,
        "linked_data": script(schema.site(telling(request))),
        "stories": with_small_pictures(developing(at), at),
    }
    return render(request, "blog/front.html", context)


def _opening(request: HttpRequest, lead: Post) -> str:
    lead.refresh_from_db(fields=["body", "paragraph_aliases"])
    return opening(render_post(lead, publication=publication_of(request)).html)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    publication = publication_of(request)
    context = {
        "about_html": render_text(publication.about),
        "policies_html": render_text(publication.policies),
    }
    return render(request, "blog/about.html", context)
