"""Pages of a long list."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar, cast

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from blog.models import Post
from blog.models.reading import PostQuerySet
from blog.newest import Newest
from blog.reading import in_lists
from publication.generation.kept import of_generation

Kept = TypeVar("Kept", bound=Model)
Shown = TypeVar("Shown")


class KeptCount(Paginator):
    """Counts a list that is the same for all readers once a generation: it may be of the whole
    archive, of which the page shows little.
    """

    def __init__(self, found: Any, size: int, *, name: str, at: datetime) -> None:
        super().__init__(found, size)
        self.name, self.at = name, at

    @cached_property
    def count(self) -> int:
        return of_generation(f"count:{self.name}", self.at, self._counted)

    def _counted(self) -> int:
        rows: QuerySet[Any, Any] = self.object_list  # type: ignore[assignment]
        return rows.count()


def paged(
    request: HttpRequest,
    found: QuerySet[Kept, Shown] | Sequence[Shown],
    size: int,
    at: datetime | None = None,
) -> "Page[Shown]":
    """The page that `?page=` asks for. Raises Http404 for one that is not there.

    With `at` the list is what all readers find at this path at that moment, in whatever order.
    """
    paginator: Paginator[Any] = (
        KeptCount(found, size, name=request.path, at=at) if at else Paginator(found, size)
    )
    return _page(request, paginator)


def _page(request: HttpRequest, paginator: "Paginator[Any]") -> "Page[Any]":
    try:
        return paginator.page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404("There is no such page.") from error


def paged_posts(
    request: HttpRequest, posts: PostQuerySet | Newest, size: int, at: datetime
) -> "Page[Post]":
    """The same of posts, in the order that they have, as lists show them."""
    page: Any = (
        _page(request, Paginator(cast(Any, posts), size))
        if isinstance(posts, Newest)
        else paged(request, posts.values_list("pk", flat=True), size, at)
    )
    page.object_list = in_lists(tuple(page.object_list), at)
    return page  # type: ignore[no-any-return]
