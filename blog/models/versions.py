"""What a post said before, and what readers were told of the change.

Saving a post keeps the text that it replaces, whoever saves. Nothing here is ever
rewritten: a notice that was wrong is followed by another.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models.functions import RowNumber
from django.utils import timezone

from blog.markup import Document, parse
from blog.models.references import published

if TYPE_CHECKING:
    from blog.models.posts import Post

# What readers read as the text: a change of it makes a version.
WORDED = ("headline", "standfirst", "body")
KEPT = (*WORDED, "language", "slug", "known_at")


class Change(models.TextChoices):
    """What a change of a published text is. The labels are those that readers see."""

    CORRECTION = "correction", "Correction"
    CLARIFICATION = "clarification", "Clarification"
    UPDATE = "update", "Update"
    EDITORS_NOTE = "editors-note", "Editor’s note"
    RETRACTION = "retraction", "Retraction"
    COPY_EDIT = "copy-edit", "Copy edit"
    UNSTATED = "unstated", "Not stated"


NOTICES = tuple(kind for kind in Change if kind not in (Change.COPY_EDIT, Change.UNSTATED))
# Said above the text, too: who reads on must know.
GRAVE = (Change.CORRECTION, Change.RETRACTION)


@dataclass(frozen=True)
class Declared:
    """What whoever saves says that the change is; `was` and `text` are Markdown for readers."""

    change: Change = Change.UNSTATED
    by: User | None = None
    was: str = ""
    text: str = ""
    signed: str = ""


class Version(models.Model):
    """A text that readers could read, and what replaced it. The present text is the post's own."""

    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(help_text="From 1, the text as first published.")
    headline = models.CharField(max_length=300)
    standfirst = models.TextField(blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=35, blank=True)
    slug = models.CharField(max_length=200)
    known_at = models.DateTimeField("facts as known at", null=True, blank=True)
    replaced_at = models.DateTimeField(help_text="When the next text took its place.")
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    change = models.CharField(
        max_length=20,
        choices=Change,
        default=Change.UNSTATED,
        help_text="What the change was that replaced it.",
    )

    class Meta:
        ordering: ClassVar = ["post", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post", "number"], name="versions_are_numbered"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1), name="versions_count_from_one"
            ),
            models.CheckConstraint(
                condition=models.Q(change__in=Change.values), name="a_version_names_a_known_change"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline}, version {self.number}"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def public(self, at: datetime | None = None) -> Self:
        """Notices that readers may see: those of published posts.

        A post that is withdrawn takes its notices along; what its own address then says is the
        notice of the withdrawal.
        """
        at = at or timezone.now()
        return self.filter(published("post__", at), published_at__lte=at)

    def grave(self) -> Self:
        return self.filter(kind__in=GRAVE)

    def numbered(self) -> Self:
        """Annotate `ordinal`, the number among the notices of the same kind on the same post."""
        ordinal = models.Window(
            RowNumber(),
            partition_by=[models.F("post"), models.F("kind")],
            order_by=[models.F("published_at").asc(), models.F("pk").asc()],
        )
        return self.annotate(ordinal=ordinal)

    def chronological(self) -> Self:
        return self.order_by("published_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")


class Correction(models.Model):
    """A dated public notice on a post: what was wrong and is right, what is new, what is meant."""

    KINDS: ClassVar = [(kind.value, kind.label) for kind in NOTICES]

    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(max_length=20, choices=KINDS)
    was = models.TextField("what was wrong", blank=True, help_text="Markdown.")
    text = models.TextField("what readers are told", help_text="Markdown.")
    signed = models.CharField(max_length=200, blank=True, help_text="By whom, as readers see it.")
    paragraph = models.CharField(
        max_length=40, blank=True, help_text="The id of the paragraph that was changed, if one was."
    )
    published_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    version = models.OneToOneField(
        Version,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notice",
        help_text="The text that the change replaced; none where the text stayed as it was.",
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-published_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["post", "published_at"], name="correction_of_post"),
            models.Index(fields=["-published_at"], name="correction_newest"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=NOTICES), name="a_notice_is_of_a_known_kind"
            ),
            models.CheckConstraint(condition=~models.Q(text=""), name="a_notice_says_something"),
            models.CheckConstraint(
                condition=~models.Q(kind=Change.CORRECTION) | ~models.Q(was=""),
                name="a_correction_says_what_was_wrong",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on “{self.post}”"

    @property
    def is_grave(self) -> bool:
        return self.kind in GRAVE

    @property
    def anchor(self) -> str:
        """Its id on the post's page, for rows with `numbered()`. The same after an import."""
        return f"{self.kind}-{getattr(self, 'ordinal', 1)}"


def is_reworded(before: "Post", after: "Post", written: Collection[str] | None = None) -> bool:
    """Whether readers would read something else. A form's line ends and outer space do not count.

    `written`: the fields that a save was limited to.
    """
    names = [name for name in WORDED if written is None or name in written]
    return any(_read(getattr(before, name)) != _read(getattr(after, name)) for name in names)


def _read(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def keep(before: "Post", after: "Post", document: Document, *, is_changed: bool) -> None:
    """Keep the text that was public, and publish the notice that was declared.

    Call inside the transaction that saves `after`, with the row of `before` locked.
    """
    said = after.declared or Declared()
    version = _kept(before, said) if is_changed else None
    if said.change in NOTICES:
        Correction.objects.create(
            post=after,
            kind=said.change,
            was=said.was.strip(),
            text=said.text.strip(),
            signed=said.signed,
            paragraph=_paragraph(before, document) if version else "",
            published_at=version.replaced_at if version else timezone.now(),
            by=said.by,
            version=version,
        )


def _kept(before: "Post", said: Declared) -> Version:
    last = Version.objects.filter(post=before).aggregate(last=models.Max("number"))["last"] or 0
    return Version.objects.create(
        post=before,
        number=last + 1,
        replaced_at=timezone.now(),
        replaced_by=said.by,
        change=said.change,
        **{name: getattr(before, name) for name in KEPT},
    )


def _paragraph(before: "Post", document: Document) -> str:
    """The one paragraph that is new; "" where several are, or none."""
    known = {paragraph.id for paragraph in parse(before.body).paragraphs}
    new = [paragraph.id for paragraph in document.paragraphs if paragraph.id not in known]
    return new[0] if len(new) == 1 else ""
