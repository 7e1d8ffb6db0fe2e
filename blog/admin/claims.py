"""Claims and reports at the desk: what the sources' room keeps, which posts rest on it, who may."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from blog.admin.deleting import HIDDEN, KeptWhileUsed, lines_of_posts
from blog.models import ClaimMention, Handling, Post
from blog.models.reading import PostQuerySet
from blog.roles import may_report, signed_in, type_of_user
from sources.admin import ClaimAdmin, KeepsLedger, ReportAdmin
from sources.models import Claim, Report

# As many notes on what was done about a claim as its screen has room for.
TOLD = 20


class KeptByRole(KeepsLedger):
    """Who may enter and strike is decided by blog.roles."""

    def may_report(self, request: HttpRequest, claim: Claim) -> bool:
        return may_report(request.user, claim)


@admin.register(Claim)
class RestedOnClaimAdmin(KeptByRole, KeptWhileUsed, ClaimAdmin):
    def posts_using(self, record: Claim) -> PostQuerySet:
        return Post.objects.resting_on(record)

    def in_the_way(self, record: Any, user: type_of_user) -> list[str]:
        """A ledger is never deleted, and with it the claim that it is about."""
        lines = super().in_the_way(record, user)
        if record.reports.exists() or record.rulings.exists():
            lines.append("Its ledger: what was entered is kept for good.")
        return lines

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        """A new slug may be what texts were waiting for."""
        super().save_model(request, obj, form, change)
        ClaimMention.objects.adopt(obj)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if claim := context["original"]:
            user = signed_in(request)
            named, are_others = lines_of_posts(self.posts_using(claim), user)
            own = Post.objects.editable_by(user).values("pk")
            handled = Handling.objects.filter(claim=claim, post__in=own)
            context |= {
                "resting": [*named, HIDDEN] if are_others else named,
                "handled": handled.select_related("post", "by")[:TOLD],
            }
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Report)
class KeptReportAdmin(KeptByRole, ReportAdmin):
    pass


def name_of_claim(claim: Claim) -> str:
    return format_html(
        '<a href="{}">{}</a>', reverse("admin:sources_claim_change", args=[claim.pk]), claim
    )
