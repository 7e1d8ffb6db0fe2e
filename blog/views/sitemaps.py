"""Sitemaps, for those who read everything."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from blog.formats.sitemaps import index_xml, news_xml, pages, part_xml
from blog.formats.telling import telling

XML = "application/xml; charset=utf-8"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return HttpResponse(index_xml(telling(request)), content_type=XML)


@require_safe
def part(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    told = telling(request)
    found = pages(kind, number, told.at)
    if not found:
        raise Http404("There is no such part.")
    return HttpResponse(part_xml(found, told), content_type=XML)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    return HttpResponse(news_xml(telling(request)), content_type=XML)
