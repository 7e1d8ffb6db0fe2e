"""Outlets and sources at the desk. The blog registers sources, adding who cites them."""

from typing import ClassVar

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from sources.forms import SourceForm
from sources.models import Outlet, OutletHost, Source


class OutletHostInline(admin.TabularInline):
    model = OutletHost
    extra = 1
    verbose_name_plural = "Recognised by these hosts, with their sub-domains"


@admin.register(Outlet)
class OutletAdmin(admin.ModelAdmin):
    list_display = ("name", "native_name", "kind", "country", "is_party", "source_count")
    list_filter = ("kind", "is_party", "country", "language")
    search_fields = ("name", "native_name", "slug", "hosts__host")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    inlines = (OutletHostInline,)
    fieldsets = (
        (None, {"fields": ("name", "native_name", "slug", "kind", "country", "language")}),
        ("Party to the matter", {"fields": ("is_party", "party_note")}),
        ("For the desk only", {"fields": ("note",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        outlets: QuerySet[Outlet] = super().get_queryset(request)
        # Of those that are listed: joined, every source there is would be grouped.
        its = Source.objects.filter(outlet=OuterRef("pk")).order_by().values("outlet")
        count = Coalesce(Subquery(its.annotate(n=Count("pk")).values("n")), 0)
        return outlets.annotate(source_count=count)

    @admin.display(description="sources", ordering="source_count")
    def source_count(self, outlet: Outlet) -> int:
        count: int = getattr(outlet, "source_count", 0)
        return count


class SourceAdmin(admin.ModelAdmin):
    """A source's fields. Those that do not fit its type are put away by sources.js when empty."""

    form = SourceForm
    list_display = ("citekey", "title", "outlet", "csl_type", "date", "attribution")
    list_filter = ("csl_type", "attribution", "is_not_a_source", "outlet__kind", "outlet")
    list_select_related = ("outlet",)
    search_fields = (
        "citekey",
        "title",
        "original_title",
        "authors",
        "outlet__name",
        "outlet__native_name",
        "attributed_to",
        "url",
    )
    search_help_text = "Citekey, title, author, outlet, whose word, or address"
    ordering = ("-created_at", "-pk")
    readonly_fields = ("other_csl",)
    fieldsets = (
        (None, {"fields": ("url", "title", "csl_type", "outlet", "authors")}),
        (
            "When",
            {
                "fields": (
                    ("issued_year", "issued_month", "issued_day", "issued_circa"),
                    "issued_words",
                    "accessed_on",
                )
            },
        ),
        ("On whose word?", {"fields": ("attribution", "attributed_to")}),
        (
            "Where it appeared",
            {
                "fields": (
                    "container_title",
                    "publisher",
                    "publisher_place",
                    "volume",
                    "issue",
                    "page",
                    "number",
                    "edition",
                    "event",
                    "medium",
                    "genre",
                    "doi",
                    "isbn",
                )
            },
        ),
        (
            "What it says, and in which language",
            {"fields": ("language", "original_title", "abstract", "note")},
        ),
        (
            "Keeping it",
            {"fields": ("citekey", "archived_url", "is_not_a_source", "other_csl")},
        ),
    )

    class Media:
        js = ("admin/sources.js",)

    @admin.display(description="date", ordering="issued_year")
    def date(self, source: Source) -> str:
        return source.issued_on.text() or "no date"
