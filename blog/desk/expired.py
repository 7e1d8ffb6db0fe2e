"""When a form comes back that the server no longer knows: a log-in ran out meanwhile."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What happened and how to save all the same, in words (settings.CSRF_FAILURE_VIEW)."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"error": "Your log-in has run out. Log in again."}, status=403)
    return render(request, "admin/expired.html", {"reason": reason}, status=403)
