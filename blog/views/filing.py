"""Posts by what they are filed under: story, topic, author."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.chronicle import chronicle
from blog.cited import most_cited
from blog.filed import filed, with_posts
from blog.formats import schema
from blog.formats.telling import telling
from blog.linked_data import script
from blog.models import Author, Post, Story, Topic, public_claims
from blog.newest import newest_of
from blog.pictured import POSTS_OF_A_STORY, story_picture
from blog.reading import with_refers_to
from blog.rendering import render_text
from blog.views.paging import paged, paged_posts

POSTS_ON_A_PAGE = 20


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    found = filed(Story, timezone.now(), newest_first=True)
    context = {
        "developing": [story for story in found if not story.is_concluded],
        "concluded": [story for story in found if story.is_concluded],
    }
    return render(request, "blog/story_list.html", context)


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    found = get_object_or_404(with_posts(Story, at), slug=slug)
    posts = Post.objects.published(at).filter(story=found).listed().with_notices(at).chronological()
    page = paged(request, posts, POSTS_OF_A_STORY, at)
    shown = with_refers_to(page.object_list, at)
    claims = list(public_claims(at, story=found).with_standing(at).order_by("statement", "pk"))
    context = {
        "story": found,
        "summary_html": render_text(found.summary) if found.summary else "",
        "posts": shown,
        "page_obj": page,
        "claims": claims,
        "chronicle": chronicle(shown, claims, page, at),
        "picture": story_picture(found, page, claims, at) if page.number == 1 else None,
        "most_cited": most_cited(found, at),
    }
    return render(request, "blog/story.html", context)


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    return render(request, "blog/topic_list.html", {"topics": filed(Topic, timezone.now())})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    found = get_object_or_404(with_posts(Topic, at), slug=slug)
    page = paged_posts(request, newest_of(found, at), POSTS_ON_A_PAGE, at)
    context = {"topic": found, "posts": page.object_list, "page_obj": page}
    return render(request, "blog/topic.html", context)


@require_safe
def authors(request: HttpRequest) -> HttpResponse:
    return render(request, "blog/author_list.html", {"authors": filed(Author, timezone.now())})


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    found = get_object_or_404(with_posts(Author, at), slug=slug)
    page = paged_posts(request, newest_of(found, at), POSTS_ON_A_PAGE, at)
    context = {
        "author": found,
        "linked_data": script(schema.profile(found, telling(request))),
        "bio_html": render_text(found.bio) if found.bio else "",
        "posts": page.object_list,
        "page_obj": page,
    }
    return render(request, "blog/author.html", context)
