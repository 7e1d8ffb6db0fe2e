"""The index of what posts refer to: rows made from the text, never by hand.

Each row keeps what was `written` even where it leads nowhere yet, so that a
post or source that appears later is found at once.
"""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from blog.markup import Kind
from sources.models import Source

PUBLISHED = "published_at__lte"
# Of a post, what no list shows: what is long, and what readers never see.
UNLISTED = (
    *("body", "paragraph_aliases", "withdrawal_notice"),
    *("created_by", "created_at", "edited_at", "import_key", "import_digest"),
)


def published(prefix: str, at: datetime | None = None) -> models.Q:
    """The condition "this post is published", seen through a relation: the one definition."""
    at = at or timezone.now()
    return models.Q(**{f"{prefix}published_at__lte": at, f"{prefix}withdrawn_at__isnull": True})


class IndexRow(models.Model):
    """One mark of a post's text."""

    # Its index is that of each kind of row, which begins with it and tells what the row leads to:
    # lists count that for each post, and need not read the rows.
    post = models.ForeignKey(
        "blog.Post", on_delete=models.CASCADE, related_name="%(class)ss", db_index=False
    )
    written = models.CharField(max_length=2000)
    position = models.PositiveIntegerField(help_text="Order among the marks of the text, from 0.")
    line = models.PositiveIntegerField(default=0)
    anchor = models.TextField(blank=True)
    sentence = models.TextField(blank=True)
    paragraph = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["post", "position"]

    def __str__(self) -> str:
        return f"{self.written} in {self.post_id}"


class CrossReferenceQuerySet(models.QuerySet["CrossReference"]):
    def public(self, at: datetime | None = None) -> Self:
        """Rows of which both ends are published."""
        return self.filter(published("post__", at) & published("target__", at))

    def backwards(self) -> Self:
        """Rows that lead to an earlier post; `chronological` decides ties, so there is no cycle."""
        earlier, later = "target__published_at", models.F("post__published_at")
        return self.filter(
            models.Q(**{f"{earlier}__lt": later})
            | models.Q(**{earlier: later, "target__lt": models.F("post")})
        )

    def dangling(self) -> Self:
        return self.filter(target__isnull=True)

    def with_targets(self) -> Self:
        """With the posts referred to, as pages tell of them, in the order of the text."""
        unlisted = [f"target__{name}" for name in UNLISTED]
        return self.select_related("target").defer(*unlisted).order_by("post_id", "position")


class CrossReference(IndexRow):
    """A post refers to an earlier or later post of the same site."""

    KINDS: ClassVar = [(kind.value, kind.value.replace("-", " ")) for kind in Kind]

    target = models.ForeignKey(
        "blog.Post", on_delete=models.PROTECT, null=True, related_name="references_here"
    )
    kind = models.CharField(max_length=20, choices=KINDS, default=Kind.BACKGROUND.value)
    target_paragraph = models.CharField(max_length=40, blank=True)
    is_pasted = models.BooleanField(
        default=False, help_text="Written as an address, not as a mark."
    )

    objects = CrossReferenceQuerySet.as_manager()

    class Meta(IndexRow.Meta):
        indexes: ClassVar = [
            models.Index(fields=["post", "target"], name="crossreference_by_post"),
            models.Index(fields=["written"], name="crossreference_written"),
        ]


class CitationQuerySet(models.QuerySet["Citation"]):
    def public(self, at: datetime | None = None) -> Self:
        """Rows of published posts whose page counts as a source."""
        return self.filter(
            published("post__", at), source__isnull=False, source__is_not_a_source=False
        )

    def dangling(self) -> Self:
        return self.filter(source__isnull=True)

    def with_sources(self) -> Self:
        """With the sources as pages tell of them, and of the marks only what they name."""
        of_mark = "line anchor sentence paragraph prefix locator label suffix suppresses_author"
        of_source = "isbn abstract accessed_on other_csl found_by created_at edited_at"
        unseen = [f"source__{name}" for name in of_source.split()]
        outlets = [f"source__outlet__{name}" for name in ("country", "note", "found_by")]
        rows = self.select_related("source__outlet").defer(*of_mark.split(), *unseen, *outlets)
        return rows.order_by("post_id", "position")

    def adopt(self, source: Source) -> int:
        """Answer the marks that were waiting for a source of this key; how many there were."""
        return self.dangling().filter(written=source.citekey, is_link=False).update(source=source)


class Citation(IndexRow):
    """A post cites a source: in brackets, with a note, or by a plain link."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    is_link = models.BooleanField(default=False, help_text="A plain link, without a note.")
    prefix = models.TextField(blank=True)
    locator = models.CharField(max_length=200, blank=True)
    label = models.CharField(max_length=30, blank=True)
    suffix = models.TextField(blank=True)
    suppresses_author = models.BooleanField(default=False)

    objects = CitationQuerySet.as_manager()

    class Meta(IndexRow.Meta):
        indexes: ClassVar = [
            models.Index(fields=["post", "source"], name="citation_by_post"),
            models.Index(fields=["written"], name="citation_written"),
        ]
