"""What is shown when there is nothing to show."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseServerError
from django.template.loader import render_to_string

# With nothing that could be missing.
PLAIN = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Something went wrong</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<h1>Something went wrong here</h1><p>The page could not be made. The fault is on our side and "
    "has been noted; nothing you did caused it. Try again in a minute, or go to the "
    '<a href="/">front page</a>.</p></html>'
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page whatever was asked for: it does not say why."""
    return HttpResponseNotFound(render_to_string("404.html", request=request))


def server_error(request: HttpRequest) -> HttpResponse:
    """Without a request in its context: it must stand when the database does not.

    Nor may it fail in its turn, as where static files were never collected: the error that is
    noted would be the second one.
    """
    try:
        return HttpResponseServerError(render_to_string("500.html"))
    except Exception:  # noqa: BLE001 - whatever broke the page may break this one
        return HttpResponseServerError(PLAIN)
