"""From a post's text to what a reader sees.

The text and the index are stored, the HTML is not: targets are looked up in two
queries, however many marks there are, and what is rendered is cached under a
key made of everything it depends on. So a renamed source or post is right
everywhere at once.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from blog.markup import (
    CitationTarget,
    Document,
    LinkState,
    LinkTarget,
    ReferenceTarget,
    Rendered,
    Targets,
    parse,
    render,
)
from blog.models import Citation, CrossReference, Post, State
from blog.models.addresses import own_path
from blog.models.indexing import found
from blog.models.resolving import outside, own_hosts, resolve
from sources.bibliography import bibliography_html, citation_html, provenance_html
from sources.canonical import host_of
from sources.models import OutletHost, Source

# Raise it when the same text and targets come to render differently.
RENDERER = "1"
A_WEEK = 7 * 24 * 3600


@dataclass(frozen=True)
class RenderedNote:
    number: int
    id: str
    back_ids: tuple[str, ...]
    html: SafeString


@dataclass(frozen=True)
class ListedSource:
    """One line under "Sources": a source, and the notes that cite it (none for a plain link)."""

    source: Source
    html: SafeString
    notes: tuple[int, ...]


@dataclass(frozen=True)
class RenderedPost:
    html: SafeString
    notes: tuple[RenderedNote, ...]
    sources: tuple[ListedSource, ...]

    @property
    def has_references(self) -> bool:
        return 'class="x"' in self.html

    @property
    def has_outside_links(self) -> bool:
        return 'class="out"' in self.html


def render_post(
    post: Post, *, at: datetime | None = None, hosts: frozenset[str] | None = None
) -> RenderedPost:
    """The public rendering of a saved post, by its index rows. `hosts` spares a query."""
    references = list(post.crossreferences.select_related("target").defer("target__body"))
    citations = list(post.citations.select_related("source__outlet"))
    return _rendered(
        post, references, citations, at or timezone.now(), own_hosts() if hosts is None else hosts
    )


def preview_post(post: Post, *, at: datetime | None = None) -> RenderedPost:
    """The same rendering of a text that may not be saved yet, with what leads nowhere shown.

    Reads only: a page elsewhere is listed as the Source that saving would make of it.
    """
    hosts = own_hosts()
    document = parse(post.body)
    resolution = resolve(document, hosts=hosts)
    references, citations = found(post.pk or 0, document, resolution)
    links = {resolution.written(link): link for link in reversed(document.links)}
    new = [row for row in citations if row.is_link and row.source is None]
    outlets = OutletHost.objects.outlets_of({host_of(row.written) for row in new})
    for row in new:
        link = links[row.written]
        row.source = Source.of_link(link.url, link.words, outlets.get(host_of(row.written)))
    return _rendered(post, references, citations, at or timezone.now(), hosts, flag=True)


def render_text(text: str) -> SafeString:
    """Markdown of a biography, a summary or a policy: the same language, without an index."""
    document = parse(text)
    references, citations = found(0, document, resolve(document))
    targets = _targets(document, references, citations, timezone.now(), own_hosts())
    return _sanitised(render(document, targets).html)


def _rendered(
    post: Post,
    references: Sequence[CrossReference],
    citations: Sequence[Citation],
    at: datetime,
    hosts: frozenset[str],
    *,
    flag: bool = False,
) -> RenderedPost:
    key = _cache_key(post, references, citations, at, hosts, flag)
    rendered: Rendered | None = cache.get(key)
    if rendered is None:
        document = parse(post.body)
        rendered = render(
            document,
            _targets(document, references, citations, at, hosts),
            aliases=post.paragraph_aliases,
            lead_in=True,
            flag_unresolved=flag,
        )
        cache.set(key, rendered, A_WEEK)
    notes = tuple(
        RenderedNote(note.number, note.id, note.ref_ids, _sanitised(note.html))
        for note in rendered.notes
    )
    return RenderedPost(_sanitised(rendered.html), notes, _listed(citations, rendered))


def _sanitised(html: str) -> SafeString:
    """What `blog.markup.render` gives went through its sanitiser, last of all."""
    return mark_safe(html)  # noqa: S308


def _targets(
    document: Document,
    references: Iterable[CrossReference],
    citations: Iterable[Citation],
    at: datetime,
    hosts: frozenset[str],
) -> Targets:
    posts = {row.written: row.target for row in references if row.target}
    return Targets(
        references={written: _reference(post, at) for written, post in posts.items()},
        citations={
            row.written: _citation(row.source)
            for row in citations
            if row.source and not row.is_link
        },
        links={
            **{link.url: _link(link.url, posts, at, hosts) for link in document.links},
            **{
                image.url: own
                for image in document.images
                if (own := _own_picture(image.url, hosts))
            },
        },
    )


def _own_picture(url: str, hosts: frozenset[str]) -> LinkTarget | None:
    """A picture of our own under its whole address is shown from here, like any other of ours."""
    path = own_path(url, hosts)
    is_ours = path is not None and path.startswith(settings.MEDIA_URL)
    return LinkTarget(LinkState.OWN, path or "") if is_ours else None


def _reference(post: Post, at: datetime) -> ReferenceTarget:
    """A post that readers may not see has neither address nor title."""
    if post.state(at) is not State.PUBLISHED:
        return ReferenceTarget(url=None, title="")
    return ReferenceTarget(url=post.get_absolute_url(), title=post.headline)


def _citation(source: Source) -> CitationTarget:
    entry = source.entry()
    return CitationTarget(
        note_html=citation_html(entry),
        note_html_without_author=citation_html(entry, with_author=False),
        after_html=provenance_html(entry),
    )


def _link(url: str, posts: Mapping[str, Post], at: datetime, hosts: frozenset[str]) -> LinkTarget:
    path = own_path(url, hosts)
    if path is None:
        return LinkTarget(LinkState.OUTSIDE if outside(url) else LinkState.PLAIN, url)
    if path not in posts:
        return LinkTarget(LinkState.PLAIN, url)
    target = _reference(posts[path], at)
    if target.url is None:
        return LinkTarget(LinkState.DEAD, "")
    _, hash_, fragment = url.partition("#")
    return LinkTarget(LinkState.OWN, target.url + hash_ + fragment)


def _listed(citations: Iterable[Citation], rendered: Rendered) -> tuple[ListedSource, ...]:
    """Each source once, by name, with the numbers of its notes."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for note in rendered.notes:
        for key in note.keys:
            numbers[key].append(note.number)
    sources = {
        row.source.canonical_url or row.source.citekey: row.source
        for row in citations
        if row.source and not row.source.is_not_a_source
    }
    listed = [
        ListedSource(
            source,
            bibliography_html(source.entry()),
            tuple(dict.fromkeys(numbers[source.citekey])),
        )
        for source in sources.values()
    ]
    return tuple(sorted(listed, key=lambda one: one.source.entry().sort_key))


def _cache_key(
    post: Post,
    references: Iterable[CrossReference],
    citations: Iterable[Citation],
    at: datetime,
    hosts: frozenset[str],
    flag: bool,
) -> str:
    """A digest of everything the rendering depends on."""
    targets = sorted({(r.written, *_shown(r.target, at)) for r in references if r.target})
    sources = sorted({(c.written, repr(c.source.entry())) for c in citations if c.source})
    inputs = (
        RENDERER,
        post.body,
        sorted(post.paragraph_aliases.items()),
        targets,
        sources,
        sorted(hosts),
        flag,
    )
    return "post-" + hashlib.sha256(repr(inputs).encode()).hexdigest()


def _shown(post: Post, at: datetime) -> tuple[str, str]:
    target = _reference(post, at)
    return target.url or "", target.title
