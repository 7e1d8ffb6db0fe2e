"""Making the index of references and of words anew, and telling where it differs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from blog.markup import Document, fold, parse
from blog.models import Card, Occurrence, Post, Slug
from blog.models.finding import card_of, content_of, forget_card, standings, sync_card
from blog.models.indexing import found, index
from blog.models.references import IndexRow
from blog.models.resolving import own_hosts, resolve
from sources.models import Claim, Outlet, Source

A_BATCH = 200


Record = Source | Outlet | Claim
RECORDS: tuple[type[Source], type[Outlet], type[Claim]] = (Source, Outlet, Claim)


@dataclass(frozen=True)
class Drift:
    """One way in which the index differs from a post's text, or from what a record says."""

    of: Post | Record
    what: str

    def __str__(self) -> str:
        return f"{self.of.citekey if isinstance(self.of, Source) else self.of.slug}: {self.what}"


def posts_with_text() -> Iterator[Post]:
    return Post.objects.order_by("pk").iterator(chunk_size=A_BATCH)


def rebuild(post: Post, hosts: frozenset[str]) -> None:
    """Throw the post's rows away and make them from the text alone."""
    document = parse(post.body)
    with transaction.atomic():
        post.crossreferences.all().delete()
        post.citations.all().delete()
        post.claimmentions.all().delete()
        index(post.pk, document, hosts=hosts)
        forget_card(post.pk)
        Occurrence.objects.filter(post=post).delete()
        sync_card(post, document)


def drifts(post: Post, hosts: frozenset[str]) -> list[Drift]:
    """What `rebuild` would change. Reads only."""
    document = parse(post.body)
    references, citations, mentions = found(post.pk, document, resolve(document, hosts=hosts))
    differences = [
        *_differences(references, post.crossreferences.all()),
        *_differences(citations, post.citations.all()),
        *_differences(mentions, post.claimmentions.all()),
    ]
    if not Slug.objects.filter(folded=fold(post.slug), post=post).exists():
        differences.append(f"its slug “{post.slug}” is not reserved")
    if not is_on_its_card(post, document):
        differences.append("its card, by which it is found, differs from its text")
    return [Drift(post, what) for what in differences]


def is_on_its_card(post: Post, document: Document) -> bool:
    """Whether the post can be found by all that its text says, and by nothing else."""
    wanted, card = card_of(post, document), Card.objects.filter(pk=post.pk).first()
    rows = Occurrence.objects.filter(post=post)
    stored = {word: row for word, *row in rows.values_list("word__word", "count", "place", "forms")}
    return (
        card is not None
        and content_of(card) == content_of(wanted)
        and stored == {word: list(row) for word, row in standings(wanted).items()}
    )


def all_drifts() -> Iterator[Drift]:
    hosts = own_hosts()
    for post in posts_with_text():
        yield from drifts(post, hosts)
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
