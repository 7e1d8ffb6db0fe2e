"""Pages of a long list."""

from typing import Any, TypeVar

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

Kept = TypeVar("Kept", bound=Model)
Shown = TypeVar("Shown")


def paged(request: HttpRequest, found: QuerySet[Kept, Shown], size: int) -> "Page[Shown]":
    """The page that `?page=` asks for. Raises Http404 for one that is not there."""
    paginator: Paginator[Any] = Paginator(found, size)
    try:
        return paginator.page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404("There is no such page.") from error
