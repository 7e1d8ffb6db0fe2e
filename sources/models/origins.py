"""Origins: whose word it is."""

import unicodedata
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from sources import ledger
from sources.models.outlets import Outlet


class OriginQuerySet(models.QuerySet["Origin"]):
    def with_body(self) -> "OriginQuerySet":
        return self.select_related("body", "told_to")

    def called(self, name: str, *, told_to: Outlet | None = None) -> "Origin | None":
        """The origin of that name, however it is capitalised, as told to that outlet."""
        return self.filter(folded=fold_name(name), told_to=told_to).first()

    def get_or_make(
        self, name: str, *, is_named: bool = True, body: str = "", told_to: Outlet | None = None
    ) -> "Origin":
        """The origin of that name; its body, too, is found by name or made."""
        name = " ".join(name.split())
        if known := self.called(name, told_to=told_to):
            return known
        speaks_for = self.get_or_make(body) if body.strip() else None
        origin = Origin(name=name, is_named=is_named, body=speaks_for, told_to=told_to)
        origin.save()
        return origin


class Origin(models.Model):
    """Whose word it is: named, or as the outlet described it, with the body it speaks for."""

    name = models.CharField(
        max_length=200,
        help_text="“White House”; or, where nobody is named, the outlet’s own words: “two unnamed "
        "US officials”.",
    )
    folded = models.CharField(max_length=200, editable=False, db_index=True)
    slug = models.SlugField(max_length=200, unique=True, allow_unicode=True, blank=True)
    is_named = models.BooleanField(
        "named", default=True, help_text="Off where the outlet only describes who spoke."
    )
    body = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="speaking_for_it",
        verbose_name="speaks for",
        help_text="Unnamed origins that speak for one body count once.",
    )
    told_to = models.ForeignKey(
        Outlet,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="as told to",
        help_text="The outlet that describes it so, where nobody is named.",
    )
    note = models.TextField(blank=True, help_text="For readers: who that is, in a sentence.")
    told_apart_because = models.TextField(
        "why it counts by itself",
        blank=True,
        help_text="Why it is not the same as others who speak for its body. Readers see it.",
    )
    told_apart_at = models.DateTimeField(null=True, blank=True, editable=False)
    told_apart_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OriginQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["folded"],
                condition=models.Q(told_to__isnull=True),
                name="origin_is_one_for_each_name",
            ),
            models.UniqueConstraint(
                fields=["folded", "told_to"], name="origin_is_one_for_each_name_and_outlet"
            ),
            models.CheckConstraint(
                condition=models.Q(told_apart_at__isnull=True) | ~models.Q(told_apart_because=""),
                name="origins_are_told_apart_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, as told to {self.told_to.name}" if self.told_to else self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = " ".join(self.name.split())
        self.folded = fold_name(self.name)
        if not self.slug:
            self.slug = free_slug(type(self), slugify(str(self), allow_unicode=True) or "origin")
        super().save(*args, **kwargs)

    def clean(self) -> None:
        twin = Origin.objects.called(self.name, told_to=self.told_to)
        if twin and twin.pk != self.pk:
            raise ValidationError({"name": f"“{twin}” is in the ledger already. Use that one."})
        if self.pk and self.body and self.pk in (self.body.pk, self.body.body_id):
            raise ValidationError({"body": "An origin does not speak for itself. Leave it empty."})

    def counted(self) -> ledger.Origin:
        """As the ledger counts it."""
        return ledger.Origin(
            key=self.pk,
            name=str(self),
            is_named=self.is_named,
            body=self.body_id,
            told_apart_at=self.told_apart_at,
        )


def fold_name(name: str) -> str:
    """How names and slugs are compared: canonical form, without case or spare space."""
    plain = unicodedata.normalize("NFD", " ".join(name.split())).casefold()
    return unicodedata.normalize("NFC", plain)[:200]


def free_slug(model: type[models.Model], wished: str) -> str:
    """The slug wished for, or the first of wished-2, wished-3 … that no row has."""
    wished = wished[:190]
    rows = model._default_manager.filter(slug__startswith=wished)
    taken = set(rows.values_list("slug", flat=True))
    number, slug = 1, wished
    while slug in taken:
        number += 1
        slug = f"{wished}-{number}"
    return slug
