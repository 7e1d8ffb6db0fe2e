"""Sources: what can be cited, in CSL's terms."""

import dataclasses
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from sources.bibliography import Entry
from sources.canonical import canonical_url, host_of
from sources.citekeys import citekey_base
from sources.dates import PartialDate
from sources.models.finding import FoundBy, found_by
from sources.models.keys import FormerCitekey
from sources.models.lookups import ATTEMPTS, SourceQuerySet
from sources.models.outlets import Outlet
from sources.names import ReadableJSON, family_of, full_name
from sources.titles import title_for_link
from sources.validators import validate_citekey, validate_names, validate_web_address
from sources.vocabulary import CSL_TYPE_CHOICES, Attribution, OutletKind

MAX_URL = 2000


class Source(models.Model):
    """A thing that can be cited: a report, statement, interview, post, dataset, book."""

    citekey = models.CharField(
        max_length=100,
        unique=True,
        blank=True,
        validators=[validate_citekey],
        help_text="What posts write in [@…]. Made for you when empty; never changes by itself.",
    )
    csl_type = models.CharField("type", max_length=30, choices=CSL_TYPE_CHOICES, default="webpage")
    title = models.CharField(max_length=500, blank=True)
    original_title = models.CharField(
        max_length=500, blank=True, help_text="In its own language, where the title is translated."
    )
    authors = models.JSONField(
        default=list, blank=True, encoder=ReadableJSON, validators=[validate_names]
    )
    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, null=True, blank=True, related_name="sources"
    )
    container_title = models.CharField(
        "published in",
        max_length=500,
        blank=True,
        help_text="Newspaper, journal, book or site. The outlet's name stands in when empty.",
    )
    url = models.CharField(
        "address", max_length=MAX_URL, blank=True, validators=[validate_web_address]
    )
    canonical_url = models.CharField(max_length=MAX_URL, blank=True, editable=False)
    archived_url = models.CharField(
        "archived copy",
        max_length=MAX_URL,
        blank=True,
        validators=[validate_web_address],
        help_text="Address of a copy kept by somebody, such as the Wayback Machine.",
    )
    doi = models.CharField("DOI", max_length=255, blank=True)
    isbn = models.CharField("ISBN", max_length=50, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    publisher_place = models.CharField("place", max_length=200, blank=True)
    volume = models.CharField(max_length=50, blank=True)
    issue = models.CharField(max_length=50, blank=True)
    page = models.CharField("pages", max_length=50, blank=True)
    number = models.CharField(max_length=100, blank=True)
    edition = models.CharField(max_length=100, blank=True)
    event = models.CharField(max_length=300, blank=True, help_text="Conference, hearing, rally.")
    medium = models.CharField(max_length=100, blank=True, help_text="Radio, video, podcast.")
    genre = models.CharField(
        "kind", max_length=100, blank=True, help_text="Press release, briefing, thesis."
    )
    language = models.CharField(
        max_length=35, blank=True, help_text="Language tag, such as en, uk or pl."
    )
    abstract = models.TextField(blank=True)
    note = models.TextField(blank=True, help_text="For readers, behind the citation.")
    issued_year = models.SmallIntegerField("year", null=True, blank=True)
    issued_month = models.PositiveSmallIntegerField("month", null=True, blank=True)
    issued_day = models.PositiveSmallIntegerField("day", null=True, blank=True)
    issued_circa = models.BooleanField("about", default=False)
    issued_words = models.CharField(
        "date in words",
        max_length=100,
        blank=True,
        help_text="Shown in place of the date, such as “early October 2024”.",
    )
    accessed_on = models.DateField("read on", null=True, blank=True)
    attribution = models.CharField(
        "on whose word", max_length=20, choices=Attribution, blank=True, default=""
    )
    attributed_to = models.CharField(
        max_length=200, blank=True, help_text="As the source puts it: “unnamed US officials”."
    )
    is_not_a_source = models.BooleanField(
        "not a source",
        default=False,
        help_text="A shop, a log-in page: links to it are not listed under “Sources”.",
    )
    other_csl = models.JSONField(
        "other CSL fields",
        default=dict,
        blank=True,
        help_text="Came with an import and have no place above; exports give them back.",
    )
    found_by = FoundBy()
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["citekey"]
        # The order of the list at the desk.
        indexes: ClassVar = [models.Index(fields=["created_at"], name="source_by_making")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["canonical_url"],
                condition=~Q(canonical_url=""),
                name="source_is_one_for_each_page",
                violation_error_message="There is already a source with this address.",
            ),
            models.CheckConstraint(
                condition=Q(issued_month__isnull=True) | Q(issued_year__isnull=False),
                name="source_month_has_year",
            ),
            models.CheckConstraint(
                condition=Q(issued_day__isnull=True) | Q(issued_month__isnull=False),
                name="source_day_has_month",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.citekey

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.canonical_url = self._identity()
        self.found_by = self.words_to_find_it()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "canonical_url", "found_by"}
        if self.citekey:
            with transaction.atomic():
                self._keep_citekey()
                super().save(*args, **kwargs)
        else:
            self._save_with_new_citekey(*args, **kwargs)

    @classmethod
    def of_link(cls, url: str, words: str, outlet: Outlet | None) -> "Source":
        """An unsaved source for a page of which only a link to it is known."""
        key = canonical_url(url)
        whole = f"https:{url.strip()}" if url.strip().startswith("//") else url.strip()
        return cls(
            url=whole if len(whole) <= MAX_URL else key,
            canonical_url=key,
            title=title_for_link(words, key),
            outlet=outlet,
        )

    @property
    def issued(self) -> dict[str, Any]:
        """The date as CSL's object; {} when nothing is known."""
        return self.issued_on.csl()

    @property
    def issued_on(self) -> PartialDate:
        return PartialDate(
            self.issued_year,
            self.issued_month,
            self.issued_day,
            self.issued_circa,
            self.issued_words,
        )

    def words_to_find_it(self) -> str:
        """Without those of its outlet, which may be renamed."""
        named = ("container_title", "publisher", "event", "genre", "attributed_to", "note")
        rest = [*map(full_name, self.authors), *(getattr(self, name) for name in named)]
        return found_by([self.title, self.original_title], rest)

    def citekey_base(self) -> str:
        family = family_of(self.authors[0]) if self.authors else ""
        outlet = self.outlet.slug if self.outlet else host_of(self.url).split(".")[0]
        title = self.title or self.original_title
        return citekey_base(family=family, outlet=outlet, title=title, year=self.issued_year)

    def duplicate(self) -> "Source | None":
        """The other source that has this one's address."""
        key = self._identity()
        others = Source.objects.exclude(pk=self.pk).of_pages([key])
        return others.first() if key else None

    def clean(self) -> None:
        self.canonical_url = self._identity()
        former = FormerCitekey.objects.filter(key=self.citekey).exclude(source=self.pk).first()
        if self.citekey and former:
            raise ValidationError(
                {"citekey": f"“{self.citekey}” was the key of “{former.source}”. Choose another."}
            )
        if problem := self.issued_on.problem():
            part, message = problem
            raise ValidationError({f"issued_{part}": message})

    def _keep_citekey(self) -> None:
        """A key that texts may name goes on leading here; a former one may come back."""
        before = Source.objects.filter(pk=self.pk).values_list("citekey", flat=True).first()
        if before and before != self.citekey:
            FormerCitekey.objects.get_or_create(key=before, defaults={"source": self})
            FormerCitekey.objects.filter(key=self.citekey, source=self).delete()

    def _save_with_new_citekey(self, *args: Any, **kwargs: Any) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            [self.citekey] = Source.objects.free_citekeys([self.citekey_base()])
            try:
                with transaction.atomic():
                    return super().save(*args, **kwargs)
            except IntegrityError:
                # Somebody took the key meanwhile; any other reason is the caller's.
                if attempt == ATTEMPTS or not Source.objects.filter(citekey=self.citekey).exists():
                    self.citekey = ""
                    raise
        return None

    def _identity(self) -> str:
        """The canonical address; that of the DOI where there is no address."""
        doi = self.doi.lower().partition("doi.org/")[2] or self.doi
        return canonical_url(self.url) or (
            canonical_url(f"https://doi.org/{doi.strip()}") if doi else ""
        )

    def entry(self) -> Entry:
        """What a bibliography needs to know; touches the outlet."""
        outlet = self.outlet or Outlet()
        party = (outlet.party_note or "a party to the matter") if outlet.is_party else ""
        return Entry(
            **{name: getattr(self, name) for name in _SHARED_WITH_ENTRY},
            authors=tuple(self.authors),
            issued=self.issued_on.text(),
            outlet_name=outlet.name,
            outlet_native_name=outlet.native_name,
            outlet_language=outlet.language,
            outlet_kind=outlet.get_kind_display() if outlet.kind != OutletKind.OTHER else "",
            party_note=party,
        )


_OWN = {field.name for field in Source._meta.concrete_fields} - {"authors"}
_SHARED_WITH_ENTRY = sorted(_OWN & {field.name for field in dataclasses.fields(Entry)})
