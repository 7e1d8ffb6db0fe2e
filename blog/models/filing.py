"""Who writes, and under what their posts are filed."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from blog.markup import slugify
from blog.models.addresses import path_of
from blog.models.fields import validate_slug
from sources.bibliography import href
from sources.validators import validate_web_address


class Named(models.Model):
    """Something with a name and an address of its own."""

    name = models.CharField(max_length=200)
    slug = models.CharField(
        max_length=200,
        unique=True,
        blank=True,
        validators=[validate_slug],
        help_text="The last part of the address. Left empty, it is made from the name.",
    )

    class Meta:
        abstract = True
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = self._free_slug(slugify(self.name) or "unnamed")
        super().save(*args, **kwargs)

    def _free_slug(self, wished: str) -> str:
        taken = set(
            type(self)
            ._default_manager.filter(slug__startswith=wished)
            .values_list("slug", flat=True)
        )
        number, slug = 1, wished
        while slug in taken:
            number += 1
            slug = f"{wished}-{number}"
        return slug


def validate_links(links: str) -> None:
    for link in filter(None, map(str.strip, links.splitlines())):
        validate_web_address(link)


class Author(Named):
    """A byline, with or without a login."""

    family = models.CharField(
        "family name", max_length=120, blank=True, help_text="As citations sort it."
    )
    given = models.CharField("given name", max_length=120, blank=True)
    bio = models.TextField(blank=True, help_text="Markdown.")
    links = models.TextField(
        "pages elsewhere",
        blank=True,
        validators=[validate_links],
        help_text="One address a line. Readers and other sites are told that the author owns them.",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text="The login that writes under this byline.",
    )

    class Meta(Named.Meta):
        pass

    def get_absolute_url(self) -> str:
        return path_of("author", self.slug)

    @property
    def elsewhere(self) -> list[str]:
        """The addresses of the pages elsewhere that a browser may be sent to."""
        return list(filter(None, (href(line.strip()) for line in self.links.splitlines())))


class Story(Named):
    """A running subject that posts belong to; developing until it is concluded."""

    summary = models.TextField(blank=True, help_text="One or two sentences. Markdown.")
    is_concluded = models.BooleanField(default=False)
    claims = models.ManyToManyField(
        "sources.Claim",
        blank=True,
        related_name="+",
        help_text="Beside those that its posts assume or speak of.",
    )

    class Meta(Named.Meta):
        verbose_name_plural = "stories"

    def get_absolute_url(self) -> str:
        return path_of("story", self.slug)


class Topic(Named):
    """A tag."""

    class Meta(Named.Meta):
        pass

    def get_absolute_url(self) -> str:
        return path_of("topic", self.slug)
