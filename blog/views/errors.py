"""What is shown when there is nothing to show."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseServerError
from django.template.loader import render_to_string


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page whatever was asked for: it does not say why."""
    return HttpResponseNotFound(render_to_string("404.html", request=request))


def server_error(request: HttpRequest) -> HttpResponse:
    """Without a request in its context: it must stand when the database does not."""
    return HttpResponseServerError(render_to_string("500.html"))
