"""Claims: statements that may turn out true or false, and how they stand."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_unicode_slug
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from sources import ledger
from sources.models.finding import FoundBy, found_by
from sources.models.origins import fold_name, free_slug

LONGEST_SLUG = 200


class ClaimQuerySet(models.QuerySet["Claim"]):
    def by_slugs(self, slugs: Iterable[str]) -> dict[str, "Claim"]:
        """The claim of each folded slug that is, or once was, one's slug. Up to three queries."""
        wanted = {fold_name(slug) for slug in slugs}
        found: dict[str, Claim] = {one.slug: one for one in self.filter(slug__in=wanted)}
        if missing := wanted - found.keys():
            former = FormerClaimSlug.objects.filter(slug__in=missing)
            ids = dict(former.values_list("slug", "claim_id"))
            claims = self.in_bulk(ids.values()) if ids else {}
            found |= {slug: claims[pk] for slug, pk in ids.items() if pk in claims}
        return found

    def with_standing(self, at: datetime | None = None) -> "ClaimQuerySet":
        """Annotate `standing_now`, `contested_now` and `moved_at`: the last announced change."""
        moved = StandingChange.objects.filter(
            claim=models.OuterRef("pk"), at__lte=at or timezone.now()
        ).order_by("-at")
        return self.annotate(
            standing_now=models.Subquery(moved.values("standing")[:1]),
            contested_now=models.Subquery(moved.values("is_contested")[:1]),
            moved_at=models.Subquery(moved.values("at")[:1]),
        )


class Claim(models.Model):
    """A statement on which posts may rest. Its wording changes only with a trace."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    statement = models.CharField(
        max_length=500,
        help_text="One sentence that can turn out true or false: “North Korean soldiers are on "
        "Russia’s side of the war.”",
    )
    slug = models.CharField(
        max_length=LONGEST_SLUG,
        unique=True,
        blank=True,
        help_text="What texts write in [[claim::…]]. Made from the statement when empty; a former "
        "one keeps leading here.",
    )
    would_confirm = models.TextField(
        "what would confirm it", blank=True, help_text="For readers, in a sentence or two."
    )
    note = models.TextField(blank=True, help_text="For readers, beside the ledger. Plain text.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(auto_now=True)
    found_by = FoundBy()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        permissions: ClassVar = [("rule_claim", "Can rule on claims and tell origins apart")]

    def __str__(self) -> str:
        return self.statement

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the wording and the slug that another takes the place of."""
        self.statement = " ".join(self.statement.split())
        self.slug = fold_name(self.slug) or free_claim_slug(self.statement)
        self.found_by = self.words_to_find_it()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "found_by"}
        with transaction.atomic():
            before = Claim.objects.filter(pk=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            if before and before.statement != self.statement:
                FormerStatement.objects.create(claim=self, statement=before.statement)
            if before and before.slug != self.slug:
                FormerClaimSlug.objects.get_or_create(slug=before.slug, claim=self)
                FormerClaimSlug.objects.filter(slug=self.slug, claim=self).delete()

    def clean(self) -> None:
        self.slug = fold_name(self.slug)
        if not self.slug:
            return
        try:
            validate_unicode_slug(self.slug)
        except ValidationError:
            raise ValidationError(
                {"slug": f"“{self.slug}” cannot be a slug: use letters, digits, “-” and “_”."}
            ) from None
        former = FormerClaimSlug.objects.filter(slug=self.slug).exclude(claim=self.pk).first()
        if former:
            raise ValidationError(
                {"slug": f"“{self.slug}” was the slug of “{former.claim}”. Choose another."}
            )

    def words_to_find_it(self) -> str:
        return found_by([self.statement], [self.note, self.would_confirm])

    @property
    def standing_words(self) -> str:
        """How it stands, for claims of `with_standing`."""
        standing = getattr(self, "standing_now", None) or ledger.Standing.UNREPORTED
        return ledger.in_words(standing, is_contested=bool(getattr(self, "contested_now", False)))

    def lines(self) -> list[ledger.Line]:
        """Everything that was ever entered, struck lines included."""
        return [report.line() for report in self.reports.with_origins()]

    def decisions(self) -> list[ledger.Ruling]:
        return [ruling.counted() for ruling in self.rulings.all()]


def free_claim_slug(statement: str) -> str:
    """Of the first words of the statement; no claim has it or ever had it.

    Folded like every slug of a claim: lower case alone keeps the "ß" and the "ς" of a word.
    """
    words = fold_name(slugify(statement, allow_unicode=True))[:60]
    wished = words.rsplit("-", 1)[0] if len(words) == 60 and "-" in words else words
    slug = free_slug(Claim, wished or "claim")
    while FormerClaimSlug.objects.filter(slug=slug).exists():
        slug = free_slug(Claim, f"{slug}-2")
    return slug


class FormerClaimSlug(models.Model):
    """Texts may still name it, so it leads on for ever."""

    slug = models.CharField(max_length=LONGEST_SLUG, unique=True)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class FormerStatement(models.Model):
    """How a claim was worded until a moment."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="former_statements")
    statement = models.CharField(max_length=500)
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["replaced_at", "pk"]

    def __str__(self) -> str:
        return self.statement


class StandingChangeQuerySet(models.QuerySet["StandingChange"]):
    def announced(self, at: datetime | None = None) -> "StandingChangeQuerySet":
        return self.filter(at__lte=at or timezone.now())

    def newest_first(self) -> "StandingChangeQuerySet":
        return self.order_by("-at", "-pk")


class StandingChange(models.Model):
    """From a moment on a claim's standing was another: announced once, by its entry.

    An index of the ledger: made by `sources.recording`, never by hand.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(db_index=True)
    was = models.CharField(max_length=20)
    was_contested = models.BooleanField()
    standing = models.CharField(max_length=20)
    is_contested = models.BooleanField()
    because = models.TextField(blank=True)

    objects = StandingChangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "at"], name="one_change_at_a_moment")
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.was_words} → {self.words}"

    @property
    def words(self) -> str:
        return ledger.in_words(self.standing, is_contested=self.is_contested)

    @property
    def was_words(self) -> str:
        return ledger.in_words(self.was, is_contested=self.was_contested)
