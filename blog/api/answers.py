"""What every answer has: plain JSON, open to all, kept for a minute, page by page."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.paginator import EmptyPage
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe

from blog.formats.telling import Telling, telling
from blog.views.formats import json_answer
from blog.views.paging import KeptCount

Data = dict[str, Any]
View = Callable[..., HttpResponse]
Kept = TypeVar("Kept", bound=Model)
Shown = TypeVar("Shown")

ITEMS_ON_A_PAGE = 50
FRESH = "public, max-age=60"


class NotAsked(Exception):  # noqa: N818
    """The query asks for something that there is not. The text says what there is."""


def reading(view: Callable[..., Data | HttpResponse]) -> View:
    """A view that gives data; takes the request, what is told of it, and what the path names."""

    @require_safe
    @conditional_page
    @wraps(view)
    def answered(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            data = view(request, telling(request), **named)
        except Http404:
            return json_answer({"error": "There is nothing public at this address."}, 404)
        except NotAsked as problem:
            return json_answer({"error": str(problem)}, 400)
        response = data if isinstance(data, HttpResponse) else json_answer(data)
        response.headers.setdefault("Cache-Control", FRESH)
        return response

    return answered


def query(request: HttpRequest, *known: str) -> Mapping[str, str]:
    """What the query asks for, without what it leaves empty. Raises NotAsked."""
    if unknown := request.GET.keys() - {*known, "page"}:
        names = ", ".join(f"“{name}”" for name in sorted(unknown))
        may = ", ".join([*known, "page"])
        raise NotAsked(f"There is no parameter {names} here. You may ask for: {may}.")
    return {name: value for name in known if (value := request.GET.get(name, "").strip())}


def number(asked: Mapping[str, str], name: str) -> int | None:
    """Raises NotAsked for what is no number."""
    text = asked.get(name, "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 6:
        raise NotAsked(f"“{name}” is a number.")
    return int(text)


def paged(
    request: HttpRequest,
    told: Telling,
    rows: "QuerySet[Kept, Shown]",
    items: Callable[[Iterable[Shown]], Iterable[Data]],
    size: int = 0,
) -> Data:
    """One page of rows, and the way to the pages beside it. Raises Http404 and NotAsked."""
    wanted = number(request.GET, "page") or 1
    asked = sorted((name, value) for name, value in request.GET.items() if name != "page")
    name = f"{request.path}?{urlencode(asked)}"
    paginator = KeptCount(rows, size or ITEMS_ON_A_PAGE, name=name, at=told.at)
    try:
        page = paginator.page(wanted)
    except EmptyPage as error:
        raise Http404 from error
    return {
        "count": paginator.count,
        "page": wanted,
        "pages": paginator.num_pages,
        "next": _page(request, told, wanted + 1) if page.has_next() else None,
        "previous": _page(request, told, wanted - 1) if page.has_previous() else None,
        "items": list(items(page.object_list)),
    }


def _page(request: HttpRequest, told: Telling, page: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(page)
    return f"{told.site}{request.path}?{asked.urlencode()}"
