"""Feeds of posts in full: of the site, a story, a topic, an author; of all that cite a source."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from blog.cited import cited_outlets, cited_sources
from blog.corrections import Notice, notices_by_post
from blog.feeds.formats import Entry, Feed, answer, here, whole
from blog.filed import with_posts
from blog.fragments import absolute
from blog.models import Author, Post, Story, Topic
from blog.models.reading import PostQuerySet
from blog.newest import Newest, newest_of
from blog.rendering import RenderedPost, render_posts
from blog.views.origin import publication_of

POSTS_IN_FEED = 20


@require_safe
def site(request: HttpRequest, kind: str) -> HttpResponse:
    return _feed(request, kind, Post.objects.all(), "", reverse("blog:front"))


@require_safe
def story(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    found = get_object_or_404(with_posts(Story, timezone.now()), slug=slug)
    posts = Post.objects.filter(story=found)
    return _feed(request, kind, posts, found.name, found.get_absolute_url())


@require_safe
def topic(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    at = timezone.now()
    found = get_object_or_404(with_posts(Topic, at), slug=slug)
    return _feed(request, kind, newest_of(found, at), found.name, found.get_absolute_url())


@require_safe
def author(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    at = timezone.now()
    found = get_object_or_404(with_posts(Author, at), slug=slug)
    return _feed(request, kind, newest_of(found, at), found.name, found.get_absolute_url())


@require_safe
def source(request: HttpRequest, citekey: str, kind: str) -> HttpResponse:
    found = get_object_or_404(cited_sources(timezone.now()), citekey=citekey)
    page = reverse("blog:source", args=[citekey])
    return _feed(request, kind, Post.objects.citing(found), f"Citing “{found}”", page)


@require_safe
def outlet(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    found = get_object_or_404(cited_outlets(timezone.now()), slug=slug)
    page = reverse("blog:outlet", args=[slug])
    return _feed(request, kind, Post.objects.citing_outlet(found), f"Citing {found}", page)


def _feed(
    request: HttpRequest, kind: str, posts: PostQuerySet | Newest, title: str, page: str
) -> HttpResponse:
    publication, at = publication_of(request), timezone.now()
    # Found without their texts, which would be sorted with them.
    ids: Any = (
        posts[:POSTS_IN_FEED]
        if isinstance(posts, Newest)
        else posts.published(at).newest_first().values("pk")[:POSTS_IN_FEED]
    )
    wanted = Post.objects.filter(pk__in=ids).with_bylines().newest_first()
    newest = list(wanted.prefetch_related("topics"))
    every = render_posts(newest, at=at, publication=publication)
    notices = notices_by_post(newest, at, publication)
    entries = [
        _entry(post, rendered, notices[post.pk], whole(request, post.get_absolute_url()))
        for post, rendered in zip(newest, every, strict=True)
    ]
    feed = Feed(whole(request, page), here(request), entries, title)
    return answer(request, kind, feed)


def _entry(post: Post, rendered: RenderedPost, notices: Sequence[Notice], url: str) -> Entry:
    """A notice moves `updated` (RFC 4287: what is significant), a copy edit does not."""
    published = post.published_at or post.created_at
    return Entry(
        id=post.uid.urn,
        url=url,
        title=post.headline,
        html=absolute(content(rendered, notices), url),
        published=published,
        updated=notices[-1].row.published_at if notices else published,
        summary=post.standfirst,
        authors=[byline.author.name for byline in post.bylines.all()],
        tags=[topic.name for topic in post.topics.all()],
        language=post.language,
    )


def content(rendered: RenderedPost, notices: Sequence[Notice] = ()) -> SafeString:
    """The text, what was corrected in it, and its notes after it."""
    told = format_html_join("", "<hr><p><strong>{}, {}</strong></p>{}{}", map(_told, notices))
    notes = format_html_join(
        "", '<li id="{}">{}</li>', ((note.id, note.html) for note in rendered.notes)
    )
    return format_html("{}{}{}", rendered.html, told, notes and format_html("<ol>{}</ol>", notes))


def _told(notice: Notice) -> tuple[str, ...]:
    at = timezone.localtime(notice.row.published_at)
    return notice.label, date_format(at, "j F Y, H:i"), notice.was_html, notice.text_html
