"""Who may enter, strike and rule, asked for one ledger."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from sources.models import Claim


class KeepsLedger(admin.ModelAdmin):
    """What the screens of claims, reports and rulings ask alike. Another room may narrow it."""

    def may_report(self, request: HttpRequest, claim: Claim) -> bool:
        return request.user.has_perm("sources.add_report")

    def may_strike(self, request: HttpRequest, claim: Claim) -> bool:
        return request.user.has_perm("sources.change_report") and self.may_report(request, claim)

    def may_rule(self, request: HttpRequest) -> bool:
        return request.user.has_perms(["sources.rule_claim", "sources.add_ruling"])

    def claim_asked_for(self, request: HttpRequest) -> dict[str, Any]:
        """What a form begins with: the claim that the address names, if there is such a one."""
        asked = request.GET.get("claim", "")
        claim = Claim.objects.filter(pk=asked).first() if asked.isdecimal() else None
        return {"claim": claim.pk} if claim else {}


class NothingIsDeleted(admin.ModelAdmin):
    """What was entered stays, for every user: it is struck or lifted, with a reason."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def signed_in(request: HttpRequest) -> User:
    """The user of a request at the desk, where nobody comes without one."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
