"""What the marks of a text lead to, as a reader of a certain moment may know it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from blog.markup import (
    CitationTarget,
    ClaimTarget,
    Document,
    ImageTarget,
    LinkState,
    LinkTarget,
    ReferenceTarget,
    Targets,
)
from blog.models import Citation, ClaimMention, CrossReference, Picture, Post, State
from blog.models.addresses import own_path, path_of
from blog.models.resolving import outside
from sources.bibliography import citation_html, provenance_html
from sources.ledger import Standing
from sources.models import Claim, Source

# How wide a picture in the text is shown: the column (--measure in static/css/pages.css).
IN_TEXT = "(min-width: 42rem) 39rem, 100vw"


@dataclass(frozen=True)
class Circumstances:
    """When, where and in which language a text is read; in a preview, what is amiss is shown."""

    at: datetime
    hosts: frozenset[str]
    language: str = ""
    is_preview: bool = False


@dataclass(frozen=True)
class Rows:
    """The index rows of one text, with their targets and sources at hand."""

    references: Sequence[CrossReference]
    citations: Sequence[Citation]
    mentions: Sequence[ClaimMention] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """By name in the storage, with their renditions."""

    @property
    def posts(self) -> dict[str, Post]:
        return {row.written: row.target for row in self.references if row.target}

    @property
    def claims(self) -> dict[str, Claim]:
        return {row.written: row.claim for row in self.mentions if row.claim}

    @property
    def sources(self) -> dict[str, Source]:
        return {row.written: row.source for row in self.citations if row.source}


def targets_of(document: Document, rows: Rows, now: Circumstances) -> Targets:
    posts = rows.posts
    links = {link.url: _link(link.url, posts, now) for link in document.links}
    pictures = {image.url: _own_picture(image.url, now) for image in document.images}
    return Targets(
        references={written: shown(post, now) for written, post in posts.items()},
        citations={written: _citation(one, now) for written, one in rows.sources.items()},
        claims={written: claimed(claim) for written, claim in rows.claims.items()},
        links=links | {url: target for url, target in pictures.items() if target},
        images={
            url: _image(picture)
            for url, target in pictures.items()
            if target and (picture := rows.pictures.get(_name(target)))
        },
    )


def shown(post: Post, now: Circumstances) -> ReferenceTarget:
    """A post that readers may not see has neither address nor title."""
    if post.state(now.at) is not State.PUBLISHED:
        return ReferenceTarget(url=None, title="")
    return ReferenceTarget(url=post.get_absolute_url(), title=post.headline)


def claimed(claim: Claim) -> ClaimTarget:
    """A claim of `with_standing`, as it stands at that moment."""
    return ClaimTarget(
        url=path_of("claim", claim.slug),
        statement=claim.statement,
        standing=getattr(claim, "standing_now", None) or Standing.UNREPORTED,
        is_contested=bool(getattr(claim, "contested_now", False)),
    )


def _citation(source: Source, now: Circumstances) -> CitationTarget:
    entry, language = source.entry(), now.language
    return CitationTarget(
        note_html=citation_html(entry, page_language=language),
        note_html_without_author=citation_html(entry, with_author=False, page_language=language),
        after_html=provenance_html(entry, page_language=language),
    )


def _link(url: str, posts: Mapping[str, Post], now: Circumstances) -> LinkTarget:
    path = own_path(url, now.hosts)
    if path is None:
        # By this name the line under "Sources" is found that tells of it.
        page = outside(url)
        state = LinkState.OUTSIDE if page else LinkState.PLAIN
        return LinkTarget(state, url, {"data-source": page} if page else {})
    if path not in posts:
        return LinkTarget(LinkState.PLAIN, url)
    target = shown(posts[path], now)
    if target.url is None:
        return LinkTarget(LinkState.DEAD, "")
    _, hash_, fragment = url.partition("#")
    return LinkTarget(LinkState.OWN, target.url + hash_ + fragment)


def _own_picture(url: str, now: Circumstances) -> LinkTarget | None:
    """A picture of our own under its whole address is shown from here, like any other of ours."""
    path = own_path(url, now.hosts)
    is_ours = path is not None and path.startswith(settings.MEDIA_URL)
    return LinkTarget(LinkState.OWN, path or "") if is_ours else None


def _name(target: LinkTarget) -> str:
    return target.url.removeprefix(settings.MEDIA_URL)


def _image(picture: Picture) -> ImageTarget:
    return ImageTarget(
        picture.width,
        picture.height,
        [
            {"type": source.type, "srcset": source.srcset, "sizes": IN_TEXT}
            for source in picture.sources
        ],
    )
