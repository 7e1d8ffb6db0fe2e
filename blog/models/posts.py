"""Posts: dated pieces of commentary."""

import uuid
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from blog.markup import Document, fold, parse, slugify
from blog.models.addresses import OldAddress, Slug, path_of_day
from blog.models.aliases import carried_over
from blog.models.fields import validate_slug
from blog.models.filing import Author, Story, Topic
from blog.models.finding import forget_card, sync_card
from blog.models.indexing import index
from blog.models.pictures import Picture
from blog.models.reading import PostQuerySet
from blog.models.references import CrossReference
from blog.models.versions import Declared, is_reworded, keep
from publication.models import Publication


class State(StrEnum):
    """Where a post stands at a moment. It follows from its times alone."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Post(models.Model):
    uid = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="The post’s own for ever, through new addresses, export and import.",
    )
    headline = models.CharField(max_length=300)
    standfirst = models.TextField(blank=True, help_text="One or two sentences under the headline.")
    body = models.TextField(blank=True, help_text="Markdown with Passim's marks.")
    slug = models.CharField(
        max_length=200,
        blank=True,
        validators=[validate_slug],
        help_text="The last part of the address, and the name in [[…]]. Left empty, it is made "
        "from the headline. A former slug keeps leading here.",
    )
    language = models.CharField(max_length=35, blank=True, help_text="Empty: the publication's.")
    story = models.ForeignKey(
        Story, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="posts")
    authors = models.ManyToManyField(Author, through="Byline", related_name="posts")
    lead_picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    known_at = models.DateTimeField("facts as known at", null=True, blank=True)

    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    dated_on = models.DateField(
        null=True, editable=False, help_text="The day in the address, fixed at first publication."
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawal_notice = models.TextField(blank=True, help_text="What readers are told instead.")

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)
    paragraph_aliases = models.JSONField(
        default=dict,
        editable=False,
        help_text="Paragraph ids lost by editing → where they lead now.",
    )
    import_key = models.CharField(max_length=500, blank=True, editable=False)
    import_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = PostQuerySet.as_manager()

    declared: Declared | None = None
    """What the next save is to say of a change of a public text; that save takes it up."""

    class Meta:
        ordering: ClassVar = ["-published_at", "-pk"]
        permissions: ClassVar = [
            ("publish_post", "Can publish own posts"),
            ("edit_any_post", "Can change and publish every post"),
        ]
        indexes: ClassVar = [
            # All that readers ask of posts whose texts they do not read: their order, above all.
            models.Index(
                fields=["published_at", "withdrawn_at", "dated_on", "story"], name="post_public"
            ),
            # The posts of a day, the day before it that has any.
            models.Index(fields=["dated_on", "published_at", "withdrawn_at"], name="post_by_day"),
            # A post's place in its story. Where most posts are in none, SQLite's statistics would
            # say of an index with those, too, that a story is most of the archive.
            models.Index(
                fields=["story", "published_at", "withdrawn_at"],
                condition=models.Q(story__isnull=False),
                name="post_by_story",
            ),
            # The order of the list at the desk, and what it can be narrowed to.
            models.Index(fields=["edited_at"], name="post_by_saving"),
            models.Index(fields=["language"], name="post_by_language"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=False)
                | models.Q(withdrawn_at__isnull=True),
                name="only_published_posts_are_withdrawn",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(dated_on__isnull=False),
                name="published_posts_have_a_day",
            ),
            models.UniqueConstraint(
                fields=["import_key"],
                condition=~models.Q(import_key=""),
                name="post_import_key_is_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def save(self, *args: Any, document: Document | None = None, **kwargs: Any) -> None:
        """Write the row, and make its index rows equal to its text, in one transaction.

        Who has parsed the text already hands over the document.
        A text that was ever public is kept as a version before another takes its place.
        Raises IntegrityError when the slug belongs, or once belonged, to another post.
        """
        if document is None or document.text != self.body:
            document = parse(self.body)
        publication = Publication.current()
        with transaction.atomic():
            # "No key": who refers to this post goes on, and none of the two locks the other out.
            rows = Post.objects.select_for_update(no_key=True).filter(pk=self.pk)
            before = rows.first() if self.pk else None
            self._settle_slug()
            self._settle_day(before, publication)
            if before:
                self._keep_paragraphs(before, document)
                self._keep_address(before)
            super().save(*args, **kwargs)
            self._keep_version(before, document, kwargs.get("update_fields"))
            self._claim_slug()
            index(self.pk, document, hosts=publication.own_hosts)
            sync_card(self, document)

    def get_absolute_url(self) -> str:
        """The dated address. Raises ValueError for a post that has no day yet."""
        if self.dated_on is None:
            raise ValueError(f"“{self.headline}” was never given a day; a draft has no address.")
        return path_of_day(self.dated_on, self.slug)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            forget_card(self.pk)
            return super().delete(*args, **kwargs)

    def state(self, at: datetime | None = None) -> State:
        at = at or timezone.now()
        if self.published_at is None:
            return State.DRAFT
        if self.withdrawn_at is not None:
            return State.WITHDRAWN
        return State.PUBLISHED if self.published_at <= at else State.SCHEDULED

    @property
    def is_published(self) -> bool:
        return self.state() is State.PUBLISHED

    @property
    def was_ever_public(self) -> bool:
        """Published now or before: its address and its former versions are known outside."""
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def path(self) -> str:
        """The address as readable text, not percent-encoded."""
        return f"/{self.dated_on:%Y/%m/%d}/{self.slug}/" if self.dated_on else ""

    def clean(self) -> None:
        taken = Slug.objects.filter(folded=fold(self.slug)).exclude(post=self.pk).first()
        if self.slug and taken:
            raise ValidationError(
                {"slug": f"“{self.slug}” leads, or once led, to another post. Choose another."}
            )

    def _settle_slug(self) -> None:
        if not self.slug:
            self.slug = free_slug(slugify(self.headline) or "untitled", self.pk)

    def _settle_day(self, before: "Post | None", publication: Publication) -> None:
        """The day in the address follows the plan until the post has been public once."""
        if before and before.was_ever_public and before.dated_on:
            self.dated_on = before.dated_on
        elif self.published_at is None:
            self.dated_on = None
        elif not (self.dated_on and before is None):
            self.dated_on = self.published_at.astimezone(publication.zone).date()

    def _keep_paragraphs(self, before: "Post", document: Document) -> None:
        if before.was_ever_public and before.body != self.body:
            self.paragraph_aliases = carried_over(
                before.paragraph_aliases, parse(before.body).paragraphs, document.paragraphs
            )

    def _keep_version(
        self, before: "Post | None", document: Document, written: Collection[str] | None
    ) -> None:
        if before and before.was_ever_public:
            keep(before, self, document, is_changed=is_reworded(before, self, written))
        self.declared = None

    def _keep_address(self, before: "Post") -> None:
        if before.was_ever_public and before.slug != self.slug:
            OldAddress.objects.get_or_create(path=before.path, defaults={"post": before})

    def _claim_slug(self) -> None:
        """Reserve the slug for ever, and answer the marks that were waiting for it."""
        row, _ = Slug.objects.get_or_create(
            folded=fold(self.slug), post=self, defaults={"slug": self.slug}
        )
        if row.slug != self.slug:
            row.slug = self.slug
            row.save()
        waiting = [fold(self.slug), self.path] if self.path else [fold(self.slug)]
        CrossReference.objects.dangling().filter(written__in=waiting).exclude(post=self).update(
            target=self
        )


def free_slug(wished: str, post_id: int | None = None) -> str:
    """The slug wished for, or the first of wished-2, wished-3 … that no other post ever had."""
    wished = wished[:190]
    taken = set(
        Slug.objects.filter(folded__startswith=fold(wished))
        .exclude(post=post_id)
        .values_list("folded", flat=True)
    )
    number, slug = 1, wished
    while fold(slug) in taken:
        number += 1
        slug = f"{wished}-{number}"
    return slug


class BylineManager(models.Manager["Byline"]):
    def get_queryset(self) -> models.QuerySet["Byline"]:
        """A byline without its author says nothing: both come in one query."""
        return super().get_queryset().select_related("author")


class Byline(models.Model):
    """An author of a post, in order."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="bylines")
    position = models.PositiveSmallIntegerField(default=0)

    objects = BylineManager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "author"], name="one_byline_per_author")
        ]

    def __str__(self) -> str:
        return str(self.author)
