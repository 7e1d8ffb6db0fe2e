"""Pictures that authors uploaded, and what was made of them to be shown.

Only blog.pictures makes the one, from checked bytes, and only blog.renditions the other.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import ClassVar

from django.conf import settings
from django.db import models


@dataclass(frozen=True)
class PictureSource:
    """One format of a picture, as <source> names it."""

    type: str
    srcset: str


def names_in(text: str) -> set[str]:
    """The files of ours that a text shows or links to, by their names in the storage."""
    return set(re.findall(re.escape(settings.MEDIA_URL) + r"([\w./-]+\.\w+)", text))


class PictureQuerySet(models.QuerySet["Picture"]):
    def shown_in(self, texts: Iterable[str]) -> dict[str, "Picture"]:
        """The pictures whose addresses stand in these texts, by name, with their renditions.

        Two queries, however many; none where no text names a file of ours.
        """
        names = {name for text in texts for name in names_in(text)}
        if not names:
            return {}
        found = self.filter(file__in=names).prefetch_related("renditions")
        return {str(picture.file.name): picture for picture in found}


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

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.alt or str(self.file.name)

    @property
    def stem(self) -> str:
        """What its own name and those of its renditions begin with; no other file's does."""
        return str(PurePosixPath(str(self.file.name)).with_suffix(""))

    @property
    def sources(self) -> list[PictureSource]:
        """Its renditions by format, the format that is smallest first; empty before they exist."""
        return list(_sources(self.renditions.all()))


def _sources(renditions: Iterable["Rendition"]) -> Iterator[PictureSource]:
    by_format: dict[str, list[Rendition]] = defaultdict(list)
    for rendition in renditions:
        by_format[rendition.format].append(rendition)
    for format_ in Format:
        candidates = sorted(by_format[format_], key=lambda rendition: rendition.width)
        if candidates:
            srcset = ", ".join(f"{each.file.url} {each.width}w" for each in candidates)
            yield PictureSource(f"image/{format_}", srcset)


class Format(models.TextChoices):
    """The smallest first: a browser takes the first that it knows."""

    AVIF = "avif", "AVIF"
    WEBP = "webp", "WebP"


class Rendition(models.Model):
    """A picture in one width and one format. It can be made again at any time."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")
    format = models.CharField(max_length=4, choices=Format.choices)
    width = models.PositiveIntegerField()
    file = models.FileField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["picture", "format", "width"], name="one_rendition_of_a_width_and_format"
            )
        ]

    def __str__(self) -> str:
        return str(self.file.name)
