"""The ledger from the post screen: a claim made with its first report, a report entered, a look.

Each request is one transaction, and answers in JSON.
"""

from typing import Any

from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from blog.desk.completing import writer
from blog.desk.ledger_forms import ClaimForm, ReportForm, told
from blog.desk.uploads import refusal
from blog.models import ClaimMention
from blog.roles import may_report
from publication.models import Publication
from sources.ledger import Verdict, because
from sources.ledgers import Ledger, ledgers_of
from sources.models import Claim, Report
from sources.models.origins import fold_name

NO_CLAIMS = "Making claims is not among your permissions."
NO_REPORTS = "Reporting on claims is not among your permissions."
NOT_ON_THIS = (
    "Readers or posts of others may rest on this claim: an author enters what is said of it."
)
NO_SUCH = "There is no claim of that slug. Choose one from the list."


@never_cache
@require_POST
def make_claim(request: HttpRequest) -> JsonResponse:
    """A claim of `statement` and perhaps `slug`; with its first report where `with_report` is."""
    user = writer(request)
    with_report = bool(request.POST.get("with_report"))
    if not user.has_perm("sources.add_claim"):
        return refusal(NO_CLAIMS, 403)
    if with_report and not user.has_perm("sources.add_report"):
        return refusal(NO_REPORTS, 403)
    with transaction.atomic():
        form = ClaimForm(request.POST, instance=Claim(created_by=user))
        report = ReportForm(request.POST, user=user) if with_report else None
        if errors := told(form) | (told(report) if report else {}):
            twin = _of(form.twin) if form.twin else None
            return JsonResponse({"errors": errors, "twin": twin}, status=400)
        claim = form.save()
        ClaimMention.objects.adopt(claim)
        if report:
            report.recorded(claim)
        _note(user, claim)
    return JsonResponse({"claim": _of(claim)})


@never_cache
@require_POST
def add_report(request: HttpRequest) -> JsonResponse:
    """One more line about `claim`, and how the claim stood before it and stands with it."""
    user = writer(request)
    if not user.has_perm("sources.add_report"):
        return refusal(NO_REPORTS, 403)
    with transaction.atomic():
        claim = _named(request)
        if claim is None:
            return JsonResponse({"errors": {"claim": NO_SUCH}}, status=400)
        if not may_report(user, claim):
            return refusal(NOT_ON_THIS, 403)
        form = ReportForm(request.POST, user=user, instance=Report(claim=claim))
        if errors := told(form):
            return JsonResponse({"errors": errors}, status=400)
        before = _of(claim)
        report = form.recorded(claim)
        _note(user, report)
    return JsonResponse({"claim": _of(claim), "before": before["standing"]})


@never_cache
@require_POST
def look_at_claim(request: HttpRequest) -> JsonResponse:
    """How `claim` stands, and the reports that one more may repeat."""
    user = writer(request)
    claim = _named(request) if user.has_perm("sources.view_claim") else None
    if claim is None:
        return JsonResponse({"errors": {"claim": NO_SUCH}}, status=400)
    ledger = ledgers_of([claim])[claim.pk]
    reports = [
        {"id": report.pk, "words": str(report)} for report in ledger.reports if not report.is_struck
    ]
    why_not = "" if may_report(user, claim) else NOT_ON_THIS
    return JsonResponse({"claim": _told(ledger), "reports": reports, "why_not": why_not})


def _named(request: HttpRequest) -> Claim | None:
    slug = fold_name(request.POST.get("claim", "").replace("\x00", ""))
    return Claim.objects.by_slugs([slug]).get(slug)


def _of(claim: Claim) -> dict[str, Any]:
    return _told(ledgers_of([claim])[claim.pk])


def _told(ledger: Ledger) -> dict[str, Any]:
    claim, verdict = ledger.claim, _now(ledger)
    return {
        "slug": claim.slug,
        "statement": claim.statement,
        "standing": verdict.words,
        "because": because(verdict),
    }


def _now(ledger: Ledger) -> Verdict:
    return ledger.now(timezone.now(), Publication.current().zone)


def _note(user: User, row: Claim | Report) -> None:
    LogEntry.objects.log_actions(
        user.pk, [row], ADDITION, change_message="From the post screen.", single_object=True
    )
