"""Under what names and addresses a post can be found, today and ever before.

Nothing here is deleted: a slug that a post once had stays reserved for it, so
that no mark and no address comes to mean something else later.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from django.db import models
from django.urls import reverse

from blog.markup import fold
from sources.canonical import canonical_url

DATED_PATH = re.compile(r"^/(\d{4})/(\d{2})/(\d{2})/([^/]+)/?$")


@lru_cache(maxsize=500)
def path_of(page: str, *names: str | int) -> str:
    """Of a page of ours. Kept, as a page writes the same address many times."""
    return reverse(f"blog:{page}", args=names)


def path_of_day(day: date, slug: str) -> str:
    """The dated address of a post."""
    return path_of("post", *day.isoformat().split("-"), slug)


def own_path(url: str, own_hosts: frozenset[str]) -> str | None:
    """The path that an address names on this site, or None for an address elsewhere.

    Percent-encoding is undone and the text brought to NFC, so that an address
    copied from a browser and one typed by hand meet. Never raises.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme and parts.scheme not in ("http", "https"):
        return None
    if parts.netloc and parts.netloc.lower().removeprefix("www.") not in own_hosts:
        return None
    if not parts.path.startswith("/"):
        return None
    return normalised_path(parts.path, parts.query)


def normalised_path(path: str, query: str = "") -> str:
    """How paths are kept and compared.

    What a query adds counts where it may choose the page ("/?p=12"), without what only tracks
    the reader; behind a dated path it never does.
    """
    plain = unicodedata.normalize("NFC", unquote(path))
    plain = re.sub(r"/index\.html?$", "/", plain)
    if not plain.endswith("/") and "." not in plain.rpartition("/")[2]:
        plain += "/"
    if query and not DATED_PATH.match(plain):
        query = urlsplit(canonical_url(f"https://own.example/?{query}")).query
        return f"{plain}?{query}" if query else plain
    return plain


class SlugQuerySet(models.QuerySet["Slug"]):
    def naming(self, slugs: Iterable[str]) -> "SlugQuerySet":
        """Rows for any of these slugs, in whatever case they were written."""
        return self.filter(folded__in={fold(slug) for slug in slugs})


class Slug(models.Model):
    """A slug that a post has or once had."""

    folded = models.CharField(max_length=200, unique=True)
    slug = models.CharField(max_length=200)
    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="slugs")

    objects = SlugQuerySet.as_manager()

    def __str__(self) -> str:
        return self.slug


class OldAddress(models.Model):
    """A path under which a post was once published, here or on the blog it came from."""

    path = models.CharField(max_length=500, unique=True)
    post = models.ForeignKey("blog.Post", on_delete=models.CASCADE, related_name="old_addresses")

    class Meta:
        verbose_name_plural = "old addresses"
        ordering: ClassVar = ["path"]

    def __str__(self) -> str:
        return self.path
