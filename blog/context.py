"""What the head of every public page asks of the blog."""

from collections.abc import Callable
from functools import cache

from django.db import DatabaseError
from django.http import HttpRequest

from blog.claimed import has_claims
from blog.kept import LACKING
from blog.social import path_of_site
from blog.views.origin import origin, publication_of


def navigation(request: HttpRequest) -> dict[str, Callable[[], bool] | Callable[[], str]]:
    """Asked only where a template asks, and once: the desk's pages do not."""
    return {
        "site": lambda: origin(request),
        "has_claims": cache(lambda: _has_claims(request)),
        "site_picture": lambda: path_of_site(publication_of(request)),
    }


def _has_claims(request: HttpRequest) -> bool:
    """Without a database there are none: the pages that tell of errors must stand."""
    try:
        return has_claims()
    except DatabaseError:
        request.META[LACKING] = True
        return False
