"""What the head of every public page asks of the blog."""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest

from blog.claimed import has_claims


def navigation(request: HttpRequest) -> dict[str, Callable[[], bool]]:
    """Asked only where a template asks: the desk's pages do not."""
    return {"has_claims": _has_claims}


def _has_claims() -> bool:
    """Without a database there are none: the pages that tell of errors must stand."""
    try:
        return has_claims()
    except DatabaseError:
        return False
