"""What every response carries, and the time zone in which every page is written."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from publication.models import Publication

Handler = Callable[[HttpRequest], HttpResponse]

SERVER_ERRORS = 500
HEADERS = {
    # Readers are asked for nothing: no camera, no place, no advertising topics.
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), "
        "microphone=(), payment=(), usb=(), browsing-topics=()"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}


def security_headers(get_response: Handler) -> Handler:
    """Headers that neither Django's SecurityMiddleware nor the CSP one sets."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


# What Django gives a request that refers back to it: who reads, and what that reader is told.
REFERRING = ("user", "auser", "_messages")


def let_go(get_response: Handler) -> Handler:
    """Around all others: once the answer is there, the request no longer refers to itself.

    Else it stays, with its answer, until Python looks for garbage everywhere. After an error
    it may still be told of.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not (response.streaming or response.status_code >= SERVER_ERRORS):
            for name in REFERRING:
                vars(request).pop(name, None)
        return response

    return middleware


def current_publication(get_response: Handler) -> Handler:
    """Look the publication up once per request and write every time in its zone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        publication = Publication.current()
        request.publication = publication  # type: ignore[attr-defined]
        with timezone.override(publication.zone):
            return get_response(request)

    return middleware
