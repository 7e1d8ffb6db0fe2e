"""Claims, how they stand, and on whose word."""

from datetime import date, datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.claimed import (
    listed_claims,
    origins_on_record,
    stories_of,
    with_claims,
    with_last_change,
)
from blog.days import Asked, asked_for, ways
from blog.formats.telling import telling
from blog.linked_data import claim_data, script
from blog.models import public_claims
from blog.on_record import fared, reports_of
from blog.resting import posts_touching, touching
from blog.views.origin import publication_of
from blog.views.paging import paged
from sources.ledger import because
from sources.ledgers import Ledger, ledgers_of
from sources.models import Claim
from sources.models.origins import fold_name
from sources.timeline import timeline

CLAIMS_ON_A_PAGE = 50
POSTS_ON_A_PAGE = 50
REPORTS_ON_A_PAGE = 50
ORDERS = {"story": "By story", "standing": "By standing", "moved": "Recently moved"}


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    by = request.GET.get("by", "")
    by = by if by in ORDERS else "story"
    page = paged(request, listed_claims(by, at), CLAIMS_ON_A_PAGE, at)
    context = {
        "by": by,
        "orders": ORDERS.items(),
        "claims": with_last_change(page.object_list, at),
        "page_obj": page,
    }
    return render(request, "blog/claims.html", context)


@require_safe
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """A claim today; with `?on=` a day, as it stood then by today's record."""
    at = timezone.now()
    found = public_claims(at).by_slugs([slug]).get(fold_name(slug))
    if found is None:
        raise Http404("There is no claim at this address.")
    if found.slug != slug:
        return _at_its_address(request, found)
    today = timezone.localdate(at)
    asked = asked_for(request.GET.get("on", ""), today)
    ledger = ledgers_of([found])[found.pk]
    context = _told(ledger, asked, today, at) | {"stories": stories_of(found, at)}
    if not asked.is_past:
        context |= _today(request, ledger, at)
    return render(request, "blog/claim.html", context)


def _at_its_address(request: HttpRequest, found: Claim) -> HttpResponse:
    """A former slug, or one typed in capitals; what was asked of it is kept."""
    query = f"?{urlencode(list(request.GET.lists()), doseq=True)}" if request.GET else ""
    return HttpResponsePermanentRedirect(reverse("blog:claim", args=[found.slug]) + query)


def _told(ledger: Ledger, asked: Asked, today: date, at: datetime) -> dict[str, object]:
    """What holds of a claim on any day."""
    verdict = ledger.standing(asked.day, at)
    rows = timeline(ledger, asked.day, at)
    return {
        "claim": ledger.claim,
        "asked": asked,
        "today": today,
        "verdict": verdict,
        "because": because(verdict),
        "rows": rows,
        "last_entry": max((row.recorded_at for row in rows), default=None),
        "ways": ways(ledger.course(today, at), asked.day),
    }


def _today(request: HttpRequest, ledger: Ledger, at: datetime) -> dict[str, object]:
    """What rests on it, how it was worded before, and the same for machines."""
    publication = publication_of(request)
    page = paged(request, posts_touching(ledger.claim, at), POSTS_ON_A_PAGE, at)
    posts = touching(page.object_list, ledger, at, publication)
    data = claim_data(ledger, telling(request))
    return {
        "resting": [one for one in posts if one.rests],
        "speaking": [one for one in posts if not one.rests],
        "page_obj": page,
        "former_statements": ledger.claim.former_statements.all(),
        "linked_data": script(data),
    }


@require_safe
def origin(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    shown = origins_on_record(at)
    found = get_object_or_404(shown.with_body(), slug=slug)
    page = paged(request, reports_of(found, at), REPORTS_ON_A_PAGE, at)
    context = {
        "origin": found,
        "body_has_page": found.body is not None and shown.filter(pk=found.body.pk).exists(),
        "speaking_for_it": shown.filter(body=found).select_related("told_to"),
        "reports": with_claims(page.object_list, at),
        "fared": fared(found, at),
        "page_obj": page,
    }
    return render(request, "blog/origin.html", context)
