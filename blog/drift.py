"""Making the index of references anew, and telling where it differs from the text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from blog.markup import fold, parse
from blog.models import Post, Slug
from blog.models.indexing import found, index
from blog.models.references import IndexRow
from blog.models.resolving import own_hosts, resolve

A_BATCH = 200


@dataclass(frozen=True)
class Drift:
    """One way in which the index of a post differs from its text."""

    post: Post
    what: str

    def __str__(self) -> str:
        return f"{self.post.slug}: {self.what}"


def posts_with_text() -> Iterator[Post]:
    return Post.objects.order_by("pk").iterator(chunk_size=A_BATCH)


def rebuild(post: Post, hosts: frozenset[str]) -> None:
    """Throw the post's rows away and make them from the text alone."""
    document = parse(post.body)
    with transaction.atomic():
        post.crossreferences.all().delete()
        post.citations.all().delete()
        index(post.pk, document, hosts=hosts)


def drifts(post: Post, hosts: frozenset[str]) -> list[Drift]:
    """What `rebuild` would change. Reads only."""
    document = parse(post.body)
    references, citations = found(post.pk, document, resolve(document, hosts=hosts))
    differences = [
        *_differences(references, post.crossreferences.all()),
        *_differences(citations, post.citations.all()),
    ]
    if not Slug.objects.filter(folded=fold(post.slug), post=post).exists():
        differences.append(f"its slug “{post.slug}” is not reserved")
    return [Drift(post, what) for what in differences]


def all_drifts() -> Iterator[Drift]:
    hosts = own_hosts()
    for post in posts_with_text():
        yield from drifts(post, hosts)


def _differences(wanted: Iterable[IndexRow], stored: Iterable[IndexRow]) -> Iterator[str]:
    expected, present = set(map(_content, wanted)), set(map(_content, stored))
    for row in expected - present:
        yield f"line {dict(row)['line']}: “{dict(row)['written']}” is in the text, not in the index"
    for row in present - expected:
        yield f"“{dict(row)['written']}” is in the index, not so in the text"


def _content(row: IndexRow) -> tuple[tuple[str, object], ...]:
    fields = (f.attname for f in row._meta.concrete_fields if not f.primary_key)
    return tuple((name, getattr(row, name)) for name in fields)
