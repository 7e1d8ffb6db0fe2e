"""What is typed at the desk and not saved yet: kept apart from the post, for its writer alone."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F

from blog.models.posts import Post


class UnsavedQuerySet(models.QuerySet["UnsavedText"]):
    def newest_first(self) -> "UnsavedQuerySet":
        return self.order_by("-typed_at", "-pk")

    def of_new_posts(self) -> "UnsavedQuerySet":
        return self.filter(post=None)


class UnsavedText(models.Model):
    """One sitting at the post screen. Nobody but its user may read it, whatever their role."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="unsaved_texts"
    )
    post = models.ForeignKey(
        Post,
        on_delete=models.SET_NULL,
        null=True,
        related_name="unsaved_texts",
        help_text="None: a new one, or one that was deleted while this was being typed.",
    )
    sitting = models.CharField(
        max_length=40, help_text="Made for each opening of the screen: two tabs are two sittings."
    )
    fields = models.JSONField(default=dict, help_text="Names of the form → lists of values.")
    opened = models.CharField(
        max_length=40, blank=True, help_text="The state of the row that the screen was opened with."
    )
    base = models.TextField(blank=True, help_text="What the form held when it was opened (JSON).")
    typed_at = models.DateTimeField(help_text="When the last of it was typed, by the browser.")
    saved_at = models.DateTimeField()

    objects = UnsavedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "sitting"], name="one_unsaved_text_per_sitting")
        ]
        indexes: ClassVar = [
            models.Index(F("user"), F("post"), F("typed_at").desc(), name="unsaved_text_by_user")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What it is called in lists: from its own words, never from the post's."""
        first = next((line for line in self.value("body").splitlines() if line.strip()), "")
        words = self.value("headline").strip() or first.strip()
        return words[:120] or "Nothing but choices"

    def value(self, name: str) -> str:
        values: list[Any] = self.fields.get(name) or [""]
        return str(values[0])
