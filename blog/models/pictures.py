"""Pictures that authors uploaded. Only blog.pictures makes them, from checked bytes."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Picture(models.Model):
    file = models.ImageField(
        upload_to="pictures/%Y/%m/", width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(
        "alt text", max_length=500, blank=True, help_text="What the picture shows, in a sentence."
    )
    credit = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.alt or str(self.file.name)
