"""What the head of a post's page says to programs: its formats, its pictures, its facts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from blog.assumed import Assumptions
from blog.corrections import Notices
from blog.formats import schema
from blog.formats.addresses import CITATIONS, NAMES, TEXTS, citations_path, text_path
from blog.formats.telling import Telling
from blog.linked_data import script
from blog.models import Author, Post
from blog.models.addresses import path_of
from blog.reading import Reference
from blog.rendering import RenderedPost
from blog.social import path_of_post


@dataclass(frozen=True)
class Alternate:
    """The same, or what belongs to it, in another format."""

    type: str
    title: str
    path: str


@dataclass(frozen=True)
class Head:
    """Zotero's recipe, OpenGraph and the rest are in templates/blog/_post_head.html."""

    url: str
    picture: str
    modified_at: datetime
    cited_authors: list[str]
    alternates: list[Alternate]
    linked_data: SafeString


def head_of(
    post: Post,
    told: Telling,
    *,
    rendered: RenderedPost,
    notices: Notices,
    assumptions: Assumptions,
    earlier: list[Reference],
) -> Head:
    """Asks nothing that the page has not asked."""
    picture = told.site + path_of_post(post, told.publication)
    data = schema.opinion(
        post,
        told,
        card=picture,
        sources=rendered.sources,
        notices=notices,
        assumptions=assumptions,
        earlier=earlier,
    )
    return Head(
        url=told.post(post),
        picture=picture,
        modified_at=schema.modified(post, notices),
        cited_authors=[_cited(byline.author) for byline in post.bylines.all()],
        alternates=_alternates(post, has_sources=bool(rendered.sources)),
        linked_data=script(data) + script(_trail(post, told)),
    )


def _trail(post: Post, told: Telling) -> dict[str, Any]:
    """From the front page to the post: by its story, where it has one."""
    here = (post.headline, post.get_absolute_url())
    if not post.story:
        return schema.trail(told, here)
    stories = ("Stories", path_of("stories"))
    return schema.trail(told, stories, (post.story.name, post.story.get_absolute_url()), here)


def _cited(author: Author) -> str:
    """ "Family, Given", where both are known."""
    return f"{author.family}, {author.given}" if author.family and author.given else author.name


def _alternates(post: Post, *, has_sources: bool) -> list[Alternate]:
    titles = {"md": "This post as Markdown", "json": "This post as JSON"}
    texts = [
        Alternate(media_type, titles[kind], text_path(post, kind))
        for kind, media_type in TEXTS.items()
    ]
    sources = [
        Alternate(
            media_type, f"Its sources as {NAMES[kind]}", citations_path(post, "sources", kind)
        )
        for kind, media_type in CITATIONS.items()
    ]
    return texts + sources if has_sources else texts
