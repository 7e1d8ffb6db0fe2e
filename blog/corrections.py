"""Notices as readers see them: on their post, and all of them in a row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.safestring import SafeString

from blog.fragments import apart
from blog.markup import Document, parse, render
from blog.models import Change, Correction, Post
from blog.models.indexing import found
from blog.models.resolving import Resolution, resolve
from blog.models.versions import CorrectionQuerySet
from blog.targeting import Circumstances, Rows, targets_of
from publication.compiled import compiled
from publication.models import Publication

ABOVE = {Change.CORRECTION: "Corrected", Change.RETRACTION: "Retracted"}


@dataclass(frozen=True)
class Notice:
    """One notice, its texts rendered."""

    row: Correction
    was_html: SafeString
    text_html: SafeString

    @property
    def label(self) -> str:
        return self.row.get_kind_display()

    @property
    def above(self) -> str:
        """What the line above the text says of it: "Corrected"."""
        return ABOVE.get(Change(self.row.kind), "")

    @property
    def url(self) -> str:
        return f"{self.row.post.get_absolute_url()}#{self.row.anchor}"


@dataclass(frozen=True)
class Notices:
    """The notices of one post, oldest first."""

    every: Sequence[Notice]

    def __bool__(self) -> bool:
        return bool(self.every)

    @property
    def grave(self) -> list[Notice]:
        return [notice for notice in self.every if notice.row.is_grave]

    @property
    def corrected(self) -> Notice | None:
        return next(iter(self.grave[::-1]), None)

    @property
    def updated(self) -> Notice | None:
        """The last notice that is no correction."""
        others = (notice for notice in reversed(self.every) if not notice.row.is_grave)
        return next(others, None)


def notices_of(post: Post, at: datetime, publication: Publication) -> Notices:
    """One query where there is none; otherwise the same few however many there are."""
    return Notices(notices_by_post([post], at, publication)[post.pk])


def notices_by_post(
    posts: Sequence[Post], at: datetime, publication: Publication
) -> Mapping[int, list[Notice]]:
    """The notices of several posts in the queries of one, oldest first."""
    ids = tuple(post.pk for post in posts)
    found_by_post: dict[int, list[Notice]] = defaultdict(list)
    for notice in rendered(_corrections(ids, at) if ids else [], at, publication):
        found_by_post[notice.row.post_id].append(notice)
    return found_by_post


@compiled
def _corrections(posts: tuple[int, ...], at: datetime) -> CorrectionQuerySet:
    rows = Correction.objects.public(at).filter(post__in=posts).numbered().chronological()
    return rows.defer("by")


def all_notices(at: datetime) -> CorrectionQuerySet:
    """Of every post, newest first, each with what a link to its post needs."""
    notices = Correction.objects.public(at).numbered().newest_first().select_related("post")
    return notices.defer("post__body", "post__standfirst", "post__paragraph_aliases")


def rendered(rows: Iterable[Correction], at: datetime, publication: Publication) -> list[Notice]:
    """With the targets of all their marks looked up together."""
    rows = list(rows)
    documents = [(parse(row.was), parse(row.text)) for row in rows]
    every = [document for pair in documents for document in pair]
    if not every:
        return []
    marks = tuple(mark for document in every for mark in document.marks)
    meant = resolve(replace(every[0], marks=marks), hosts=publication.own_hosts).read_at(at)
    now = Circumstances(at, publication.own_hosts, publication.language)
    return [
        Notice(row, _html(was, meant, now), _html(text, meant, now))
        for row, (was, text) in zip(rows, documents, strict=True)
    ]


def _html(document: Document, meant: Resolution, now: Circumstances) -> SafeString:
    """A notice has no notes of its own, and its paragraphs no ids: it stands beside a text."""
    targets = targets_of(document, Rows(*found(0, document, meant)), now)
    return apart(render(document, targets).html)
