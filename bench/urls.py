"""The site's addresses, and before them a view that does nothing: the floor."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from config.urls import handler404, handler500

__all__ = ["handler404", "handler500", "urlpatterns"]


def bare(request: HttpRequest, length: int) -> HttpResponse:
    """So many bytes, behind the server and the middleware of every page."""
    return HttpResponse(b"x" * length)


urlpatterns = [
    path("-/bare/<int:length>", bare),
    path("", include("config.urls")),
]
