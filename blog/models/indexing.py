"""Keeping the index in step with the text: insert what is new, delete what is gone."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from blog.markup import Citation as CitationMark
from blog.markup import CitedItem, Document, Link, Mark, Reference, fold
from blog.markup import Claim as ClaimMark
from blog.models.claims import ClaimMention
from blog.models.references import Citation, CrossReference, IndexRow
from blog.models.resolving import Resolution, resolve_all
from sources.models import Source

Row = TypeVar("Row", CrossReference, Citation, ClaimMention)
Found = tuple[list[CrossReference], list[Citation], list[ClaimMention]]


def index(post_id: int, document: Document, *, hosts: frozenset[str]) -> None:
    """Make the rows of one post equal to what its text says. Call inside a transaction.

    An outside page that no Source stands for yet becomes one.
    """
    index_all({post_id: document}, hosts=hosts)


def index_all(documents: Mapping[int, Document], *, hosts: frozenset[str]) -> None:
    """The same for several posts, by their ids, in the queries of one."""
    every = list(documents.values())
    resolution = _with_sources_made(every, resolve_all(every, hosts=hosts))
    rows = [found(post_id, document, resolution) for post_id, document in documents.items()]
    _sync(CrossReference, list(documents), [row for references, _, _ in rows for row in references])
    _sync(Citation, list(documents), [row for _, citations, _ in rows for row in citations])
    _sync(ClaimMention, list(documents), [row for _, _, mentions in rows for row in mentions])


def found(post_id: int, document: Document, resolution: Resolution) -> Found:
    """The rows, unsaved, that a text calls for. A post does not refer to itself."""
    references: list[CrossReference] = []
    citations: list[Citation] = []
    mentions: list[ClaimMention] = []
    for position, mark in enumerate(document.marks):
        if isinstance(mark, Reference):
            references.append(_reference(post_id, position, mark, resolution))
        elif isinstance(mark, CitationMark):
            citations += [_cited(post_id, position, mark, item, resolution) for item in mark.items]
        elif isinstance(mark, ClaimMark):
            mentions.append(_mention(post_id, position, mark, resolution))
        else:
            _link(post_id, position, mark, resolution, references, citations)
    return [row for row in references if row.target_id != post_id], citations, mentions


def _reference(
    post_id: int, position: int, mark: Reference, resolution: Resolution
) -> CrossReference:
    return CrossReference(
        **_place(post_id, position, mark),
        written=fold(mark.slug),
        target=resolution.posts.get(fold(mark.slug)),
        kind=mark.kind.value,
        target_paragraph=mark.target_paragraph[:40],
        anchor=mark.words,
    )


def _mention(post_id: int, position: int, mark: ClaimMark, resolution: Resolution) -> ClaimMention:
    return ClaimMention(
        **_place(post_id, position, mark),
        written=fold(mark.slug),
        claim=resolution.claims.get(fold(mark.slug)),
        anchor=mark.words,
    )


def _cited(
    post_id: int, position: int, mark: CitationMark, item: CitedItem, resolution: Resolution
) -> Citation:
    return Citation(
        **_place(post_id, position, mark),
        written=item.key,
        source=resolution.sources.get(item.key),
        prefix=item.prefix,
        locator=item.locator[:200],
        label=item.label[:30],
        suffix=item.suffix,
        suppresses_author=item.suppress_author,
    )


def _link(
    post_id: int,
    position: int,
    mark: Link,
    resolution: Resolution,
    references: list[CrossReference],
    citations: list[Citation],
) -> None:
    written = resolution.written(mark)
    if written is None:
        return
    place = _place(post_id, position, mark) | {"written": written, "anchor": mark.words}
    if written.startswith("/"):
        _, _, fragment = mark.url.partition("#")
        references.append(
            CrossReference(
                **place,
                target=resolution.posts.get(written),
                is_pasted=True,
                target_paragraph=fragment[:40],
            )
        )
    else:
        citations.append(Citation(**place, source=resolution.sources.get(written), is_link=True))


def _place(post_id: int, position: int, mark: Mark) -> dict[str, Any]:
    return {
        "post_id": post_id,
        "position": position,
        "line": mark.line,
        "sentence": mark.sentence,
        "paragraph": mark.paragraph,
    }


def _with_sources_made(documents: Iterable[Document], resolution: Resolution) -> Resolution:
    missing: dict[str, str] = {}
    for document in documents:
        for url, words in _unknown(document, resolution).items():
            missing.setdefault(url, words)
    if not missing:
        return resolution
    made = Source.objects.get_or_make_for_urls(missing)
    by_url = {source.canonical_url: source for source in made.values()}
    return replace(resolution, sources={**resolution.sources, **by_url})


def _unknown(document: Document, resolution: Resolution) -> dict[str, str]:
    """The addresses of outside pages for which there is no Source, and the words linked."""
    return {
        link.url: link.words
        for link in document.links
        if (written := resolution.written(link))
        and not written.startswith("/")
        and written not in resolution.sources
    }


def _sync(model: type[Row], posts: Collection[int], wanted: Sequence[Row]) -> None:
    """Pair rows by what was written, in order; keep the ids of what stays."""
    fields = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
    kept: dict[tuple[int, str, bool], list[Row]] = defaultdict(list)
    stored = model._default_manager.filter(post_id__in=posts).order_by("post_id", "position", "id")
    for row in reversed(stored):
        kept[_identity(row)].append(row)
    new: list[Row] = []
    changed: list[Row] = []
    for row in wanted:
        twins = kept[_identity(row)]
        if not twins:
            new.append(row)
            continue
        row.pk = (old := twins.pop()).pk
        if any(getattr(old, name) != getattr(row, name) for name in fields):
            changed.append(row)
    gone = [row.pk for rows in kept.values() for row in rows]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    model._default_manager.bulk_create(new)
    if changed:
        model._default_manager.bulk_update(changed, list(_names(model)))


def _identity(row: IndexRow) -> tuple[int, str, bool]:
    return row.post_id, row.written, isinstance(row, Citation) and row.is_link


def _names(model: type[IndexRow]) -> Iterable[str]:
    return [f.name for f in model._meta.concrete_fields if not f.primary_key]
