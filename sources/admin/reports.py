"""Reports at the desk: entered quickly, completed later, struck with a reason."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse

from publication.choices import QuietChoices
from sources.admin.acts import reasoned
from sources.admin.permissions import KeepsLedger, NothingIsDeleted, signed_in
from sources.ledger_forms import ReportForm
from sources.models import Claim, Report
from sources.models.reports import DECIDING
from sources.recording import strike, today


class StruckFilter(admin.SimpleListFilter):
    title = "struck"
    parameter_name = "struck"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "Counts"), ("yes", "Struck")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in ("no", "yes"):
            return queryset
        return queryset.filter(struck_at__isnull=self.value() == "no")


class ReportAdmin(KeepsLedger, NothingIsDeleted, QuietChoices):
    """The claim comes with the address when the form is opened from the claim's screen."""

    form = ReportForm
    list_display = ("line", "claim", "source", "recorded_at", "struck")
    list_filter = ("stance", "attribution", StruckFilter)
    list_select_related = ("claim", "origin__told_to", "source")
    search_fields = ("claim__statement", "origin__name", "quotation", "note", "source__title")
    search_help_text = "Words of the claim, the origin, the source, the quotation or the note"
    date_hierarchy = "said_to"
    ordering = ("-recorded_at", "-pk")
    autocomplete_fields = ("claim", "origin", "source")
    change_form_template = "admin/sources/report/change_form.html"
    fieldsets = (
        ("Who said what of which claim", {"fields": ("claim", "origin", "stance")}),
        (
            "When it was said",
            {
                "fields": (("said_from", "said_to"), "said_words"),
                "description": "One day, or the two between which it was said.",
            },
        ),
        ("How it came to us", {"fields": ("source", "relayed_through", "attribution")}),
        ("In their words", {"fields": ("anonymity_reason", "quotation", "note")}),
        ("Only where it applies", {"fields": ("repeats", "has_authority")}),
    )

    # What each user may do.

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)
        return allowed and (
            obj is None or (not obj.is_struck and self.may_strike(request, obj.claim))
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What decides a standing is fixed once it is recorded."""
        return () if obj is None else DECIDING

    # The list.

    @admin.display(description="report", ordering="said_to")
    def line(self, report: Report) -> str:
        return str(report)

    @admin.display(description="struck", ordering="struck_at")
    def struck(self, report: Report) -> str:
        return "struck" if report.is_struck else ""

    # The screen.

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.strike_view)
        return [path("<int:pk>/strike/", view, name="sources_report_strike"), *super().get_urls()]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> "type[forms.ModelForm[Report]]":
        """A form that knows to which ledgers its user may add."""

        def may_report(form: ReportForm, claim: Claim) -> bool:
            return self.may_report(request, claim)

        kwargs["form"] = type("ReportForm", (self.form,), {"may_report": may_report})
        return super().get_form(request, obj, change, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        return {"said_from": today()} | self.claim_asked_for(request)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        report: Report | None = context["original"]
        context |= {
            "show_save_and_continue": False,
            "may_strike": bool(report) and self.has_change_permission(request, report),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Report, form: Any, change: bool) -> None:
        if not change:
            obj.recorded_by = signed_in(request)
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Report, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Back to the ledger, or on to its next line."""
        messages.success(request, f"Recorded: {obj}. {_stands(obj.claim)}")
        if "_addanother" in request.POST:
            return redirect(f"{reverse('admin:sources_report_add')}?claim={obj.claim_id}")
        return redirect(ledger_of(obj))

    def response_change(self, request: HttpRequest, obj: Report) -> HttpResponse:
        messages.success(request, f"Completed: {obj}.")
        return redirect(ledger_of(obj))

    def strike_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        report = get_object_or_404(Report.objects.with_origins().select_related("claim"), pk=pk)
        if not self.may_strike(request, report.claim):
            raise PermissionDenied("Striking lines of this ledger is not among your permissions.")

        def act(because: str) -> None:
            strike(report, because, signed_in(request))

        back = ledger_of(report)
        return reasoned(self, request, report, act, name="strike", done="Struck.", back=back)


def ledger_of(row: Any) -> str:
    """The screen of the claim that a report or a ruling is about."""
    return reverse("admin:sources_claim_change", args=[row.claim_id])


def _stands(claim: Claim) -> str:
    now = Claim.objects.with_standing().get(pk=claim.pk)
    return f"The claim now stands as {now.standing_words}."
