"""The Atom feed (RFC 4287): the newest posts in full."""

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from blog.corrections import Notice, notices_by_post
from blog.fragments import absolute
from blog.models import Post
from blog.rendering import RenderedPost, render_posts
from blog.views.origin import origin, publication_of

POSTS_IN_FEED = 20
# What XML 1.0 cannot hold, not even escaped.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class PostFeed(Atom1Feed):
    """Django's Atom with what it leaves out: full text, every author, each entry's language."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if item["standfirst"]:
            handler.addQuickElement("summary", item["standfirst"], {"type": "text"})
        handler.addQuickElement("content", item["content"], {"type": "html"})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    publication, at = publication_of(request), timezone.now()
    site = origin(request)
    made = PostFeed(
        title=plain(publication.name),
        subtitle=plain(publication.tagline) or None,
        link=site + reverse("blog:front"),
        feed_url=site + reverse("blog:feed"),
        feed_guid=site + reverse("blog:feed"),
        description="",
        language=publication.language or None,
        author_name=plain(publication.name),
    )
    posts = Post.objects.published(at).with_bylines().newest_first()
    newest = list(posts.prefetch_related("topics")[:POSTS_IN_FEED])
    every = render_posts(newest, at=at, publication=publication)
    notices = notices_by_post(newest, at, publication)
    for post, rendered in zip(newest, every, strict=True):
        url = site + post.get_absolute_url()
        made.add_item(**_entry(post, rendered, notices[post.pk], url))
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _entry(
    post: Post, rendered: RenderedPost, notices: Sequence[Notice], url: str
) -> dict[str, Any]:
    """A notice moves `updated` (RFC 4287: what is significant), a copy edit does not."""
    return {
        "title": plain(post.headline),
        "link": url,
        "description": None,
        "unique_id": post.uid.urn,
        "pubdate": post.published_at,
        "updateddate": notices[-1].row.published_at if notices else post.published_at,
        "categories": [plain(topic.name) for topic in post.topics.all()],
        "authors": [plain(byline.author.name) for byline in post.bylines.all()],
        "standfirst": plain(post.standfirst),
        "content": plain(absolute(content(rendered, notices), url)),
        "language": post.language,
    }


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


def plain(text: str) -> str:
    return NOT_XML.sub("", text)
