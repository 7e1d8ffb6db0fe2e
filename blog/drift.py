"""Making the index of references and of words anew, and telling where it differs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from blog.markup import Document, fold, parse
from blog.models import Card, Citation, ClaimMention, CrossReference, Occurrence, Post, Slug
from blog.models.finding import card_of, content_of, remake_cards, standings
from blog.models.indexing import found, index_all
from blog.models.references import IndexRow
from blog.models.resolving import own_hosts, resolve_all
from sources.models import Claim, Outlet, Source

# Posts at a time: what a crash may undo, and what is held in memory.
A_BATCH = 100
INDEX: tuple[type[IndexRow], ...] = (CrossReference, Citation, ClaimMention)

Record = Source | Outlet | Claim
RECORDS: tuple[type[Source], type[Outlet], type[Claim]] = (Source, Outlet, Claim)


@dataclass(frozen=True)
class Drift:
    """One way in which the index differs from a post's text, or from what a record says."""

    of: Post | Record
    what: str

    def __str__(self) -> str:
        return f"{self.of.citekey if isinstance(self.of, Source) else self.of.slug}: {self.what}"


def batches(start: int = 0) -> Iterator[list[Post]]:
    """All posts from an id on, in lots. Between two lots nothing is kept open or in memory."""
    while batch := list(Post.objects.filter(pk__gte=start).order_by("pk")[:A_BATCH]):
        yield batch
        start = batch[-1].pk + 1


def rebuild(posts: Sequence[Post], hosts: frozenset[str]) -> None:
    """Make the rows of these posts from the texts alone; those that are right stay.

    How many posts have a word is left to `recount_words`, which comes once, at the end.
    """
    documents = {post: parse(post.body) for post in posts}
    with transaction.atomic():
        index_all({post.pk: document for post, document in documents.items()}, hosts=hosts)
        remake_cards(documents)


def drifts(posts: Sequence[Post], hosts: frozenset[str]) -> Iterator[Drift]:
    """What `rebuild` would change. Reads only."""
    documents = {post: parse(post.body) for post in posts}
    resolution = resolve_all(list(documents.values()), hosts=hosts)
    stored = [_stored(model, posts) for model in INDEX]
    slugs = set(Slug.objects.filter(post__in=posts).values_list("folded", "post"))
    carded = _carded(documents)
    for post, document in documents.items():
        rows: tuple[Sequence[IndexRow], ...] = found(post.pk, document, resolution)
        for wanted, present in zip(rows, stored, strict=True):
            for what in _differences(wanted, present[post.pk]):
                yield Drift(post, what)
        if (fold(post.slug), post.pk) not in slugs:
            yield Drift(post, f"its slug “{post.slug}” is not reserved")
        if post not in carded:
            yield Drift(post, "its card, by which it is found, differs from its text")


def _stored(model: type[IndexRow], posts: Sequence[Post]) -> Mapping[int, list[IndexRow]]:
    rows: dict[int, list[IndexRow]] = defaultdict(list)
    for row in model._default_manager.filter(post__in=posts):
        rows[row.post_id].append(row)
    return rows


def _carded(documents: Mapping[Post, Document]) -> set[Post]:
    """Those that can be found by all that their texts say, and by nothing else."""
    ids = [post.pk for post in documents]
    cards = Card.objects.in_bulk(ids)
    stored: dict[int, dict[str, tuple[object, ...]]] = defaultdict(dict)
    for post_id, word, *row in Occurrence.objects.filter(post__in=ids).values_list(
        "post", "word__word", "count", "place", "forms"
    ):
        stored[post_id][word] = tuple(row)
    wanted = {post: card_of(post, document) for post, document in documents.items()}
    return {
        post
        for post, card in wanted.items()
        if post.pk in cards
        and content_of(cards[post.pk]) == content_of(card)
        and stored[post.pk] == standings(card)
    }


def all_drifts() -> Iterator[Drift]:
    hosts = own_hosts()
    for posts in batches():
        yield from drifts(posts, hosts)
    for record in _found_wrongly():
        yield Drift(record, "the words by which it is found are not its own")


def rebuild_records() -> None:
    """Let sources, outlets and claims be found by what they say, and by nothing else."""
    for record in list(_found_wrongly()):
        rows = type(record)._default_manager.filter(pk=record.pk)
        rows.update(found_by=record.words_to_find_it())


def _found_wrongly() -> Iterator[Record]:
    for model in RECORDS:
        for record in model._default_manager.order_by("pk").iterator(chunk_size=A_BATCH):
            if record.found_by != record.words_to_find_it():
                yield record


def _differences(wanted: Iterable[IndexRow], stored: Iterable[IndexRow]) -> Iterator[str]:
    expected, present = set(map(_content, wanted)), set(map(_content, stored))
    for row in expected - present:
        yield f"line {dict(row)['line']}: “{dict(row)['written']}” is in the text, not in the index"
    for row in present - expected:
        yield f"“{dict(row)['written']}” is in the index, not so in the text"


def _content(row: IndexRow) -> tuple[tuple[str, object], ...]:
    fields = (f.attname for f in row._meta.concrete_fields if not f.primary_key)
    return tuple((name, getattr(row, name)) for name in fields)
