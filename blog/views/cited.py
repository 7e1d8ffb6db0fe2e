"""What posts cite and what claims rest on: the index of sources, a source, an outlet."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.cited import posts_citing, rows, sources_of, tallies_in_order, with_citing, with_sentences
from blog.claimed import carried, public_reports, shown_outlets, shown_sources
from blog.views.paging import paged
from sources.bibliography import bibliography_html

ROWS_ON_A_PAGE = 100
SOURCES_ON_A_PAGE = 50


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    sort = "name" if request.GET.get("sort") == "name" else "cited"
    at = timezone.now()
    page = paged(request, tallies_in_order(at, by_name=sort == "name"), ROWS_ON_A_PAGE)
    context = {"rows": rows(page.object_list), "page_obj": page, "sort": sort}
    return render(request, "blog/sources.html", context)


@require_safe
def source(request: HttpRequest, citekey: str) -> HttpResponse:
    at = timezone.now()
    found = get_object_or_404(shown_sources(at), citekey=citekey)
    page = paged(request, posts_citing(found, at), SOURCES_ON_A_PAGE, at)
    context = {
        "source": found,
        "entry_html": bibliography_html(found.entry()),
        "citing": with_sentences(page.object_list, found),
        "page_obj": page,
        "carried": carried(public_reports(at).filter(source=found), at),
    }
    return render(request, "blog/source.html", context)


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    found = get_object_or_404(shown_outlets(at), slug=slug)
    page = paged(request, sources_of(found, at), SOURCES_ON_A_PAGE, at)
    context = {
        "outlet": found,
        "sources": with_citing(page.object_list, at),
        "page_obj": page,
        "carried": carried(public_reports(at).filter(source__outlet=found), at),
    }
    return render(request, "blog/outlet.html", context)
