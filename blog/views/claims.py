"""Claims, how they stand, and on whose word."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.models import public_claims
from sources.models import Origin


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    return render(request, "blog/claims.html", {"claims": public_claims(timezone.now())})


@require_safe
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(public_claims(timezone.now()), slug=slug)
    return render(request, "blog/claim.html", {"claim": found})


@require_safe
def origin(request: HttpRequest, slug: str) -> HttpResponse:
    shown = Origin.objects.filter(reports__claim__in=public_claims(timezone.now())).distinct()
    return render(request, "blog/origin.html", {"origin": get_object_or_404(shown, slug=slug)})
