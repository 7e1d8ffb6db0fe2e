"""What the API says of itself: to people, and to programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.api.answers import Data, reading
from blog.api.description import ENDPOINTS, described
from blog.formats.telling import Telling


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "blog/api.html", {"endpoints": ENDPOINTS})


@reading
def root(request: HttpRequest, told: Telling) -> Data:
    """Every list, by name."""
    lists = {
        each.name.removeprefix("api_"): told.page(each.name)
        for each in ENDPOINTS
        if not each.placeholder
    }
    return lists | {"description": told.page("api_openapi"), "about": told.page("api")}


@reading
def openapi(request: HttpRequest, told: Telling) -> Data:
    return described(told)
