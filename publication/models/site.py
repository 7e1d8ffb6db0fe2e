"""The site itself: its name, its policies, its address and its time zone."""

from typing import Any, ClassVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless the name is one of the IANA time zones."""
    if name not in available_timezones():
        raise ValidationError(
            "“%(name)s” is not a time zone. Use a name such as Europe/Kyiv or America/New_York.",
            params={"name": name},
        )


def host_of(address: str) -> str:
    """The host (with its port, if any) of an address with or without a scheme, lower case."""
    parts = urlsplit(address if "//" in address else f"//{address}")
    return parts.netloc.rpartition("@")[2].lower()


class Publication(models.Model):
    """The one row that says what this site is. Read it with `Publication.current()`."""

    THE_ONLY_ID: ClassVar[int] = 1

    name = models.CharField(max_length=120, default="Passim")
    tagline = models.CharField(
        max_length=200, blank=True, default="Commentary that shows its working"
    )
    address = models.URLField(
        blank=True,
        help_text="The site's own address, such as https://example.org. Links to it count as "
        "references to your own posts.",
    )
    former_addresses = models.TextField(
        blank=True,
        help_text="Addresses under which these posts were published before, one per line. Links "
        "to them count as references to your own posts, too.",
    )
    language = models.CharField(
        max_length=35, default="en", help_text="Language tag, such as en, uk or pl."
    )
    time_zone = models.CharField(
        max_length=63,
        default="UTC",
        validators=[validate_time_zone],
        help_text="Readers and authors see every time in this zone, such as Europe/Kyiv.",
    )
    contact = models.EmailField(blank=True, help_text="Where readers report mistakes.")
    notice = models.CharField(
        max_length=200, blank=True, help_text="One line for the foot of each page."
    )
    about = models.TextField(blank=True, help_text="Markdown. Who writes here, and how.")
    policies = models.TextField(
        blank=True, help_text="Markdown. Corrections, unnamed sources, independence, funding."
    )

    class Meta:
        verbose_name = "publication"
        verbose_name_plural = "publication"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="publication_is_one_row")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.id = self.THE_ONLY_ID
        super().save(*args, **kwargs)

    @classmethod
    def current(cls) -> "Publication":
        """The site's row, or an unsaved one with the defaults on a site not yet set up."""
        return cls.objects.filter(pk=cls.THE_ONLY_ID).first() or cls(pk=cls.THE_ONLY_ID)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def zone_name(self) -> str:
        """The zone as readers are told it: "Kyiv" for Europe/Kyiv."""
        return self.time_zone.rpartition("/")[2].replace("_", " ")

    @property
    def own_hosts(self) -> frozenset[str]:
        """Hosts whose addresses are this site's own, today's and former ones, without "www."."""
        addresses = [self.address, *self.former_addresses.split()]
        return frozenset(host_of(a).removeprefix("www.") for a in addresses if a)
