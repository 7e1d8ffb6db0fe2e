"""What every template may say about the site."""

from typing import Any

from django.http import HttpRequest

from publication.models import Publication


def publication(request: HttpRequest) -> dict[str, Any]:
    """The publication that the middleware looked up; an error page may come without one."""
    return {"publication": getattr(request, "publication", None) or Publication()}
