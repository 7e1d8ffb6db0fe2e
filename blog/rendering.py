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

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from blog.markup import Rendered, parse, render
from blog.models import Citation, ClaimMention, CrossReference, Picture, Post
from blog.models.claims import speaking
from blog.models.indexing import found
from blog.models.pictures import names_in
from blog.models.reading import PostQuerySet
from blog.models.resolving import resolve
from blog.targeting import Circumstances, Rows, claimed, shown, targets_of
from publication.compiled import compiled
from publication.models import Publication
from sources.bibliography import bibliography_html
from sources.canonical import host_of
from sources.models import Claim, OutletHost, Source

# Raise it when the same text and targets come to render differently.
RENDERER = "4"
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
class Kept:
    """What takes long to make of a text and what it leads to."""

    rendered: Rendered
    lines: Mapping[str, SafeString]
    """Under "Sources", by the names of the sources and in order."""


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
    post: Post,
    *,
    at: datetime | None = None,
    publication: Publication | None = None,
    rows: Rows | None = None,
) -> RenderedPost:
    """The public rendering of a saved post, by its index rows.

    `publication` and the `rows` of `stored_rows` spare queries.
    """
    if rows is None:
        return render_posts([post], at=at, publication=publication)[0]
    site, at = publication or Publication.current(), at or timezone.now()
    return _rendered(post, rows, _read(post, site, at))


def render_posts(
    posts: Sequence[Post], *, at: datetime | None = None, publication: Publication | None = None
) -> list[RenderedPost]:
    """Several posts in the queries of one."""
    site, at = publication or Publication.current(), at or timezone.now()
    every = stored_rows(posts, at)
    return [
        _rendered(post, rows, _read(post, site, at))
        for post, rows in zip(posts, every, strict=True)
    ]


def stored_rows(posts: Sequence[Post], at: datetime) -> list[Rows]:
    """The index rows of saved posts, with all that they lead to."""
    references, citations, mentions = defaultdict(list), defaultdict(list), defaultdict(list)
    ids = tuple(post.pk for post in posts)
    for row in _references(ids) if ids else []:
        references[row.post_id].append(row)
    for cited in _citations(ids) if ids else []:
        citations[cited.post_id].append(cited)
    for mention in _mentions(posts, at):
        mentions[mention.post_id].append(mention)
    pictures = Picture.objects.shown_in(post.body for post in posts)
    return [
        Rows(
            references[post.pk],
            citations[post.pk],
            mentions[post.pk],
            _of(pictures, post.body),
        )
        for post in posts
    ]


@compiled
def _references(posts: tuple[int, ...]) -> QuerySet[CrossReference]:
    return CrossReference.objects.filter(post__in=posts).with_targets()


@compiled
def _citations(posts: tuple[int, ...]) -> QuerySet[Citation]:
    return Citation.objects.filter(post__in=posts).with_sources()


def _mentions(posts: Iterable[Post], at: datetime) -> list[ClaimMention]:
    """With the claims, each with its standing. Nothing is asked where no text speaks of one."""
    ids = tuple(post.pk for post in speaking(posts))
    mentions = _claim_mentions(ids) if ids else []
    named = tuple({mention.claim_id for mention in mentions if mention.claim_id})
    claims = {claim.pk: claim for claim in _claims(named, at)} if named else {}
    for mention in mentions:
        mention.claim = claims[mention.claim_id] if mention.claim_id else None
    return mentions


@compiled
def _claim_mentions(posts: tuple[int, ...]) -> QuerySet[ClaimMention]:
    return ClaimMention.objects.filter(post__in=posts).order_by("post_id", "position")


@compiled
def _claims(claims: tuple[int, ...], at: datetime) -> QuerySet[Claim]:
    return Claim.objects.with_standing(at).filter(pk__in=claims)


def _of(pictures: Mapping[str, Picture], text: str) -> dict[str, Picture]:
    return {name: pictures[name] for name in names_in(text) if name in pictures}


def preview_post(
    post: Post, *, at: datetime | None = None, rows: Rows | None = None
) -> RenderedPost:
    """The same rendering of a text that may not be saved yet, with what leads nowhere shown.

    `rows` are those of `typed_rows`, where the caller has them already. Reads only.
    """
    rows = typed_rows(post) if rows is None else rows
    now = _read(post, Publication.current(), at or timezone.now(), is_preview=True)
    return _rendered(post, rows, now)


