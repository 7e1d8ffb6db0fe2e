"""Origins at the desk: whose word it is. What ledgers count by is fixed once they do."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from publication.choices import QuietChoices
from sources.admin.acts import reasoned
from sources.admin.permissions import signed_in
from sources.ledger_forms import lines
from sources.models import Origin
from sources.recording import announce_all, tell_apart

COUNTED_BY = ("is_named", "body")


@admin.register(Origin)
class OriginAdmin(QuietChoices, admin.ModelAdmin):
    list_display = ("name", "is_named", "body", "told_to", "counts_alone", "report_count")
    list_filter = ("is_named", "body")
    list_select_related = ("body", "told_to")
    search_fields = ("name", "folded", "slug", "body__name", "told_to__name")
    search_help_text = "Name or description, body, outlet"
    autocomplete_fields = ("body", "told_to")
    formfield_overrides: ClassVar = {models.TextField: {"widget": lines(2)}}
    change_form_template = "admin/sources/origin/change_form.html"
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": ("name", "is_named", "body", "told_to"),
                "description": "Whether it is named and for whom it speaks is fixed once a report "
                "names it: ledgers count by that.",
            },
        ),
        ("For readers", {"fields": ("note", "slug")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Origin]:
        origins: QuerySet[Origin] = super().get_queryset(request)
        return origins.annotate(report_count=Count("reports"))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return COUNTED_BY if obj is not None and obj.reports.exists() else ()

    @admin.display(description="counts by itself", boolean=True)
    def counts_alone(self, origin: Origin) -> bool:
        return origin.is_named or origin.told_apart_at is not None

    @admin.display(description="reports", ordering="report_count")
    def report_count(self, origin: Any) -> int:
        return int(origin.report_count)

    def save_model(self, request: HttpRequest, obj: Origin, form: Any, change: bool) -> None:
        """Ledgers that name it say why they stand as they do in its present name."""
        super().save_model(request, obj, form, change)
        if change:
            announce_all(obj)

    # Telling it apart from others of its body.

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.apart_view)
        return [path("<int:pk>/apart/", view, name="sources_origin_apart"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        origin: Origin | None = context["original"]
        context["may_tell_apart"] = (
            origin is not None
            and not origin.is_named
            and request.user.has_perm("sources.rule_claim")
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def apart_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        origin = get_object_or_404(Origin.objects.with_body(), pk=pk)
        if not request.user.has_perm("sources.rule_claim"):
            raise PermissionDenied("Telling origins apart is for editors.")

        def act(because: str) -> None:
            tell_apart(origin, because, signed_in(request))

        back = reverse("admin:sources_origin_change", args=[origin.pk])
        done = "From now on it counts by itself."
        return reasoned(self, request, origin, act, name="apart", done=done, back=back)
