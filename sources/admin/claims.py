"""Claims at the desk: how each stands and why, and the whole ledger with what may be done to it."""

from typing import Any

from django.contrib import admin
from django.db.models import (
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from publication.models import Publication
from sources import ledger
from sources.admin.permissions import KeepsLedger, signed_in
from sources.ledger_forms import ClaimForm
from sources.ledgers import ledgers_of
from sources.models import Claim, Report

CONTESTED = "contested"


class StandingFilter(admin.SimpleListFilter):
    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = [standing.value for standing in ledger.Standing]
        return [(name, name.capitalize()) for name in [*names, CONTESTED]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        chosen = self.value()
        if chosen == CONTESTED:
            return queryset.filter(Q(contested_now=True))
        if chosen == ledger.Standing.UNREPORTED:
            return queryset.filter(Q(standing_now=None) | Q(standing_now=chosen))
        return queryset.filter(Q(standing_now=chosen)) if chosen else queryset


class ClaimAdmin(KeepsLedger):
    form = ClaimForm
    list_display = ("statement", "standing", "moved", "report_count")
    list_filter = (StandingFilter,)
    search_fields = (
        "statement",
        "slug",
        "former_slugs__slug",
        "former_statements__statement",
        "reports__origin__name",
    )
    search_help_text = "Words of the statement, slug, or whose word it rests on"
    ordering = ("-created_at", "-pk")
    change_form_template = "admin/sources/claim/change_form.html"
    fields = ("statement", "slug", "would_confirm", "note")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)
        return allowed and (obj is None or self.may_report(request, obj))

    # The list.

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        """With its standing now, and `report_count`: of lines that are not struck."""
        lines = Report.objects.unstruck().filter(claim=OuterRef("pk")).order_by()
        counted = lines.values("claim").annotate(n=Count("pk")).values("n")
        count = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
        claims: Any = super().get_queryset(request)
        found: QuerySet[Claim] = claims.with_standing().annotate(report_count=count)
        return found

    @admin.display(description="standing", ordering="standing_now")
    def standing(self, claim: Claim) -> str:
        """The shape and the word."""
        name = getattr(claim, "standing_now", None) or ledger.Standing.UNREPORTED.value
        contested = " s-contested" if getattr(claim, "contested_now", False) else ""
        return format_html(
            '<span class="st s-{}{}">{}</span>', name, contested, claim.standing_words
        )

    @admin.display(description="moved", ordering="moved_at")
    def moved(self, claim: Any) -> str:
        at = claim.moved_at
        return date_format(timezone.localtime(at), "j M Y, H:i") if at else ""

    @admin.display(description="reports", ordering="report_count")
    def report_count(self, claim: Any) -> int:
        return int(claim.report_count)

    # The screen.

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if claim := context["original"]:
            context |= self._ledger(request, claim)
        return super().render_change_form(request, context, *args, **kwargs)

    def _ledger(self, request: HttpRequest, claim: Claim) -> dict[str, Any]:
        kept = ledgers_of([claim])[claim.pk]
        prefetch_related_objects(kept.reports, "recorded_by", "struck_by")
        prefetch_related_objects(kept.rulings, "recorded_by", "lifted_by")
        verdict = kept.now(timezone.now(), Publication.current().zone)
        return {
            "verdict": verdict,
            "because": ledger.because(verdict),
            "lines": kept.reports,
            "rulings": kept.rulings,
            "former_statements": claim.former_statements.all(),
            "may_report": self.may_report(request, claim),
            "may_strike": self.may_strike(request, claim),
            "may_rule": self.may_rule(request),
        }

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = signed_in(request)
        super().save_model(request, obj, form, change)
