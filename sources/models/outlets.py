"""Outlets: who publishes, and by which hosts they are recognised."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from sources.canonical import host_and_parents, host_of
from sources.models.finding import FoundBy, found_by
from sources.vocabulary import OutletKind


class OutletQuerySet(models.QuerySet["Outlet"]):
    def make_for_hosts(self, hosts: Iterable[str]) -> dict[str, "Outlet"]:
        """The outlet of each host, made under the host's name where there is none.

        Safe beside others who make the same ones. Five queries at the most.
        """
        wanted = {host for host in hosts if host}
        known = OutletHost.objects.outlets_of(wanted)
        missing = {host: slug_of_host(host) for host in sorted(wanted - known.keys())}
        if not missing:
            return known
        new = [Outlet(name=shown_host(host), slug=slug) for host, slug in missing.items()]
        for outlet in new:
            outlet.found_by = outlet.words_to_find_it()
        Outlet.objects.bulk_create(new, ignore_conflicts=True)
        made = {outlet.slug: outlet for outlet in self.filter(slug__in=missing.values())}
        OutletHost.objects.bulk_create(
            [OutletHost(host=host, outlet=made[slug]) for host, slug in missing.items()],
            ignore_conflicts=True,
        )
        return OutletHost.objects.outlets_of(wanted)


class Outlet(models.Model):
    """Who published a source: a newspaper, agency, broadcaster, ministry's site, social account."""

    name = models.CharField(max_length=200)
    native_name = models.CharField(
        "name in its own language",
        max_length=200,
        blank=True,
        help_text="Where it differs, such as Дніпровський монітор.",
    )
    slug = models.SlugField(max_length=200, unique=True, allow_unicode=True)
    kind = models.CharField(max_length=20, choices=OutletKind, default=OutletKind.OTHER)
    country = models.CharField(max_length=100, blank=True)
    language = models.CharField(
        max_length=35, blank=True, help_text="Language tag, such as en, uk or pl."
    )
    is_party = models.BooleanField(
        "a party to the matter",
        default=False,
        help_text="Readers are told so wherever it is cited.",
    )
    party_note = models.CharField(
        "party to what",
        max_length=200,
        blank=True,
        help_text="In the readers' words, such as “a party to the war”.",
    )
    note = models.TextField(blank=True)
    found_by = FoundBy()

    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.found_by = self.words_to_find_it()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "found_by"}
        super().save(*args, **kwargs)

    def words_to_find_it(self) -> str:
        return found_by([self.name, self.native_name])


class OutletHostQuerySet(models.QuerySet["OutletHost"]):
    def outlets_of(self, hosts: Iterable[str]) -> dict[str, Outlet]:
        """The outlet of each host that has one; a sub-domain falls back to its parents.

        Hosts as `canonical.host_of` gives them. One query.
        """
        parents = {host: host_and_parents(host) for host in hosts if host}
        wanted = {name for names in parents.values() for name in names}
        rows = self.filter(host__in=wanted).select_related("outlet")
        known = {row.host: row.outlet for row in rows}
        return {
            host: next(known[name] for name in names if name in known)
            for host, names in parents.items()
            if not known.keys().isdisjoint(names)
        }


class OutletHost(models.Model):
    """An outlet's host, with its sub-domains unless they have a row of their own."""

    host = models.CharField(
        max_length=253, unique=True, help_text="Such as example.org; an address will do, too."
    )
    outlet = models.ForeignKey(Outlet, on_delete=models.CASCADE, related_name="hosts")

    objects = OutletHostQuerySet.as_manager()

    class Meta:
        verbose_name = "host"
        ordering: ClassVar = ["host"]

    def __str__(self) -> str:
        return self.host

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.host = canonical_host(self.host) or self.host
        super().save(*args, **kwargs)

    def clean(self) -> None:
        host = canonical_host(self.host)
        if not host:
            raise ValidationError({"host": f"“{self.host}” is not a host, such as example.org."})
        self.host = host


def canonical_host(text: str) -> str:
    """The host that somebody typed, bare or as an address; "" when it is neither."""
    return host_of(text) or host_of(f"https://{text}")


def slug_of_host(host: str) -> str:
    return slugify(shown_host(host).replace(".", "-"), allow_unicode=True) or slugify(host)


def shown_host(host: str) -> str:
    """The host in its own letters."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