def typed_rows(post: Post, *, seen: PostQuerySet | None = None) -> Rows:
    """The index rows that saving would make of a text, unsaved. Reads only.

    A page elsewhere comes with the Source that saving would make of it. Posts that are neither
    public nor among `seen` lead nowhere, like names that no post has; without it all are known.
    """
    document = parse(post.body)
    resolution = resolve(document, hosts=Publication.current().own_hosts)
    if seen is not None:
        resolution = resolution.known_to(seen)
    references, citations, mentions = found(post.pk or 0, document, resolution)
    links = {resolution.written(link): link for link in reversed(document.links)}
    new = [row for row in citations if row.is_link and row.source is None]
    outlets = OutletHost.objects.outlets_of({host_of(row.written) for row in new})
    for row in new:
        link = links[row.written]
        row.source = Source.of_link(link.url, link.words, outlets.get(host_of(row.written)))
    return Rows(references, citations, mentions, Picture.objects.shown_in([post.body]))


def render_text(text: str) -> SafeString:
    """Markdown of a biography, a summary or a policy: the same language, without an index."""
    site = Publication.current()
    document = parse(text)
    now = Circumstances(timezone.now(), site.own_hosts, site.language)
    index = found(0, document, resolve(document, hosts=now.hosts).read_at(now.at))
    rows = Rows(*index, Picture.objects.shown_in([text]))
    return _sanitised(render(document, targets_of(document, rows, now)).html)


def _read(
    post: Post, site: Publication, at: datetime, *, is_preview: bool = False
) -> Circumstances:
    return Circumstances(at, site.own_hosts, post.language or site.language, is_preview)


def _rendered(post: Post, rows: Rows, now: Circumstances) -> RenderedPost:
    key = _cache_key(post, rows, now)
    kept: Kept | None = cache.get(key)
    if kept is None:
        kept = _made(post, rows, now)
        cache.set(key, kept, A_WEEK)
    notes = tuple(
        RenderedNote(note.number, note.id, note.ref_ids, _sanitised(note.html))
        for note in kept.rendered.notes
    )
    return RenderedPost(_sanitised(kept.rendered.html), notes, _listed(rows, kept))


def _made(post: Post, rows: Rows, now: Circumstances) -> Kept:
    document = parse(post.body)
    rendered = render(
        document,
        targets_of(document, rows, now),
        aliases=post.paragraph_aliases,
        lead_in=True,
        flag_unresolved=now.is_preview,
    )
    entries = {_name(source): source.entry() for source in rows.sources.values()}
    in_order = sorted(entries.items(), key=lambda named: named[1].sort_key)
    return Kept(
        rendered,
        {name: bibliography_html(entry, page_language=now.language) for name, entry in in_order},
    )


def _sanitised(html: str) -> SafeString:
    """What `blog.markup.render` gives went through its sanitiser, last of all."""
    return mark_safe(html)  # noqa: S308


def _listed(rows: Rows, kept: Kept) -> tuple[ListedSource, ...]:
    """Each source once, with the numbers of its notes."""
    names = {written: _name(source) for written, source in rows.sources.items()}
    sources = {_name(source): source for source in rows.sources.values()}
    numbers: dict[str, list[int]] = defaultdict(list)
    for note in kept.rendered.notes:
        for key in note.keys:
            numbers[names.get(key, "")].append(note.number)
    return tuple(
        ListedSource(sources[name], html, tuple(dict.fromkeys(numbers[name])))
        for name, html in kept.lines.items()
        if not sources[name].is_not_a_source
    )


def _name(source: Source) -> str:
    """One source may be cited by its key, by a former one, and linked by its address."""
    return source.canonical_url or source.citekey


def _cache_key(post: Post, rows: Rows, now: Circumstances) -> str:
    """A digest of everything the rendering depends on."""
    inputs = (
        RENDERER,
        post.body,
        sorted(post.paragraph_aliases.items()),
        [(written, shown(target, now)) for written, target in sorted(rows.posts.items())],
        [(written, claimed(claim)) for written, claim in sorted(rows.claims.items())],
        [(key, _name(source), source.entry()) for key, source in sorted(rows.sources.items())],
        [
            (name, picture.width, picture.height, picture.sources)
            for name, picture in sorted(rows.pictures.items())
        ],
        sorted(now.hosts),
        now.language,
        now.is_preview,
    )
    return "post-" + hashlib.sha256(repr(inputs).encode()).hexdigest()
