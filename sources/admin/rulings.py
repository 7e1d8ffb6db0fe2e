"""Rulings at the desk: an editor's, with a reason and a day; lifted, never rewritten."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path

from publication.choices import QuietChoices
from sources.admin.acts import reasoned
from sources.admin.permissions import KeepsLedger, NothingIsDeleted, signed_in
from sources.admin.reports import ledger_of
from sources.ledger_forms import RulingForm
from sources.models import Ruling
from sources.recording import lift, today


@admin.register(Ruling)
class RulingAdmin(KeepsLedger, NothingIsDeleted, QuietChoices):
    form = RulingForm
    list_display = ("claim", "standing", "ruled_on", "recorded_by", "lifted_on")
    list_filter = ("standing",)
    list_select_related = ("claim", "recorded_by")
    search_fields = ("claim__statement", "reason")
    search_help_text = "Words of the claim or of the reason"
    ordering = ("-recorded_at", "-pk")
    autocomplete_fields = ("claim",)
    fields = ("claim", "standing", "ruled_on", "reason")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_rule(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.lift_view)
        return [path("<int:pk>/lift/", view, name="sources_ruling_lift"), *super().get_urls()]

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        return {"ruled_on": today()} | self.claim_asked_for(request)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= {"show_save_and_continue": False, "show_save_and_add_another": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Ruling, form: Any, change: bool) -> None:
        obj.recorded_by = signed_in(request)
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Ruling, post_url_continue: str | None = None
    ) -> HttpResponse:
        messages.success(request, f"Ruled: {obj}.")
        return redirect(ledger_of(obj))

    def lift_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        ruling = get_object_or_404(Ruling.objects.select_related("claim"), pk=pk)
        if not self.may_rule(request):
            raise PermissionDenied("Lifting rulings is for editors.")

        def act(because: str) -> None:
            lift(ruling, because, signed_in(request))

        back = ledger_of(ruling)
        return reasoned(self, request, ruling, act, name="lift", done="Lifted.", back=back)
