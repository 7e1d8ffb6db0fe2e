"""A post as plain data: in short as lists have it, and whole."""

from typing import Any

from blog.assumed import assumptions_of
from blog.corrections import Notice, notices_of
from blog.formats.addresses import CITATIONS, TEXTS, citations_path, text_path
from blog.formats.citations import sources_of_post
from blog.formats.claims import assumption
from blog.formats.references import citation_edge, reference_edge
from blog.formats.telling import Telling
from blog.fragments import absolute
from blog.models import Author, Citation, CrossReference, Post, Story, Topic
from blog.rendering import render_post
from sources.csl import to_csl

Data = dict[str, Any]


def named(row: Author | Story | Topic, told: Telling) -> Data:
    return {"slug": row.slug, "name": row.name, "url": told.site + row.get_absolute_url()}


def short(post: Post, told: Telling) -> Data:
    """Its bylines and topics are looked up already."""
    return {
        "id": post.uid.urn,
        "slug": post.slug,
        "url": told.post(post),
        "headline": post.headline,
        "standfirst": post.standfirst,
        "language": told.language(post),
        "published_at": told.moment(post.published_at),
        "known_at": told.moment(post.known_at),
        "authors": [named(byline.author, told) for byline in post.bylines.all()],
        "story": named(post.story, told) if post.story else None,
        "topics": [named(topic, told) for topic in post.topics.all()],
    }


def whole(post: Post, told: Telling) -> Data:
    """With its text, and with every thread that leads from it or to it."""
    notices = notices_of(post, told.at, told.publication).every
    rendered = render_post(post, at=told.at, publication=told.publication)
    url = told.post(post)
    return short(post, told) | {
        "updated_at": told.moment(notices[-1].row.published_at if notices else post.published_at),
        "html": absolute(rendered.html, url),
        "notes": [
            {"number": note.number, "html": absolute(note.html, url)} for note in rendered.notes
        ],
        "notices": [_notice(notice, told, url) for notice in notices],
        "assumptions": [
            assumption(one, told) for one in assumptions_of(post, told.at, told.publication).every
        ],
        "refers_to": _edges(post, told, inward=False),
        "referred_to_by": _edges(post, told, inward=True),
        "citations": _citations(post, told),
        "sources": [to_csl(source) for source in sources_of_post(post, told.at)],
        "formats": formats(post, told),
    }


def formats(post: Post, told: Telling) -> Data:
    """Where else the same is to be had."""
    texts = {kind: told.site + text_path(post, kind) for kind in TEXTS}
    sources = {kind: told.site + citations_path(post, "sources", kind) for kind in CITATIONS}
    cite = {kind: told.site + citations_path(post, "cite", kind) for kind in CITATIONS}
    return {"text": texts, "sources": sources, "cite": cite}


def _notice(notice: Notice, told: Telling, url: str) -> Data:
    return {
        "kind": notice.row.kind,
        "published_at": told.moment(notice.row.published_at),
        "was_html": absolute(notice.was_html, url),
        "text_html": absolute(notice.text_html, url),
        "signed": notice.row.signed,
        "paragraph": notice.row.paragraph,
        "url": f"{url}#{notice.row.anchor}",
    }


def _edges(post: Post, told: Telling, *, inward: bool) -> list[Data]:
    rows = CrossReference.objects.public(told.at).select_related("post", "target")
    if inward:
        rows = rows.filter(target=post).order_by("-post__published_at", "-post_id", "position")
    else:
        rows = rows.filter(post=post).order_by("position")
    return [reference_edge(row, told) for row in rows]


def _citations(post: Post, told: Telling) -> list[Data]:
    rows = Citation.objects.public(told.at).filter(post=post).order_by("position")
    return [citation_edge(row, told) for row in rows.select_related("post", "source")]
